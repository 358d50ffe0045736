"""A mandate as PDF, to sign by hand or with a signature on it. Only jobs call this."""

from collections.abc import Mapping
from typing import Any

from wraparound.documents.pdf import FAMILIES, set_as_pdf


def mandate_pdf(content: Mapping[str, Any]) -> bytes:
    """The mandate as one PDF/UA-1 document in large print; `content` is what `consent.mandates.content_of` gives."""
    return set_as_pdf("mandate.typ", {**content, "fonts": list(FAMILIES)})

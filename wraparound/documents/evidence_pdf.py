"""A letter of medical evidence as PDF, signed or to be answered by hand. Only jobs call this."""

from collections.abc import Mapping
from typing import Any

from wraparound.documents.pdf import FAMILIES, set_as_pdf


def evidence_pdf(content: Mapping[str, Any]) -> bytes:
    """One PDF/UA-1 document; `content` is what `evidence.letters.paper_of` gives."""
    paragraphs = [each for each in content["text"].split("\n") if each.strip()]
    return set_as_pdf("evidence.typ", {**content, "paragraphs": paragraphs, "fonts": list(FAMILIES)})

"""A mandate as PDF, to sign by hand or with a signature on it. Only jobs call this."""

from collections.abc import Mapping
from typing import Any

from wraparound.documents.pdf import FAMILIES, can_be_set, set_as_pdf

NO_LETTERS = (
    "These words stand on the screen only: this document has no letters for them. Read them there, or ask with an "
    "interpreter."
)


def mandate_pdf(content: Mapping[str, Any]) -> bytes:
    """The mandate as one PDF/UA-1 document in large print; `content` is what `consent.mandates.content_of` gives."""
    said = [_with_letters(section) for section in content["said"]]
    return set_as_pdf("mandate.typ", {**content, "said": said, "fonts": list(FAMILIES)})


def _with_letters(section: Mapping[str, Any]) -> Mapping[str, Any]:
    """The section; or, where no font has its letters, that it is on the screen only."""
    heading = section["heading"] if can_be_set(section["heading"]) else section["heading"].partition(" (")[0]
    if not section["language"] or can_be_set(" ".join(section["lines"])):
        return {**section, "heading": heading}
    return {**section, "heading": heading, "lines": [NO_LETTERS], "language": "", "right_to_left": False}

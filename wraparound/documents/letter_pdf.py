"""A letter of an adviser's matter as PDF. Only jobs call this."""

from collections.abc import Mapping
from typing import Any

from wraparound.documents.pdf import FAMILIES, set_as_pdf

Block = dict[str, Any]


def letter_pdf(content: Mapping[str, Any]) -> bytes:
    """One PDF/UA-1 document; `content` is what `letters.sending.content_of` gives."""
    return set_as_pdf("case_letter.typ", {**content, "blocks": blocks(content["text"]), "fonts": list(FAMILIES)})


def blocks(text: str) -> list[Block]:
    """The text in parts: “# ” begins a heading, “- ” a point of a list; an empty line ends a paragraph."""
    found: list[Block] = []
    for line in map(str.strip, text.splitlines()):
        if line.startswith("# "):
            found.append({"is": "heading", "lines": [line[2:].strip()]})
        elif line.startswith("- "):
            _add(found, "list", line[2:].strip())
        elif line:
            _add(found, "text", line)
        else:
            found.append({"is": "end", "lines": []})
    return [each for each in found if each["is"] != "end"]


def _add(found: list[Block], kind: str, line: str) -> None:
    if found and found[-1]["is"] == kind:
        found[-1]["lines"].append(line)
    else:
        found.append({"is": kind, "lines": [line]})

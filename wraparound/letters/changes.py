"""What changed between two versions of a letter, line by line. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum


class Change(StrEnum):
    SAME = "same"
    ADDED = "added"
    TAKEN_OUT = "taken_out"


@dataclass(frozen=True)
class Line:
    """One line of either version."""

    change: Change
    text: str


def changes(before: str, after: str) -> Sequence[Line]:
    """Every line of both in reading order, without empty ones: what was taken out before what came instead."""
    old, new = _lines(before), _lines(after)
    found: list[Line] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if tag == "equal":
            found += [Line(Change.SAME, text) for text in new[j1:j2]]
            continue
        found += [Line(Change.TAKEN_OUT, text) for text in old[i1:i2]]
        found += [Line(Change.ADDED, text) for text in new[j1:j2]]
    return found


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]

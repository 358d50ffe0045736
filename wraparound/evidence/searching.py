"""Passages of a record that bear on a point, found by words: for the claim and against it. Pure; it judges nothing."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from wraparound.evidence.extract import Entry
from wraparound.evidence.points import Point, care

MOST_OF_EACH, LONGEST_QUOTE = 15, 600
_END = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True)
class Passage:
    """The very words of an entry, with its date and author; `looks_twice` says why somebody should, "" if not."""

    point: str
    against: bool
    quote: str
    written_on: date | None
    author: str
    looks_twice: str = ""


@dataclass(frozen=True)
class Bearing:
    """What bears on one point, the latest first."""

    point: Point
    for_: Sequence[Passage]
    against: Sequence[Passage]


def find(entries: Iterable[Entry], points: Iterable[Point]) -> list[Bearing]:
    """For each point the sentences in which one of its words stands, at most fifteen for and fifteen against."""
    read = [(entry, quote) for entry in entries for quote in _sentences(entry.text)]
    return [_bearing(point, read) for point in points]


def _bearing(point: Point, read: Sequence[tuple[Entry, str]]) -> Bearing:
    for_, against = dict[str, Passage](), dict[str, Passage]()
    for entry, quote in read:
        speaks_against = bool(point.against.search(quote) or point.negated.search(quote))
        if not speaks_against and not point.for_.search(quote):
            continue
        side = against if speaks_against else for_
        if len(side) < MOST_OF_EACH:
            passage = Passage(point.code, speaks_against, quote, entry.written_on, entry.author, looks_twice(quote))
            side.setdefault(quote, passage)
    return Bearing(point, list(for_.values()), list(against.values()))


def looks_twice(quote: str) -> str:
    return ". ".join(each.said for each in care() if each.words.search(quote))


def _sentences(text: str) -> Iterator[str]:
    """Each as it stands in the text; a very long one is cut at its end."""
    for each in _END.split(text):
        if sentence := each.strip():
            yield sentence[:LONGEST_QUOTE]

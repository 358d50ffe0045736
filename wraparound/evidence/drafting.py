"""A letter drafted around points and picked passages, and the questions where nothing was picked. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from wraparound.evidence.points import Point
from wraparound.evidence.searching import Passage

TO_WRITE = "[Write here, or take this heading out]"
LEFT_OUT = "[A passage was left out by those who hold the record.]"
HOW = (
    "How often is it so, and for how long? Can they do it safely, well enough, as often as it is needed, and in "
    "reasonable time? Please also say where you do not know, or where they manage."
)


@dataclass(frozen=True)
class Pick:
    """A passage that stands in a request. `left_out` says why it was taken out: its words are then gone."""

    point: str
    against: bool
    quote: str
    written_on: str
    author: str
    left_out: str = ""

    @property
    def day(self) -> date | None:
        return date.fromisoformat(self.written_on) if self.written_on else None


def picked(passage: Passage) -> Pick:
    day = passage.written_on.isoformat() if passage.written_on else ""
    return Pick(passage.point, passage.against, passage.quote, day, passage.author)


def picks_of(held: Sequence[Mapping[str, Any]]) -> list[Pick]:
    return [Pick(**each) for each in held]


def as_json(picks: Sequence[Pick]) -> list[dict[str, Any]]:
    return [asdict(each) for each in picks]


def question(point: Point) -> str:
    """What is asked of a clinician about a point, leading them nowhere."""
    return f"What do you know of how they manage this: {point.title[0].lower()}{point.title[1:]}?"


def draft(points: Sequence[Point], picks: Sequence[Pick], words: str) -> str:
    """The letter's text: each point with the passages on it, or with room to write; then what else was asked."""
    parts = [f"{point.title}\n{_on(point, picks)}" for point in points]
    if words:
        parts.append(f"What else was asked: {words}\n{TO_WRITE}")
    return "\n\n".join(parts)


def _on(point: Point, picks: Sequence[Pick]) -> str:
    return "\n".join(quoted(each) for each in picks if each.point == point.code) or TO_WRITE


def quoted(pick: Pick) -> str:
    """“3 March 2026, Dr Okafor: “…””, with what is not known left out."""
    when = f"{pick.day.day} {pick.day:%B %Y}" if pick.day else "Without a date"
    who = f", {pick.author}" if pick.author else ""
    return f"{when}{who}: “{pick.quote}”"

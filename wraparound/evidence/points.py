"""The points that a benefit is decided by, as its regulations name them, and the words that find them in a record."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

_FILES = Path(__file__).parent / "points"


class Benefit(StrEnum):
    """What the evidence is for."""

    PIP = "pip"
    UC = "uc"
    ESA = "esa"
    OTHER = "other"

    @property
    def label(self) -> str:
        return "Another benefit or decision" if self is Benefit.OTHER else list_for(self).name


@dataclass(frozen=True)
class Point:
    """One activity. `points` are what its descriptors give, in their order; empty where the file does not say."""

    code: str
    title: str
    group: str
    points: Sequence[int]
    for_: re.Pattern[str]
    against: re.Pattern[str]
    negated: re.Pattern[str]


@dataclass(frozen=True)
class PointList:
    """A benefit's points, with where they come from. `reviewed` says who looked at the words, "" while nobody has."""

    name: str
    asks_for: str
    in_all: str
    source: str
    address: str
    read_on: date | None
    checked_by: str
    reviewed: str
    points: Mapping[str, Point]


@dataclass(frozen=True)
class Care:
    """Words that ask for a second look, and what is said of a passage that has one."""

    said: str
    words: re.Pattern[str]


@cache
def list_for(benefit: Benefit) -> PointList:
    """The points of a benefit: none for `OTHER`, of which everything is asked in words."""
    if benefit is Benefit.OTHER:
        return PointList("", "what is asked below", "", "", "", None, "", "", MappingProxyType({}))
    held = _read(benefit.value)
    source = held["source"]
    return PointList(
        name=held["name"],
        asks_for=held["asks_for"],
        in_all=held["in_all"],
        source=source["title"],
        address=source["address"],
        read_on=source["read_on"],
        checked_by=source["checked_by"],
        reviewed=_reviewed(held["words"]),
        points=MappingProxyType({each["code"]: _point(each) for each in held["point"]}),
    )


@cache
def care() -> Sequence[Care]:
    held = _read("care")
    return tuple(Care(held[name]["said"], _any(held[name]["words"], whole=name == "others"))
                 for name in ("others", "harm"))  # fmt: skip


def points_of(benefit: Benefit, codes: Sequence[str]) -> list[Point]:
    """The points of these codes in the order of the list. KeyError for a code that it does not have."""
    held = list_for(benefit).points
    wanted = {held[code].code for code in codes}
    return [each for each in held.values() if each.code in wanted]


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_FILES / f"{name}.toml").read_text())


def _reviewed(words: Mapping[str, str]) -> str:
    return f"{words['reviewed_by']}, {words['reviewed_on']}" if words["reviewed_by"] else ""


def _point(held: Mapping[str, Any]) -> Point:
    # “No difficulty walking” speaks against; “no longer walks” does not.
    negated = rf"\b(?:no(?! longer)|nil|denies|denied|without)\b(?:\W+\w+){{0,3}}\W+{_any(held['for']).pattern}"
    return Point(
        code=held["code"],
        title=held["title"],
        group=held["group"],
        points=tuple(held.get("points", ())),
        for_=_any(held["for"]),
        against=_any(held["against"]),
        negated=re.compile(negated, re.IGNORECASE),
    )


def _any(words: Sequence[str], *, whole: bool = False) -> re.Pattern[str]:
    """Any of these as the beginning of a word, or as a whole one."""
    end = r"s?\b" if whole else ""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))}){end}", re.IGNORECASE)

"""Everything held about a person, as it is handed over: by organisation, by kind, each row in words."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

FORMAT = "wraparound.subject-access.1"


@dataclass(frozen=True)
class Entry:
    """One row. `at` is its time in words, "" where it has none; `earlier`: what it said before it was changed."""

    at: str
    earlier: bool
    values: list[tuple[str, str]]


@dataclass(frozen=True)
class Section:
    """Rows of one kind."""

    heading: str
    entries: list[Entry]


@dataclass(frozen=True)
class LeftOut:
    """How often something was left out for a reason, and the law that allows it."""

    why: str
    source: str
    count: int


@dataclass(frozen=True)
class Part:
    """What one organisation holds."""

    organisation: str
    sections: list[Section]
    left_out: list[LeftOut]

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """The part as `dataclasses.asdict` gave it. KeyError or TypeError for anything else."""
        sections = [
            Section(
                section["heading"],
                [
                    Entry(entry["at"], entry["earlier"], [(label, text) for label, text in entry["values"]])
                    for entry in section["entries"]
                ],
            )
            for section in kept["sections"]
        ]
        return cls(kept["organisation"], sections, [LeftOut(**each) for each in kept["left_out"]])


@dataclass(frozen=True, kw_only=True)
class Pack:
    """What is handed over at once. `apart` are organisations that hand their part over themselves."""

    name: str
    asked_on: str
    made_on: str
    answered_by: str
    scheme: str
    invented: bool
    parts: list[Part]
    apart: list[str]

    def to_json(self) -> dict[str, Any]:
        """Plain values with the name of their format."""
        return {"format": FORMAT, **asdict(self)}

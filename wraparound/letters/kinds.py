"""Kinds of letters: what each says, whom it is for and where it fits. One file each, for advisers to review."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from wraparound.advice.matter_types import CATEGORIES
from wraparound.advice.states import Stage

_FILES = Path(__file__).parent / "kinds"
_PLACE = re.compile(r"\{([a-z_]+)\}")
GAP = re.compile(r"\[([^\[\]\n]{1,120})\]")
# What a letter takes from the matter, with the words of the gap where it is not known.
PLACES: Mapping[str, str] = MappingProxyType(
    {
        "person": "name of the person",
        "born": "date of birth",
        "address": "address",
        "national_insurance": "National Insurance number",
        "opponent": "to whom it goes",
        "their_reference": "their reference",
        "decided_on": "date of the decision",
        "matter": "what it is about",
        "subject": "what was decided on",
        "limits": "time limits",
        "adviser": "name of the adviser",
        "organisation": "name of the organisation",
        "phone": "phone number of the organisation",
    }
)


class Audience(StrEnum):
    """Whom it is for: the person, somebody on the other side, or one's own file, which it never leaves."""

    PERSON = "person"
    OPPONENT = "opponent"
    OWN = "own"


@dataclass(frozen=True)
class Kind:
    """One kind. `text` is in the organisation's name, `own_text` in the person's, who signs it; one may be empty.

    `categories` and `stages` are where it fits best; empty: anywhere. `confirms`: it puts advice in writing.
    `version` is that of its words.
    """

    code: str
    name: str
    hint: str
    audience: Audience
    order: int
    heading: str
    text: str
    own_text: str
    categories: frozenset[str]
    stages: frozenset[Stage]
    confirms: bool
    version: str

    def fits(self, category: str, stage: str) -> bool:
        """Whether it is offered first for a matter of this category and stage."""
        return (not self.categories or category in self.categories) and (not self.stages or stage in self.stages)

    def drafted(self, facts: Mapping[str, str], *, own: bool) -> str:
        """The letter with what is known in it, and a gap for what is not. `own`: in the person's own name."""
        return filled(self.own_text if own else self.text, facts)


def filled(text: str, facts: Mapping[str, str]) -> str:
    """`{place}` becomes what is known of it, or “[what is missing]”. What is known can open no gap."""

    def say(found: re.Match[str]) -> str:
        known = facts.get(found[1], "")
        return known.replace("[", "(").replace("]", ")") if known else f"[{PLACES[found[1]]}]"

    return _PLACE.sub(say, text).strip()


def gaps_in(*texts: str) -> list[str]:
    """What still has to be filled in, in the order of reading, each once."""
    return list(dict.fromkeys(gap for text in texts for gap in GAP.findall(text)))


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its code, in the order in which they are offered. ValueError where a file is not right."""
    found = [_read(path) for path in sorted(_FILES.glob("*.toml"))]
    return MappingProxyType({each.code: each for each in sorted(found, key=lambda each: each.order)})


def _read(path: Path) -> Kind:
    held = tomllib.loads(path.read_text(encoding="utf-8"))
    kind = Kind(
        code=path.stem,
        name=held["name"],
        hint=held["hint"],
        audience=Audience(held["audience"]),
        order=held["order"],
        heading=held["heading"],
        text=held.get("text", ""),
        own_text=held.get("own_text", ""),
        categories=frozenset(held.get("categories", ())),
        stages=frozenset(map(Stage, held.get("stages", ()))),
        confirms=held.get("confirms", False),
        version=held["version"],
    )
    _check(kind, held)
    return kind


def _check(kind: Kind, held: Mapping[str, Any]) -> None:
    known = {*Kind.__dataclass_fields__} - {"code"}
    wrong = [f"does not know {name}" for name in held.keys() - known]
    wrong += [f"does not know the category {name}" for name in kind.categories - CATEGORIES.keys()]
    if not (kind.text or kind.own_text):
        wrong.append("says nothing")
    for text in (kind.heading, kind.text, kind.own_text):
        wrong += [f"does not know {{{name}}}" for name in _PLACE.findall(text) if name not in PLACES]
    if wrong:
        raise ValueError(f"{kind.code}: {'; '.join(wrong)}")

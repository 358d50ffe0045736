"""Who has seen a record, as a paper for the person: large print, a line for each organisation and day."""

from dataclasses import asdict, dataclass

from wraparound.documents.apart import set_apart
from wraparound.documents.pdf import FAMILIES


@dataclass(frozen=True)
class Seen:
    """One line. `role` is "" where none is told; `times` is in words."""

    organisation: str
    role: str
    what: str
    times: str
    why: str


@dataclass(frozen=True)
class Day:
    """One day in words, and what happened on it."""

    day: str
    lines: list[Seen]


@dataclass(frozen=True, kw_only=True)
class SeenPaper:
    """The whole paper. `more`: there are earlier lines than it has room for."""

    name: str
    made_on: str
    organisation: str
    intro: list[str]
    days: list[Day]
    more: bool
    invented: bool


def who_has_seen_pdf(paper: SeenPaper) -> bytes:
    """The paper as one PDF/UA-1 document in large print."""
    return set_apart("who_has_seen.typ", {**asdict(paper), "fonts": list(FAMILIES)})

"""Somebody's plan as a paper for them: large print, plain words, what each of the two does."""

from dataclasses import asdict, dataclass

from wraparound.documents.apart import set_apart
from wraparound.documents.pdf import FAMILIES


@dataclass(frozen=True)
class PaperStep:
    """One step. `who` is “You” or a name; `by_when` a day in words, "" where none was agreed."""

    what: str
    who: str
    by_when: str


@dataclass(frozen=True)
class PaperGoal:
    """One goal in the person's words. `review` is a day in words, "" where none was agreed."""

    words: str
    steps: list[PaperStep]
    review: str


@dataclass(frozen=True, kw_only=True)
class PlanPaper:
    """The whole paper. `reached` are the words of goals that are reached."""

    name: str
    made_on: str
    organisation: str
    worker: str
    intro: str
    ending: str
    goals: list[PaperGoal]
    reached: list[str]
    invented: bool


def plan_pdf_of(paper: PlanPaper) -> bytes:
    """The paper as one PDF/UA-1 document."""
    return set_apart("plan.typ", {**asdict(paper), "fonts": list(FAMILIES)})

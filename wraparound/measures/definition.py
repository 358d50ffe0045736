"""What a measure is: questions with their own scales, and where its words come from. Plain Python, no store."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Better(StrEnum):
    """Which end of the scale is the good one."""

    HIGHER = "higher"
    LOWER = "lower"


class Went(StrEnum):
    """How one answer went from the first time to the last."""

    BETTER = "better"
    SAME = "same"
    WORSE = "worse"

    @property
    def label(self) -> str:
        return self.value.capitalize() if self is not Went.SAME else "The same"


@dataclass(frozen=True, slots=True)
class Question:
    """`text` is asked word for word. `scale` names each whole number from the lowest; a number's own name may be ""."""

    key: str
    text: str
    short: str
    scale: Mapping[int, str]
    better: Better

    def __post_init__(self) -> None:
        numbers = list(self.scale)
        if len(numbers) < 2 or numbers != list(range(numbers[0], numbers[-1] + 1)):
            raise ValueError(f"{self.key}: a scale is two or more whole numbers in a row.")

    @property
    def lowest(self) -> int:
        return min(self.scale)

    @property
    def highest(self) -> int:
        return max(self.scale)

    def said(self, number: int) -> str:
        """“7”, or “0, not at all”; where each number has a name, that name. KeyError for a number not on the scale."""
        name = self.scale[number]
        if all(self.scale.values()):
            return name
        return f"{number}, {name}" if name else str(number)

    def went(self, first: int, last: int) -> Went:
        if first == last:
            return Went.SAME
        return Went.BETTER if (last > first) == (self.better is Better.HIGHER) else Went.WORSE


@dataclass(frozen=True, slots=True)
class Measure:
    """Questions that are asked together. `address` is where the wording was read, on `seen_on`; `licence` allows it."""

    key: str
    title: str
    intro: str
    questions: tuple[Question, ...]
    source: str
    address: str
    seen_on: date
    licence: str

    def question(self, key: str) -> Question:
        """KeyError where the measure asks no such thing."""
        return {each.key: each for each in self.questions}[key]

    def check(self, answers: Mapping[str, int]) -> None:
        """ValueError for a question that is not asked, or a number that is not on its scale."""
        for key, number in answers.items():
            try:
                known = number in self.question(key).scale
            except KeyError:
                raise ValueError(f"{self.title} asks no {key}.") from None
            if not known:
                raise ValueError(f"{number} is not on the scale of “{self.question(key).short}”.")


@dataclass(frozen=True, slots=True)
class Change:
    """One question, answered at least once: the first answer, the last one, and how it went between them.

    `went` is None while there is only one answer. Nothing is ever added up over questions.
    """

    question: Question
    first: int
    last: int
    went: Went | None


def changes(measure: Measure, answered: list[Mapping[str, int]]) -> list[Change]:
    """Question by question over all the times it was asked, oldest first. One that nobody answered is left out."""
    found = []
    for question in measure.questions:
        numbers = [each[question.key] for each in answered if question.key in each]
        if numbers:
            went = question.went(numbers[0], numbers[-1]) if len(numbers) > 1 else None
            found.append(Change(question, numbers[0], numbers[-1], went))
    return found

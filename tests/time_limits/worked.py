"""How a worked example is written: what is given, the last day that the rule's own words give, and why.

Each day was counted by hand from the words of the law, never taken from what the program said.
"""

from dataclasses import dataclass, field
from datetime import date

from wraparound.pathways.vocabulary import Nation
from wraparound.time_limits.definition import Answer, Choice, Fact, Facts, Tenure
from wraparound.time_limits.working_out import RULES, work_out


@dataclass(frozen=True)
class Given:
    """Days by the name of their fact, and whatever else is so."""

    rule: str
    days: dict[str, str]
    choices: tuple[Choice, ...] = ()
    nation: Nation | None = None
    tenure: Tenure | None = None

    @property
    def answer(self) -> Answer:
        nation = self.nation or next(nation for nation in Nation if nation in RULES[self.rule].nations)
        dates = {Fact(name): date.fromisoformat(day) for name, day in self.days.items()}
        return work_out(self.rule, Facts(dates, nation, self.tenure, frozenset(self.choices)))


@dataclass(frozen=True)
class Example:
    """What is given, the last day, and why it is that one."""

    given: Given
    last: str
    why: str = field(default="")

    def __str__(self) -> str:
        days = " ".join(f"{name} {day}" for name, day in self.given.days.items())
        return f"{self.given.rule}: {days} {' '.join(self.given.choices)} -> {self.last} ({self.why})"


def table(rule: str, fact: str, *rows: tuple[str, str, str], choices: tuple[Choice, ...] = ()) -> list[Example]:
    """Examples of a rule that asks one day: the day, the last day, and why."""
    return [Example(Given(rule, {fact: day}, choices), last, why) for day, last, why in rows]


def expect(example: Example) -> None:
    answer = example.given.answer
    found = answer.last_day.isoformat() if answer.last_day else "check this"
    assert found == example.last, (example.why, answer)

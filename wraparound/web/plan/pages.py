"""What the pages of a plan show, put together for one reader."""

from collections.abc import Sequence
from dataclasses import dataclass

from wraparound.measures.definition import Change, Measure
from wraparound.pathways.vocabulary import UrgentFlag
from wraparound.social_prescribing.models import Goal, Measured, Step
from wraparound.social_prescribing.states import GoalStatus, StepStatus, Who
from wraparound.social_prescribing.topics import Topic

# Needs that an adviser takes on, by the part of the conversation in which they come up: values of the page that
# prepares and refers. Nothing here says what somebody should do about them.
FOR_AN_ADVISER: dict[Topic, tuple[str, ...]] = {
    Topic.MONEY: ("benefits", "debt"),
    Topic.HOME: ("housing",),
    Topic.WORK: ("employment",),
}
TODAY: dict[Topic, UrgentFlag] = {Topic.FOOD: UrgentFlag.NO_FOOD, Topic.HOME: UrgentFlag.HOMELESS_TONIGHT}

# The picture of a change: a line from the lowest to the highest number, at these pixels.
LEFT, RIGHT = 12, 208


@dataclass(frozen=True)
class Picture:
    """Where the first and the last answer stand on the line, in pixels."""

    change: Change
    first_at: float
    last_at: float


@dataclass(frozen=True)
class Asked:
    """One measure, the times it was asked, and a picture for each question."""

    measure: Measure
    times: Sequence[Measured]
    pictures: Sequence[Picture]


def asked(rows: Sequence[tuple[Measure, Sequence[Measured], Sequence[Change]]]) -> list[Asked]:
    return [Asked(measure, times, [_picture(each) for each in changed]) for measure, times, changed in rows]


def _picture(change: Change) -> Picture:
    lowest, highest = change.question.lowest, change.question.highest

    def at(number: int) -> float:
        return round(LEFT + (RIGHT - LEFT) * (number - lowest) / (highest - lowest), 1)

    return Picture(change, at(change.first), at(change.last))


def who_said(step: Step, worker: str) -> str:
    """Who does a step, by name where it is not the person."""
    return {Who.PERSON: "", Who.WORKER: worker, Who.SOMEBODY_ELSE: step.named}[Who(step.who)]


def open_goals(goals: Sequence[Goal]) -> list[Goal]:
    return [goal for goal in goals if goal.status == GoalStatus.OPEN]


def steps_to_do(goal: Goal) -> list[Step]:
    return [step for step in goal.steps.all() if step.status == StepStatus.TO_DO]

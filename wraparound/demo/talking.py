"""What link workers of the demo write of conversations, contact after contact, and the plans that come of them."""

from dataclasses import dataclass
from datetime import timedelta

from wraparound.casework.models import Case
from wraparound.measures.library import ONS4
from wraparound.organisations.actor import Actor
from wraparound.social_prescribing.conversation import Said, digest_of, write_conversation
from wraparound.social_prescribing.measuring import record_measure
from wraparound.social_prescribing.planning import Outcome, add_goal, add_step, end_step, review_goal
from wraparound.social_prescribing.reading import answers_of, goals_of
from wraparound.social_prescribing.states import GoalStatus, StepStatus, Who
from wraparound.social_prescribing.topics import Heard, Topic

# One person in so many has a plan: the others have not got so far, or did not want one.
ONE_IN, AGAIN = 3, timedelta(days=21)


@dataclass(frozen=True)
class Talk:
    """What one person says, wants and does."""

    matters: str
    strengths: str
    company: str
    money: tuple[Heard, str]
    goal: str
    steps: tuple[tuple[str, Who, str], ...]
    first: dict[str, int]
    last: dict[str, int]


TALKS = (
    Talk(
        "My sister, and cooking for people. I have not done it since he died.",
        "I can cook for forty. My neighbour looks in.",
        "The days are long. I would like somebody to eat with.",
        (Heard.YES, "Some weeks the meter runs out. There is a letter I have not opened."),
        "Cook for people again, and not only for myself",
        (
            ("Ring the lunch club about a trial morning", Who.WORKER, ""),
            ("Get the big pans down from the loft", Who.SOMEBODY_ELSE, "My nephew"),
            ("Choose what to cook first", Who.PERSON, ""),
        ),
        {"satisfied": 3, "worthwhile": 4, "happy": 3, "anxious": 7},
        {"satisfied": 6, "worthwhile": 7, "happy": 6, "anxious": 4},
    ),
    Talk(
        "To get out of the flat without being afraid of the stairs.",
        "I walked everywhere once. I know every bird by its song.",
        "I miss the walking group.",
        (Heard.NO, ""),
        "Walk to the park and back by myself",
        (
            ("Ask the surgery about the exercise class", Who.WORKER, ""),
            ("Walk to the corner every morning", Who.PERSON, ""),
        ),
        {"satisfied": 5, "worthwhile": 5, "anxious": 6},
        {"satisfied": 7, "worthwhile": 6, "anxious": 5},
    ),
)  # fmt: skip


def has_a_plan(turn: int) -> bool:
    """Whether the person who comes so many-th to talk in a scheme (from 0) has a plan."""
    return turn % ONE_IN == 0


def talk(case: Case, turn: int, time: int, by: Actor) -> None:
    """What is written at the first, second or third contact (`time` from 0); nothing at a later one."""
    told = TALKS[turn // ONE_IN % len(TALKS)]
    if time < len(_CONTACTS):
        _CONTACTS[time](case, told, by)


def _first(case: Case, told: Talk, by: Actor) -> None:
    said = {Topic.MATTERS: (Heard.NOT_ASKED, told.matters), Topic.COMPANY: (Heard.YES, told.company)}
    _write(case, said, by)
    record_measure(by=by, case=case, measure=ONS4, answers=told.first)


def _second(case: Case, told: Talk, by: Actor) -> None:
    _write(case, {Topic.STRENGTHS: (Heard.NOT_ASKED, told.strengths), Topic.MONEY: told.money}, by)
    goal = add_goal(by=by, case=case, words=told.goal, importance=9, confidence=4, review_on=by.today() + AGAIN)
    for what, who, named in told.steps:
        add_step(by=by, goal=goal, what=what, who=who, named=named)


def _third(case: Case, told: Talk, by: Actor) -> None:
    for goal in goals_of(by, case):
        if goal.status == GoalStatus.OPEN:
            for step in [each for each in goal.steps.all() if each.status == StepStatus.TO_DO][:1]:
                end_step(by=by, step=step, done=True)
            said = Outcome(
                verb="go_on", how="Went once, and stayed for tea.", confidence=7, review_on=by.today() + AGAIN
            )
            review_goal(by=by, goal=goal, outcome=said)
    record_measure(by=by, case=case, measure=ONS4, answers=told.last)


_CONTACTS = (_first, _second, _third)


def _write(case: Case, said: dict[Topic, tuple[Heard, str]], by: Actor) -> None:
    held = answers_of(by, case)
    parts = {topic: Said(heard, text, digest_of(held.get(topic))) for topic, (heard, text) in said.items()}
    write_conversation(by=by, case=case, said=parts)

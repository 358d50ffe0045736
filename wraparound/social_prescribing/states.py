"""The moves that a goal and a step may make. Pages and tests read these tables."""

from dataclasses import dataclass
from enum import StrEnum


class GoalStatus(StrEnum):
    OPEN = "open"
    REACHED = "reached"
    CHANGED = "changed"
    LET_GO = "let_go"

    @property
    def label(self) -> str:
        return {
            GoalStatus.OPEN: "Working towards it",
            GoalStatus.REACHED: "Reached",
            GoalStatus.CHANGED: "Became another goal",
            GoalStatus.LET_GO: "Let go",
        }[self]


class StepStatus(StrEnum):
    TO_DO = "to_do"
    DONE = "done"
    NOT_NEEDED = "not_needed"

    @property
    def label(self) -> str:
        return {StepStatus.TO_DO: "To do", StepStatus.DONE: "Done", StepStatus.NOT_NEEDED: "Not needed"}[self]


class Who(StrEnum):
    """Who does a step."""

    PERSON = "person"
    WORKER = "worker"
    SOMEBODY_ELSE = "somebody_else"

    @property
    def label(self) -> str:
        return {Who.PERSON: "The person", Who.WORKER: "The link worker", Who.SOMEBODY_ELSE: "Somebody else"}[self]


@dataclass(frozen=True)
class Move:
    """From which statuses to which, and the words for it at a review."""

    verb: str
    label: str
    hint: str
    from_: frozenset[GoalStatus]
    to: GoalStatus


def _move(verb: str, label: str, hint: str, from_: str, to: GoalStatus) -> tuple[str, Move]:
    return verb, Move(verb, label, hint, frozenset(GoalStatus(name) for name in from_.split()), to)


# Made at a review, which says how it went. What changed stays changed: another goal has taken its place.
MOVES: dict[str, Move] = dict(
    (
        _move("go_on", "Go on with it", "", "open", GoalStatus.OPEN),
        _move("reach", "It is reached", "In their eyes, not in yours.", "open", GoalStatus.REACHED),
        _move("change", "It is another goal now", "Its open steps go with the new one.", "open", GoalStatus.CHANGED),
        _move("let_go", "Let it go", "Something else matters more now. That is no failure.", "open", GoalStatus.LET_GO),
        _move("take_up", "Take it up again", "", "reached let_go", GoalStatus.OPEN),
    )
)


def moves_from(status: GoalStatus) -> list[Move]:
    """What a review may end in."""
    return [move for move in MOVES.values() if status in move.from_]

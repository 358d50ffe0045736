"""What a review of a file can be, and the moves that it may make."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class ReviewStatus(StrEnum):
    TO_DO = "to_do"
    BEGUN = "begun"
    FINISHED = "finished"
    CLOSED = "closed"
    LEFT_OUT = "left_out"

    @property
    def label(self) -> str:
        return {
            ReviewStatus.TO_DO: "To be reviewed",
            ReviewStatus.BEGUN: "Being reviewed",
            ReviewStatus.FINISHED: "Reviewed",
            ReviewStatus.CLOSED: "Reviewed and closed",
            ReviewStatus.LEFT_OUT: "Left out",
        }[self]


class Why(StrEnum):
    """How a file came on the list."""

    SAMPLE = "sample"
    RISK = "risk"
    BY_HAND = "by_hand"

    @property
    def label(self) -> str:
        return {Why.SAMPLE: "Sample", Why.RISK: "Risk", Why.BY_HAND: "Added by hand"}[self]


class Verdict(StrEnum):
    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> str:
        return {
            Verdict.YES: "Yes",
            Verdict.PARTLY: "Partly",
            Verdict.NO: "No",
            Verdict.NOT_APPLICABLE: "Does not apply",
        }[self]

    @property
    def finds(self) -> bool:
        """Whether something is to be put right."""
        return self in (Verdict.PARTLY, Verdict.NO)


class Grade(StrEnum):
    GOOD = "good"
    FIT = "fit"
    NEEDS_WORK = "needs_work"

    @property
    def label(self) -> str:
        return {Grade.GOOD: "Good", Grade.FIT: "Fit for the person", Grade.NEEDS_WORK: "Needs work now"}[self]


@dataclass(frozen=True)
class Move:
    """From which statuses, to which (None keeps it), and the event that it leaves."""

    from_: frozenset[ReviewStatus]
    to: ReviewStatus | None
    event: str


_TO_DO, _BEGUN, _FINISHED = ReviewStatus.TO_DO, ReviewStatus.BEGUN, ReviewStatus.FINISHED
MOVES: Mapping[str, Move] = {
    "add_risk": Move(frozenset({_TO_DO}), None, "file_review_risk"),
    "begin": Move(frozenset({_TO_DO}), _BEGUN, "file_review_begun"),
    "write": Move(frozenset({_BEGUN}), None, "file_review_written"),
    "finish": Move(frozenset({_BEGUN}), _FINISHED, "file_review_finished"),
    "answer": Move(frozenset({_FINISHED}), None, "file_review_answered"),
    "close": Move(frozenset({_FINISHED}), ReviewStatus.CLOSED, "file_review_closed"),
    "leave_out": Move(frozenset({_TO_DO, _BEGUN}), ReviewStatus.LEFT_OUT, "file_review_left_out"),
}
OPEN = (_TO_DO, _BEGUN)
REVIEWED = (_FINISHED, ReviewStatus.CLOSED)

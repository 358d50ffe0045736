"""What a concern can be, and the moves it may make: only an owner ends it, and nobody ends it by having read it."""

from dataclasses import dataclass
from enum import StrEnum


class ConcernKind(StrEnum):
    ABUSE = "abuse"
    DANGER = "danger"
    SUICIDAL = "suicidal"
    CHILD = "child"

    @property
    def label(self) -> str:
        return {
            ConcernKind.ABUSE: "Abuse or neglect",
            ConcernKind.DANGER: "In danger from somebody",
            ConcernKind.SUICIDAL: "Thoughts of suicide or self-harm",
            ConcernKind.CHILD: "A child may be at risk",
        }[self]


class ConcernStatus(StrEnum):
    """Only an owner ends it: an acknowledgement is not yet an owner."""

    RAISED = "raised"
    OWNED = "owned"
    ENDED = "ended"

    @property
    def label(self) -> str:
        return {
            ConcernStatus.RAISED: "Raised",
            ConcernStatus.OWNED: "Somebody owns it",
            ConcernStatus.ENDED: "Ended",
        }[self]


class TellGp(StrEnum):
    """Whether the person's practice is told, and on what ground."""

    TO_DECIDE = "to_decide"
    AGREED = "agreed"
    WITHOUT_AGREEMENT = "without_agreement"
    NO = "no"

    @property
    def label(self) -> str:
        return {
            TellGp.TO_DECIDE: "To be decided by the safeguarding lead",
            TellGp.AGREED: "Yes: the person agrees",
            TellGp.WITHOUT_AGREEMENT: "Yes: without agreement, because of a serious risk",
            TellGp.NO: "No",
        }[self]

    @property
    def told(self) -> bool:
        return self in (TellGp.AGREED, TellGp.WITHOUT_AGREEMENT)

    @property
    def needs_why(self) -> bool:
        """Telling without agreement, and not telling, are both somebody's judgement that has to be on record."""
        return self in (TellGp.WITHOUT_AGREEMENT, TellGp.NO)


class Whose(StrEnum):
    """Who may make a move."""

    ANSWERER = "answerer"
    OWNER = "owner"
    CLOCK = "clock"


@dataclass(frozen=True)
class ConcernMove:
    """From which statuses, to which (None keeps it), and whose it is to make."""

    from_: frozenset[ConcernStatus]
    to: ConcernStatus | None
    whose: Whose
    event: str


_RAISED, _OWNED = ConcernStatus.RAISED, ConcernStatus.OWNED
CONCERN_MOVES: dict[str, ConcernMove] = {
    "acknowledge": ConcernMove(frozenset({_RAISED, _OWNED}), None, Whose.ANSWERER, "concern_acknowledged"),
    "own": ConcernMove(frozenset({_RAISED}), _OWNED, Whose.ANSWERER, "concern_owned"),
    # What its owner has left; another who may answer need not wait for them.
    "take_over": ConcernMove(frozenset({_OWNED}), None, Whose.ANSWERER, "concern_taken_over"),
    "look_again": ConcernMove(frozenset({_OWNED}), None, Whose.OWNER, "concern_looked_at"),
    "hand_on": ConcernMove(frozenset({_OWNED}), None, Whose.ANSWERER, "concern_handed_on"),
    "end": ConcernMove(frozenset({_OWNED}), ConcernStatus.ENDED, Whose.OWNER, "concern_ended"),
    "grow_late": ConcernMove(frozenset({_RAISED, _OWNED}), None, Whose.CLOCK, "concern_late"),
}

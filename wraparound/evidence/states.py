"""What a request for evidence can be, and the moves it may make: which end makes each, and from where."""

from dataclasses import dataclass
from enum import StrEnum

from wraparound.organisations.roles import Capability


class EvidenceStatus(StrEnum):
    PREPARING = "preparing"
    ASKED = "asked"
    DRAFTED = "drafted"
    SENT_BACK = "sent_back"
    SIGNED = "signed"
    AGREED = "agreed"
    USED = "used"
    ENDED = "ended"
    UNLIKELY = "unlikely"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        return {
            EvidenceStatus.PREPARING: "Being prepared",
            EvidenceStatus.ASKED: "Asked",
            EvidenceStatus.DRAFTED: "Being written",
            EvidenceStatus.SENT_BACK: "Sent back",
            EvidenceStatus.SIGNED: "Signed",
            EvidenceStatus.AGREED: "May be used",
            EvidenceStatus.USED: "Used",
            EvidenceStatus.ENDED: "Ended",
            EvidenceStatus.UNLIKELY: "Told: unlikely to qualify",
            EvidenceStatus.WITHDRAWN: "Withdrawn",
        }[self]


class End(StrEnum):
    """Who may make a move: the end that asks, the end that is asked, or the product itself."""

    ASKING = "asking"
    ASKED = "asked"
    SYSTEM = "system"

    @property
    def capability(self) -> Capability:
        return {
            End.ASKING: Capability.GIVE_ADVICE,
            End.ASKED: Capability.SIGN_EVIDENCE,
            End.SYSTEM: Capability.LET_TIME_PASS,
        }[self]


@dataclass(frozen=True)
class EvidenceMove:
    """From which statuses, to which (None keeps it), and whose it is to make."""

    from_: frozenset[EvidenceStatus]
    to: EvidenceStatus | None
    whose: End


_S = EvidenceStatus
WITH_CLINICIAN = frozenset({_S.ASKED, _S.DRAFTED})
OPEN = frozenset({_S.PREPARING, *WITH_CLINICIAN, _S.SENT_BACK, _S.SIGNED, _S.AGREED})
OVER = frozenset({_S.ENDED, _S.UNLIKELY, _S.WITHDRAWN})
EVIDENCE_MOVES: dict[str, EvidenceMove] = {
    "pick": EvidenceMove(frozenset({_S.PREPARING}), None, End.ASKING),
    "send": EvidenceMove(frozenset({_S.PREPARING, _S.SENT_BACK}), _S.ASKED, End.ASKING),
    "take_up": EvidenceMove(WITH_CLINICIAN, None, End.ASKED),
    "keep_draft": EvidenceMove(WITH_CLINICIAN, _S.DRAFTED, End.ASKED),
    "leave_out": EvidenceMove(WITH_CLINICIAN, None, End.ASKED),
    "send_back": EvidenceMove(WITH_CLINICIAN, _S.SENT_BACK, End.ASKED),
    "sign": EvidenceMove(WITH_CLINICIAN, _S.SIGNED, End.ASKED),
    # Somebody outside the scheme signs a paper, which the adviser writes down.
    "print": EvidenceMove(WITH_CLINICIAN, None, End.ASKING),
    "paper_signed": EvidenceMove(WITH_CLINICIAN, _S.SIGNED, End.ASKING),
    "receive": EvidenceMove(frozenset({_S.SIGNED}), None, End.ASKING),
    "agree": EvidenceMove(frozenset({_S.SIGNED}), _S.AGREED, End.ASKING),
    "use": EvidenceMove(frozenset({_S.AGREED}), _S.USED, End.ASKING),
    "end": EvidenceMove(frozenset({_S.USED}), _S.ENDED, End.ASKING),
    "tell_unlikely": EvidenceMove(OPEN, _S.UNLIKELY, End.ASKING),
    "withdraw": EvidenceMove(OPEN, _S.WITHDRAWN, End.ASKING),
    # What was signed while the mandate stood stays; whether it is used, the person says.
    "mandate_ended": EvidenceMove(frozenset({_S.PREPARING, *WITH_CLINICIAN, _S.SENT_BACK}), _S.WITHDRAWN, End.SYSTEM),
}


class Fee(StrEnum):
    NONE = "none"
    WAIVED = "waived"
    ASKED = "asked"

    @property
    def label(self) -> str:
        return {Fee.NONE: "No fee", Fee.WAIVED: "There is one, and we waive it", Fee.ASKED: "There is a fee"}[self]


class UsedFor(StrEnum):
    CLAIM = "claim"
    REVIEW = "review"
    RECONSIDERATION = "reconsideration"
    TRIBUNAL = "tribunal"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            UsedFor.CLAIM: "A new claim",
            UsedFor.REVIEW: "A review of an award",
            UsedFor.RECONSIDERATION: "A mandatory reconsideration",
            UsedFor.TRIBUNAL: "A tribunal",
            UsedFor.OTHER: "Something else",
        }[self]


class CameOfIt(StrEnum):
    WON = "won"
    PARTLY = "partly"
    LOST = "lost"
    STOPPED = "stopped"

    @property
    def label(self) -> str:
        return {
            CameOfIt.WON: "Decided as they asked",
            CameOfIt.PARTLY: "Decided partly as they asked",
            CameOfIt.LOST: "Decided against them",
            CameOfIt.STOPPED: "They did not go on with it",
        }[self]

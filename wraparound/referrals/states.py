"""The moves a referral may make. Buttons, the API, the drawing and the tests are made from these tables."""

from dataclasses import dataclass
from enum import StrEnum

from wraparound.organisations.roles import Capability
from wraparound.pathways.vocabulary import Status, Turn


class Side(StrEnum):
    """Which end of the hand-over may make a move."""

    SENDER = "sender"
    RECEIVER = "receiver"
    EITHER = "either"
    CLOCK = "clock"


@dataclass(frozen=True)
class Move:
    """From which statuses, to which, who may, and the word for it on a button and in a refusal.

    `by_colleague`: any worker of the receiving organisation may make it, though another has claimed the referral.
    `is_work`: it puts off what is overdue, as whoever makes it is at work on the referral.
    """

    verb: str
    label: str
    from_: frozenset[Status]
    to: Status | None
    side: Side
    capability: Capability
    done: str
    by_colleague: bool = False
    is_work: bool = True


def _move(
    verb: str,
    label: str,
    from_: str,
    to: str | None,
    side: Side,
    capability: Capability,
    done: str,
    by_colleague: bool = False,
    is_work: bool = True,
) -> tuple[str, Move]:
    return verb, Move(
        verb,
        label,
        frozenset(Status(name) for name in from_.split()),
        Status(to) if to else None,
        side,
        capability,
        done,
        by_colleague,
        is_work,
    )


_WORK, _SENT, _TIME = Capability.WORK_REFERRALS, Capability.FOLLOW_REFERRALS, Capability.LET_TIME_PASS
_SHARE, _CONCERN, _LEAD = Capability.SHARE_OUT, Capability.RAISE_CONCERN, Capability.SUPERVISE
_OPEN_ANSWERS = "declined lost_contact not_answered"
_IN_HAND = "claimed accepted in_progress paused"
_TO_ANSWER = "sent waiting asked"
# `to` None keeps the status. `done` is what somebody reads who came too late.
MOVES: dict[str, Move] = dict(
    (
        _move("claim", "Claim", "sent waiting", "claimed", Side.RECEIVER, _WORK, "claimed"),
        _move("release", "Put back", "claimed", "sent", Side.RECEIVER, _WORK, "put back"),
        _move("accept", "Accept", "sent claimed", "accepted", Side.RECEIVER, _WORK, "accepted"),
        _move("decline", "Decline", "sent claimed", "declined", Side.RECEIVER, _WORK, "declined"),
        _move("try_contact", "Record an attempt", "accepted in_progress", None, Side.RECEIVER, _WORK, "tried"),
        _move("reach", "Record a contact", "accepted in_progress", "in_progress", Side.RECEIVER, _WORK, "reached"),
        # Also once closed: the pathway may ask about the other service just then.
        _move("hand_over", "Hand over", "accepted in_progress closed", None, Side.RECEIVER, _WORK, "handed over"),
        _move(
            "lose_contact", "Close: lost contact", "accepted in_progress", "lost_contact", Side.RECEIVER, _WORK, "lost"
        ),
        _move("keep_trying", "Go on trying", "accepted", None, Side.RECEIVER, _LEAD, "to be tried again"),
        _move("close", "Close", "accepted in_progress", "closed", Side.RECEIVER, _WORK, "closed"),
        _move("withdraw", "Withdraw", "sent claimed waiting asked", "withdrawn", Side.SENDER, _SENT, "withdrawn"),
        _move("acknowledge", "I have seen this", _OPEN_ANSWERS, "closed", Side.SENDER, _SENT, "seen"),
        _move(
            "assign", "Give to a worker", "sent claimed waiting", "claimed", Side.RECEIVER, _SHARE, "given to a worker"
        ),
        _move("offer_place", "Offer a place", "waiting", "sent", Side.RECEIVER, _SHARE, "offered a place"),
        _move("ask", "Ask the referrer", "claimed", "asked", Side.RECEIVER, _WORK, "asked"),
        _move("answer", "Answer the question", "asked", "claimed", Side.SENDER, _SENT, "answered"),
        _move("reroute", "Send to another team", "sent claimed waiting", "closed", Side.RECEIVER, _WORK, "sent on"),
        _move("pause", "Pause until a day", "accepted in_progress", "paused", Side.RECEIVER, _WORK, "paused"),
        _move("resume", "Start again now", "paused", "in_progress", Side.RECEIVER, _WORK, "started again"),
        _move("resume_first", "Start again now", "paused", "accepted", Side.RECEIVER, _WORK, "started again"),
        _move("attend", "Record an appointment", "accepted in_progress", "in_progress", Side.RECEIVER, _WORK, "seen"),
        _move("reopen", "Open again", "closed lost_contact", "accepted", Side.RECEIVER, _WORK, "opened again", True),
        _move("take_over", "Take on", _IN_HAND, None, Side.RECEIVER, _WORK, "taken on", True),
        _move("reassign", "Give to another worker", f"asked {_IN_HAND}", None, Side.RECEIVER, _SHARE, "given on"),
        # Worry about somebody is no answer to them: what was promised to them is as overdue as it was.
        _move(
            "mark",
            "Mark for safeguarding",
            f"{_TO_ANSWER} {_IN_HAND}",
            None,
            Side.RECEIVER,
            _CONCERN,
            "marked",
            by_colleague=True,
            is_work=False,
        ),
        _move("go_on", "", "asked", "claimed", Side.CLOCK, _TIME, ""),
        _move("end_pause", "", "paused", "in_progress", Side.CLOCK, _TIME, ""),
        _move("end_pause_first", "", "paused", "accepted", Side.CLOCK, _TIME, ""),
        _move(
            "escalate", "", f"sent claimed accepted in_progress waiting {_OPEN_ANSWERS}", None, Side.CLOCK, _TIME, ""
        ),
        _move("lapse", "", "sent claimed accepted waiting", "not_answered", Side.CLOCK, _TIME, ""),
        _move("give_up", "", "accepted", "lost_contact", Side.CLOCK, _TIME, ""),
        _move("expire", "", f"in_progress {_OPEN_ANSWERS}", "closed", Side.CLOCK, _TIME, ""),
    )
)
CLOCK_MOVE_TO: dict[Status, str] = {
    Status.NOT_ANSWERED: "lapse",
    Status.LOST_CONTACT: "give_up",
    Status.CLOSED: "expire",
    Status.CLAIMED: "go_on",
    Status.IN_PROGRESS: "end_pause",
    Status.ACCEPTED: "end_pause_first",
}


class DeclineReason(StrEnum):
    """Why a service does not take a referral. Each says who acts next."""

    PERSON_SAID_NO = "person_said_no"
    NOT_FOR_US = "not_for_us"
    OTHER_SERVICE = "other_service"
    OUT_OF_AREA = "out_of_area"
    NO_CAPACITY = "no_capacity"
    MORE_INFORMATION = "more_information"
    ALREADY_WITH_US = "already_with_us"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class Decline:
    label: str
    turn: Turn
    next: str


DECLINES: dict[DeclineReason, Decline] = {
    DeclineReason.PERSON_SAID_NO: Decline(
        "The person does not want this", Turn.REFERRER, "Nothing is needed unless they change their mind."
    ),
    DeclineReason.NOT_FOR_US: Decline(
        "Not something this service helps with", Turn.REFERRER, "Talk to the person about where else to go."
    ),
    DeclineReason.OTHER_SERVICE: Decline(
        "The other service should help", Turn.REFERRER, "Refer to the other service, or ask it to take this on."
    ),
    DeclineReason.OUT_OF_AREA: Decline(
        "Lives outside the area", Turn.REFERRER, "Refer to the service where they live."
    ),
    DeclineReason.NO_CAPACITY: Decline(
        "No room at present", Turn.REFERRER, "Tell the person, and try another service."
    ),
    DeclineReason.MORE_INFORMATION: Decline(
        "Not enough information", Turn.REFERRER, "Refer again with what is missing."
    ),
    DeclineReason.ALREADY_WITH_US: Decline(
        "Already working with this person", Turn.REFERRER, "Nothing is needed: they have a worker."
    ),
    DeclineReason.CONFLICT: Decline(
        "This service may not act for them", Turn.REFERRER, "Refer to another service; the reason cannot be told."
    ),
}


class SentOnBecause(StrEnum):
    """Why a team sends a referral on to another before it took the person on, in words that the referrer may have."""

    OTHER_SERVICE = "other_service"
    NEARER = "nearer"
    NO_ROOM = "no_room"
    KNOWN_THERE = "known_there"
    CONFLICT = "conflict"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            SentOnBecause.OTHER_SERVICE: "The other team can help better with this",
            SentOnBecause.NEARER: "The other team is nearer, or easier for them to come to",
            SentOnBecause.NO_ROOM: "No room here at present",
            SentOnBecause.KNOWN_THERE: "They are known to the other team already",
            SentOnBecause.CONFLICT: "This team may not act for them",
            SentOnBecause.OTHER: "Another reason, agreed with the other team",
        }[self]


class Outcome(StrEnum):
    """How a service's work ended, in words that the referrer may have."""

    HELPED = "helped"
    PARTLY_HELPED = "partly_helped"
    INFORMATION_GIVEN = "information_given"
    PASSED_ON = "passed_on"
    SENT_ON = "sent_on"
    PERSON_STOPPED = "person_stopped"
    NOT_RECORDED = "not_recorded"

    @property
    def label(self) -> str:
        return {
            Outcome.HELPED: "Helped with what they came for",
            Outcome.PARTLY_HELPED: "Helped with part of it",
            Outcome.INFORMATION_GIVEN: "Given information to act on themselves",
            Outcome.PASSED_ON: "Passed on to another service",
            Outcome.SENT_ON: "Sent on to another team before work began",
            Outcome.PERSON_STOPPED: "The person decided to stop",
            Outcome.NOT_RECORDED: "Ended without a recorded outcome",
        }[self]


class PauseReason(StrEnum):
    """Why work with somebody rests until a day."""

    IN_HOSPITAL = "in_hospital"
    AWAY = "away"
    ASKED_TO_WAIT = "asked_to_wait"
    WAITING_FOR_DECISION = "waiting_for_decision"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            PauseReason.IN_HOSPITAL: "In hospital",
            PauseReason.AWAY: "Away",
            PauseReason.ASKED_TO_WAIT: "The person asked to wait",
            PauseReason.WAITING_FOR_DECISION: "Waiting for a decision from somebody else",
            PauseReason.OTHER: "Something else",
        }[self]


class AlertStatus(StrEnum):
    """A same-day alert: somebody named must own it, and only help given ends it."""

    RAISED = "raised"
    ACKNOWLEDGED = "acknowledged"
    HELPED = "helped"


ALERT_MOVES: dict[str, tuple[frozenset[AlertStatus], AlertStatus]] = {
    "acknowledge": (frozenset({AlertStatus.RAISED}), AlertStatus.ACKNOWLEDGED),
    "give_help": (frozenset({AlertStatus.RAISED, AlertStatus.ACKNOWLEDGED}), AlertStatus.HELPED),
}
ALERT_TURN: dict[AlertStatus, str] = {
    AlertStatus.RAISED: "The named person for same-day alerts",
    AlertStatus.ACKNOWLEDGED: "Whoever took the alert",
    AlertStatus.HELPED: "",
}

"""What the referrer reads of a referral: where it is, whose turn it is, and what comes next by when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from wraparound.events.models import Event
from wraparound.organisations.actor import Actor
from wraparound.organisations.pathways import calendar_of, pathway_of
from wraparound.pathways import words
from wraparound.pathways.engine import Does, first_contact_due
from wraparound.pathways.vocabulary import Service, Status, Turn, UrgentFlag
from wraparound.referrals.models import Journey, Referral
from wraparound.referrals.moves import next_for
from wraparound.referrals.states import DECLINES, MOVES, DeclineReason, Move, Outcome, Side
from wraparound.web.wording import EVENTS, NEEDS, STATUSES


@dataclass(frozen=True)
class Standing:
    """One service's part of a journey."""

    referral: Referral
    status: str
    colour: str
    turn: str
    yours: bool
    next: Sequence[str]
    overdue: bool
    what: str
    moves: Sequence[Move]

    @property
    def service(self) -> str:
        return Service(self.referral.service).label


def standings(actor: Actor, journey: Journey) -> list[Standing]:
    return [_standing(actor, journey, referral) for referral in journey.referrals.all()]


def _standing(actor: Actor, journey: Journey, referral: Referral) -> Standing:
    status, colour = STATUSES[Status(referral.status)]
    return Standing(
        referral=referral,
        status=status,
        colour=colour,
        turn=_turn(actor, referral),
        yours=Turn(referral.whose_turn) is Turn.REFERRER and referral.from_organisation_id == actor.organisation_id,
        next=_next(actor, journey, referral),
        overdue=bool(referral.due_at and referral.due_at < actor.now()),
        what=_what(referral),
        moves=sender_moves(actor, referral),
    )


def sender_moves(actor: Actor, referral: Referral) -> list[Move]:
    """What the actor, as the sender, may do to it now: from the table of moves."""
    if referral.from_organisation_id != actor.organisation_id:
        return []
    mine = (move for move in MOVES.values() if move.side is Side.SENDER and actor.can(move.capability))
    return [move for move in mine if Status(referral.status) in move.from_]


def _turn(actor: Actor, referral: Referral) -> str:
    """Whose turn it is, by name where there is one."""
    turn = Turn(referral.whose_turn)
    if turn is Turn.REFERRER:
        return "you" if referral.from_user_id == actor.user_id else "your practice"
    if turn is Turn.WORKER and referral.worker:
        return referral.worker.name
    if turn is Turn.SUPERVISOR:
        return f"the supervisor of {referral.to_team.name}"
    return "" if turn is Turn.NOBODY else referral.to_team.name


_DOES = {
    Does.CLAIM_OR_ANSWER: "an answer from {}",
    Does.ANSWER: "an answer from {}",
    Does.CONTACT: "first contact by {}",
    Does.TRY_AGAIN: "another try to reach them, by {}",
    Does.RECORD_LOST_CONTACT: "a word from {} on whether contact is lost",
    Does.KEEP_IN_TOUCH: "the next contact by {}",
    Does.ACKNOWLEDGE: "{} to read what happened",
    Does.STEP_IN: "overdue, {} to step in",
}


def _next(actor: Actor, journey: Journey, referral: Referral) -> list[str]:
    """What comes next, each with its date."""
    step = next_for(referral, journey.pathway_version_id)
    if step.does is Does.NOTHING or step.due is None:
        return []
    said = [f"By {words.by(step.due)}: {_DOES[step.does].format(_turn(actor, referral))}."]
    if step.does in (Does.CLAIM_OR_ANSWER, Does.ANSWER):
        said.append(_contact(journey, referral))
    return said


def _contact(journey: Journey, referral: Referral) -> str:
    """When the person was promised to hear from the service."""
    pathway = pathway_of(journey.pathway_version_id)
    flags = frozenset(UrgentFlag(flag) for flag in referral.urgent_flags)
    service = Service(referral.service)
    due = first_contact_due(pathway, service, flags, calendar_of(pathway), referral.sent_at)
    return f"By {words.by(due)}: first contact with them by {words.ONE_WORKER[service]}."


def _what(referral: Referral) -> str:
    """How it went, once it has gone one way or the other."""
    if referral.decline_reason:
        reason = DECLINES[DeclineReason(referral.decline_reason)]
        return f"{reason.label}. {reason.next}" if referral.is_open else f"Not taken: {reason.label}."
    return f"{Outcome(referral.outcome).label}." if referral.outcome else ""


def asked_for(journey: Journey) -> tuple[str, str]:
    """What the person wanted help with, and what the referrer wrote: said once, though each service has it."""
    referrals = [referral for referral in journey.referrals.all() if referral.from_user_id == journey.from_user_id]
    wanted = {need for referral in referrals for need in referral.needs}
    reason = next((referral.reason for referral in referrals if referral.reason), "")
    return words.listed([said for need, said in NEEDS.items() if need in wanted]), reason


@dataclass(frozen=True)
class Happened:
    """One line of the timeline."""

    at: datetime
    what: str
    by: str


def happenings(events: Sequence[Event]) -> list[Happened]:
    """The timeline, the newest first."""
    told = [event for event in events if event.name in EVENTS]
    return [Happened(event.occurred_at, _said(event), _author(event)) for event in reversed(told)]


def _said(event: Event) -> str:
    data: Mapping[str, str] = event.data
    what = EVENTS[event.name]
    if event.name == "referral_decline" and data.get("reason") in set(DeclineReason):
        what = f"{what}: {DECLINES[DeclineReason(data['reason'])].label}"
    return f"{Service(data['service']).label}: {what}" if data.get("service") in set(Service) else what


def _author(event: Event) -> str:
    if event.by_user is None:
        return "Wraparound" if event.name in _BY_CLOCK else event.by_organisation.name if event.by_organisation else ""
    return f"{event.by_user.name}, {event.by_organisation.name}" if event.by_organisation else event.by_user.name


_BY_CLOCK = frozenset(f"referral_{verb}" for verb, move in MOVES.items() if move.side is Side.CLOCK)

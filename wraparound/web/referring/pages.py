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
from wraparound.referrals.elsewhere import services_of
from wraparound.referrals.entries import Broad
from wraparound.referrals.models import Journey, Placed, Referral, SameDayAlert
from wraparound.referrals.moves import next_for
from wraparound.referrals.states import DECLINES, MOVES, DeclineReason, Move, Outcome, Side
from wraparound.web.waiting.pages import NotMet, services_said
from wraparound.web.wording import EVENTS, NEEDS, PLACED, STATUSES


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
    placed: str
    moves: Sequence[Move]

    @property
    def service(self) -> str:
        return services_said(self.referral)


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
        what=_what(referral, journey),
        placed=PLACED.get(Placed(referral.placed), ""),
        moves=sender_moves(actor, referral),
    )


def sender_moves(actor: Actor, referral: Referral) -> list[Move]:
    """What the actor, as the sender, may do to it now: from the table of moves."""
    if referral.from_organisation_id != actor.organisation_id:
        return []
    # A question has a page of its own.
    mine = (
        move
        for move in MOVES.values()
        if move.side is Side.SENDER and actor.can(move.capability) and move.verb != "answer"
    )
    return [move for move in mine if Status(referral.status) in move.from_]


def _turn(actor: Actor, referral: Referral) -> str:
    """Whose turn it is, by name where there is one."""
    turn = Turn(referral.whose_turn)
    if turn is Turn.REFERRER:
        return "you" if referral.from_user_id == actor.user_id else "your organisation"
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
    Does.OFFER_PLACE: "a place offered by {}",
    Does.ANSWER_QUESTION: "{} to answer the question",
    Does.WAIT: "{} to start again",
    Does.DECIDE: "{} to decide what is done",
}


def _next(actor: Actor, journey: Journey, referral: Referral) -> list[str]:
    """What comes next, each with its date."""
    step = next_for(referral, journey.pathway_version_id)
    if step.does is Does.NOTHING or step.due is None:
        return []
    if step.does is Does.WAIT:
        return [f"Paused until {words.day(step.due)}."]
    said = [f"By {words.by(step.due)}: {_DOES[step.does].format(_turn(actor, referral))}."]
    if step.does in (Does.CLAIM_OR_ANSWER, Does.ANSWER):
        said.append(_contact(journey, referral))
    return said


def _contact(journey: Journey, referral: Referral) -> str:
    """When the person was promised to hear from the service."""
    pathway = pathway_of(journey.pathway_version_id)
    flags = frozenset(UrgentFlag(flag) for flag in referral.urgent_flags)
    service, *joined = services_of(referral)
    counted_from = referral.counted_from or referral.sent_at
    due = first_contact_due(pathway, service, flags, calendar_of(pathway), counted_from, tuple(joined))
    worker = f"a {words.HYBRID}" if joined else words.ONE_WORKER[service]
    return f"By {words.by(due)}: first contact with them by {worker}."


def _what(referral: Referral, journey: Journey) -> str:
    """How it went, once it has gone one way or the other."""
    if referral.status == Status.WAITING:
        return f"The team is full: on its waiting list since {words.day(referral.status_since)}."
    if referral.decline_reason:
        reason = DECLINES[DeclineReason(referral.decline_reason)]
        sent_on = _sent_on(referral, journey)
        if sent_on and referral.is_open:
            return f"{reason.label}. Sent on to {sent_on.to_team.name}, which will answer you."
        return f"{reason.label}. {reason.next}" if referral.is_open else f"Not taken: {reason.label}."
    return f"{Outcome(referral.outcome).label}." if referral.outcome else ""


def _sent_on(referral: Referral, journey: Journey) -> Referral | None:
    """The next team's referral, where a declined one was sent on."""
    return next(
        (
            each
            for each in journey.referrals.all()
            if each.kind == Referral.Kind.REROUTED and each.pk > referral.pk and each.service == referral.service
        ),
        None,
    )


def asked_for(journey: Journey) -> tuple[str, str]:
    """What the person wanted help with, and what the referrer wrote: said once, though each service has it."""
    referrals = [referral for referral in journey.referrals.all() if referral.from_user_id == journey.from_user_id]
    wanted = {*journey.needs, *(need for referral in referrals for need in referral.needs)}
    reason = next((referral.reason for referral in referrals if referral.reason), "")
    if broad := journey.entry_details.get("broad"):
        return words.listed([Broad(choice).label for choice in broad]), reason
    return words.listed([said for need, said in NEEDS.items() if need in wanted]), reason


def unhelped_by_anybody(journey: Journey, alerts: Sequence[SameDayAlert], unmet: Sequence[NotMet]) -> list[UrgentFlag]:
    """What cannot wait for a working day and reached no team at all, while nobody has said how that ended."""
    if alerts or not any(each.need.ended_at is None for each in unmet):
        return []
    same_day = pathway_of(journey.pathway_version_id).same_day.when
    return [flag for flag in UrgentFlag if flag in same_day and flag in journey.urgent_flags]


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

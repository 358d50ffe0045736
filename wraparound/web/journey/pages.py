"""What the journey page shows, put together for one reader."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from wraparound.casework.models import Case, ContactAttempt
from wraparound.casework.reading import Tries, attempts_of, cases_on, notes_of, tries_of
from wraparound.consent.agreed import AgreedHow
from wraparound.organisations.actor import Actor
from wraparound.organisations.pathways import calendar_of, pathway_of
from wraparound.organisations.roles import Capability
from wraparound.pathways import words
from wraparound.pathways.drawing import describe, draw
from wraparound.pathways.engine import first_contact_due
from wraparound.pathways.vocabulary import Need, Service, Status, UrgentFlag
from wraparound.people.reading import ADDRESS_FIELDS, label_of
from wraparound.referrals.models import Journey, Referral
from wraparound.referrals.paging import Page
from wraparound.referrals.reading import possible_moves
from wraparound.referrals.states import DECLINES, DeclineReason, Outcome
from wraparound.web.journey.advice_issues import ISSUES
from wraparound.web.team.pages import flags_said, needs_said
from wraparound.web.team.turns import NextTurn, next_turn
from wraparound.web.wording import STATUSES

# The route that each move of the table is made on. A practice makes the sender's moves on its own pages.
ANSWERS = {"claim": "claim", "accept": "accept", "decline": "decline", "release": "release"}
HANDOVER_ANSWERS = ANSWERS | {"withdraw": "handover-withdraw", "acknowledge": "handover-seen"}
TASKS = {
    "try_contact": ("Record a contact attempt", "contact-attempt"),
    "hand_over": ("Warm handover", "handover"),
    "close": ("Close with outcome", "close"),
    "lose_contact": ("Close: lost contact", "lost-contact"),
}


@dataclass(frozen=True)
class Button:
    """`post` buttons act at once; the others lead to a page."""

    text: str
    route: str
    post: bool


@dataclass(frozen=True)
class Part:
    """One service's part of the journey. `close_up` is for the two ends of the referral alone."""

    referral: Referral
    service: str
    status: str
    colour: str
    ended: str
    turn: NextTurn
    needs: tuple[str, ...]
    flags: tuple[str, ...]
    answers: Sequence[Button]
    close_up: "CloseUp | None"


@dataclass(frozen=True)
class CloseUp:
    """What the sender said, for the sender and the receiving team."""

    reason: str
    told: str
    agreement: str
    exception: str
    differs: Sequence[tuple[str, str, str]]
    clocks: str


def parts(actor: Actor, journey: Journey, *, sees_address: bool) -> list[Part]:
    """The reader's own service first."""
    own_first = sorted(journey.referrals.all(), key=lambda each: each.to_organisation_id != actor.organisation_id)
    return [_part(actor, journey, referral, sees_address) for referral in own_first]


def _part(actor: Actor, journey: Journey, referral: Referral, sees_address: bool) -> Part:
    referral.journey, referral.person = journey, journey.person
    status, colour = STATUSES[Status(referral.status)]
    an_end = actor.organisation_id in (referral.from_organisation_id, referral.to_organisation_id)
    return Part(
        referral=referral,
        service=Service(referral.service).label,
        status=status,
        colour=colour,
        ended=_ended(referral),
        turn=next_turn(referral, actor),
        needs=needs_said(referral),
        flags=flags_said(referral.urgent_flags),
        answers=_answers(actor, referral),
        close_up=_close_up(actor, referral, sees_address) if an_end else None,
    )


def _answers(actor: Actor, referral: Referral) -> list[Button]:
    routes = HANDOVER_ANSWERS if referral.kind == Referral.Kind.HANDOVER else ANSWERS
    return [
        Button(move.label, routes[move.verb], post=move.verb != "decline")
        for move in possible_moves(referral, actor)
        if move.verb in routes
    ]


def _ended(referral: Referral) -> str:
    """Why it was not taken, or how it came out."""
    if referral.decline_reason:
        reason = DECLINES[DeclineReason(referral.decline_reason)]
        return f"{reason.label}. {reason.next}"
    return f"{Outcome(referral.outcome).label}." if referral.outcome else ""


def _close_up(actor: Actor, referral: Referral, sees_address: bool) -> CloseUp:
    agreed = referral.agreement
    how = AgreedHow(agreed.how)
    sees_reason = actor.can(Capability.SEE_REASON)
    said = f"Agreed {how.label.lower()} on {words.day(agreed.recorded_at)}."
    return CloseUp(
        reason=referral.reason if sees_reason else "",
        told=referral.told if sees_reason else "",
        agreement=f"Made without their agreement. {how.label}." if how.is_exception else said,
        exception=agreed.exception_reason if sees_reason else "",
        differs=[
            (label_of(name), value, str(getattr(referral.person, name)))
            for name, value in referral.said_differently.items()
            if sees_address or name not in ADDRESS_FIELDS
        ],
        clocks=_clocks(referral),
    )


def _clocks(referral: Referral) -> str:
    """Until when the team has to answer and to make first contact, while it has not answered."""
    if Status(referral.status) not in (Status.SENT, Status.CLAIMED) or referral.due_at is None:
        return ""
    pathway = pathway_of(referral.journey.pathway_version_id)
    flags = frozenset(UrgentFlag(flag) for flag in referral.urgent_flags)
    contact = first_contact_due(pathway, Service(referral.service), flags, calendar_of(pathway), referral.sent_at)
    return f"Answer by {words.by(referral.due_at)}, first contact by {words.by(contact)}."


@dataclass(frozen=True)
class Work:
    """The reader's organisation's own case, and what can be done next on it.

    `already` is an open referral to the other service. `spots` offers the way of an advice issue to whoever does not
    give advice; `issues` are the needs for it.
    """

    case: Case
    service: str
    tasks: Sequence[Button]
    notes: Page
    attempts: Sequence[ContactAttempt]
    tries: Tries
    already: Referral | None
    spots: bool
    issues: Sequence[str]


def own_work(actor: Actor, journey: Journey) -> list[Work]:
    found = []
    for case in cases_on(actor, journey):
        case.journey, case.person = journey, journey.person
        found.append(_work(actor, case))
    return found


def already_with(referral: Referral, referrals: Iterable[Referral]) -> Referral | None:
    """The journey's referral that another service than this one's has in hand."""
    return next((each for each in referrals if each.with_a_team and each.service != referral.service), None)


def _work(actor: Actor, case: Case) -> Work:
    may = {move.verb for move in possible_moves(case.referral, actor)}
    already = already_with(case.referral, case.journey.referrals.all())
    offered = may - {"hand_over"} if already else may
    tasks = [Button(text, route, post=False) for verb, (text, route) in TASKS.items() if verb in offered]
    if actor.can(Capability.WRITE_NOTES):
        tasks.insert(1 if tasks else 0, Button("Write a note", "note", post=False))
    return Work(
        case=case,
        service=Service(case.referral.service).label,
        tasks=tasks,
        notes=notes_of(actor, case),
        attempts=attempts_of(actor, case, most=10),
        tries=tries_of(actor, case),
        already=already,
        spots=spots_only(actor) and "hand_over" in may,
        issues=[need for need in case.referral.needs if Need(need) in ISSUES],
    )


def spots_only(actor: Actor) -> bool:
    """Whether the reader identifies, prepares and refers an advice issue, and leaves the advice to an adviser."""
    return actor.can(Capability.WORK_REFERRALS) and not actor.can(Capability.GIVE_ADVICE)


@lru_cache(maxsize=64)
def pathway_picture(version_id: int) -> tuple[str, str, str, tuple[str, ...]]:
    """A pathway's title, its drawings for a screen and for a phone, and what they show in words."""
    pathway = pathway_of(version_id)
    return pathway.title, draw(pathway), draw(pathway, narrow=True), tuple(describe(pathway))

"""What the journey page shows, put together for one reader."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from wraparound.casework.models import Case, ContactAttempt, Task
from wraparound.casework.reading import attempts_of, cases_on, notes_of, stopping_of, tasks_on, tries_of
from wraparound.casework.rules import Stopping
from wraparound.consent.agreed import AgreedHow
from wraparound.organisations.actor import Actor
from wraparound.organisations.pathways import calendar_of, pathway_of
from wraparound.organisations.roles import Capability
from wraparound.pathways import words
from wraparound.pathways.drawing import describe, draw
from wraparound.pathways.engine import first_contact_due
from wraparound.pathways.vocabulary import Need, Service, Status, UrgentFlag
from wraparound.people.reading import ADDRESS_FIELDS, label_of
from wraparound.referrals.handing_over import other_service
from wraparound.referrals.models import Journey, Placed, Question, Referral, Transfer, TransferStatus
from wraparound.referrals.paging import Page
from wraparound.referrals.reading import possible_moves, questions_on, transfers_on
from wraparound.referrals.states import DECLINES, DeclineReason, Outcome, PauseReason
from wraparound.social_prescribing.holding import prescribes
from wraparound.social_prescribing.models import Goal
from wraparound.social_prescribing.reading import open_goals_on
from wraparound.web.advice.pages import LetterHint, MatterShown, is_advice, letter_hint, matters_shown
from wraparound.web.formats import counted
from wraparound.web.journey.advice_issues import ISSUES
from wraparound.web.journey.buttons import Buttons, of_part, of_work
from wraparound.web.team.pages import flags_said, needs_said
from wraparound.web.team.turns import NextTurn, next_turn
from wraparound.web.waiting.pages import services_said
from wraparound.web.wording import PLACED, STATUSES


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
    buttons: Buttons
    close_up: "CloseUp | None"
    questions: Sequence[Question]
    offer: "Offer | None"

    @property
    def offered(self) -> bool:
        """A colleague has still to say whether they take it on."""
        return self.offer is not None and self.offer.transfer.status == TransferStatus.OFFERED


@dataclass(frozen=True)
class CloseUp:
    """What the sender said, how the team was found, and why it rests, for the sender and the receiving team."""

    paused: str
    session: str
    placed: str
    reason: str
    told: str
    agreement: str
    exception: str
    differs: Sequence[tuple[str, str, str]]
    clocks: str


@dataclass(frozen=True)
class Offer:
    """The work as it is offered to a colleague, for those inside the organisation.

    `yours`: the reader says whether they take it on; `back`: the reader may take it back; `said`: who offered it to
    whom, or that it was not taken on.
    """

    transfer: Transfer
    yours: bool
    back: bool
    said: str


def parts(actor: Actor, journey: Journey, *, sees_address: bool) -> list[Part]:
    """The reader's own service first, and what is open before what is over."""
    rows = sorted(
        journey.referrals.all(), key=lambda each: (each.to_organisation_id != actor.organisation_id, not each.is_open)
    )
    asked, offers = questions_on(actor, journey), transfers_on(actor, journey)
    found = []
    for referral in rows:
        referral.journey, referral.person = journey, journey.person
        questions = [each for each in asked if each.referral_id == referral.pk]
        found.append(_part(actor, referral, sees_address, questions, _offer(actor, referral, offers.get(referral.pk))))
    return found


def _offer(actor: Actor, referral: Referral, transfer: Transfer | None) -> Offer | None:
    """An offer that stands, or one that was not taken on and the work is still the giver's."""
    if transfer is None or transfer.from_user_id != referral.worker_id or not referral.with_a_team:
        return None
    yours = transfer.to_user_id == actor.user_id
    if transfer.status == TransferStatus.OFFERED:
        back = transfer.from_user_id == actor.user_id or actor.can(Capability.SUPERVISE)
        whom = "you" if yours else transfer.to_user.name
        return Offer(transfer, yours, back and not yours, f"{transfer.from_user.name} offers this to {whom}.")
    if transfer.status == TransferStatus.DECLINED:
        return Offer(transfer, False, False, f"{transfer.to_user.name} did not take this on: {transfer.answer}")
    return None


def _part(
    actor: Actor, referral: Referral, sees_address: bool, questions: Sequence[Question], offer: Offer | None
) -> Part:
    status, colour = STATUSES[Status(referral.status)]
    an_end = actor.organisation_id in (referral.from_organisation_id, referral.to_organisation_id)
    return Part(
        referral=referral,
        service=services_said(referral),
        status=status,
        colour=colour,
        ended=_ended(referral),
        turn=next_turn(referral, actor),
        needs=needs_said(referral),
        flags=flags_said(referral.urgent_flags),
        buttons=of_part(actor, referral, questions, offered=bool(offer and offer.transfer.status == "offered")),
        close_up=_close_up(actor, referral, sees_address) if an_end else None,
        questions=questions,
        offer=offer,
    )


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
        paused=PauseReason(referral.pause_reason).label if referral.pause_reason else "",
        session=referral.get_session_display(),
        placed=PLACED.get(Placed(referral.placed), ""),
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
    counted_from = referral.counted_from or referral.sent_at
    joined = tuple(Service(each) for each in referral.joined)
    contact = first_contact_due(pathway, Service(referral.service), flags, calendar_of(pathway), counted_from, joined)
    return f"Answer by {words.by(referral.due_at)}, first contact by {words.by(contact)}."


@dataclass(frozen=True)
class Work:
    """The reader's organisation's own case, and what can be done next on it.

    `stands` says how far the tries have come. `already` is an open referral to the other service. `spots` offers the
    way of an advice issue to whoever does not give advice; `issues` are the needs for it. `tasks` are the case's.
    """

    case: Case
    service: str
    buttons: Buttons
    notes: Page
    attempts: Sequence[ContactAttempt]
    stands: str
    tasks: Sequence[Task]
    already: Referral | None
    spots: bool
    advises: bool
    matters: Sequence[MatterShown]
    letter: LetterHint | None
    prescribes: bool
    goals: Sequence[Goal]
    issues: Sequence[str]


@dataclass(frozen=True)
class Sides:
    """What a case holds of either service: a worker who gives both has both."""

    goals: Sequence[Goal]
    matters: Sequence[MatterShown]


def own_work(actor: Actor, journey: Journey, shown: Sequence[Part]) -> list[Work]:
    """The cases of the reader's organisation, beside the `parts` that are shown of the journey."""
    tasks = tasks_on(actor, journey)
    cases = cases_on(actor, journey)
    matters = matters_shown(actor, [case for case in cases if is_advice(case)])
    goals = open_goals_on(actor, cases)
    offered = {part.referral.pk for part in shown if part.offered}
    found = []
    for case in cases:
        case.journey, case.person, case.referral.journey = journey, journey.person, journey
        own_tasks = [task for task in tasks if task.case_id == case.pk]
        sides = Sides(goals.get(case.pk, ()), matters.get(case.pk, ()))
        found.append(_work(actor, case, own_tasks, sides, case.referral_id in offered))
    return found


def already_with(referral: Referral, referrals: Iterable[Referral]) -> Referral | None:
    """The journey's referral that another service than this one's has in hand."""
    return next((each for each in referrals if each.with_a_team and each.service != referral.service), None)


def _work(actor: Actor, case: Case, tasks: Sequence[Task], sides: Sides, offered: bool) -> Work:
    may = {move.verb for move in possible_moves(case.referral, actor)}
    if other_service(case.referral) is None:
        may -= {"hand_over"}
    already = already_with(case.referral, case.journey.referrals.all())
    return Work(
        case=case,
        service=services_said(case.referral),
        buttons=of_work(actor, case, may - {"hand_over"} if already else may, offered=offered),
        notes=notes_of(actor, case),
        attempts=attempts_of(actor, case, most=10),
        stands=_stands(actor, case),
        tasks=tasks,
        already=already,
        spots=spots_only(actor) and "hand_over" in may and case.closed_at is None,
        advises=is_advice(case) and actor.can(Capability.GIVE_ADVICE),
        matters=sides.matters,
        prescribes=prescribes(case.referral),
        goals=sides.goals,
        letter=letter_hint(actor, case) if is_advice(case) else None,
        issues=[need for need in case.referral.needs if Need(need) in ISSUES],
    )


def _stands(actor: Actor, case: Case) -> str:
    """What is still missing before contact counts as lost, or who may say that it is."""
    if case.referral.status not in (Status.ACCEPTED, Status.IN_PROGRESS):
        return ""
    tries = tries_of(actor, case)
    if not tries.days:
        return ""
    said = f"Tried on {counted(tries.days, 'day')} of {tries.needed}."
    return {
        Stopping.NOT_YET: f"{said} {tries.what_is_missing}",
        Stopping.SUPERVISOR: f"{said} All tries are made. A supervisor decides: go on trying, write, or stop.",
        Stopping.MAY: f"{said} All tries are made. Try once more, or close it as lost contact.",
    }[stopping_of(case.referral, tries)]


def spots_only(actor: Actor) -> bool:
    """Whether the reader identifies, prepares and refers an advice issue, and leaves the advice to an adviser."""
    return actor.can(Capability.WORK_REFERRALS) and not actor.can(Capability.GIVE_ADVICE)


@lru_cache(maxsize=64)
def pathway_picture(version_id: int) -> tuple[str, str, str, tuple[str, ...]]:
    """A pathway's title, its drawings for a screen and for a phone, and what they show in words."""
    pathway = pathway_of(version_id)
    return pathway.title, draw(pathway), draw(pathway, narrow=True), tuple(describe(pathway))

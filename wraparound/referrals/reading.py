"""What pages list of referrals: each begins at `visible_to`, is paged by key, and asks a fixed number of times."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Prefetch, Q

from wraparound.events.models import Event
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.pathways.vocabulary import Status, Turn
from wraparound.referrals.covering import covered_by, own_and_covered
from wraparound.referrals.models import (
    Journey,
    Question,
    Referral,
    ReferralQuerySet,
    SameDayAlert,
    Transfer,
    TransferStatus,
)
from wraparound.referrals.moves import why_not
from wraparound.referrals.paging import PAGE, Page, moment, page_of, past
from wraparound.referrals.senders import own_or_nobodys
from wraparound.referrals.states import MOVES, Move

WORKLIST_ORDER = ("rank", "due_at", "id")
NEWEST_FIRST = ("-opened_at", "-id")
# A service's answers wait for the referrer to read them: still open, and nothing for the team to do.
ANSWERED = (Status.DECLINED, Status.LOST_CONTACT, Status.NOT_ANSWERED)
# Nor is there while a person waits for a place: they have a list of their own.
NOT_WORKED_ON = (*ANSWERED, Status.WAITING)


def worklist(
    actor: Actor, *, whose: str = "", urgent: bool = False, status: str = "", after: str = "", size: int = PAGE
) -> Page:
    """The open referrals of the actor's team: urgent first, then by due time, then as they came.

    `whose` is "mine" (with those of whom the actor covers), "unclaimed" or "" for all; `status` one status, or "" for
    all that the team works on; `after` is a former page's key. A key that makes no sense gives the first page.
    """
    rows = _own_work(actor)
    if whose == "mine":
        rows = own_and_covered(actor, rows)
    elif whose == "unclaimed":
        rows, status = rows.filter(worker=None), status or Status.SENT
    if urgent:
        rows = rows.filter(rank=0)
    rows = rows.filter(status=status) if status else rows.exclude(status__in=NOT_WORKED_ON)
    rows = past(rows, WORKLIST_ORDER, after, int, moment, int)
    # The page's few keys come from an index alone, in its order, and only they are joined: how long the list is, and
    # how far down the page, makes no difference.
    found = list(
        Referral.objects.visible_to(actor)
        .filter(pk__in=rows.order_by(*WORKLIST_ORDER).values("pk")[: size + 1])
        .select_related("person", "worker", "journey", "to_team", "from_organisation")
        .order_by(*WORKLIST_ORDER)
    )
    return page_of(found, size, WORKLIST_ORDER)


def worklist_counts(actor: Actor, most: int = 1000) -> dict[str, int]:
    """How many referrals the team works on, and how many are urgent, unclaimed and mine, counted up to `most`."""
    rows = _own_work(actor)
    worked_on = rows.exclude(status__in=NOT_WORKED_ON)
    # The urgent come first, so one look at the beginning of the list counts both.
    first = worked_on.order_by(*WORKLIST_ORDER).values("rank")[:most]
    return first.aggregate(all=Count("rank"), urgent=Count("rank", filter=Q(rank=0))) | {
        "unclaimed": rows.filter(status=Status.SENT)[:most].count(),
        "mine": own_and_covered(actor, rows).exclude(status__in=NOT_WORKED_ON)[:most].count(),
    }


def _own_work(actor: Actor) -> ReferralQuerySet:
    """Open rows of the actor's own team, to find keys among and to count; they are shown through `visible_to`.

    Both would give the same rows, but the planner, told twice, takes a long list for a short one and sorts it.
    """
    return Referral.objects.to_team_of(actor).open() if actor.can(Capability.SEE_PEOPLE) else Referral.objects.none()


def answers_to_read(actor: Actor, most: int = 20) -> list[Referral]:
    """What a service sent to others, that ended without help and that nobody there has read; due first.

    Everybody reads of handovers, of what came in by itself (as at a front door), of what they referred themselves and
    of what somebody did who has left; a supervisor of all of it.
    """
    if not actor.can(Capability.SEE_WORKLIST):
        return []
    rows = Referral.objects.visible_to(actor).filter(
        from_organisation_id=actor.organisation_id, status__in=ANSWERED, is_open=True
    )
    if not actor.can(Capability.SUPERVISE):
        rows = rows.filter(Q(kind=Referral.Kind.HANDOVER) | own_or_nobodys(actor))
    # Mostly there is none, which the short question finds out for much less than the long one.
    if not rows.exists():
        return []
    return list(rows.select_related("person", "journey", "to_team").order_by("due_at", "pk")[:most])


def sent_journeys(actor: Actor, *, mine: bool, after: str = "", size: int = PAGE) -> Page:
    """Journeys that the actor's organisation began (or the actor alone), newest first, with their referrals."""
    rows = Journey.objects.filter(from_organisation_id=actor.organisation_id)
    if mine:
        rows = rows.filter(from_user_id=actor.user_id)
    rows = past(rows, ("opened_at", "id"), after, moment, int, newest_first=True)
    with_referrals = Prefetch(
        "referrals", Referral.objects.visible_to(actor).select_related("to_team", "worker").order_by("pk")
    )
    # As in the worklist: an index gives the page's keys, and only they are joined.
    found = list(
        Journey.objects.visible_to(actor)
        .filter(pk__in=rows.order_by(*NEWEST_FIRST).values("pk")[: size + 1])
        .select_related("person", "from_user")
        .prefetch_related(with_referrals)
        .order_by(*NEWEST_FIRST)
    )
    return page_of(found, size, ("opened_at", "id"))


def journey_of(actor: Actor, reference: str) -> Journey:
    """One journey with its person and referrals. Journey.DoesNotExist when it is not the actor's to see."""
    with_referrals = Prefetch(
        "referrals",
        Referral.objects.visible_to(actor)
        .select_related("to_team", "to_organisation", "from_organisation", "from_user", "worker")
        # Not joined: a referral between two others has an agreement that the actor may not read.
        .prefetch_related("agreement")
        .order_by("pk"),
    )
    journey: Journey = (
        Journey.objects.visible_to(actor)
        .select_related("person", "person__practice", "from_organisation", "from_user", "pathway_version")
        .prefetch_related(with_referrals)
        .get(reference=reference)
    )
    return journey


def working_with(actor: Actor, person_id: int) -> Referral | None:
    """The open referral by which the actor's own organisation works with the person, if there is one."""
    if not actor.can(Capability.WORK_REFERRALS):
        return None
    taken_on = Status.ACCEPTED, Status.IN_PROGRESS, Status.PAUSED
    rows = Referral.objects.visible_to(actor).filter(
        person_id=person_id, to_organisation_id=actor.organisation_id, status__in=taken_on
    )
    return rows.select_related("journey").order_by("-pk").first()


def possible_moves(referral: Referral, actor: Actor) -> list[Move]:
    """The moves that the actor may make now, as pages offer them. The clock's have no label."""
    return [
        move
        for move in MOVES.values()
        if move.label and actor.can(move.capability) and why_not(referral, move, actor) is None
    ]


def referral_of(actor: Actor, pk: int) -> Referral:
    """One referral. Referral.DoesNotExist when it is not the actor's to see."""
    return (
        Referral.objects.visible_to(actor)
        .select_related("person", "journey", "to_team", "to_organisation", "from_organisation", "worker")
        .get(pk=pk)
    )


def timeline(actor: Actor, journey: Journey, most: int = 200) -> list[Event]:
    """The journey's latest events that the actor's organisation was told, and the person's own; oldest first."""
    if not (actor.can(Capability.SEE_PEOPLE) or actor.can(Capability.SEE_PRACTICE_REFERRALS)):
        return []
    of_the_person = Q(person_id=journey.person_id, journey=None)
    latest = (
        Event.objects.filter(scheme_id=actor.scheme_id, organisation_ids__contains=[actor.organisation_id])
        .filter(Q(journey=journey) | of_the_person)
        .select_related("by_user", "by_organisation", "referral__to_team")
        .order_by("-occurred_at", "-pk")[:most]
    )
    return list(reversed(latest))


def alert_of(actor: Actor, pk: int) -> SameDayAlert:
    """One same-day alert. SameDayAlert.DoesNotExist when it is not the actor's to see."""
    rows = SameDayAlert.objects.visible_to(actor).select_related("person", "journey", "named", "to_team")
    alert: SameDayAlert = rows.get(pk=pk)
    return alert


def alerts_for(actor: Actor, journey: Journey | None = None) -> list[SameDayAlert]:
    """Same-day alerts not yet ended by help: of one journey, or of the actor's organisation's teams; due first."""
    rows = SameDayAlert.objects.visible_to(actor).select_related(
        "person", "journey", "named", "to_team", "acknowledged_by", "helped_by"
    )
    if journey is not None:
        return list(rows.filter(journey=journey).order_by("pk"))
    rows = rows.filter(to_team__organisation_id=actor.organisation_id).exclude(status="helped").order_by("due_at")
    return list(rows[:50]) if rows.exists() else []


# What else waits for one reader. Each list is short, due or oldest first, and asks once where there is nothing.
_TOLD_FOR = timedelta(days=7)
_IN_HAND = tuple(MOVES["take_over"].from_)


def transfers_offered_to(actor: Actor, most: int = 20) -> list[Transfer]:
    """Referrals that colleagues offer to the actor, who takes them on or not; oldest first."""
    if actor.user_id is None or not actor.can(Capability.WORK_REFERRALS):
        return []
    rows = Transfer.objects.visible_to(actor).filter(
        to_user_id=actor.user_id, status=TransferStatus.OFFERED, referral__status__in=_IN_HAND
    )
    # One whose giver no longer has it is no offer any more.
    rows = rows.filter(referral__worker_id=F("from_user_id"))
    return _first(rows, "offered_at", "pk", most=most, told=("from_user",))


def transfers_not_taken(actor: Actor, most: int = 20) -> list[Transfer]:
    """The actor's own offers that a colleague did not take on in the last week, with the sentence why; newest first."""
    if actor.user_id is None or not actor.can(Capability.WORK_REFERRALS):
        return []
    rows = Transfer.objects.visible_to(actor).filter(
        from_user_id=actor.user_id,
        status=TransferStatus.DECLINED,
        answered_at__gt=actor.now() - _TOLD_FOR,
        referral__worker_id=actor.user_id,
        referral__status__in=_IN_HAND,
    )
    return _first(rows, "-answered_at", "-pk", most=most, told=("to_user",))


def questions_to_answer(actor: Actor, most: int = 20) -> list[Question]:
    """What teams asked the actor's organisation about people it referred, and it has not answered; due first."""
    if not actor.can(Capability.FOLLOW_REFERRALS):
        return []
    rows = Question.objects.visible_to(actor).filter(
        answered_at=None,
        lapsed_at=None,
        referral__from_organisation_id=actor.organisation_id,
        referral__status=Status.ASKED,
    )
    return _first(rows, "referral__due_at", "pk", most=most, told=("asked_by", "referral__from_user"))


def questions_answered(actor: Actor, most: int = 20) -> list[Question]:
    """Answers to what the actor asked, or no answer in time, while the referral still waits for the actor.

    With those of whom the actor covers, and their workers.
    """
    if actor.user_id is None or not actor.can(Capability.WORK_REFERRALS):
        return []
    rows = Question.objects.visible_to(actor).filter(
        referral__worker_id__in={actor.user_id, *covered_by(actor)},
        referral__to_organisation_id=actor.organisation_id,
        referral__status=Status.CLAIMED,
    )
    rows = rows.filter(Q(answered_at__isnull=False) | Q(lapsed_at__isnull=False))
    told = ("answered_by", "referral__worker", "referral__from_organisation")
    return _first(rows, "pk", most=most, told=told)


def decisions_for_supervisor(actor: Actor, most: int = 20) -> list[Referral]:
    """Referrals of the actor's teams where all tries are made and a supervisor says what is done; due first."""
    if not (actor.can(Capability.SUPERVISE) and actor.can(Capability.SEE_PEOPLE)):
        return []
    rows = Referral.objects.visible_to(actor).to_team_of(actor).open()
    rows = rows.filter(whose_turn=Turn.SUPERVISOR, escalated=False, status=Status.ACCEPTED)
    return list(rows.select_related("person", "journey", "worker", "to_team").order_by("due_at", "pk")[:most])


def _first(rows: Any, *order: str, most: int, told: tuple[str, ...]) -> list[Any]:
    """The first rows with whom they are about. To know that there is none is faster than to plan the long question."""
    return list(_with_person(rows, *told).order_by(*order)[:most]) if rows.exists() else []


def _with_person(rows: Any, *others: str) -> Any:
    return rows.select_related("referral__person", "referral__journey", "referral__to_team", *others)


def transfer_of(actor: Actor, pk: int) -> Transfer:
    """One offer. Transfer.DoesNotExist when it is not of the actor's organisation."""
    rows = _with_person(Transfer.objects.visible_to(actor), "from_user", "to_user")
    found: Transfer = rows.get(pk=pk)
    return found


def transfers_on(actor: Actor, journey: Journey) -> dict[int, Transfer]:
    """The latest offer inside the actor's organisation of each of the journey's referrals, by the referral's id."""
    rows = Transfer.objects.visible_to(actor).filter(referral__journey=journey).select_related("from_user", "to_user")
    return {row.referral_id: row for row in rows.order_by("pk")}


def question_of(actor: Actor, pk: int) -> Question:
    """One question. Question.DoesNotExist when the actor is at neither end of it."""
    rows = _with_person(Question.objects.visible_to(actor), "asked_by", "answered_by", "referral__to_organisation")
    found: Question = rows.get(pk=pk)
    return found


def questions_on(actor: Actor, journey: Journey) -> list[Question]:
    """What was asked and answered about the journey's referrals that the actor's organisation is an end of."""
    rows = Question.objects.visible_to(actor).filter(referral__journey=journey)
    return list(rows.select_related("asked_by", "answered_by", "referral__to_team").order_by("pk")[:50])

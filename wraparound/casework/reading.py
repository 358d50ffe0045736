"""What pages read of a service's own work. Nothing here reaches another organisation's rows."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import F, Q

from wraparound.casework.models import Case, ContactAttempt, ContactResult, Note, OwnQuerySet, Task
from wraparound.casework.rules import Stopping, Tries, so_far, stopping
from wraparound.events.models import Event
from wraparound.organisations.actor import Actor
from wraparound.organisations.pathways import pathway_of
from wraparound.organisations.reading import is_here
from wraparound.organisations.roles import Capability
from wraparound.pathways.clocks import most_tries
from wraparound.pathways.vocabulary import Service
from wraparound.referrals.covering import covered_by
from wraparound.referrals.models import IN_HAND, Journey, Referral
from wraparound.referrals.moves import decided_by_supervisor
from wraparound.referrals.paging import Page, moment, page_of, past


def case_of(actor: Actor, pk: int) -> Case:
    """One case. Case.DoesNotExist when it is not the actor's to see."""
    case: Case = (
        Case.objects.visible_to(actor)
        .select_related("person__practice", "journey", "worker", "referral__to_team", "referral__worker")
        .get(pk=pk)
    )
    return case


def nearest_limits(actor: Actor, referrals: Iterable[Referral]) -> dict[int, date]:
    """The nearest last day of a time limit in the work that these led to here, by the referral's id.

    Nothing is asked where no time limit runs.
    """
    wanted = [each.pk for each in referrals if each.limit_runs]
    if not wanted:
        return {}
    rows = Case.objects.visible_to(actor).filter(referral__in=wanted, limit_on__isnull=False)
    return {referral: day for referral, day in rows.values_list("referral_id", "limit_on") if day is not None}


def cases_on(actor: Actor, journey: Journey) -> list[Case]:
    """The actor's organisation's own cases on a journey, as they were opened."""
    rows = Case.objects.visible_to(actor).filter(journey=journey)
    return list(rows.select_related("worker", "referral").order_by("pk"))


def notes_of(actor: Actor, case: Case, *, after: str = "", size: int = 10) -> Page:
    """A case's notes, newest first. A key that makes no sense gives the newest."""
    rows = Note.objects.visible_to(actor).filter(case=case).select_related("author")
    rows = past(rows, ("occurred_at", "id"), after, moment, int, newest_first=True)
    return page_of(list(rows.order_by("-occurred_at", "-id")[: size + 1]), size, ("occurred_at", "id"))


def attempts_of(actor: Actor, case: Case, most: int = 50) -> list[ContactAttempt]:
    """The latest tries at reaching the person, newest first."""
    rows = ContactAttempt.objects.visible_to(actor).filter(case=case).select_related("worker")
    return list(rows.order_by("-occurred_at", "-pk")[:most])


# What came of a contact that is no try at reaching somebody: they were reached, or were to come of themselves.
IN_CONTACT = (ContactResult.SPOKE, ContactResult.CAME)
NO_TRY = (*IN_CONTACT, ContactResult.DID_NOT_COME)
# From these on, tries are counted anew.
_ANEW = ("referral_reopen", "referral_keep_trying")


def tries_of(actor: Actor, case: Case) -> Tries:
    """How far the tries at reaching the person have come."""
    return so_far(_tried_at(actor, case), _needed(case))


def _tried_at(actor: Actor, case: Case) -> list[datetime]:
    """When the person was tried since somebody was last in contact with them, or trying began anew."""
    rows = ContactAttempt.objects.visible_to(actor).filter(case=case)
    told = rows.values_list("occurred_at", "result")
    anew = Event.objects.filter(referral_id=case.referral_id, name__in=_ANEW).values_list("occurred_at", flat=True)
    since = max([*(at for at, result in told if result in IN_CONTACT), *anew], default=None)
    return [at for at, result in told if result not in NO_TRY and (since is None or at > since)]


def _needed(case: Case) -> int:
    """How many tries the pathway wants before contact counts as lost."""
    referral = case.referral
    joined = tuple(Service(each) for each in referral.joined)
    return most_tries(pathway_of(case.journey.pathway_version_id), Service(referral.service), joined)


def stopping_of(referral: Referral, tries: Tries) -> Stopping:
    """Whether a worker may stop trying (the journey is read)."""
    return stopping(tries, urgent=referral.urgent, marked=decided_by_supervisor(referral))


def tasks_open(actor: Actor, *, whose: str = "", after: str = "", size: int = 25) -> Page:
    """Open tasks, due first: "" the actor's and their team's, "team" all of the team's (or organisation's) people."""
    rows = _own_tasks(actor) if whose != "team" else _team_tasks(actor)
    rows = past(rows, ("due_on", "id"), after, date.fromisoformat, int)
    return page_of(list(rows.order_by("due_on", "id")[: size + 1]), size, ("due_on", "id"))


def task_of(actor: Actor, pk: int) -> Task:
    """One task. Task.DoesNotExist when it is not the actor's organisation's."""
    rows = Task.objects.visible_to(actor).select_related("person", "journey", "worker", "team", "case", "made_by")
    found: Task = rows.get(pk=pk)
    return found


def tasks_on(actor: Actor, journey: Journey) -> list[Task]:
    """Open tasks of the actor's organisation on one journey, due first."""
    rows = Task.objects.visible_to(actor).filter(journey=journey, done_at=None)
    return list(rows.select_related("worker", "case").order_by("due_on", "id")[:20])


def tasks_due(actor: Actor, *, by: date | None = None, most: int = 20) -> list[Task]:
    """Open tasks of the actor, and of the actor's team for anybody, due by a day (today when not given); due first."""
    rows = _own_tasks(actor).filter(due_on__lte=by or actor.today())
    return list(rows.order_by("due_on", "id")[:most])


def tasks_left(actor: Actor, most: int = 20) -> list[Task]:
    """Open tasks of the actor's team, or organisation, whose worker does not work there any more; due first.

    Those that go with a person whom that worker still has in hand are given on with the person.
    """
    if not actor.can(Capability.SHARE_OUT):
        return []
    rows = Task.objects.visible_to(actor).filter(done_at=None, worker__isnull=False)
    rows = rows.exclude(is_here(actor, "worker_id", Capability.WORK_REFERRALS))
    with_their_people = Q(case__referral__worker_id=F("worker_id"), case__referral__status__in=IN_HAND)
    rows = rows.exclude(Q(case__isnull=False) & with_their_people)
    if actor.team_id:
        rows = rows.filter(Q(team_id=actor.team_id) | Q(team=None))
    return list(rows.select_related("person", "worker").order_by("due_on", "id")[:most])


def _own_tasks(actor: Actor) -> OwnQuerySet[Task]:
    """Open tasks that are the actor's, those of somebody they cover, or anybody's of the actor's team."""
    rows = _open_tasks(actor)
    teams = Q(worker=None, team_id=actor.team_id) if actor.team_id else Q(worker=None)
    return rows.filter(Q(worker_id__in={actor.user_id, *covered_by(actor)}) | teams)


def _team_tasks(actor: Actor) -> OwnQuerySet[Task]:
    rows = _open_tasks(actor)
    return rows.filter(team_id=actor.team_id) if actor.team_id else rows


def _open_tasks(actor: Actor) -> OwnQuerySet[Task]:
    rows = Task.objects.visible_to(actor).filter(done_at=None)
    if actor.user_id is None or not actor.can(Capability.WORK_REFERRALS):
        return rows.none()
    return rows.select_related("person", "journey", "worker", "case")

"""What pages read of a service's own work. Nothing here reaches another organisation's rows."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from wraparound.casework.models import Case, ContactAttempt, ContactResult, Note, OwnQuerySet, Task
from wraparound.organisations.actor import Actor
from wraparound.organisations.pathways import pathway_of
from wraparound.organisations.roles import Capability
from wraparound.pathways.calendar import local
from wraparound.pathways.vocabulary import Service
from wraparound.referrals.models import Journey
from wraparound.referrals.paging import Page, moment, page_of, past


def case_of(actor: Actor, pk: int) -> Case:
    """One case. Case.DoesNotExist when it is not the actor's to see."""
    case: Case = (
        Case.objects.visible_to(actor)
        .select_related("person__practice", "journey", "worker", "referral__to_team", "referral__worker")
        .get(pk=pk)
    )
    return case


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


@dataclass(frozen=True)
class Tries:
    """On how many different days the person was not reached, and on how many the pathway wants a try."""

    days: int
    needed: int

    @property
    def missing(self) -> int:
        return max(0, self.needed - self.days)


def tries_of(actor: Actor, case: Case) -> Tries:
    """How far the tries at reaching the person have come."""
    rows = ContactAttempt.objects.visible_to(actor).filter(case=case).exclude(result=ContactResult.SPOKE)
    days = rows.values("occurred_at__date").distinct().count()
    terms = pathway_of(case.journey.pathway_version_id).terms(Service(case.referral.service))
    return Tries(days, terms.attempts)


def tasks_due(actor: Actor, *, by: date | None = None, most: int = 20) -> list[Task]:
    """Open tasks of the actor, and of the actor's team for anybody, due by a day (today when not given); due first."""
    rows = _own_tasks(actor).filter(due_on__lte=by or local(actor.now()).date())
    return list(rows.order_by("due_on", "id")[:most])


def _own_tasks(actor: Actor) -> OwnQuerySet[Task]:
    """Open tasks that are the actor's, or anybody's of the actor's team."""
    rows = Task.objects.visible_to(actor)
    if actor.user_id is None or not actor.can(Capability.WORK_REFERRALS):
        return rows.none()
    teams = Q(worker=None, team_id=actor.team_id) if actor.team_id else Q(worker=None)
    return rows.filter(Q(worker_id=actor.user_id) | teams, done_at=None).select_related("person", "journey", "worker")

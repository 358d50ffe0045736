"""What pages read of an organisation's advice: each begins at `visible_to`, and nothing reaches another's."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet

from wraparound.advice.models import Competence, Matter, Permission, TimeLimit
from wraparound.casework.models import Case
from wraparound.organisations.actor import Actor
from wraparound.organisations.away import away_until_of, workers_of
from wraparound.organisations.roles import Capability
from wraparound.referrals.covering import covered_by
from wraparound.referrals.letters import LetterOnJourney, letter_of
from wraparound.referrals.models import Journey
from wraparound.referrals.paging import Page, page_of, past

MOST_MATTERS, MOST_LIMITS = 60, 60
AHEAD = timedelta(days=14)
# So near, a supervisor is told whoever has it.
AT_RISK = timedelta(days=3)
BY_DAY = ("last_day", "id")


def matters_on(actor: Actor, cases: Iterable[Case]) -> list[Matter]:
    """The matters of these cases: those that are worked on first, then the newest."""
    rows = Matter.objects.visible_to(actor).filter(case__in=[case.pk for case in cases]).select_related("worker")
    found = list(rows.order_by("closed_at", "-opened_at", "-pk")[:MOST_MATTERS])
    return sorted(found, key=lambda each: not each.live)


def matter_of(actor: Actor, pk: int) -> Matter:
    """One matter. Matter.DoesNotExist when it is not the actor's to see."""
    rows = Matter.objects.visible_to(actor).select_related(
        "case__referral__to_team", "case__journey", "person", "worker", "split_from", "joined_to"
    )
    found: Matter = rows.get(pk=pk)
    return found


def letter_to_work_out(actor: Actor, case: Case) -> LetterOnJourney | None:
    """The letter that the referral spoke of (the case's journey is read), until a time limit of the case is here."""
    found = letter_of(case.journey)
    if found is None or TimeLimit.objects.visible_to(actor).filter(case=case).exists():
        return None
    return found


def limits_on(actor: Actor, matters: Iterable[Matter]) -> list[TimeLimit]:
    """The time limits of these matters: those that run first, the nearest first; those without a day before all."""
    rows = TimeLimit.objects.visible_to(actor).filter(matter__in=[each.pk for each in matters])
    rows = rows.select_related("matter", "made_by", "confirmed_by", "ended_by")
    found = list(rows.order_by("-pk")[:MOST_LIMITS])
    return sorted(found, key=lambda each: (not each.running, each.last_day is not None, each.last_day or date.min))


def limit_of(actor: Actor, pk: int) -> TimeLimit:
    """One time limit. TimeLimit.DoesNotExist when it is not the actor's to see."""
    rows = TimeLimit.objects.visible_to(actor).select_related("matter__worker", "case__journey", "person")
    found: TimeLimit = rows.get(pk=pk)
    return found


def limits_ahead(actor: Actor, *, mine: bool, after: str = "", size: int = 25) -> Page:
    """Running time limits with a day, nearest first: of the actor and whom they cover, or of the organisation."""
    rows = _running(actor, mine=mine).exclude(last_day=None)
    rows = past(rows, BY_DAY, after, date.fromisoformat, int)
    return page_of(list(rows.order_by(*BY_DAY)[: size + 1]), size, BY_DAY)


def limits_near(actor: Actor, most: int = 15) -> list[TimeLimit]:
    """The actor's, and those of whom they cover, within a fortnight or over; those to be checked first."""
    rows = _running(actor, mine=True)
    wanted = rows.filter(Q(last_day=None) | Q(last_day__lte=actor.today() + AHEAD))
    return _first(wanted, most)


def limits_at_risk(actor: Actor, most: int = 15) -> list[TimeLimit]:
    """For a supervisor: what is over or within three days, and what is within a fortnight of somebody who is away."""
    if not actor.can(Capability.SUPERVISE):
        return []
    today = actor.today()
    rows = _running(actor, mine=False)
    near = Q(last_day__lte=today + AT_RISK)
    if rows.filter(last_day__lte=today + AHEAD).exists():
        members = workers_of(actor)
        away = away_until_of(members, today)
        gone = [each.user_id for each in members if each.pk in away]
        here = [each.user_id for each in members]
        near |= Q(last_day__lte=today + AHEAD) & (Q(matter__worker_id__in=gone) | ~Q(matter__worker_id__in=here))
    return _first(rows.filter(near), most)


def competences(actor: Actor) -> dict[int, Competence]:
    """What is in force or has run out by its day, for each user of the actor's organisation, by the user's id."""
    rows = Competence.objects.visible_to(actor).filter(ended_at=None).select_related("signed_off_by")
    return {row.user_id: row for row in rows}


def permissions(actor: Actor) -> list[Permission]:
    """What the actor's organisation holds, by kind."""
    rows = Permission.objects.visible_to(actor).filter(organisation_id=actor.organisation_id, ended_at=None)
    return list(rows.order_by("kind", "starts")[:50])


def permission_of(actor: Actor, pk: int) -> Permission:
    """One of them. Permission.DoesNotExist for another organisation's."""
    rows = Permission.objects.visible_to(actor).filter(organisation_id=actor.organisation_id, ended_at=None)
    found: Permission = rows.get(pk=pk)
    return found


def nearest_of(actor: Actor, journey: Journey) -> TimeLimit | None:
    """The nearest running time limit on a journey that the actor sees."""
    rows = TimeLimit.objects.visible_to(actor).filter(case__journey=journey, ended_at=None)
    return rows.order_by("last_day", "pk").first()


def _running(actor: Actor, *, mine: bool) -> QuerySet[TimeLimit]:
    rows = TimeLimit.objects.visible_to(actor).filter(ended_at=None)
    if mine:
        if actor.user_id is None:
            return rows.none()
        rows = rows.filter(matter__worker_id__in={actor.user_id, *covered_by(actor)})
    return rows.select_related("matter__worker", "person", "case__journey")


def _first(rows: QuerySet[TimeLimit], most: int) -> list[TimeLimit]:
    return list(rows.order_by(F("last_day").asc(nulls_first=True), "pk")[:most]) if rows.exists() else []

"""Who works when, who is away when, and who looks after their people meanwhile."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.db.models import QuerySet

from wraparound.organisations.actor import Actor
from wraparound.organisations.asking_once import once
from wraparound.organisations.models import Leave, Membership, WorkingTime
from wraparound.organisations.roles import CAPABILITIES, Capability, Role
from wraparound.organisations.sharing import away_until

# Roles that are given people to work with, and so have hours and leave here.
WORKERS = [role for role in Role if Capability.WORK_REFERRALS in CAPABILITIES[role]]
FORTNIGHT = 14


def workers_of(actor: Actor, team_id: int | None = None) -> list[Membership]:
    """Those who work with people in the actor's organisation now, or in one team of it, with their hours; by name."""
    rows = _present(actor).filter(role__in=WORKERS).select_related("user", "team", "organisation", "working_time")
    if team_id is not None:
        rows = rows.filter(team_id=team_id)
    return list(rows.order_by("user__name", "pk"))


def worker_of(actor: Actor, pk: int) -> Membership:
    """One of them. Membership.DoesNotExist for anybody else."""
    rows = _present(actor).filter(role__in=WORKERS).select_related("user", "team", "organisation", "working_time")
    return rows.get(pk=pk)


def _present(actor: Actor) -> QuerySet[Membership]:
    return Membership.objects.filter(
        scheme_id=actor.scheme_id, organisation_id=actor.organisation_id, ended=None, user__is_active=True
    )


def hours_of(membership: Membership) -> WorkingTime | None:
    """How they work, where somebody has said so."""
    return getattr(membership, "working_time", None)


def leave_of_organisation(actor: Actor) -> QuerySet[Leave]:
    """Leave of the actor's organisation that was not cancelled, with whose it is and who covers; as it begins."""
    rows = Leave.objects.filter(
        membership__scheme_id=actor.scheme_id,
        membership__organisation_id=actor.organisation_id,
        membership__ended=None,
        cancelled_at=None,
    )
    return rows.select_related("membership__user", "cover__user").order_by("starts", "pk")


def leave_between(actor: Actor, first: date, last: date) -> list[Leave]:
    """Who of the organisation is away on any of these days, both included."""
    return list(leave_of_organisation(actor).filter(starts__lte=last, ends__gte=first))


def leave_from_now(actor: Actor, membership: Membership) -> list[Leave]:
    """What one member has before them, that which has begun included."""
    return list(leave_of_organisation(actor).filter(membership=membership, ends__gte=actor.today()))


def leave_to_cover(actor: Actor, membership: Membership) -> list[Leave]:
    """The absences of others, from today on, in which a member looks after their people."""
    return list(leave_of_organisation(actor).filter(cover=membership, ends__gte=actor.today()))


def leave_row(actor: Actor, pk: int) -> Leave:
    """One absence of the organisation. Leave.DoesNotExist when it is another's, or was cancelled."""
    return leave_of_organisation(actor).get(pk=pk)


def uncovered_leave(actor: Actor, ahead: int = FORTNIGHT) -> list[Leave]:
    """Absences in the next days in which nobody looks after somebody's people, or whose cover has left since."""
    today = actor.today()
    return [leave for leave in leave_between(actor, today, today + timedelta(days=ahead)) if not covered(leave)]


def covered(leave: Leave) -> bool:
    """Somebody who is still here looks after their people meanwhile."""
    return leave.cover is not None and leave.cover.ended is None


def away_until_of(members: Iterable[Membership], today: date) -> Mapping[int, date]:
    """The last day away of those who are away when they would next work, by membership id. One question."""
    known = {member.pk: list(hours.minutes) for member in members if (hours := hours_of(member))}
    absences: dict[int, list[tuple[date, date]]] = {}
    rows = Leave.objects.filter(membership_id__in=known, cancelled_at=None, ends__gte=today)
    for member, starts, ends in rows.values_list("membership_id", "starts", "ends"):
        absences.setdefault(member, []).append((starts, ends))
    found = {member: away_until(known[member], when, today) for member, when in absences.items()}
    return {member: until for member, until in found.items() if until}


def covers_now(actor: Actor) -> list[Leave]:
    """The absences that the actor covers today, with whose they are. Asked once in a transaction."""
    if actor.membership_id is None:
        return []
    today = actor.today()
    rows = leave_of_organisation(actor).filter(cover_id=actor.membership_id, starts__lte=today, ends__gte=today)
    return once(("covers", actor.membership_id, actor.organisation_id, actor.scheme_id, today), lambda: list(rows))

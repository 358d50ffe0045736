"""What a concern depends on: was it just raised, by when is it due, is its owner there, can the practice be told."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from wraparound.organisations.actor import Actor
from wraparound.organisations.away import leave_of_organisation
from wraparound.organisations.models import Organisation, Partner, Scheme
from wraparound.pathways.calendar import Calendar, calendar_for, local
from wraparound.pathways.vocabulary import Nation
from wraparound.people.models import Person
from wraparound.safeguarding.leads import members
from wraparound.safeguarding.models import Concern
from wraparound.safeguarding.rules import Left, away_past, left, look_again_by
from wraparound.safeguarding.states import ConcernKind, ConcernStatus, TellGp

OWNED_WITHIN = timedelta(hours=2)
PRESSED_TWICE = timedelta(minutes=1)


def already_raised(by: Actor, person: Person, kind: ConcernKind) -> Concern | None:
    """The concern that the actor raised by pressing the same button a moment ago."""
    recent = by.now() - PRESSED_TWICE
    rows = Concern.objects.visible_to(by).filter(person=person, kind=kind, raised_by_id=by.user())
    return rows.filter(raised_at__gt=recent).order_by("-pk").first()


def owned_by(by: Actor) -> datetime:
    """By when somebody must own what is raised now: two hours from now, or from the next opening."""
    return _calendar(by).open_from(by.now()) + OWNED_WITHIN


def looked_at_again_by(concern: Concern, by: Actor, tell_gp: TellGp | None = None) -> datetime:
    """By when an owner who does something now looks again. `tell_gp` is what is being decided, where that is it."""
    undecided = (tell_gp or concern.tell_gp) == TellGp.TO_DECIDE and not raised_at_their_practice(concern)
    return look_again_by(by.now(), gp_undecided=undecided, calendar=_calendar(by))


def _calendar(by: Actor) -> Calendar:
    return calendar_for(Nation(Scheme.objects.get(pk=by.scheme_id).nation))


@dataclass(frozen=True)
class Owners:
    """Who of the actor's organisation works with people there now, and when those who own something are away."""

    here: frozenset[int]
    absences: Mapping[int, Sequence[tuple[date, date]]]

    def left(self, concern: Concern, by: Actor) -> Left | None:
        """Why one of the organisation's own concerns is before everybody who may answer it, or None."""
        owner, today = concern.owner_id, by.today()
        return left(
            ConcernStatus(concern.status),
            due=concern.due_at <= by.now() or concern.late_at is not None,
            owner_here=owner in self.here,
            owner_away=away_past(self.absences.get(owner or 0, ()), today, local(concern.due_at).date()),
        )


def owners_now(by: Actor, concerns: Iterable[Concern]) -> Owners:
    """Asks the database once for all of the concerns, and about leave only where one of them has an owner."""
    owners = {each.owner_id for each in concerns if each.owner_id and each.organisation_id == by.organisation_id}
    absences: dict[int, list[tuple[date, date]]] = {}
    if owners:
        today = by.today()
        rows = leave_of_organisation(by).filter(membership__user__in=owners, starts__lte=today, ends__gte=today)
        for owner, starts, ends in rows.values_list("membership__user_id", "starts", "ends"):
            absences.setdefault(owner, []).append((starts, ends))
    here = members(by.scheme_id, by.organisation_id).values_list("user_id", flat=True)
    return Owners(frozenset(here), absences)


def practice_reached(concern: Concern) -> Organisation | None:
    """The person's practice, where it is a partner of the scheme and has not raised the concern itself."""
    practice = concern.person.practice
    if practice is None or practice.pk == concern.organisation_id:
        return None
    partners = Partner.objects.filter(scheme_id=concern.scheme_id, organisation=practice, ended=None)
    return practice if partners.exists() else None


def raised_at_their_practice(concern: Concern) -> bool:
    return concern.person.practice_id == concern.organisation_id

"""What a concern depends on: was it just raised, by when must it be owned, can the practice be told."""

from datetime import datetime, timedelta

from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation, Partner, Scheme
from wraparound.pathways.calendar import calendar_for
from wraparound.pathways.vocabulary import Nation
from wraparound.people.models import Person
from wraparound.safeguarding.models import Concern
from wraparound.safeguarding.states import ConcernKind

OWNED_WITHIN = timedelta(hours=2)
PRESSED_TWICE = timedelta(minutes=1)


def already_raised(by: Actor, person: Person, kind: ConcernKind) -> Concern | None:
    """The concern that the actor raised by pressing the same button a moment ago."""
    recent = by.now() - PRESSED_TWICE
    rows = Concern.objects.visible_to(by).filter(person=person, kind=kind, raised_by_id=by.user())
    return rows.filter(raised_at__gt=recent).order_by("-pk").first()


def owned_by(by: Actor) -> datetime:
    """By when somebody must own what is raised now: two hours from now, or from the next opening."""
    scheme = Scheme.objects.get(pk=by.scheme_id)
    return calendar_for(Nation(scheme.nation)).open_from(by.now()) + OWNED_WITHIN


def practice_reached(concern: Concern) -> Organisation | None:
    """The person's practice, where it is a partner of the scheme and has not raised the concern itself."""
    practice = concern.person.practice
    if practice is None or practice.pk == concern.organisation_id:
        return None
    partners = Partner.objects.filter(scheme_id=concern.scheme_id, organisation=practice, ended=None)
    return practice if partners.exists() else None


def raised_at_their_practice(concern: Concern) -> bool:
    return concern.person.practice_id == concern.organisation_id

"""How things stand when a concern's test begins."""

from tests.factories import World, referred
from wraparound.events.models import Event
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import Organisation, SafeguardingLead, Team, User
from wraparound.referrals.models import Journey
from wraparound.safeguarding.actions import own, raise_concern
from wraparound.safeguarding.models import Concern
from wraparound.safeguarding.reading import waiting_for
from wraparound.safeguarding.states import ConcernKind


def at_the_practice(world: World, by: Actor | None = None) -> Journey:
    """A journey of somebody who is registered at the practice that refers them."""
    actor = by or world.clinician
    journey = referred(world, by=actor, advice_ticked=True)
    with acting_as(actor):
        person = journey.person
        person.practice = world.practice
        person.save(update_fields=["practice"])
    return journey


def name_lead(world: World, organisation: Organisation, lead: Actor, deputy: Actor | None = None) -> None:
    SafeguardingLead.objects.create(
        scheme=world.scheme, organisation=organisation, user_id=lead.user_id, deputy_id=deputy and deputy.user_id
    )


def raised(journey: Journey, by: Actor, kind: ConcernKind = ConcernKind.DANGER, **said: object) -> Concern:
    with acting_as(by):
        return raise_concern(by=by, person=journey.person, kind=kind, journey=journey, **said)


def owned(concern: Concern, by: Actor) -> Concern:
    with acting_as(by):
        return own(by=by, concern=concern)


def waits(actor: Actor) -> list[str]:
    """What waits for somebody, in one word each."""
    with acting_as(actor):
        return [str(each.wants) for each in waiting_for(actor)]


def seen(actor: Actor) -> list[int]:
    with acting_as(actor):
        return list(Concern.objects.visible_to(actor).order_by("pk").values_list("pk", flat=True))


def events_told_to(actor: Actor) -> list[Event]:
    with acting_as(actor):
        return list(Event.objects.filter(scheme_id=actor.scheme_id).order_by("pk"))


def gone(actor: Actor) -> None:
    """They no longer work here."""
    user = User.objects.get(pk=actor.user_id)
    user.memberships.update(started="2020-01-01T00:00Z", ended="2026-01-01T00:00Z")


def home_of(team: Team) -> Organisation:
    return team.organisation

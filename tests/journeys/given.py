"""How things stand when a journey begins, made through the product's own actions."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from tests.factories import World, details, handover_agreed, make_world, member, referral_to, referred
from wraparound.casework import actions as casework
from wraparound.casework.models import Case, ContactBy, ContactResult
from wraparound.consent.agreed import AgreedHow
from wraparound.messaging.digests import choose_digest, put_together
from wraparound.messaging.models import DigestSent
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.organisations.models import Digest, Membership, Organisation, Team, User
from wraparound.organisations.roles import Role
from wraparound.pathways.calendar import local
from wraparound.pathways.vocabulary import Need, Service
from wraparound.people.actions import change_contact
from wraparound.people.models import Person
from wraparound.referrals.models import Journey, Referral, UnmetNeed
from wraparound.safeguarding.actions import own, raise_concern
from wraparound.safeguarding.models import Concern
from wraparound.safeguarding.states import ConcernKind

CARE = {
    "safe_times": "Weekdays before 3pm", "voicemail": "no", "may_say_who_is_calling": "no", "mobile_texts": "no",
    "contact_notes": "Her partner answers the landline",
}  # fmt: skip


def a_world(pathway: str = "both-at-once") -> World:
    """A scheme that only this journey knows, whose people act at the time it is."""
    world = make_world(pathway)
    world.actors = {name: replace(actor, moment=None) for name, actor in world.actors.items()}
    return world


def days_before(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


def at_another_time(days: int) -> datetime:
    """Some days ago, in another part of the day than it is now."""
    here = local(days_before(days))
    return here.replace(hour=14 if here.hour < 12 else 9, minute=30)


def somebody_known_to_the_practice(world: World, **changes: Any) -> Person:
    """Referred once before, and that is over."""
    journey = referred(world, advice_ticked=False, person=details(**changes))
    with acting_as(world.link_worker):
        case = casework.accept(by=world.link_worker, referral=referral_to(journey, world.link_worker))
        casework.close(by=world.link_worker, case=case, outcome=casework.Outcome.HELPED)
        return Person.objects.get(pk=journey.person_id)


def a_referral(world: World, *, days_ago: int = 0, **changes: Any) -> Journey:
    """Sent to both services by the practice's clinician."""
    return referred(world, world.clinician.at(days_before(days_ago)), **changes)


def contact_needs_care(world: World, journey: Journey) -> None:
    with acting_as(world.clinician):
        change_contact(by=world.clinician, person=Person.objects.get(pk=journey.person_id), changes=CARE)


def accepted(journey: Journey, by: Actor, *, days_ago: int = 0) -> Case:
    with acting_as(by):
        return casework.accept(by=by.at(days_before(days_ago)), referral=referral_to(journey, by))


def tried(case: Case, by: Actor, *, days_ago: Sequence[int]) -> None:
    """Tries at reaching the person, one on each of these days."""
    for days in days_ago:
        tried_at(case, by, days_before(days))


def tried_at(case: Case, by: Actor, moment: datetime) -> None:
    with acting_as(by):
        casework.record_contact(by=by.at(moment), case=case, channel=ContactBy.PHONE, result=ContactResult.NO_ANSWER)


def handed_over(case: Case, by: Actor, told: str) -> Referral:
    with acting_as(by):
        return casework.hand_over(
            by=by, case=case, service=Service.WELFARE_ADVICE, needs=frozenset({Need.DEBT}), told=told,
            agreed=handover_agreed(AgreedHow.BY_PHONE),
        )  # fmt: skip


def noted(case: Case, by: Actor, text: str) -> None:
    with acting_as(by):
        casework.write_note(by=by, case=case, text=text)


def also_works_at(world: World, who: Actor, organisation: Organisation, role: Role) -> Membership:
    return Membership.objects.create(
        user=User.objects.get(pk=who.user_id), scheme=world.scheme, organisation=organisation, role=role
    )


def a_concern(world: World, *, owned: bool = False, days_ago: int = 0) -> Concern:
    """Raised by a link worker about somebody of their own; a second supervisor could take it on."""
    at = days_before(days_ago)
    by, lead = world.link_worker.at(at), world.link_supervisor.at(at)
    journey = a_referral(world, days_ago=days_ago, advice_ticked=False)
    member(world.scheme, world.social.organisation, Role.SUPERVISOR, "Bo Lund", world.social)
    with acting_as(by):
        concern = raise_concern(by=by, person=journey.person, kind=ConcernKind.DANGER, journey=journey)
    if owned:
        with acting_as(lead):
            own(by=lead, concern=concern)
    return concern


def path_of_a_concern(world: World, form: str) -> str:
    concern = a_concern(world, owned=form in ("concern-end", "concern-hand-on"))
    if form == "raise-about-colleague":
        return f"/raise/{concern.person_id}/colleague/"
    return f"/concerns/{concern.pk}/{form.removeprefix('concern').removeprefix('-')}/".replace("//", "/")


def a_digest(world: World) -> DigestSent:
    """What the clinician is told of the last days."""
    with acting_as(world.clinician):
        own_choice = choose_digest(by=world.clinician, digest=Digest.DAILY)
    by = system(world.scheme, world.practice)
    with acting_as(by):
        return put_together(Membership.objects.select_related("user").get(pk=own_choice.pk), timezone.now(), by)


def an_unmet_need(world: World) -> UnmetNeed:
    """The advisers took nobody new when somebody was referred."""
    _change_for_now(world.advice, closed_until=timezone.localdate() + timedelta(days=9))
    journey = a_referral(world)
    _change_for_now(world.advice, closed_until=None)
    with acting_as(world.clinician):
        return UnmetNeed.objects.get(journey=journey)


def somebody_waiting(world: World) -> Referral:
    """All of the link workers' places were taken when somebody was referred."""
    _change_for_now(world.social, places=0)
    journey = a_referral(world, advice_ticked=False)
    _change_for_now(world.social, places=None)
    return referral_to(journey, world.link_worker)


def _change_for_now(team: Team, **columns: Any) -> None:
    Team.objects.filter(pk=team.pk).update(**columns)

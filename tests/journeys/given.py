"""How things stand when a journey begins, made through the product's own actions."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from tests.factories import World, details, make_world, referral_to, referred
from wraparound.casework import actions as casework
from wraparound.casework.models import Case, ContactBy, ContactResult
from wraparound.consent.agreed import AgreedHow
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import Membership, Organisation, User
from wraparound.organisations.roles import Role
from wraparound.pathways.vocabulary import Need, Service
from wraparound.people.actions import change_contact
from wraparound.people.models import Person
from wraparound.referrals.models import Journey, Referral

CARE = {
    "safe_times": "Weekdays before 3pm", "voicemail": "no", "may_say_who_is_calling": "no", "mobile_texts": "no",
    "contact_notes": "Her partner answers the landline",
}  # fmt: skip


def a_world() -> World:
    """A scheme that only this journey knows, whose people act at the time it is."""
    world = make_world()
    world.actors = {name: replace(actor, moment=None) for name, actor in world.actors.items()}
    return world


def days_before(days: int) -> datetime:
    return timezone.now() - timedelta(days=days)


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
        with acting_as(by):
            casework.record_contact(
                by=by.at(days_before(days)), case=case, channel=ContactBy.PHONE, result=ContactResult.NO_ANSWER
            )


def handed_over(case: Case, by: Actor, told: str) -> Referral:
    with acting_as(by):
        return casework.hand_over(
            by=by, case=case, service=Service.WELFARE_ADVICE, needs=frozenset({Need.DEBT}), told=told,
            agreed_how=AgreedHow.BY_PHONE,
        )  # fmt: skip


def noted(case: Case, by: Actor, text: str) -> None:
    with acting_as(by):
        casework.write_note(by=by, case=case, text=text)


def also_works_at(world: World, who: Actor, organisation: Organisation, role: Role) -> Membership:
    return Membership.objects.create(
        user=User.objects.get(pk=who.user_id), scheme=world.scheme, organisation=organisation, role=role
    )

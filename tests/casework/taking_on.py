"""What tests of a service's work share: somebody taken on, and how it stands."""

from datetime import timedelta

from tests.factories import NOW, World, referral_to, referred
from wraparound.casework.actions import accept, record_contact
from wraparound.casework.models import Case, ContactBy, ContactResult, Task
from wraparound.organisations.actor import Actor, acting_as
from wraparound.referrals.models import Journey, Referral


def taken_on(world: World, by: Actor, journey: Journey | None = None, **changes: object) -> Case:
    referral = referral_to(journey or referred(world, **changes), by)
    with acting_as(by):
        return accept(by=by, referral=referral)


def contact(case: Case, by: Actor, result: ContactResult, channel: ContactBy = ContactBy.PHONE) -> None:
    with acting_as(by):
        record_contact(by=by, case=case, channel=channel, result=result)


def tried_enough(case: Case, by: Actor) -> None:
    """Three tries that count: on three days, in the morning and in the afternoon."""
    for number in range(3):
        contact(case, by.at(NOW + timedelta(days=number, hours=4 * (number % 2))), ContactResult.NO_ANSWER)


def now(case: Case, by: Actor) -> Referral:
    with acting_as(by):
        return Referral.objects.visible_to(by).get(pk=case.referral_id)


def tasks(case: Case, by: Actor) -> list[Task]:
    with acting_as(by):
        return list(Task.objects.visible_to(by).filter(case=case).order_by("pk"))

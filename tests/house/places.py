"""How to come to each action of waiting lists and unmet needs."""

from datetime import timedelta

from tests.factories import NOW, World, referral_to, referred
from tests.house.trial import Recipe, Trial
from wraparound.organisations.actor import acting_as
from wraparound.organisations.models import Team
from wraparound.referrals.models import Referral, UnmetNeed


def _waiting(world: World) -> Referral:
    Team.objects.filter(pk=world.social.pk).update(places=0)
    return referral_to(referred(world), world.link_worker)


def _offer_places(world: World) -> Trial:
    _waiting(world)
    Team.objects.filter(pk=world.social.pk).update(places=1)
    return Trial(world.link_supervisor, {"team": world.social})


def _unmet(world: World) -> UnmetNeed:
    Team.objects.filter(pk=world.advice.pk).update(closed_until=NOW.date() + timedelta(days=9))
    journey = referred(world)
    with acting_as(world.clinician):
        return UnmetNeed.objects.get(journey=journey)


PLACES: dict[str, Recipe] = {
    "wraparound.referrals.waiting.offer_place": lambda world: Trial(
        world.link_supervisor, {"referral": _waiting(world)}
    ),
    "wraparound.referrals.waiting.offer_places": _offer_places,
    "wraparound.referrals.unmet.see_unmet_need": lambda world: Trial(world.clinician, {"unmet": _unmet(world)}),
    "wraparound.referrals.unmet.end_unmet_need": lambda world: Trial(
        world.clinician, {"unmet": _unmet(world), "ending": "The food bank helped"}
    ),
}

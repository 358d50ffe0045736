"""How to come to each action on what a person agreed to."""

from tests.factories import World, referred
from tests.house.trial import Recipe, Trial
from wraparound.consent.agreed import FEEDBACK, AgreedHow
from wraparound.consent.asking import Agreed
from wraparound.consent.models import Consent, TakenBackHow
from wraparound.organisations.actor import acting_as
from wraparound.pathways.vocabulary import ConsentFor


def shared(world: World) -> Consent:
    """That the two services may share, of somebody just referred to both."""
    journey = referred(world)
    with acting_as(world.link_worker):
        return Consent.objects.get(agreement__referrals__journey=journey, purpose=ConsentFor.SHARE_BETWEEN_SERVICES,
                                   agreement__referrals__to_team=world.social)  # fmt: skip


def _agree_to(world: World) -> Trial:
    agreed = Agreed(how=AgreedHow.BY_PHONE, wording=FEEDBACK)
    return Trial(world.link_worker, {"person": referred(world).person, "agreed": agreed})


CONSENTING: dict[str, Recipe] = {
    "wraparound.consent.actions.agree_to": _agree_to,
    "wraparound.consent.actions.confirm": lambda world: Trial(world.link_worker, {"consent": shared(world)}),
    "wraparound.consent.actions.take_back": lambda world: Trial(
        world.link_worker, {"consent": shared(world), "how": TakenBackHow.BY_PHONE}
    ),
}

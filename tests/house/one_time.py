"""How to come to each action on a page for somebody outside the scheme."""

from tests.factories import NOW, World
from tests.house.confidential import somebody
from tests.house.trial import Recipe, Trial
from wraparound.consent.actions import agree_to
from wraparound.consent.agreed import ONWARD, AgreedHow
from wraparound.consent.asking import Agreed
from wraparound.consent.models import Consent
from wraparound.organisations.actor import acting_as
from wraparound.referrals.models import Journey
from wraparound.referrals.one_time import MadePage, closed_page, make_one_time_page

ASKED = "A hot meal on Tuesdays"


def signed_for(world: World) -> tuple[Journey, Consent]:
    """A journey of somebody who signed that a lunch club may be told."""
    journey, by = somebody(world), world.link_worker
    with acting_as(by):
        said = Agreed(how=AgreedHow.IN_WRITING, wording=ONWARD)
        agreement = agree_to(by=by, person=journey.person, agreed=said, to_named="Stepney Lunch Club")
        return journey, agreement.consents.get()


def a_page(world: World) -> MadePage:
    journey, consent = signed_for(world)
    with acting_as(world.link_worker):
        return make_one_time_page(by=world.link_worker, journey=journey, consent=consent, asked=ASKED)


def _make(world: World) -> Trial:
    journey, consent = signed_for(world)
    return Trial(world.link_worker, {"journey": journey, "consent": consent, "asked": ASKED})


def _open(world: World) -> Trial:
    made = a_page(world)
    found = closed_page(made.token)
    assert found is not None
    return Trial(found.reader.at(NOW), {"token": made.token, "code": made.code})


ONE_TIME: dict[str, Recipe] = {
    "wraparound.referrals.one_time.make_one_time_page": _make,
    "wraparound.referrals.one_time.end_one_time_page": lambda world: Trial(
        world.link_worker, {"page": a_page(world).page}
    ),
    "wraparound.referrals.one_time.open_once": _open,
}

"""The guide's pictures of an information governance lead."""

from dataclasses import replace

import pytest

from tests.factories import World, member, referral_to
from tests.journeys import given
from tests.journeys.pictures import WIDTH, Clock, somebody, take
from tests.journeys.screens import Screens
from tests.privacy import asked
from wraparound.organisations.actor import acting_as
from wraparound.organisations.models import Organisation
from wraparound.organisations.roles import Role
from wraparound.people.models import Person
from wraparound.people.reading import note_access
from wraparound.privacy.investigating import Asked, looks, write_looked_into


@pytest.fixture
def place(clock: Clock, world: World) -> World:
    world.actors = {name: replace(actor, moment=None) for name, actor in world.actors.items()}
    return world


def worked_with(world: World, number: int) -> Person:
    journey = given.a_referral(world, days_ago=30, advice_ticked=False, person=somebody(number))
    case = given.accepted(journey, world.link_worker, days_ago=29)
    given.noted(case, world.link_worker, "Her sister Leticia looks after the children on Fridays, so ring then.")
    with acting_as(world.link_worker):
        return referral_to(journey, world.link_worker).person


def test_a_part_of_an_answer(place: World, screens: Screens) -> None:
    request = asked.collected(place, worked_with(place, 2))
    part = asked.part_of(request, place.links_lead)
    page = screens(place.links_lead, width=WIDTH)
    page.goto(f"/rights/parts/{part.pk}/")
    take(page, "rights-part", first=page.get_by_role("heading", level=1), last=page.locator(".wr-panel").first)


def test_how_long_records_are_kept(place: World, screens: Screens) -> None:
    page = screens(place.links_lead, width=WIDTH)
    page.goto("/rights/kept/")
    take(page, "rights-kept", first=page.get_by_role("heading", level=1), last=page.locator("tbody tr").nth(2))


def test_what_stands_out(place: World, clock: Clock, screens: Screens) -> None:
    person = worked_with(place, 2)
    links = Organisation.objects.get(pk=place.links_lead.organisation_id)
    cousin = replace(member(place.scheme, links, Role.LINK_WORKER, "Femi Adeyemi", place.social), moment=None)
    for by, days, hour in ((cousin, 3, 11), (place.link_worker, 4, 21)):
        clock.strikes(days, hour, 20)
        with acting_as(by):
            note_access(by, person, "journey")
    clock.strikes(0, 10, 30)
    lead = place.links_lead
    with acting_as(lead):
        look = looks(lead, Asked(user_id=cousin.user_id)).rows[0]
        write_looked_into(by=lead, look=look, note="No relative. He covered for Leila on Friday.")
    page = screens(lead, width=WIDTH)
    page.goto("/rights/investigation/odd/")
    page.get_by_text("What this means").nth(1).click()
    take(page, "rights-odd", first=page.get_by_role("heading", level=1), last=page.locator("main ul").last)

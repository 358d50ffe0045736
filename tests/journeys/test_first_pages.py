"""The first page of every role, and the figures behind it: by eye, by ear, on a phone and without scripts."""

from dataclasses import replace

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.factories import World, details, make_world, member
from tests.journeys import given, then
from tests.journeys.screens import PHONE, Screens
from tests.journeys.stage import do_waiting_jobs
from tests.reporting.test_dropout import lives, managers
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Role
from wraparound.pathways.vocabulary import UrgentFlag
from wraparound.reporting.counting import recount

WAYS = {"busy": ((1280, True), (PHONE, True), (PHONE, False)), "quiet": ((PHONE, True),)}
LONG = "Maximiliana-Theodora von und zu Hohenlohe-Waldenburg-Schillingsfuerst"
ROLES = ("clinician", "receptionist", "link_worker", "adviser", "hybrid", "link_supervisor", "volunteer", "manager",
         "practice_manager", "commissioner", "administrator")  # fmt: skip


@pytest.fixture(scope="package")
def busy(server: str) -> World:
    """Everybody has something to do, and somebody has a name that fits nowhere."""
    world = managers(make_world())
    for name, role in (("hybrid", Role.HYBRID_WORKER), ("volunteer", Role.VOLUNTEER)):
        world.actors[name] = member(world.scheme, world.social.organisation, role, f"{name} {LONG}", world.social)
    world.actors = {name: replace(actor, moment=timezone.now()) for name, actor in world.actors.items()}
    lives(world)
    world.actors = {name: replace(actor, moment=None) for name, actor in world.actors.items()}
    who = details(given_names=LONG, family_name=LONG)
    journey = given.a_referral(world, days_ago=20, person=who, urgent_flags=frozenset(UrgentFlag))
    given.contact_needs_care(world, journey)
    for by in (world.link_worker, world.adviser):
        given.accepted(journey, by, days_ago=10)
    do_waiting_jobs()
    recount()
    return world


@pytest.fixture(scope="package")
def quiet(server: str) -> World:
    """Nothing has happened yet."""
    world = managers(given.a_world())
    for name, role in (("hybrid", Role.HYBRID_WORKER), ("volunteer", Role.VOLUNTEER)):
        world.actors[name] = member(world.scheme, world.social.organisation, role, name, world.social)
    return world


@pytest.mark.parametrize("who", ROLES)
@pytest.mark.parametrize("day", ["busy", "quiet"])
def test_everybody_can_use_their_first_page(
    day: str, who: str, request: pytest.FixtureRequest, screens: Screens
) -> None:
    by: Actor = request.getfixturevalue(day).actors[who]
    for width, scripts in WAYS[day]:
        page = screens(by, width=width, scripts=scripts)
        page.goto("/")
        expect(page.get_by_role("heading", name="What to do now")).to_be_visible()
        then.everybody_can_use(page)


@pytest.mark.parametrize("who", ["manager", "link_supervisor", "practice_manager", "commissioner", "administrator"])
@pytest.mark.parametrize("day", ["busy", "quiet"])
def test_everybody_can_use_their_figures(day: str, who: str, request: pytest.FixtureRequest, screens: Screens) -> None:
    by: Actor = request.getfixturevalue(day).actors[who]
    for width, scripts in WAYS[day]:
        page = screens(by, width=width, scripts=scripts)
        page.goto("/figures/")
        then.everybody_can_use(page)
        page.locator("summary").first.click()
        then.everybody_can_use(page)


def test_a_manager_goes_from_a_number_to_its_people_and_back(busy: World, screens: Screens) -> None:
    page = screens(busy.manager)
    page.goto("/")
    page.get_by_role("link", name="Every step, in figures").click()
    page.get_by_role("link", name="declined", exact=False).first.click()
    expect(page.get_by_role("heading", name="Declined: referral")).to_be_visible()
    then.everybody_can_use(page)
    page.get_by_role("link", name="Figures").first.click()
    page.get_by_role("link", name="What each figure means").click()
    then.it_says(page, "Not for: blame")

"""A team's hours, leave and cover, and somebody's people given to others: at a desk, without scripts, on a phone."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.factories import World, details, referral_to
from tests.journeys import given, managing, then, worker
from wraparound.organisations.actor import Actor, acting_as
from wraparound.referrals.actions import claim

Sit = Callable[[Actor], Page]


def fills_in_day(page: Page, legend: str, day: date) -> None:
    group = page.get_by_role("group", name=legend)
    for part, said in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(part).fill(str(said))


def people(world: World, number: int, by: Actor) -> None:
    for count in range(number):
        person = details(given_names=f"Person{count}", family_name="Test", date_of_birth=None, postcode="")
        journey = given.a_referral(world, advice_ticked=False, person=person)
        with acting_as(by):
            claim(by=by, referral=referral_to(journey, by))


def test_a_worker_sets_hours_and_leave_and_the_cover_sees_their_people(world: World, sit: Sit) -> None:
    people(world, 1, world.link_worker)
    page = sit(world.link_worker)
    page.goto("/hours/")
    page.get_by_role("button", name="Set the hours").click()
    page.get_by_label("Monday").fill("7.5")
    page.get_by_label("Thursday").fill("3:45")
    page.get_by_label("People at once").fill("20")
    then.everybody_can_use(page)
    page.get_by_role("button", name="Save").click()
    worker.is_told(page, "Hours saved.")
    then.it_says(page, "11.25 hours")
    page.get_by_role("button", name="Add leave").click()
    today = timezone.localdate()
    fills_in_day(page, "First day away", today)
    fills_in_day(page, "Last day away", today + timedelta(days=4))
    page.get_by_label("Who looks after their people meanwhile?").select_option("Tom Price")
    page.get_by_role("button", name="Save").click()
    worker.is_told(page, "Leave saved.")
    then.everybody_can_use(page)
    cover = sit(world.second_link_worker)
    cover.goto("/worklist/?whose=mine")
    then.it_says(cover, "Covering for Leila Haddad until", "Person0 Test")
    cover.get_by_role("table").get_by_role("link", name="Person0 Test", exact=True).click()
    worker.accepts(cover)


def test_a_supervisor_gives_a_leavers_people_to_several(world: World, sit: Sit) -> None:
    people(world, 4, world.link_worker)
    for who in (world.second_link_worker, world.link_supervisor):
        managing.works(who)
    page = sit(world.link_supervisor)
    page.goto("/team/")
    then.everybody_can_use(page)
    page.get_by_role("button", name="Give people to other workers").click()
    page.get_by_label("Whose people?").select_option(label="Leila Haddad (4 people)")
    page.get_by_role("button", name="Show them").click()
    page.get_by_label("Everybody here (4 people)").check()
    page.get_by_label("Share out among several").check()
    page.get_by_label("Why?").select_option(label="The worker is leaving or has left")
    then.everybody_can_use(page)
    page.get_by_role("button", name="See what would happen").click()
    then.it_says(page, "2 people to Grace Obi", "2 people to Tom Price")
    then.everybody_can_use(page)
    page.get_by_role("button", name="Change what I chose").click()
    expect(page.get_by_label("Everybody here (4 people)")).to_be_checked()
    page.get_by_role("button", name="See what would happen").click()
    page.get_by_role("button", name="Give 4 people").click()
    worker.is_told(page, "4 people were given: 2 to")
    then.it_says(page, "2 of 30")


def test_what_nobody_can_take_is_said_and_given_by_hand(world: World, sit: Sit) -> None:
    given.a_referral(world, advice_ticked=False, person=details(given_names="Wei", family_name="Zhang"))
    page = sit(world.link_supervisor)
    page.goto("/team/")
    page.get_by_role("button", name="Change the team’s room").click()
    page.get_by_label("Share out what arrives among its workers").check()
    page.get_by_role("button", name="Save").click()
    then.it_says(page, "Nobody can take 1 unclaimed referral now: no worker of the team has hours yet")
    page.get_by_role("button", name="Give people to other workers").click()
    page.get_by_label("Whose people?").select_option(label="Nobody’s yet: what is unclaimed")
    page.get_by_role("button", name="Show them").click()
    page.get_by_label("Wei Zhang").check()
    page.get_by_label("Tom Price").check()
    page.get_by_label("Why?").select_option(label="Nobody has taken them yet")
    page.get_by_role("button", name="See what would happen").click()
    page.get_by_role("button", name="Give 1 person").click()
    worker.is_told(page, "1 person was given: 1 to Tom Price.")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_leave_that_overlaps_is_said_beside_the_day_and_nothing_typed_is_lost(
    world: World, screens: Callable[..., Page], scripts: bool
) -> None:
    managing.on_leave(world.link_worker)
    page = screens(world.link_worker, scripts=scripts)
    page.goto("/hours/")
    page.get_by_role("button", name="Add leave").click()
    tomorrow = timezone.localdate() + timedelta(days=1)
    fills_in_day(page, "First day away", tomorrow)
    fills_in_day(page, "Last day away", tomorrow)
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".nhsuk-error-summary li")).to_have_count(1)
    [sentence] = page.locator(".nhsuk-error-summary li").all_inner_texts()
    assert sentence.startswith("Leila Haddad is already away from")
    then.the_error_is(page, sentence, "First day away")
    expect(page.get_by_role("group", name="Last day away").get_by_label("Year")).to_have_value(str(tomorrow.year))

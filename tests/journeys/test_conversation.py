"""A link worker's conversation over two contacts, two who write at once, and a session that ends in the middle."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.factories import World
from tests.journeys import given, then, worker
from tests.journeys.screens import Screens
from tests.journeys.test_staying_signed_in import seconds, signs_in

MATTERS = "What matters most to you at the moment?"
MONEY = "What they said: money"


def taken_on(world: World) -> str:
    """The journey's reference."""
    journey = given.a_referral(world, advice_ticked=False)
    given.accepted(journey, world.link_worker)
    return journey.reference


def opens(page: Page, reference: str) -> None:
    page.goto(f"/journey/{reference}/")
    worker.opens_the_conversation(page)


def kept(page: Page) -> None:
    expect(page.get_by_text("Saved at")).to_be_visible()


def test_a_conversation_over_two_contacts_becomes_a_plan(world: World, screens: Screens) -> None:
    page, reference = screens(world.link_worker), taken_on(world)
    opens(page, reference)
    page.get_by_label(MATTERS).fill("Her sister, and to cook for people.")
    kept(page)
    # The telephone rings: nothing is pressed.
    page.goto("/home/")
    opens(page, reference)
    expect(page.get_by_label(MATTERS)).to_have_value("Her sister, and to cook for people.")
    money = page.get_by_role("group", name="Do you have any money worries?")
    expect(page.get_by_role("link", name="Prepare them and refer").first).to_be_hidden()
    money.get_by_label("Yes", exact=True).check()
    page.get_by_label(MONEY).fill("The heating is off by day.")
    expect(page.get_by_role("link", name="Prepare them and refer").first).to_be_visible()
    then.everybody_can_use(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("The heating is off by day.")).to_be_visible()
    page.get_by_role("button", name="Add a goal").click()
    page.get_by_label("What do they want?").fill("Cook for people again")
    page.get_by_role("button", name="Save the goal").click()
    page.get_by_role("link", name="Add a step").click()
    page.get_by_label("What is to be done?").fill("Ring the lunch club")
    page.get_by_label("The link worker").check()
    page.get_by_role("button", name="Save the step").click()
    page.get_by_role("button", name="Done").click()
    page.get_by_role("link", name="Look at it together").click()
    page.get_by_label("How did it go?").fill("Cooked for twelve.")
    page.get_by_label("It is reached").check()
    page.get_by_role("button", name="Save the review").click()
    expect(page.get_by_text("Reached", exact=True)).to_be_visible()
    then.everybody_can_use(page)


def test_two_writers_lose_nothing(world: World, screens: Screens) -> None:
    reference = taken_on(world)
    one, two = screens(world.link_worker), screens(world.second_link_worker)
    for page in (one, two):
        opens(page, reference)
    one.get_by_label(MATTERS).fill("Her sister.")
    kept(one)
    two.get_by_label(MATTERS).fill("Her cat.")
    two.get_by_label(MONEY).fill("None at all.")
    expect(two.get_by_text("Somebody else wrote here too: What matters to you.")).to_be_visible()
    two.get_by_role("button", name="Save", exact=True).click()
    expect(two.get_by_role("heading", name="There is a problem")).to_be_visible()
    expect(two.get_by_text("Her sister.", exact=True)).to_be_visible()
    expect(two.get_by_label(MATTERS)).to_have_value("Her cat.")
    expect(two.get_by_label(MONEY)).to_have_value("None at all.")
    then.everybody_can_use(two)
    two.get_by_label("Both: theirs first, then mine").check()
    two.get_by_role("button", name="Save", exact=True).click()
    expect(two.get_by_text("Her sister. Her cat.")).to_be_visible()
    expect(two.get_by_text("None at all.")).to_be_visible()


def test_a_session_that_ends_in_the_middle_loses_nothing(world: World, settings: Any, screens: Screens) -> None:
    reference, page = taken_on(world), screens(world.link_worker)
    opens(page, reference)
    page.get_by_label(MATTERS).fill("Her sister.")
    kept(page)
    seconds(settings, 1)
    page.wait_for_timeout(1500)
    page.get_by_label(MATTERS).fill("Her sister, and her cat.")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    ended = page.get_by_role("dialog", name="Your session")
    expect(ended).to_contain_text("What you typed on this page is still here")
    seconds(settings, 1800)
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Sign in (opens in a new tab)").click()
    signs_in(opened.value, world, "link_worker")
    page.bring_to_front()
    page.get_by_role("button", name="I have signed in again").click()
    expect(ended).to_be_hidden()
    expect(page.get_by_label(MATTERS)).to_have_value("Her sister, and her cat.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("Her sister, and her cat.")).to_be_visible()
    assert page.evaluate("() => JSON.stringify([{...localStorage}, {...sessionStorage}])").count("sister") == 0

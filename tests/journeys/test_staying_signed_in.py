"""A session says before it ends that it will, lets one stay, and loses nothing that was typed."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories import PASSWORD, World
from tests.journeys import given, then
from tests.journeys.screens import Screens
from wraparound.organisations.models import User

TYPED = "She told me about her sister in Lagos."


@pytest.fixture
def note(world: World, screens: Screens) -> Page:
    """A page on which something is being typed."""
    case = given.accepted(given.a_referral(world), world.adviser)
    page = screens(world.adviser)
    page.goto(f"/case/{case.pk}/note/")
    page.get_by_label("Note").fill(TYPED)
    return page


def seconds(settings: Any, number: int) -> None:
    """After so many seconds a session ends in which nothing is done."""
    settings.IDLE_MINUTES = number / 60


def saved(page: Page) -> None:
    page.get_by_role("button", name="Save the note").click()
    expect(page.get_by_text(TYPED)).to_be_visible()
    expect(page.get_by_role("button", name="Save the note")).to_have_count(0)


def test_two_minutes_before_it_says_so_and_one_may_stay(world: World, settings, screens: Screens, note: Page) -> None:
    seconds(settings, 122)
    note.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    warning = note.get_by_role("dialog", name="Your session")
    expect(warning).to_contain_text("In two minutes you are signed out")
    expect(note.get_by_role("button", name="Stay signed in")).to_be_focused()
    then.everybody_can_use(note)
    seconds(settings, 1800)
    note.get_by_role("button", name="Stay signed in").press("Enter")
    expect(warning).to_be_hidden()
    saved(note)


def test_what_was_typed_is_still_there_after_signing_in_again(
    world: World, settings, screens: Screens, note: Page
) -> None:
    seconds(settings, 2)
    ended = note.get_by_role("dialog", name="Your session")
    note.wait_for_timeout(2500)
    note.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(ended).to_contain_text("What you typed on this page is still here")
    then.everybody_can_use(note)
    for _ in range(3):
        note.keyboard.press("Escape")
    expect(ended).to_be_visible()
    expect(note).to_have_title("Signed out – Wraparound")
    note.get_by_role("button", name="I have signed in again").click()
    expect(ended).to_contain_text("You are not signed in yet, or as somebody else.")
    seconds(settings, 1800)
    with note.context.expect_page() as opened:
        note.get_by_role("button", name="Sign in (opens in a new tab)").click()
    signs_in(opened.value, world, "adviser")
    note.bring_to_front()
    note.get_by_role("button", name="I have signed in again").click()
    expect(ended).to_be_hidden()
    expect(note.get_by_label("Note")).to_have_value(TYPED)
    saved(note)


def test_nobody_else_gets_to_what_was_typed(world: World, settings, screens: Screens, note: Page) -> None:
    seconds(settings, 2)
    note.wait_for_timeout(2500)
    note.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    ended = note.get_by_role("dialog", name="Your session")
    expect(ended).to_contain_text("What you typed on this page is still here")
    seconds(settings, 1800)
    other = note.context.new_page()
    other.goto("/sign-in/")
    signs_in(other, world, "link_worker")
    note.bring_to_front()
    note.get_by_role("button", name="I have signed in again").click()
    expect(ended).to_contain_text("You are not signed in yet, or as somebody else.")


def test_without_scripts_one_comes_back_to_the_page(world: World, settings, screens: Screens) -> None:
    case = given.accepted(given.a_referral(world), world.adviser)
    page = screens(world.adviser, scripts=False)
    page.goto(f"/case/{case.pk}/note/")
    page.get_by_label("Note").fill(TYPED)
    seconds(settings, 2)
    page.wait_for_timeout(2500)
    page.get_by_role("button", name="Save the note").click()
    expect(page.get_by_text("You were signed out because nothing was done for a while.")).to_be_visible()
    seconds(settings, 1800)
    signs_in(page, world, "adviser")
    expect(page).to_have_url(re.compile(f"/case/{case.pk}/note/$"))


def signs_in(page: Page, world: World, chair: str) -> None:
    user = User.objects.get(pk=world.actors[chair].user_id)
    user.set_password(PASSWORD)
    user.save()
    page.get_by_label("Email address").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("button", name="Sign out", exact=True).first).to_be_visible()

"""A forgotten password, a lost key, and the pages that say why somebody is not signed in."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.factories import PASSWORD, World
from tests.journeys import then
from tests.journeys.screens import SMALLEST, Screens, scrolls_sideways
from tests.journeys.signing_in import SECRET, a_link, an_app
from tests.journeys.test_second_factors import signs_in
from tests.signing_in.conftest import code_of
from wraparound.organisations.models import Scheme, User
from wraparound.signing_in.providers import Provider

NEW = "four herons by the mill"


@pytest.fixture
def known(world: World) -> World:
    user = User.objects.get(pk=world.clinician.user_id)
    user.set_password(PASSWORD)
    user.save()
    return world


def everybody_can_use(page: Page) -> None:
    then.everybody_can_use(page)
    assert not scrolls_sideways(page, SMALLEST)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_forgotten_password_is_made_anew_by_a_letter(scripts: bool, known: World, screens: Screens) -> None:
    screens.expect_status(404)
    page = screens(scripts=scripts)
    page.goto("/sign-in/")
    page.get_by_role("link", name="I have forgotten my password").click()
    page.get_by_label("Email address").fill(User.objects.get(pk=known.clinician.user_id).email)
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", name="Look at your email")).to_be_visible()
    link = f"/sign-in/new-password/{a_link(known.clinician)}/"
    if scripts:
        everybody_can_use(page)
    page.goto(link)
    page.get_by_label("New password", exact=True).fill(NEW)
    page.get_by_role("button", name="Set the password").click()
    expect(page.get_by_text("Your new password is set. Sign in with it.")).to_be_visible()
    page.get_by_label("Email address").fill(User.objects.get(pk=known.clinician.user_id).email)
    page.get_by_label("Password", exact=True).fill(NEW)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("button", name="Sign out").first).to_be_visible()
    page.goto(link)
    expect(page.get_by_role("heading", name="This link does not work any more")).to_be_visible()
    if scripts:
        everybody_can_use(page)


def test_too_many_wrong_tries_say_how_long_to_wait(known: World, screens: Screens) -> None:
    screens.expect_status(429)
    page = screens()
    page.goto("/sign-in/")
    email = User.objects.get(pk=known.clinician.user_id).email
    for _ in range(6):
        page.get_by_label("Email address").fill(email)
        page.get_by_label("Password", exact=True).fill("not it at all")
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_load_state()
    expect(page.locator(".nhsuk-error-summary")).to_contain_text("Wait ")
    expect(page.get_by_label("Email address")).to_have_value(email)
    everybody_can_use(page)


def test_how_one_signs_in_is_changed_after_showing_that_it_is_oneself(known: World, screens: Screens) -> None:
    an_app(known.clinician)
    page = screens()
    signs_in(page, known, "/account/")
    page.get_by_label("Code", exact=True).fill(code_of(SECRET))
    page.get_by_role("button", name="Continue").click()
    page.goto("/account/sure/?next=/account/password/")
    everybody_can_use(page)
    page.get_by_label("Code", exact=True).fill(code_of(SECRET, 1))
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("New password", exact=True).fill(NEW)
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_text("You are signed out everywhere else.")).to_be_visible()
    everybody_can_use(page)


def test_the_only_one_that_is_needed_says_what_to_do_first(known: World, screens: Screens) -> None:
    Scheme.objects.filter(pk=known.scheme.pk).update(second_factor=True)
    row = an_app(known.clinician)
    page = screens()
    signs_in(page, known, f"/account/second-factor/{row.pk}/remove/")
    page.get_by_label("Code", exact=True).fill(code_of(SECRET))
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_text("Set up another one first")).to_be_visible()
    everybody_can_use(page)


def test_an_administrator_takes_away_what_a_colleague_has_lost(known: World, screens: Screens) -> None:
    an_app(known.receptionist)
    page = screens(known.administrator)
    page.goto(f"/scheme/people/{known.receptionist.membership_id}/")
    page.get_by_role("link", name="They have lost their app or key").click()
    everybody_can_use(page)
    page.get_by_role("button", name="Take them away").click()
    expect(page.get_by_text("sets up a new second factor when they next sign in")).to_be_visible()
    page.goto(f"/second-factors/{known.receptionist.membership_id}/forget/")
    page.get_by_role("button", name="Take them away").click()
    expect(page.get_by_text("has no second factor")).to_be_visible()
    everybody_can_use(page)


def test_who_is_not_let_in_by_single_sign_on_reads_what_to_do(known: World, screens: Screens, settings: Any) -> None:
    providers = [("cis2", "NHS CIS2"), ("entra", "Microsoft")]
    settings.SINGLE_SIGN_ON = tuple(
        Provider(name=name, label=label, address="http://127.0.0.1:9", client="c", secret="s")
        for name, label in providers
    )
    screens.expect_status(403)
    page = screens()
    page.goto("/sign-in/?next=/referrals/")
    everybody_can_use(page)
    expect(page.get_by_role("button", name="Sign in with Microsoft")).to_be_visible()
    page.goto("/sign-in/with/cis2/back/?state=old&code=old")
    expect(page.get_by_text("Sign in again from the sign-in page.")).to_be_visible()
    everybody_can_use(page)

"""Setting up and using second factors in a real browser, whose own virtual key answers like one of plastic."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.factories import PASSWORD, World
from tests.journeys import then
from tests.journeys.screens import Screens
from tests.signing_in.conftest import code_of
from wraparound.organisations.models import Scheme, User

KEY = {
    "protocol": "ctap2", "transport": "usb", "hasResidentKey": True, "hasUserVerification": True,
    "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


@pytest.fixture
def strict(world: World) -> World:
    """A scheme as it is made anew, whose clinician has a password."""
    Scheme.objects.filter(pk=world.scheme.pk).update(second_factor=True)
    user = User.objects.get(pk=world.clinician.user_id)
    user.set_password(PASSWORD)
    user.save()
    return world


@pytest.fixture
def by_name(screens: Screens) -> Screens:
    """Windows that call the server by name: a key belongs to a name and never to a number."""
    screens.address = screens.address.replace("127.0.0.1", "localhost")
    return screens


@contextmanager
def a_key(page: Page) -> Iterator[tuple[CDPSession, str]]:
    """The window has a key, which is touched whenever it is asked."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    number = session.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"]
    yield session, number


def signs_in(page: Page, world: World, address: str = "/") -> None:
    page.goto(address)
    page.get_by_label("Email address").fill(User.objects.get(pk=world.clinician.user_id).email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def adds_a_key(page: Page, name: str) -> None:
    page.get_by_label("Name of the key").fill(name)
    then.everybody_can_use(page)
    page.get_by_role("button", name="Add the key").click()
    expect(page.get_by_role("heading", name="Keep your recovery codes")).to_be_visible()


def sets_an_app_up(page: Page) -> tuple[str, list[str]]:
    """The secret, and the recovery codes."""
    secret = page.locator(".wr-secret").inner_text()
    then.everybody_can_use(page)
    page.get_by_label("Code that the app shows now").fill(code_of(secret))
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_role("heading", name="Keep your recovery codes")).to_be_visible()
    then.everybody_can_use(page)
    return secret, page.locator(".wr-codes li").all_inner_texts()


def test_whoever_must_have_one_adds_a_key_and_comes_in_with_it(strict: World, by_name: Screens) -> None:
    page = by_name()
    with a_key(page) as (session, number):
        signs_in(page, strict, "/referrals/")
        expect(page.get_by_role("heading", name="Set up a second factor first")).to_be_visible()
        then.everybody_can_use(page)
        page.get_by_role("button", name="Set up a key or passkey").click()
        adds_a_key(page, "Blue key")
        page.get_by_role("button", name="I have kept them").click()
        expect(page).to_have_url(re.compile("/referrals/$"))
        page.get_by_role("button", name="Sign out").click()
        signs_in(page, strict, "/referrals/")
        expect(page.get_by_role("heading", name="Show that it is you")).to_be_visible()
        then.everybody_can_use(page)
        page.get_by_role("button", name="Use my key").click()
        expect(page).to_have_url(re.compile("/referrals/$"))
        page.get_by_role("link", name="Your account").click()
        expect(page.locator("strong", has_text="Blue key")).to_be_visible()
        then.everybody_can_use(page)
        assert len(session.send("WebAuthn.getCredentials", {"authenticatorId": number})["credentials"]) == 1


def test_another_key_than_ones_own_opens_nothing(strict: World, by_name: Screens) -> None:
    page = by_name()
    with a_key(page) as (session, number):
        signs_in(page, strict, "/account/second-factor/key/")
        adds_a_key(page, "Blue key")
        page.get_by_role("button", name="Sign out").click()
        signs_in(page, strict)
        session.send("WebAuthn.clearCredentials", {"authenticatorId": number})
        page.get_by_role("button", name="Use my key").click()
        expect(page.get_by_text("Your browser did not get an answer from a key")).to_be_visible()
        then.everybody_can_use(page)
    page.goto("/referrals/")
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def test_an_answer_that_was_given_once_opens_nothing_a_second_time(strict: World, by_name: Screens) -> None:
    page = by_name()
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data or "") if request.method == "POST" else None)
    with a_key(page):
        signs_in(page, strict, "/account/second-factor/key/")
        adds_a_key(page, "Blue key")
        page.get_by_role("button", name="Sign out").click()
        signs_in(page, strict)
        page.get_by_role("button", name="Use my key").click()
        expect(page).to_have_url(re.compile("/$|/now/$"))
        answer = next(each for each in reversed(sent) if "credential=%7B" in each)
        page.get_by_role("button", name="Sign out").click()
        signs_in(page, strict)
        expect(page.get_by_role("heading", name="Show that it is you")).to_be_visible()
        token = page.locator("input[name=csrfmiddlewaretoken]").first.input_value()
        again = re.sub("csrfmiddlewaretoken=[^&]*", f"csrfmiddlewaretoken={token}", answer)
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        got = page.request.post("/sign-in/second/", data=again, headers=headers, max_redirects=0)
        assert got.status == 200 and "This key did not answer as it should" in got.text()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_an_app_is_set_up_and_a_recovery_code_stands_in_for_it(scripts: bool, strict: World, screens: Screens) -> None:
    page = screens(scripts=scripts)
    signs_in(page, strict)
    page.get_by_role("button" if scripts else "link", name="Set up an app").or_(
        page.locator("a", has_text="Set up an app")
    ).first.click()
    secret = page.locator(".wr-secret").inner_text()
    page.get_by_label("Code that the app shows now").fill(code_of(secret))
    page.get_by_role("button", name="Finish").click()
    codes = page.locator(".wr-codes li").all_inner_texts()
    page.locator("a", has_text="I have kept them").click()
    page.get_by_role("button", name="Sign out").click()
    signs_in(page, strict)
    page.get_by_label("Code", exact=True).fill(codes[3])
    page.get_by_role("button", name="Continue").click()
    page.goto("/account/")
    expect(page.get_by_text("Recovery codes left: 9.")).to_be_visible()


def test_without_scripts_a_key_is_not_promised(strict: World, screens: Screens) -> None:
    page = screens(strict.clinician, scripts=False)
    page.goto("/account/second-factor/key/")
    expect(page.get_by_text("A key or passkey needs JavaScript")).to_be_visible()


def test_without_scripts_the_code_is_asked_for_and_not_the_key(strict: World, by_name: Screens) -> None:
    page = by_name()
    with a_key(page):
        signs_in(page, strict, "/account/second-factor/key/")
        adds_a_key(page, "Blue key")
    page = by_name(scripts=False)
    signs_in(page, strict)
    expect(page.get_by_text("To use it, JavaScript must be switched on")).to_be_visible()
    expect(page.get_by_role("button", name="Use my key")).to_be_hidden()
    expect(page.get_by_label("Code", exact=True)).to_be_visible()

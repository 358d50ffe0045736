"""Somebody asks for help themselves, or for another: from the first question to the reference, and to the worklist."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.factories import World
from tests.journeys import given
from tests.journeys.screens import PHONE, SMALLEST, Screens, problems_for_some_readers, scrolls_sideways
from wraparound.consent.agreed import AgreedHow
from wraparound.organisations.actor import acting_as
from wraparound.referrals.models import Journey, Referral
from wraparound.web.asking import views


@pytest.fixture
def world() -> World:
    return given.a_world()


@pytest.fixture(autouse=True)
def at_reading_speed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser of a test reads faster than anybody."""
    monkeypatch.setattr(views, "QUICKEST", 0)


def go_on(page: Page) -> None:
    page.get_by_role("button", name="Continue").click()


def fit_for_everybody(page: Page) -> None:
    assert problems_for_some_readers(page) == []
    for width in (SMALLEST, PHONE):
        assert not scrolls_sideways(page, width)


def begin(page: Page, world: World) -> None:
    page.goto(f"/ask/{world.scheme.slug}/")
    page.get_by_role("button", name="Start").click()


def answer(page: Page, heading: str, *ticks: str, **typed: str) -> None:
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
    for tick in ticks:
        page.get_by_label(tick, exact=True).check()
    for label, text in typed.items():
        page.get_by_label(label.replace("_", " "), exact=True).fill(text)
    go_on(page)


def answer_all(page: Page, *, session: str = "") -> None:
    answer(page, "Who needs help?", "I do")
    answer(page, "What would you like help with?", "Debt or bills", "Meeting people")
    answer(page, "Is any of this true for you now?")
    answer(page, "What is your name?", First_name="Rosa", Last_name="Duarte")
    answer(page, "Date of birth", Day="29", Month="2", Year="1980")
    answer(page, "How can we reach you?", Mobile_phone="07700 900123")
    page.get_by_role("group", name="Is it safe to leave a message?").get_by_label("No").check()
    page.get_by_role("group", name="If somebody else answers").get_by_label("No").check()
    answer(page, "How can we contact you safely?")
    if session:
        answer(page, "Which appointment would suit you?", session)
    answer(page, "Where do you live?", Postcode="e34qx")
    answer(page, "Which GP practice are you with?")
    answer(page, "How can we make it easier for you?")
    answer(page, "Is there anything else we should know?")


@pytest.mark.parametrize("scripts", [True, False])
def test_somebody_asks_for_themselves_and_both_services_have_it(world: World, screens: Screens, scripts: bool) -> None:
    page = screens(scripts=scripts, width=PHONE)
    begin(page, world)
    answer_all(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    page.get_by_role("button", name="Change “First name”").click()
    expect(page.get_by_label("First name")).to_have_value("Rosa")
    answer(page, "What is your name?", First_name="Rosie")
    expect(page.get_by_text("Rosie")).to_be_visible()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1, name="Sent")).to_be_visible()
    reference = page.locator(".wr-reference").inner_text()
    assert re.fullmatch(r"[2-9B-Z]{4}-[2-9B-Z]{4}", reference)
    for team in ("Link workers", "Welfare advisers"):
        expect(page.get_by_text(f"{team} will contact you by")).to_be_visible()
    with acting_as(world.link_worker):
        journey = Journey.objects.visible_to(world.link_worker).get(reference=reference)
        person = journey.person
        assert (journey.entry, person.given_names, person.voicemail) == ("self", "Rosie", "no")
        agreed = journey.referrals.get(to_team=world.social).agreement
        assert (agreed.how, agreed.wording) == (AgreedHow.ONLINE, "asking-1")


def test_the_pages_are_fit_for_everybody(world: World, screens: Screens) -> None:
    page = screens()
    page.goto("/ask/")
    fit_for_everybody(page)
    begin(page, world)
    fit_for_everybody(page)
    go_on(page)
    expect(page.get_by_role("alert").get_by_role("link", name="Select who needs help")).to_be_visible()
    fit_for_everybody(page)


def test_somebody_asks_for_another_who_knows_of_it(world: World, screens: Screens) -> None:
    page = screens()
    begin(page, world)
    answer(page, "Who needs help?", "Somebody else, and I am asking for them")
    page.get_by_label("No, not yet").check()
    go_on(page)
    expect(page.get_by_role("alert")).to_contain_text("Talk to them first")
    answer(page, "Do they know that you are asking?", "Yes, and they want help")
    page.get_by_label("You are their").select_option("Friend or neighbour")
    answer(page, "About you", Your_name="Winston Baptiste", Your_phone_number="07700 900456")
    answer(page, "What would they like help with?", "Their home")
    answer(page, "Is any of this true for them now?", "They have nowhere to sleep tonight")
    expect(page.get_by_role("region", name="Do this now")).to_contain_text("Council homelessness line")
    fit_for_everybody(page)
    answer(page, "What is their name?", Their_first_name="Suharto")
    answer(page, "Their date of birth")
    answer(page, "How can we reach them?", "No phone and no email: ask at the GP practice")
    expect(page.get_by_role("heading", level=1, name="How can we contact them safely?")).to_be_visible()
    for group in page.get_by_role("group").all():
        group.get_by_label("Yes", exact=True).check()
    answer(page, "How can we contact them safely?")
    answer(page, "Where do they live?", "They have no fixed address")
    answer(page, "Which GP practice are they with?")
    answer(page, "How can we make it easier for them?")
    answer(page, "Is there anything else we should know?")
    fit_for_everybody(page)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("will contact them by").first).to_be_visible()
    fit_for_everybody(page)
    with acting_as(world.adviser):
        [journey] = Journey.objects.visible_to(world.adviser)
        assert journey.entry == "on_behalf" and journey.entry_details["helper_name"] == "Winston Baptiste"
        assert journey.alerts.count() == 1 and journey.person.postcode == "ZZ99 3VZ"


def test_who_stops_before_sending_leaves_nothing(world: World, screens: Screens) -> None:
    page = screens()
    begin(page, world)
    answer_all(page)
    names = {cookie["name"] for cookie in page.context.cookies()}
    assert names <= {"csrftoken"}
    kept = page.evaluate("() => JSON.stringify([localStorage, sessionStorage])")
    assert not any(word in kept for word in ("Rosa", "07700", "1980", "E3 4QX", "e34qx"))
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is there anything else we should know?")
    with acting_as(world.link_worker):
        assert not Journey.objects.visible_to(world.link_worker).exists()


def test_sent_twice_it_is_one_request(world: World, screens: Screens) -> None:
    page = screens()
    begin(page, world)
    answer_all(page)
    page.get_by_role("button", name="Send").click()
    first = page.locator(".wr-reference").inner_text()
    page.reload()
    assert page.locator(".wr-reference").inner_text() == first
    with acting_as(world.link_worker):
        assert Journey.objects.visible_to(world.link_worker).count() == 1


def test_what_is_wrong_is_said_beside_it_and_nothing_is_lost(world: World, screens: Screens) -> None:
    page = screens()
    begin(page, world)
    answer(page, "Who needs help?", "I do")
    answer(page, "What would you like help with?", "Work")
    answer(page, "Is any of this true for you now?")
    answer(page, "What is your name?", First_name="Rosa")
    answer(page, "Date of birth", Day="31", Month="2", Year="1980")
    expect(page.get_by_role("alert").get_by_role("link", name="Date of birth must be a real date")).to_be_visible()
    expect(page.get_by_label("Day")).to_have_value("31")
    answer(page, "Date of birth", Day="28")
    answer(page, "How can we reach you?", Mobile_phone="soon")
    expect(page.get_by_role("alert")).to_contain_text("Enter a phone number, like 07700 900123")
    page.get_by_role("button", name="Back").click()
    expect(page.get_by_label("Day")).to_have_value("28")


@pytest.mark.parametrize("scripts", [True, False])
def test_where_the_pathway_books_whoever_asks_says_which_appointment_would_suit(
    screens: Screens, scripts: bool
) -> None:
    world = given.a_world("reception-booking")
    page = screens(scripts=scripts, width=PHONE)
    begin(page, world)
    answer_all(page, session="In the afternoon")
    expect(page.get_by_text("In the afternoon")).to_be_visible()
    page.get_by_role("button", name="Change “Which appointment would suit you?”").click()
    expect(page.get_by_label("In the afternoon")).to_be_checked()
    if scripts:
        fit_for_everybody(page)
    answer(page, "Which appointment would suit you?", "By phone")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1, name="Sent")).to_be_visible()
    with acting_as(world.link_worker):
        [referral] = Referral.objects.visible_to(world.link_worker).filter(to_team=world.social)
        assert (referral.journey.entry, referral.session) == ("self", "phone")


def test_whoever_asks_for_another_is_asked_for_no_appointment(screens: Screens) -> None:
    world = given.a_world("reception-booking")
    page = screens()
    begin(page, world)
    answer(page, "Who needs help?", "Somebody else, and I am asking for them")
    without = page.get_by_text("Question 2 of").inner_text()
    page.get_by_role("button", name="Back").click()
    answer(page, "Who needs help?", "I do")
    # Two questions more are about whoever asks for another.
    assert int(page.get_by_text("Question 2 of").inner_text().split()[-1]) == int(without.split()[-1]) - 2 + 1

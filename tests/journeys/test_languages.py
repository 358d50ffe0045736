"""What people are asked stands in their language, from the side from which it is written."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories import World, details
from tests.house.consenting import ARABIC, a_mandate, a_translation
from tests.journeys import given
from tests.journeys.screens import PHONE, Screens, problems_for_some_readers
from tests.journeys.test_asking import answer, at_reading_speed, begin, fit_for_everybody
from wraparound.consent.agreed import MANDATE
from wraparound.consent.models import Agreement
from wraparound.organisations.actor import acting_as

__all__ = ["at_reading_speed"]
URDU = "میں کسی بھی دن اپنا ارادہ بدل سکتا ہوں۔"


@pytest.fixture
def world() -> World:
    return given.a_world()


def set_from_the_right(page: Page, words: str, language: str) -> None:
    part = page.locator(f"[lang={language}]", has_text=words.split("\n")[0])
    expect(part).to_be_visible()
    expect(part).to_have_css("direction", "rtl")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_referral_is_asked_in_arabic_and_by_an_attorney(world: World, screens: Screens, scripts: bool) -> None:
    person = given.somebody_known_to_the_practice(world, preferred_language="Arabic")
    a_translation(world)
    page = screens(world.clinician, scripts=scripts, width=PHONE)
    page.goto(f"/refer/person/{person.pk}/")
    set_from_the_right(page, ARABIC, "ar")
    expect(page.get_by_label("An attorney or deputy")).to_be_hidden()
    page.get_by_text("Somebody else agreed for them, they are under 16").click()
    page.get_by_label("An attorney or deputy").check()
    page.get_by_label("Loneliness").check()
    page.get_by_label("In person").check()
    page.get_by_label("Arabic, as it stands here").check()
    page.get_by_role("button", name="Send the referral").click()
    error = page.get_by_role("alert").get_by_role("link", name="Write who agreed, and how you know that they may.")
    error.click()
    who = page.get_by_label("If somebody else agreed: who, and how")
    expect(who).to_be_focused()
    assert not scripts or problems_for_some_readers(page) == []
    who.fill("Ann Lee, deed seen")
    page.get_by_role("button", name="Send the referral").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Referral sent")
    with acting_as(world.clinician):
        kept = Agreement.objects.filter(person=person).latest("pk")
        assert (kept.language, kept.given_by, kept.representative) == ("ar", "attorney", "Ann Lee, deed seen")


def test_a_mandate_is_read_in_urdu(world: World, screens: Screens) -> None:
    a_translation(world, MANDATE.name, "ur", URDU)
    consent = a_mandate(world, given.a_referral(world, person=details(preferred_language="Urdu")))
    page = screens(world.link_worker)
    page.goto(f"/consents/{consent.pk}/mandate/sign/")
    set_from_the_right(page, URDU, "ur")
    assert problems_for_some_readers(page) == []


@pytest.mark.parametrize("translated", [True, False])
def test_who_asks_for_themselves_reads_it_in_their_language(world: World, screens: Screens, translated: bool) -> None:
    if translated:
        a_translation(world, "asking-1")
    page = screens(width=PHONE)
    begin(page, world)
    answer(page, "Who needs help?", "I do")
    answer(page, "What would you like help with?", "Debt or bills")
    answer(page, "Is any of this true for you now?")
    answer(page, "What is your name?", First_name="Rosa", Last_name="Duarte")
    answer(page, "Date of birth")
    answer(page, "How can we reach you?", Mobile_phone="07700 900123")
    expect(page.get_by_role("heading", level=1, name="How can we contact you safely?")).to_be_visible()
    for group in page.get_by_role("group").all():
        group.get_by_label("Yes", exact=True).check()
    answer(page, "How can we contact you safely?")
    answer(page, "Where do you live?", Postcode="E3 4QX")
    answer(page, "Which GP practice are you with?")
    page.get_by_label("Which language do you like to speak?").fill("Arabic")
    answer(page, "How can we make it easier for you?")
    answer(page, "Is there anything else we should know?")
    if translated:
        set_from_the_right(page, ARABIC, "ar")
    else:
        expect(page.get_by_text("We do not have these words in Arabic. You can ask for an interpreter")).to_be_visible()
    fit_for_everybody(page)
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1, name="Sent")).to_be_visible()
    with acting_as(world.link_worker):
        assert Agreement.objects.latest("pk").language == ("ar" if translated else "en")

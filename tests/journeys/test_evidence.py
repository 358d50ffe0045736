"""Medical evidence from the mandate to what came of it; and how few steps it takes a clinician to sign."""

import pytest
from playwright.sync_api import expect

from tests.factories import World
from tests.house.evidence import a_request, an_advice_case, sent_with_pick
from tests.journeys import then
from tests.journeys.clinician import Keyboard
from tests.journeys.evidencing import a_case
from tests.journeys.screens import PHONE, Screens
from wraparound.evidence.models import LetterPaper, SignedLetter
from wraparound.evidence.tasks import set_paper
from wraparound.organisations.actor import acting_as

MOST = 6
EXTRACT = "03/03/2026 Dr Lee: Burnt her hand at the cooker again.\nCooks for her family at weekends."


def letters(world: World) -> list[SignedLetter]:
    with acting_as(world.clinician):
        return list(SignedLetter.objects.visible_to(world.clinician))


def starts_at_home(world: World, screens: Screens, scripts: bool) -> Keyboard:
    page = screens(world.clinician, scripts=scripts)
    page.goto("/home/")
    return Keyboard(page)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_clinician_signs_a_drafted_letter_in_few_steps(world: World, screens: Screens, scripts: bool) -> None:
    sent_with_pick(world)
    keys = starts_at_home(world, screens, scripts)
    page = keys.page
    keys.presses(page.get_by_role("link", name="Rosa Duarte").first)
    box = page.get_by_label("The letter")
    # Only the point that has no passage is left to write.
    box.fill(f"{box.input_value().split('Moving around')[0].strip()}\n\nMoving around\nI do not know.")
    keys.done += 1
    keys.chooses(page.get_by_role("radio", name="No fee"))
    keys.presses(page.get_by_role("button", name="Sign and send"))
    expect(page.get_by_text("Signed and sent to the adviser.")).to_be_visible()
    [letter] = letters(world)
    assert "Burnt her hand at the cooker again." in letter.said["text"] and "I do not know." in letter.said["text"]
    assert keys.done <= MOST


def test_a_clinician_answers_questions_in_few_steps(world: World, screens: Screens) -> None:
    a_request(world)
    keys = starts_at_home(world, screens, scripts=True)
    page = keys.page
    keys.presses(page.get_by_role("link", name="Rosa Duarte").first)
    page.get_by_label("The letter").fill("Preparing food\nShe burns herself.\n\nMoving around\nFifty metres.")
    keys.done += 1
    page.get_by_role("radio", name="There is a fee").check()
    keys.done += 1
    keys.writes(page.get_by_label("How much, in pounds"), "25")
    keys.presses(page.get_by_role("button", name="Sign and send"))
    expect(page.get_by_text("Signed and sent to the adviser.")).to_be_visible()
    assert len(letters(world)) == 1 and keys.done <= MOST


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (PHONE, False)], ids=["wide", "a phone without scripts"])
def test_an_adviser_from_the_extract_to_what_came_of_it(
    world: World, screens: Screens, width: int, scripts: bool
) -> None:
    case = a_case(world)
    page = screens(world.adviser, width=width, scripts=scripts)
    with acting_as(world.adviser):
        reference = case.journey.reference
    page.goto(f"/journey/{reference}/")
    page.get_by_role("link", name="Ask for medical evidence").click()
    page.get_by_role("link", name="Personal Independence Payment").click()
    page.get_by_role("checkbox", name="Preparing food").check()
    page.get_by_role("radio", name="Elm Street Surgery").check()
    page.get_by_role("radio", name="I was given an extract").check()
    page.get_by_role("button", name="Ask", exact=True).click()
    page.get_by_label("Or paste its text").fill(EXTRACT)
    page.get_by_role("button", name="Look for passages").click()
    then.it_says(
        page, "Burnt her hand at the cooker again.", "Cooks for her family at weekends.", "3 March 2026, Dr Lee"
    )
    if scripts:
        then.everybody_can_use(page)
    page.get_by_role("checkbox", name="Burnt her hand").check()
    page.get_by_role("button", name="Draft the letter around these").click()
    page.get_by_role("button", name="Ask Elm Street Surgery").click()
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_text("They have been asked.")).to_be_visible()

    clinic = screens(world.clinician, width=width, scripts=scripts)
    clinic.goto("/home/")
    clinic.get_by_role("link", name="Rosa Duarte").first.click()
    clinic.get_by_role("radio", name="No fee").check()
    clinic.get_by_role("button", name="Sign and send").click()
    expect(clinic.get_by_text("Signed and sent to the adviser.")).to_be_visible()
    with acting_as(world.clinician):
        paper = LetterPaper.objects.get(letter__isnull=False)
    set_paper.now(by=world.clinician, paper_id=paper.pk)

    page.goto("/home/")
    page.get_by_role("link", name="Rosa Duarte").last.click()
    then.it_says(page, "Burnt her hand at the cooker again.")
    answer = page.request.get(page.get_by_role("link", name="The letter as a PDF").get_attribute("href") or "")
    assert answer.headers["content-type"] == "application/pdf"
    page.get_by_role("button", name="I have read it").click()
    page.get_by_role("button", name="The person agrees").click()
    page.get_by_role("radio", name="By phone").check()
    page.get_by_role("button", name="Put on record").click()
    page.get_by_role("button", name="It was used").click()
    page.get_by_role("radio", name="A tribunal").check()
    for part, value in (("Day", "1"), ("Month", "11"), ("Year", "2025")):
        page.get_by_label(part, exact=True).fill(value)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Write down what came of it").click()
    page.get_by_role("radio", name="Decided as they asked").check()
    page.get_by_role("button", name="Save").click()
    then.it_says(page, "Decided as they asked")


def test_without_a_mandate_one_is_led_to_it(world: World, screens: Screens) -> None:
    case = an_advice_case(world)
    page = screens(world.adviser)
    page.goto(f"/evidence/case/{case.pk}/")
    page.get_by_role("link", name="Ask the person, and write down what they say").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("ealth record")

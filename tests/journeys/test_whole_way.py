"""From a consultation to both services and back again."""

from collections.abc import Callable

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.factories import World
from tests.journeys import clinician, given, then, worker
from tests.journeys.clinician import Keyboard
from tests.journeys.screens import Screens
from tests.journeys.stage import do_waiting_jobs
from wraparound.organisations.actor import Actor
from wraparound.pathways import words
from wraparound.pathways.calendar import calendar_for
from wraparound.pathways.vocabulary import Nation

LINK_NOTE = "Misses cooking for people; will try the lunch club."
ADVICE_NOTE = "Tenancy deposit never protected; letter before action drafted."
MOST_INTERACTIONS = 8


def in_working_days(days: int) -> str:
    return words.day(calendar_for(Nation.ENGLAND).add_working_days(timezone.now(), days))


def test_a_referral_takes_eight_interactions_with_the_keyboard_alone(world: World, screens: Screens) -> None:
    given.somebody_known_to_the_practice(world)
    page = screens(world.clinician)
    keys = Keyboard(page)
    page.goto("/refer/")
    keys.writes(page.get_by_label("Name or NHS number"), "duarte")
    keys.presses(page.get_by_role("button", name="Find"))
    keys.presses(page.get_by_role("link", name="Refer Rosa Duarte"))
    keys.chooses(page.get_by_role("checkbox", name="Loneliness"))
    keys.chooses(page.get_by_role("checkbox", name="They also want welfare advice"))
    then.it_says(
        page,
        f"The link worker at Link workers will contact them by {in_working_days(5)}.",
        f"The adviser at Welfare advisers will contact them by {in_working_days(5)}.",
    )
    keys.chooses(page.get_by_role("radio", name="In person"))
    keys.writes(page.get_by_label("Anything the services need to know"), "Lives alone since the spring")
    keys.presses(page.get_by_role("button", name="Send the referral"))
    expect(page.get_by_role("heading", name="Referral sent")).to_be_visible()
    assert keys.done <= MOST_INTERACTIONS
    then.it_says(
        page,
        f"By {in_working_days(2)}: an answer from Link workers.",
        f"By {in_working_days(5)}: first contact with them by a link worker.",
        f"By {in_working_days(5)}: first contact with them by an adviser.",
    )
    then.everybody_can_use(page)


def test_from_the_gp_system_it_takes_five(world: World, screens: Screens) -> None:
    given.somebody_known_to_the_practice(world)
    page = screens(world.clinician)
    keys = Keyboard(page)
    page.goto("/demo/gp-system/")
    keys.presses(page.get_by_role("button", name="Refer Rosa Duarte"))
    keys.chooses(page.get_by_role("checkbox", name="Loneliness"))
    keys.chooses(page.get_by_role("checkbox", name="They also want welfare advice"))
    keys.chooses(page.get_by_role("radio", name="In person"))
    keys.presses(page.get_by_role("button", name="Send the referral"))
    expect(page.get_by_role("heading", name="Referral sent")).to_be_visible()
    assert keys.done == 5


def test_a_referral_reaches_both_services_and_what_happened_comes_back(
    world: World, sit: Callable[[Actor], Page]
) -> None:
    given.somebody_known_to_the_practice(world)
    amara, leila, ana = sit(world.clinician), sit(world.link_worker), sit(world.adviser)

    clinician.starts_from_the_gp_system(amara, "Rosa Duarte")
    clinician.says_they_want(amara, "Loneliness", "Housing", advice=True)
    expect(clinician.looks_ahead(amara)).to_contain_text(f"will contact them by {in_working_days(5)}")
    clinician.says_they_agreed(amara)
    clinician.sends_it(amara)

    worker.claims(leila, "Rosa Duarte")
    worker.opens(leila, "Rosa Duarte")
    worker.accepts(leila)
    worker.records_an_attempt(leila, "Phone", "No answer")
    worker.records_an_attempt(leila, "Phone", "Spoke with the person", remark="Ring after ten")
    worker.writes_a_note(leila, LINK_NOTE)
    then.everybody_can_use(leila)

    worker.opens(ana, "Rosa Duarte")
    worker.accepts(ana)
    worker.records_an_attempt(ana, "In person", "Spoke with the person")
    worker.writes_a_note(ana, ADVICE_NOTE)
    worker.closes(ana, "Helped with part of it")
    then.it_does_not_say(ana, LINK_NOTE, "Ring after ten")

    leila.reload()
    then.it_says(leila, LINK_NOTE)
    worker.closes(leila, "Helped with what they came for")
    do_waiting_jobs()
    then.it_does_not_say(leila, ADVICE_NOTE)

    the_clinician_reads_how_it_ended(amara)


def the_clinician_reads_how_it_ended(page: Page) -> None:
    clinician.opens_the_referral_of(page, "Rosa Duarte")
    expect(clinician.part_of(page, "Social prescribing")).to_contain_text("Helped with what they came for")
    expect(clinician.part_of(page, "Welfare advice")).to_contain_text("Helped with part of it")
    then.it_does_not_say(page, LINK_NOTE, ADVICE_NOTE, "Ring after ten")
    assert page.get_by_role("link", name="PDF of Referral accepted").count() == 2
    pdf = clinician.reads_the_pdf(page, "Work finished")
    assert "Rosa Duarte" in pdf
    assert "Helped with what they came for" in pdf
    assert ADVICE_NOTE not in pdf
    assert LINK_NOTE not in pdf
    page.get_by_role("link", name="Work finished", exact=True).last.click()
    expect(page.get_by_role("heading", name="Work finished")).to_be_visible()
    then.it_says(page, "Helped with what they came for", "nobody’s, it is finished")
    then.it_does_not_say(page, LINK_NOTE, ADVICE_NOTE)
    then.everybody_can_use(page)

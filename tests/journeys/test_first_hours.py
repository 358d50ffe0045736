"""The first hour of every role: signing in, what to do now, and doing it; with something waiting, and with nothing."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories import World
from tests.journeys import given, referring_in, schemes, then, worker
from tests.journeys.conftest import WAYS
from tests.journeys.first_hours import (
    OFFERED,
    a_concern_for,
    a_day,
    everybody,
    goes_home,
    have_passwords,
    nothing_is_missing,
    on_the_first_page,
    only_what_they_may,
    opens,
    sent,
    signs_in,
    waiting,
)
from tests.journeys.screens import Screens

PHONE, WITHOUT_SCRIPTS = WAYS["on a phone"], WAYS["without scripts"]
FOR_REFERRERS = "Questions and answers about those whom you refer appear here."
FOR_WORKERS = "All that was due is done, and nobody new is waiting."
# What the first page says when nothing waits; all others work with people.
EMPTY = {
    "clinician": FOR_REFERRERS,
    "receptionist": FOR_REFERRERS,
    "health_visitor": FOR_REFERRERS,
    "ward": FOR_REFERRERS,
    "council": FOR_REFERRERS,
    "voluntary": FOR_REFERRERS,
    "manager": "Nobody was turned away in the last three months.",
    "practice_manager": "None. All that the services answered has been read.",
    "commissioner": "Nothing was sent in the last three months.",
    "administrator": "Nothing is missing.",
}
ON_A_PHONE = ("clinician", "ward", "adviser", "advice_supervisor", "manager", "administrator")


@pytest.fixture(scope="module")
def day(server: str) -> World:
    return a_day(everybody(given.a_world()))


@pytest.fixture(scope="module")
def quiet(server: str) -> World:
    world = everybody(given.a_world())
    nothing_is_missing(world)
    return world


@pytest.mark.parametrize("chair", OFFERED)
def test_with_nothing_waiting_the_first_page_says_so_and_leads_on(chair: str, quiet: World, screens: Screens) -> None:
    page = screens(quiet.actors[chair], **(PHONE if chair in ON_A_PHONE else {}))
    page.goto("/")
    on_the_first_page(page)
    then.it_says(page, EMPTY.get(chair, FOR_WORKERS))
    only_what_they_may(page, chair)


def begins(screens: Screens, world: World, chair: str, **way: object) -> Page:
    page = screens(**way)
    signs_in(page, world.actors[chair])
    only_what_they_may(page, chair)
    return page


def test_a_clinician_answers_a_question_and_reads_an_answer(day: World, screens: Screens) -> None:
    page = begins(screens, day, "clinician")
    answers_the_question(page, "Ada Obi")
    expect(waiting(page, "Questions to answer")).to_have_count(0)
    opens(page, "Answers to read", "Ben Cole")
    page.get_by_role("button", name="I have seen this").click()
    worker.is_told(page, "Noted: you have seen what Link workers said.")
    goes_home(page)
    then.it_does_not_say(page, "Ben Cole")
    page.get_by_role("main").get_by_role("button", name="Refer someone").click()
    expect(page.get_by_role("heading", name="Who is this referral for?")).to_be_visible()


def answers_the_question(page: Page, name: str) -> None:
    opens(page, "Questions to answer", name)
    page.get_by_role("button", name="Answer the question").click()
    page.get_by_label("Your answer").fill("The third, and the lift is broken.")
    page.get_by_role("button", name="Answer", exact=True).click()
    worker.is_told(page, "Answered. Link workers can go on now.")
    goes_home(page)


def test_a_receptionist_reads_an_answer_rings_and_refers_without_a_reason(day: World, screens: Screens) -> None:
    made = referring_in.a_call_list(day, 1)
    page = begins(screens, day, "receptionist", **PHONE)
    opens(page, "Answers to read", "Cem Kaya")
    page.get_by_role("button", name="I have seen this").click()
    goes_home(page)
    then.it_does_not_say(page, "Cem Kaya")
    page.get_by_role("main").get_by_role("button", name="Call lists").click()
    page.get_by_role("link", name=made.name).click()
    referring_in.calls_the_next(page)
    page.get_by_role("button", name="No answer").click()
    worker.is_told(page, "Noted: no answer from")
    goes_home(page)
    page.get_by_role("main").get_by_role("button", name="Refer someone").click()
    page.get_by_role("link", name="refer somebody new").click()
    expect(page.get_by_role("checkbox", name="Money and bills")).to_be_visible()
    then.it_does_not_say(page, "Anything the services need to know", "clinical pathway")


@pytest.mark.parametrize(
    ("chair", "way", "name", "asked"),
    [
        ("health_visitor", WITHOUT_SCRIPTS, "Dina Roy", "Is there a baby?"),
        ("council", PHONE, "Finn Gray", "Department"),
        ("ward", {}, "Eva Stone", "Who to ring on the ward"),
        ("voluntary", {}, "Gita Shah", "Who can be asked about this referral?"),
    ],
)
def test_who_refers_from_elsewhere_is_asked_or_told_and_refers(
    chair: str, way: dict[str, object], name: str, asked: str, day: World, screens: Screens
) -> None:
    page = begins(screens, day, chair, **way)
    if chair in ("health_visitor", "council"):
        answers_the_question(page, name)
    else:
        opens(page, {"ward": "Answers to read", "voluntary": "What nobody could take"}[chair], name)
        page.get_by_role("button", name="I have seen this").click()
        goes_home(page)
    then.it_does_not_say(page, name)
    page.get_by_role("link", name="All that you have referred").click()
    then.it_says(page, name)
    page.get_by_role("link", name="Home", exact=True).click()
    page.get_by_role("main").get_by_role("button", name="Refer someone").click()
    page.get_by_role("link", name="refer somebody new").click()
    then.it_says(page, asked)


def test_a_link_worker_takes_on_what_is_offered_does_a_task_and_accepts_somebody_new(
    day: World, screens: Screens
) -> None:
    page = begins(screens, day, "link_worker", **PHONE)
    opens(page, "Offered between colleagues", "Hana Ito")
    page.get_by_role("button", name="Take on", exact=False).first.click()
    worker.is_told(page, "Taken on. It is yours now.")
    goes_home(page)
    expect(waiting(page, "Offered between colleagues")).to_have_count(0)
    opens(page, "Tasks due", "Jo Marsh")
    page.get_by_role("button", name="Done").click()
    worker.is_told(page, "Done.")
    goes_home(page)
    expect(waiting(page, "Tasks due")).to_have_count(0)
    opens(page, "New, to claim", "Lia Costa")
    worker.accepts(page)


def test_an_adviser_sees_the_legal_deadline_first_and_accepts_somebody_new(day: World, screens: Screens) -> None:
    page = begins(screens, day, "adviser", **WITHOUT_SCRIPTS)
    first = waiting(page, "Overdue and due today").get_by_role("listitem").first
    expect(first).to_contain_text("Kofi Mensah")
    expect(first).to_contain_text("Legal deadline")
    opens(page, "Overdue and due today", "Kofi Mensah")
    worker.records_an_attempt(page, "Phone", "Spoke with the person")
    goes_home(page)
    expect(waiting(page, "Overdue and due today").get_by_role("link", name="Kofi Mensah")).to_have_count(0)
    opens(page, "New, to claim", "Lia Costa")
    worker.accepts(page)


def test_a_hybrid_worker_sees_both_kinds_of_work_and_takes_somebody_on_for_all(screens: Screens) -> None:
    world = schemes.of_one_service()
    have_passwords(world)
    sent(world.clinician, "Pia Lund")
    page = begins(screens, world, "hybrid_worker", **PHONE)
    expect(waiting(page, "New, to claim")).to_contain_text("Link work")
    expect(waiting(page, "New, to claim")).to_contain_text("Advice")
    opens(page, "New, to claim", "Pia Lund")
    worker.accepts(page)
    worker.records_an_attempt(page, "Phone", "Spoke with the person")
    goes_home(page)
    then.it_says(page, "Nothing waits for you.")


def test_a_supervisor_owns_an_alert_and_decides(day: World, screens: Screens) -> None:
    page = begins(screens, day, "advice_supervisor")
    opens(page, "Same-day alerts", "Mia Frost")
    page.get_by_role("button", name="Acknowledge the alert for Mia Frost").click()
    worker.is_told(page, "The alert is yours.")
    goes_home(page)
    opens(page, "Decisions that wait for you", "Rosa Duarte")
    page.get_by_role("button", name="Decide how to go on").click()
    page.get_by_role("radio", name="Go on trying", exact=True).check()
    page.get_by_role("button", name="Decide", exact=True).click()
    goes_home(page)
    expect(waiting(page, "Decisions that wait for you")).to_have_count(0)


def test_a_volunteer_looks_who_is_next_and_is_offered_nothing_to_press(day: World, screens: Screens) -> None:
    page = begins(screens, day, "volunteer", **PHONE)
    waiting(page, "What the team has next").get_by_role("link", name="The whole worklist").click()
    expect(page.get_by_role("button", name="Claim")).to_have_count(0)
    page.get_by_role("table").get_by_role("link", name="Jo Marsh", exact=True).click()
    expect(page.get_by_role("heading", name="Where each service is")).to_be_visible()
    for offered in ("Accept", "Decline", "Record contact", "Write a note", "Warm handover", "Done"):
        expect(page.get_by_role("button", name=offered)).to_have_count(0)
        expect(page.get_by_role("link", name=offered)).to_have_count(0)
    then.it_does_not_say(page, "Notes</h3>", "How they describe themselves")


def test_a_service_manager_sees_who_waits_offers_a_place_and_sets_the_room(day: World, screens: Screens) -> None:
    page = begins(screens, day, "manager")
    expect(waiting(page, "Room").get_by_role("row", name="Link workers")).to_contain_text("No limit")
    waiting(page, "Room").get_by_role("link", name="The waiting list").click()
    page.get_by_role("button", name="Offer a place to Nia Webb").click()
    worker.is_told(page, "Nia Webb is offered a place at Link workers.")
    goes_home(page)
    then.it_says(page, "Longest wait for a place: nobody waits.")
    waiting(page, "Room").get_by_role("link", name="Link workers").click()
    page.get_by_role("button", name="Change the team’s room").click()
    page.get_by_label("People the team can work with at once").fill("40")
    page.get_by_role("button", name="Save").click()
    goes_home(page)
    expect(waiting(page, "Room").get_by_role("row", name="Link workers")).to_contain_text("40")


def test_a_practice_manager_sees_what_nobody_read_and_a_concern_and_cannot_refer(day: World, screens: Screens) -> None:
    page = begins(screens, day, "practice_manager")
    expect(waiting(page, "Answers that nobody has read")).to_contain_text("for whoever referred to read")
    page.get_by_role("link", name="The practice’s referrals").click()
    then.it_says(page, "Omar Diaz")
    expect(page.get_by_role("button", name="Refer someone")).to_have_count(0)
    page.get_by_role("link", name="Omar Diaz").click()
    expect(page.get_by_role("button", name="I have seen this")).to_have_count(0)
    then.everybody_can_use(page)
    a_concern_for(day, day.practice_manager, "Omar Diaz")
    goes_home(page)
    opens(page, "Concerns that wait for you", "Omar Diaz")
    page.get_by_role("button", name="I own this").click()
    worker.is_told(page, "It is yours now")
    goes_home(page)
    page.get_by_role("link", name="Every step, in figures").click()
    expect(page.get_by_role("heading", level=1, name="Figures")).to_be_visible()


def test_a_commissioner_reads_figures_and_nobodys_name(day: World, screens: Screens) -> None:
    page = begins(screens, day, "commissioner", **PHONE)
    then.it_says(page, "Nothing waits for you", "The last three months")
    page.get_by_role("link", name="Every step, in figures").click()
    expect(page.get_by_role("heading", level=1, name="Figures")).to_be_visible()
    then.it_does_not_say(page, "Ada Obi", "Cem Kaya", "Omar Diaz", "Rosa Duarte")
    page.get_by_role("link", name="What each figure means").click()
    then.it_says(page, "Not for: blame")


def test_an_administrator_fills_in_what_is_missing(day: World, screens: Screens) -> None:
    page = begins(screens, day, "administrator")
    opens(page, "Teams that nobody leads on the same day", "Link workers")
    page.get_by_label("Same-day lead").select_option("Grace Obi, Neighbourly")
    page.get_by_role("button", name="Save").click()
    goes_home(page)
    expect(waiting(page, "Teams that nobody leads on the same day")).to_have_count(0)
    opens(page, "Organisations without a safeguarding lead", "Oak Road Surgery")
    page.get_by_label("Safeguarding lead").select_option("Dr Ivan Petrov")
    page.get_by_role("button", name="Save").click()
    goes_home(page)
    expect(waiting(page, "Organisations without a safeguarding lead")).not_to_contain_text("Oak Road Surgery")
    page.get_by_role("link", name="Both at once, version 1").click()
    expect(page.get_by_role("button", name="Prepare a change")).to_be_visible()

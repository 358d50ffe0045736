"""From the desk, the ward, another service and a list of people to ring: each to somebody who helps."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.factories import World
from tests.journeys import clinician, given, referring_in, then, worker
from tests.journeys.clinician import Keyboard
from tests.journeys.screens import Screens
from wraparound.organisations.actor import Actor
from wraparound.organisations.pathways import publish
from wraparound.pathways.library import load

MOST_AT_THE_DESK = 6


def books_sessions(world: World) -> None:
    publish(scheme=world.scheme, name="reception-booking", pathway=load("reception-booking"), at=given.days_before(0))


def test_reception_refers_in_six_interactions_with_the_keyboard_alone(world: World, screens: Screens) -> None:
    given.somebody_known_to_the_practice(world)
    books_sessions(world)
    page = screens(world.receptionist)
    keys = Keyboard(page)
    page.goto("/refer/")
    keys.writes(page.get_by_label("Name or NHS number"), "duarte")
    keys.presses(page.get_by_role("button", name="Find"))
    keys.presses(page.get_by_role("link", name="Refer Rosa Duarte"))
    keys.chooses(page.get_by_role("checkbox", name="Money and bills"))
    then.it_says(page, "A session with the adviser at Welfare advisers is to be booked")
    keys.chooses(page.get_by_role("radio", name="In person"))
    keys.presses(page.get_by_role("button", name="Send the referral"))
    expect(page.get_by_role("heading", name="Referral sent")).to_be_visible()
    assert keys.done <= MOST_AT_THE_DESK


def test_somebody_at_the_desk_is_heard_by_an_adviser_and_reception_reads_no_reason(
    world: World, sit: Callable[[Actor], Page]
) -> None:
    books_sessions(world)
    sam, ana = sit(world.receptionist), sit(world.adviser)
    referring_in.says_who_it_is(sam, "Ngozi", "Adichie")
    sam.get_by_role("checkbox", name="Money and bills").check()
    sam.get_by_role("radio", name="In the morning").check()
    expect(clinician.looks_ahead(sam)).to_contain_text("A session with the adviser at Welfare advisers")
    expect(sam.get_by_role("radio", name="In the morning")).to_be_checked()
    clinician.says_they_agreed(sam)
    then.it_does_not_say(sam, "Anything the services need to know", "clinical pathway")
    then.everybody_can_use(sam)
    clinician.sends_it(sam)
    then.it_says(sam, "Money and bills")
    worker.opens(ana, "Ngozi Adichie")
    then.it_says(ana, "As they asked at the desk")
    then.everybody_can_use(ana)


def test_a_ward_sends_somebody_home_to_help(world: World, sit: Callable[[Actor], Page]) -> None:
    ward, leila = sit(world.ward), sit(world.link_worker)
    referring_in.says_who_it_is(ward, "Ngozi", "Adichie")
    clinician.says_they_want(ward, "Caring for somebody")
    leaves = given.days_before(-3)
    ward.get_by_label("Ward", exact=True).fill("Willow")
    box = ward.get_by_role("group", name="Day they leave hospital")
    for part, said in (("Day", leaves.day), ("Month", leaves.month), ("Year", leaves.year)):
        box.get_by_label(part, exact=True).fill(str(said))
    ward.get_by_label("Who to ring on the ward").fill("Sister Ade, bleep 4410")
    clinician.says_they_agreed(ward)
    then.everybody_can_use(ward)
    clinician.sends_it(ward)
    ward.goto("/referrals/")
    then.it_says(ward, "Ngozi Adichie")
    worker.opens_the_worklist(leila)
    then.it_says(leila, "Leaves hospital within 7 days")
    worker.opens(leila, "Ngozi Adichie")
    then.it_says(leila, "Willow", "Sister Ade, bleep 4410", "Within 7 days")
    then.everybody_can_use(leila)


def test_a_worker_refers_to_the_other_service_and_nobody_repeats_their_story(
    world: World, sit: Callable[[Actor], Page]
) -> None:
    leila, ana = sit(world.link_worker), sit(world.adviser)
    referring_in.says_who_it_is(leila, "Ngozi", "Adichie")
    clinician.says_they_want(leila, "Debt or bills", advice=True)
    clinician.says_they_agreed(leila)
    leila.get_by_role("button", name="Send the referral").click()
    then.the_error_is(
        leila,
        "Enter what they have already told you, so that they need not tell it again",
        "What have they already told you?",
    )
    leila.get_by_label("What have they already told you?").fill("Rent arrears since May; a letter from the court.")
    clinician.sends_it(leila)
    worker.opens(ana, "Ngozi Adichie")
    then.it_says(ana, "What they have already told", "Rent arrears since May; a letter from the court.")


def test_a_list_of_people_is_rung_and_who_wants_help_is_referred(world: World, sit: Callable[[Actor], Page]) -> None:
    sam, leila = sit(world.receptionist), sit(world.link_worker)
    sam.goto("/call-lists/")
    sam.get_by_role("button", name="Make a call list").click()
    sam.get_by_label("Name of the list").fill("Living alone, winter")
    sam.get_by_label("Why are you calling?").fill("We ring people before winter.")
    sam.get_by_role("button", name="Make the list").click()
    sam.get_by_role("link", name="Add people from a file").click()
    referring_in.chooses_a_file(sam, referring_in.FILE)
    sam.get_by_role("button", name="Look at the file").click()
    then.it_says(sam, "1 row can be used, 1 row cannot", "There is no phone number.")
    assert referring_in.nobody_is_known(world)
    then.everybody_can_use(sam)
    sam.get_by_role("button", name="Put 1 person on the list").click()
    assert referring_in.calls_the_next(sam) == "Ngozi Adichie"
    then.it_says(sam, "Prefers another language: Igbo", "Do you have any money worries")
    then.everybody_can_use(sam)
    sam.get_by_role("button", name="They want help: refer them").click()
    expect(sam.get_by_role("radio", name="By phone or video")).to_be_checked()
    sam.get_by_role("checkbox", name="Money and bills").check()
    expect(clinician.looks_ahead(sam)).to_contain_text("Link workers will contact them")
    clinician.sends_it(sam)
    sam.get_by_role("link", name="Back to the call lists").click()
    sam.get_by_role("link", name="Living alone, winter").click()
    sam.get_by_role("link", name="Done (1)").click()
    then.it_says(sam, "Wanted help: referred")
    worker.opens(leila, "Ngozi Adichie")


def test_two_callers_do_not_ring_the_same_person(world: World, screens: Screens) -> None:
    made = referring_in.a_call_list(world, 2)
    names = []
    for caller in (world.receptionist, world.clinician):
        page = screens(caller)
        page.goto(f"/call-lists/{made.pk}/")
        names.append(referring_in.calls_the_next(page))
    assert len(set(names)) == 2
    page.goto(f"/call-lists/{made.pk}/")
    then.it_says(page, "Sam Reed is calling them", "You are calling them")
    page.get_by_role("link", name=names[0], exact=True).click()
    then.it_says(page, "Sam Reed is calling them now")
    then.everybody_can_use(page)


def test_telling_somebody_where_to_go_takes_two_clicks(world: World, sit: Callable[[Actor], Page]) -> None:
    page = sit(world.receptionist)
    page.goto("/refer/")
    page.get_by_role("link", name="Only tell somebody where to go").click()
    page.get_by_role("button", name="Make the slip for welfare advice").click()
    then.it_says(page, "Welfare advisers, Rights First", "What to bring", "Your code")
    then.everybody_can_use(page)

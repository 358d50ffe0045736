"""One whole way through each model of operation, from the referral to what comes back to whoever made it."""

from functools import partial

from playwright.sync_api import Page, expect

from tests.factories import World
from tests.journeys import clinician, referring_in, schemes, then, worker
from tests.journeys.conftest import WAYS
from tests.journeys.screens import Screens
from tests.journeys.stage import do_waiting_jobs
from wraparound.pathways.vocabulary import Model

HER = "Ngozi Adichie"
TOLD = "Rent arrears since May. Has a letter from the court and will bring it."
ADVICE_NOTE = "Deposit never protected; letter before action drafted."


def is_referred(page: Page, *needs: str, advice: bool = False) -> None:
    referring_in.says_who_it_is(page, *HER.split())
    clinician.says_they_want(page, *needs, advice=advice)
    clinician.says_they_agreed(page)


def reads_how_it_ended(page: Page, service: str, outcome: str) -> None:
    """On the referral's page, and in the message for the record."""
    clinician.opens_the_referral_of(page, HER)
    expect(clinician.part_of(page, service)).to_contain_text(outcome)
    then.it_does_not_say(page, ADVICE_NOTE)
    assert outcome in clinician.reads_the_pdf(page, "Work finished")


def test_separate_services_refer_on_to_a_waiting_list_and_somebody_is_offered_a_place(screens: Screens) -> None:
    world = schemes.of_model(Model.SEPARATE, "link-worker-first")
    amara, leila = screens(world.clinician), screens(world.link_worker)

    is_referred(amara, "Debt or bills", advice=True)
    ahead = clinician.looks_ahead(amara)
    expect(ahead).to_contain_text("The link worker at Link workers will contact them by")
    expect(ahead).to_contain_text("welfare advice has its own waiting time")
    clinician.sends_it(amara)
    expect(amara.get_by_role("region", name="Welfare advice")).to_have_count(0)

    worker.opens(leila, HER)
    worker.accepts(leila)
    worker.records_an_attempt(leila, "Phone", "Spoke with the person")
    refers_on_to_a_full_team(world, leila)
    expect(clinician.part_of(amara, "Welfare advice")).to_have_count(0)
    clinician.opens_the_referral_of(amara, HER)
    then.it_says(amara, "On the waiting list")

    is_offered_a_place(screens(world.advice_supervisor))
    advises(world, screens)
    worker.opens(leila, HER)
    then.it_does_not_say(leila, ADVICE_NOTE)
    worker.closes(leila, "Passed on to another service")
    do_waiting_jobs()
    reads_how_it_ended(amara, "Social prescribing", "Passed on to another service")


def refers_on_to_a_full_team(world: World, page: Page) -> None:
    schemes.places(world.advice, 0)
    worker.opens(page, HER)
    worker.opens_more(page)
    page.get_by_role("link", name="Warm handover").click()
    then.it_says(page, "waiting list")
    worker.opens(page, HER)
    worker.hands_over(page, "Debt or bills", told=TOLD)
    then.it_says(page, "On the waiting list", "Welfare advisers: offer a place")
    then.everybody_can_use(page)


def is_offered_a_place(page: Page) -> None:
    page.goto("/waiting-list/")
    then.it_says(page, HER, "no place free, 1 waiting")
    then.everybody_can_use(page)
    page.get_by_role("button", name=f"Offer a place to {HER}").click()
    worker.is_told(page, f"{HER} is offered a place at Welfare advisers.")
    then.it_says(page, "Nobody waits for a place.")


def advises(world: World, screens: Screens, service: str = "Welfare advice") -> None:
    page = screens(world.adviser)
    worker.opens(page, HER)
    then.it_says(page, TOLD, "Leila Haddad, Neighbourly")
    worker.accepts(page)
    worker.records_an_attempt(page, "In person", "Came to an appointment")
    worker.writes_a_note(page, ADVICE_NOTE)
    worker.closes(page, "Helped with what they came for")


def test_co_located_services_are_booked_at_the_desk_and_referred_to_from_the_consulting_room(screens: Screens) -> None:
    world = schemes.of_model(Model.CO_LOCATED, "reception-booking")
    sam, ana = screens(world.receptionist, **WAYS["on a phone"]), screens(world.adviser)
    amara, leila = screens(world.clinician), screens(world.link_worker)

    referring_in.says_who_it_is(sam, "Tom", "Hale")
    sam.get_by_role("checkbox", name="Money and bills").check()
    sam.get_by_role("radio", name="In the morning").check()
    clinician.says_they_agreed(sam)
    clinician.sends_it(sam)
    then.everybody_can_use(sam)
    worker.opens(ana, "Tom Hale")
    then.it_says(ana, "In the morning")
    worker.accepts(ana)
    worker.records_an_attempt(ana, "In person", "Came to an appointment")

    is_referred(amara, "Loneliness", "Housing", advice=True)
    ahead = clinician.looks_ahead(amara)
    for who in ("The adviser at Welfare advisers", "The link worker at Link workers"):
        expect(ahead).to_contain_text(f"{who} will contact them by")
    clinician.sends_it(amara)
    for page in (ana, leila):
        worker.opens(page, HER)
        worker.accepts(page)
        worker.records_an_attempt(page, "In person", "Spoke with the person")
    worker.writes_a_note(ana, ADVICE_NOTE)
    leila.reload()
    then.it_says(leila, "Ana Sousa accepted the referral to Welfare advisers.")
    then.it_does_not_say(leila, ADVICE_NOTE)
    then.everybody_can_use(leila)
    worker.closes(ana, "Helped with what they came for")
    do_waiting_jobs()
    reads_how_it_ended(amara, "Welfare advice", "Helped with what they came for")
    expect(clinician.part_of(amara, "Social prescribing")).to_contain_text("Working with them")
    the_desk_sees_that_they_came(sam)


def the_desk_sees_that_they_came(page: Page) -> None:
    clinician.opens_the_referral_of(page, "Tom Hale")
    expect(clinician.part_of(page, "Welfare advice")).to_contain_text("Working with them")
    then.it_says(page, "Came to an appointment")


def test_a_full_co_funded_service_takes_somebody_in_a_place_from_the_pot(screens: Screens) -> None:
    world = schemes.of_model(Model.CO_FUNDED, "both-at-once")
    schemes.places(world.advice, 0)
    amara, ana = screens(world.clinician), screens(world.adviser)

    is_referred(amara, "Debt or bills", advice=True)
    expect(clinician.looks_ahead(amara)).to_contain_text("paid for from the shared pot")
    clinician.sends_it(amara)
    part = clinician.part_of(amara, "Welfare advice")
    expect(part).to_contain_text("The place is paid for from the shared pot.")
    expect(part).not_to_contain_text("waiting list")
    expect(clinician.part_of(amara, "Social prescribing")).not_to_contain_text("shared pot")
    then.everybody_can_use(amara)

    worker.opens(ana, HER)
    then.it_says(ana, "The place is paid for from the shared pot.")
    worker.accepts(ana)
    worker.records_an_attempt(ana, "Phone", "Spoke with the person")
    worker.writes_a_note(ana, ADVICE_NOTE)
    worker.closes(ana, "Helped with part of it")
    do_waiting_jobs()
    reads_how_it_ended(amara, "Welfare advice", "Helped with part of it")


def test_a_single_service_takes_one_referral_and_one_worker_hears_one_story(screens: Screens) -> None:
    world = schemes.of_one_service()
    without_scripts = partial(screens, **WAYS["without scripts"])
    amara, noor = without_scripts(world.clinician), screens(world.hybrid_worker)

    is_referred(amara, "Loneliness", "Debt or bills", advice=True)
    expect(clinician.looks_ahead(amara)).to_contain_text("The hybrid worker at Elm hub will contact them by")
    clinician.sends_it(amara)
    both = clinician.part_of(amara, "Social prescribing and welfare advice")
    expect(both).to_contain_text("an answer from Elm hub")
    expect(amara.locator(".wr-standing")).to_have_count(1)

    worker.opens_the_worklist(noor)
    then.it_says(noor, "All (1)")
    worker.opens(noor, HER)
    then.it_says(noor, "Social prescribing and welfare advice")
    worker.accepts(noor)
    worker.records_an_attempt(noor, "In person", "Came to an appointment")
    worker.writes_a_note(noor, ADVICE_NOTE)
    there_is_nobody_to_hand_over_to(noor)
    then.everybody_can_use(noor)
    worker.closes(noor, "Helped with what they came for")
    do_waiting_jobs()
    reads_how_it_ended(amara, "Social prescribing and welfare advice", "Helped with what they came for")
    assert "Social prescribing and welfare advice" in clinician.reads_the_pdf(amara, "Work finished")


def there_is_nobody_to_hand_over_to(page: Page) -> None:
    worker.opens_more(page)
    expect(page.get_by_role("link", name="Close with outcome")).to_be_visible()
    expect(page.get_by_role("link", name="Warm handover")).to_have_count(0)
    then.it_does_not_say(page, "Is there an advice issue?", "To do", "hand over")

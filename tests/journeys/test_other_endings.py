"""Referrals that do not go the whole way: urgent, declined, lost, handed over, withdrawn."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.factories import World, referral_to
from tests.journeys import clinician, given, then, worker
from tests.journeys.stage import do_waiting_jobs
from wraparound.organisations.actor import Actor, acting_as
from wraparound.referrals.models import Referral

Sit = Callable[[Actor], Page]
TOLD = "Owes three months’ rent. Has the court letter, hearing next week; will bring it."


def test_somebody_with_nowhere_to_sleep_is_helped_the_same_day(world: World, sit: Sit) -> None:
    given.somebody_known_to_the_practice(world)
    amara, joy = sit(world.clinician), sit(world.advice_supervisor)

    clinician.finds(amara, "Rosa", "Rosa Duarte")
    clinician.says_they_want(amara, "Housing")
    clinician.says_it_cannot_wait(amara, "Nowhere to sleep tonight")
    expect(clinician.looks_ahead(amara)).to_contain_text("Council homelessness line")
    clinician.says_they_agreed(amara)
    clinician.sends_it(amara)
    ring = amara.get_by_role("region", name="Ring now")
    expect(ring.get_by_role("link", name="020 7946 0001")).to_be_in_viewport()
    expect(ring).to_contain_text("Joy Mensah at Welfare advisers must take this on")
    then.everybody_can_use(amara)

    worker.opens_the_worklist(joy)
    then.it_says(joy, "Same-day alert: nowhere to sleep tonight", "Joy Mensah must acknowledge it now.")
    then.everybody_can_use(joy)
    joy.get_by_role("button", name="Acknowledge the alert for Rosa Duarte").click()
    worker.is_told(joy, "The alert is yours.")
    amara.reload()
    expect(ring).to_contain_text("Joy Mensah has taken this on")

    an_attempt_does_not_end_it(joy)
    joy.goto("/alerts/")
    joy.get_by_role("button", name="Record help given to Rosa Duarte").click()
    joy.get_by_label("What help were they given?").fill("A room for tonight, paid, and a taxi to it")
    joy.get_by_role("button", name="They were helped: end the alert").click()
    worker.is_told(joy, "Help is recorded and the alert has ended.")
    then.it_says(joy, "No alert is open for your organisation.")
    amara.reload()
    expect(ring).to_be_hidden()


def an_attempt_does_not_end_it(page: Page) -> None:
    worker.opens(page, "Rosa Duarte")
    worker.accepts(page)
    worker.records_an_attempt(page, "Phone", "No answer")
    page.goto("/alerts/")
    then.it_says(page, "Joy Mensah has taken it on")


def test_a_declined_referral_says_whose_turn_it_is(world: World, sit: Sit) -> None:
    given.a_referral(world, advice_ticked=False)
    amara, leila = sit(world.clinician), sit(world.link_worker)
    worker.claims(leila, "Rosa Duarte")
    worker.opens(leila, "Rosa Duarte")
    worker.declines(leila, "No room at present")
    do_waiting_jobs()

    clinician.opens_the_referral_of(amara, "Rosa Duarte")
    part = clinician.part_of(amara, "Social prescribing")
    expect(part).to_contain_text("No room at present. Tell the person, and try another service.")
    expect(part).to_contain_text("Whose turn it is: you")
    assert "No room at present" in clinician.reads_the_pdf(amara, "Referral not taken")
    then.everybody_can_use(amara)
    part.get_by_role("button", name="I have seen this").click()
    worker.is_told(amara, "Noted: you have seen what Link workers said.")
    expect(part).to_contain_text("Finished")
    expect(part.get_by_role("button")).to_have_count(0)


def test_contact_is_lost_only_after_tries_on_different_days(world: World, sit: Sit) -> None:
    journey = given.a_referral(world, days_ago=6, advice_ticked=False)
    case = given.accepted(journey, world.link_worker, days_ago=5)
    given.tried(case, world.link_worker, days_ago=[4])
    amara, leila = sit(world.clinician), sit(world.link_worker)

    worker.opens(leila, "Rosa Duarte")
    worker.opens_more(leila)
    leila.get_by_role("link", name="Close: lost contact").click()
    then.it_says(leila, "You have tried on 1 day without reaching them.", "Try on 2 more days")
    expect(leila.get_by_role("button", name="Close: lost contact")).to_have_count(0)

    worker.opens(leila, "Rosa Duarte")
    worker.records_an_attempt(leila, "Phone", "No answer", when=given.at_another_time(2))
    then.it_says(leila, "Tried on 2 days of 3. Try once more, on another day.")
    worker.records_an_attempt(leila, "Text message", "Left a message")
    then.it_says(leila, "All tries are made. Try once more, or close it as lost contact.")
    worker.opens_more(leila)
    leila.get_by_role("link", name="Close: lost contact").click()
    leila.get_by_role("button", name="Close: lost contact").click()
    worker.is_told(leila, "Closed. The referrer is told that the person could not be reached.")
    do_waiting_jobs()

    clinician.opens_the_referral_of(amara, "Rosa Duarte")
    part = clinician.part_of(amara, "Social prescribing")
    expect(part).to_contain_text("Could not be reached")
    assert "tried to reach the person 3 times" in clinician.reads_the_pdf(amara, "Could not reach the person")
    amara.get_by_role("button", name="I have seen this").click()
    expect(part).to_contain_text("Finished")


def test_a_warm_handover_has_to_be_accepted_and_says_what_was_told(world: World, sit: Sit) -> None:
    journey = given.a_referral(world, advice_ticked=False)
    given.accepted(journey, world.link_worker)
    leila, ana = sit(world.link_worker), sit(world.adviser)

    worker.opens(leila, "Rosa Duarte")
    worker.records_an_attempt(leila, "In person", "Spoke with the person")
    worker.writes_a_note(leila, "Cried when she spoke of her brother.")
    worker.hands_over(leila, "Debt or bills", "Housing", told=TOLD)
    then.it_says(leila, "Welfare advisers: claim")
    then.everybody_can_use(leila)

    worker.opens(ana, "Rosa Duarte")
    then.it_says(ana, TOLD, "Debt or bills, Housing", "Leila Haddad, Neighbourly")
    then.it_does_not_say(ana, "Cried when")
    then.everybody_can_use(ana)
    worker.accepts(ana)
    leila.reload()
    then.it_says(leila, "Ana Sousa accepted the referral to Welfare advisers.")
    with acting_as(world.adviser):
        assert Referral.objects.get(journey=journey, kind="handover").status == "accepted"


def test_a_referral_is_withdrawn_until_somebody_accepts(world: World, sit: Sit) -> None:
    journey = given.a_referral(world)
    given.accepted(journey, world.adviser)
    amara, leila = sit(world.clinician), sit(world.link_worker)
    clinician.opens_the_referral_of(amara, "Rosa Duarte")
    expect(amara.get_by_role("link", name="Withdraw the referral to Welfare advice")).to_have_count(0)
    amara.get_by_role("link", name="Withdraw the referral to Social prescribing").click()
    expect(amara.get_by_role("heading", name="Withdraw the referral to Link workers?")).to_be_visible()
    amara.get_by_role("button", name="Withdraw").click()
    worker.is_told(amara, "Withdrawn. Link workers no longer has this referral.")
    worker.opens_the_worklist(leila)
    then.it_says(leila, "Nothing is waiting.")
    assert referral_to(journey, world.adviser).status == "accepted"

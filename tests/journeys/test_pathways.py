"""Each pathway of the library in a scheme that follows it: its own way in, and what its pages promise."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories import World, details, referred
from tests.journeys import clinician, given, referring_in, then, worker
from tests.journeys.asking import asks_for_help
from tests.journeys.conftest import WAYS
from tests.journeys.screens import Screens
from wraparound.organisations.actor import acting_as
from wraparound.organisations.models import Team
from wraparound.pathways.library import NAMES
from wraparound.pathways.vocabulary import Need, UrgentFlag
from wraparound.referrals.models import Journey, Referral, SameDayAlert, Signpost
from wraparound.web.asking import views

SOCIAL, ADVICE = "Social prescribing, Link workers", "Welfare advice, Welfare advisers"
HER = "Ngozi Adichie"
TOLD = "Owes three months’ rent; will bring the court letter."


def is_referred(page: Page, *needs: str, advice: bool = False) -> str:
    """Filled in as far as what will happen, which is given back in words."""
    referring_in.says_who_it_is(page, *HER.split())
    clinician.says_they_want(page, *needs, advice=advice)
    clinician.says_they_agreed(page)
    ahead = clinician.looks_ahead(page)
    expect(ahead.get_by_role("listitem").first).to_be_visible()
    return ahead.inner_text()


def sent_to(page: Page) -> set[str]:
    """Sends it; the teams that it went to, each after its service."""
    clinician.sends_it(page)
    parts: list[str] = page.locator(".wr-standing").evaluate_all("parts => parts.map(part => part.ariaLabel)")
    return set(parts)


def nothing_waits(page: Page) -> None:
    worker.opens_the_worklist(page)
    then.it_says(page, "Nothing is waiting.")


def test_link_worker_first(screens: Screens) -> None:
    world = given.a_world("link-worker-first")
    amara, leila, ana = screens(world.clinician), screens(world.link_worker), screens(world.adviser)
    ahead = is_referred(amara, "Debt or bills", advice=True)
    assert "The link worker at Link workers will contact them by" in ahead
    assert "then the link worker hands over to" in ahead.lower()
    assert sent_to(amara) == {SOCIAL}
    nothing_waits(ana)

    worker.opens(leila, HER)
    worker.accepts(leila)
    worker.records_an_attempt(leila, "Phone", "Spoke with the person")
    then.it_says(leila, "To do", "Prepare them for an adviser, and hand over")
    worker.hands_over(leila, "Debt or bills", told=TOLD)
    then.it_does_not_say(leila, "Prepare them for an adviser")
    worker.opens(ana, HER)
    then.it_says(ana, TOLD, "Leila Haddad, Neighbourly")
    then.everybody_can_use(ana)


def test_advice_first_and_a_link_worker_after_the_first_appointment(screens: Screens) -> None:
    world = given.a_world("advice-first")
    amara, leila, ana = screens(world.clinician), screens(world.link_worker), screens(world.adviser)
    ahead = is_referred(amara, "Debt or bills", "Loneliness")
    assert "The adviser at Welfare advisers will contact them by" in ahead
    assert "then the adviser hands over to" in ahead.lower()
    assert sent_to(amara) == {ADVICE}
    nothing_waits(leila)

    worker.opens(ana, HER)
    worker.accepts(ana)
    worker.records_an_attempt(ana, "Phone", "Spoke with the person")
    then.it_does_not_say(ana, "Ask whether a link worker")
    worker.records_an_attempt(ana, "In person", "Came to an appointment")
    then.it_says(ana, "To do", "Ask whether a link worker could help with the rest")
    then.everybody_can_use(ana)
    ana.get_by_role("button", name="Hand over").click()
    told_at_the_form(ana)
    worker.is_told(ana, "Handed over.")
    then.it_does_not_say(ana, "Ask whether a link worker")
    worker.opens(leila, HER)
    then.it_says(leila, TOLD)


def told_at_the_form(page: Page) -> None:
    page.get_by_label("What have they already told you?").fill(TOLD)
    page.get_by_role("radio", name="By phone or video").check()
    page.get_by_role("button", name="Hand over").click()


def test_both_at_once_when_advice_is_ticked(screens: Screens) -> None:
    world = given.a_world("both-at-once")
    amara, leila, ana = screens(world.clinician), screens(world.link_worker), screens(world.adviser)
    assert "The adviser at Welfare advisers will contact them" not in is_referred(amara, "Housing")
    amara.get_by_role("checkbox", name="They also want welfare advice").check()
    expect(clinician.looks_ahead(amara)).to_contain_text("The adviser at Welfare advisers will contact them by")
    assert sent_to(amara) == {SOCIAL, ADVICE}
    for page, other in ((leila, "Welfare advisers"), (ana, "Link workers")):
        worker.opens(page, HER)
        worker.accepts(page)
        then.it_says(page, f"{other}, ")


def test_single_service_reaches_both_teams_where_no_team_does_both(screens: Screens) -> None:
    world = given.a_world("single-service")
    sam = screens(world.receptionist, **WAYS["on a phone"])
    referring_in.says_who_it_is(sam, *HER.split())
    sam.get_by_role("checkbox", name="Company and wellbeing").check()
    clinician.says_they_agreed(sam)
    assert sent_to(sam) == {SOCIAL, ADVICE}
    for who in (world.link_worker, world.adviser):
        worker.opens(screens(who), HER)


def test_reception_books_and_so_do_people_themselves(screens: Screens, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "QUICKEST", 0)
    world = given.a_world("reception-booking")
    sam, ana = screens(world.receptionist), screens(world.adviser)
    referring_in.says_who_it_is(sam, *HER.split())
    sam.get_by_role("checkbox", name="Money and bills").check()
    sam.get_by_role("radio", name="By phone", exact=True).check()
    clinician.says_they_agreed(sam)
    expect(clinician.looks_ahead(sam)).to_contain_text("A session with the adviser at Welfare advisers is to be booked")
    assert sent_to(sam) == {ADVICE}
    worker.opens(ana, HER)
    then.it_says(ana, "Session to book", "By phone")
    asks_for_help(screens(**WAYS["on a phone"]), world.scheme.slug or "", "Debt or bills", session="In the morning")
    worker.opens(ana, "Rosa Duarte")
    then.it_says(ana, "Session to book", "In the morning")


def test_signpost_only_gives_a_slip_and_knows_who_came_with_it(
    screens: Screens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "QUICKEST", 0)
    world = given.a_world("signpost-only")
    amara, leila = screens(world.clinician), screens(world.link_worker)
    assert "get in touch themselves: nothing is sent" in is_referred(amara, "Debt or bills")
    amara.get_by_role("button", name="Send the referral").click()
    expect(amara.get_by_role("heading", level=1, name="Told where to go")).to_be_visible()
    then.it_does_not_say(amara, "Referral sent")
    amara.get_by_role("link", name="The slip to print or read out for Welfare advice").click()
    then.it_says(amara, "Welfare advisers, Rights First", "What to bring")
    then.everybody_can_use(amara)
    code = amara.locator(".wr-slip__code").inner_text()
    nothing_waits(leila)

    asks_for_help(screens(**WAYS["without scripts"]), world.scheme.slug or "", "Debt or bills", code=code.lower())
    worker.opens(screens(world.adviser), "Rosa Duarte")
    clinician.opens_the_referral_of(amara, HER)
    advice = amara.get_by_role("region", name="Welfare advice: told where to go")
    expect(advice).to_contain_text("They came")
    expect(advice).to_contain_text("They quoted the code on")
    then.it_says(amara, "Social prescribing Told where to go")


def test_clinical_pathway_brings_the_reason_to_the_adviser_and_to_nobody_else(screens: Screens) -> None:
    world = given.a_world("clinical-pathway")
    amara, ana, sam = screens(world.clinician), screens(world.adviser), screens(world.receptionist)
    assert "The adviser at Welfare advisers will contact them" not in is_referred(amara, "Being more active")
    amara.get_by_label("Is this part of a clinical pathway?").select_option("Cancer")
    expect(clinician.looks_ahead(amara)).to_contain_text("The adviser at Welfare advisers will contact them by")
    assert sent_to(amara) == {SOCIAL, ADVICE}
    worker.opens(ana, HER)
    then.it_says(ana, "Clinical reason", "Cancer", "363346000")
    then.everybody_can_use(ana)
    sam.goto("/referrals/?whose=practice")
    sam.get_by_role("link", name=HER).click()
    expect(sam.get_by_role("heading", name=HER)).to_be_visible()
    then.it_does_not_say(sam, "Cancer", "363346000")


def test_from_a_call_list_they_go_straight_to_who_answers_it(screens: Screens) -> None:
    world = given.a_world("proactive-call-list")
    made = referring_in.a_call_list(world, 1)
    sam = screens(world.receptionist, **WAYS["without scripts"])
    sam.goto(f"/call-lists/{made.pk}/")
    name = referring_in.calls_the_next(sam)
    sam.get_by_role("button", name="They want help: refer them").click()
    sam.get_by_role("checkbox", name="Money and bills").check()
    expect(clinician.looks_ahead(sam)).to_contain_text("The adviser at Welfare advisers will contact them by")
    assert sent_to(sam) == {ADVICE}
    worker.opens(screens(world.adviser), name)
    amara = screens(world.clinician)
    assert "The link worker at Link workers will contact them by" in is_referred(amara, "Debt or bills", advice=True)


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize("name", NAMES)
def test_what_cannot_wait_reaches_an_adviser_in_every_pathway(name: str) -> None:
    world = given.a_world(name)
    Team.objects.filter(scheme=world.scheme).update(places=0)
    flags = frozenset({UrgentFlag.BAILIFFS_DUE})
    advice, alerts = urgently(world, flags)
    assert (advice.status, advice.urgent, advice.placed) == ("sent", True, "over_capacity")
    assert not alerts
    advice, [alert] = urgently(world, flags | {UrgentFlag.NO_FOOD}, person=details(given_names="Wei"))
    assert advice.urgent and alert.to_team_id == world.advice.pk
    assert alert.named_id == world.advice_supervisor.user_id


def urgently(world: World, flags: frozenset[UrgentFlag], **changes: object) -> tuple[Referral, list[SameDayAlert]]:
    journey: Journey = referred(
        world, needs=frozenset({Need.LONELINESS}), advice_ticked=False, urgent_flags=flags, **changes
    )
    with acting_as(world.clinician):
        told = Signpost.objects.visible_to(world.clinician).filter(given_on=journey, service="welfare_advice")
        assert not told.exists()
        advice = Referral.objects.visible_to(world.clinician).get(journey=journey, to_team=world.advice)
        return advice, list(SameDayAlert.objects.visible_to(world.clinician).filter(journey=journey))

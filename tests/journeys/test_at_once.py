"""Two people, or one impatient person, doing the same thing at the same moment."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories import World
from tests.journeys import clinician, given, then, worker
from tests.journeys.screens import Screens
from wraparound.organisations.actor import acting_as
from wraparound.referrals.models import Journey


def test_of_two_who_claim_at_once_one_gets_it_and_the_other_reads_who(world: World, screens: Screens) -> None:
    given.a_referral(world, advice_ticked=False)
    pages = {"Leila Haddad": screens(world.link_worker), "Tom Price": screens(world.second_link_worker)}
    for page in pages.values():
        worker.opens_the_worklist(page)
    for page in pages.values():
        page.get_by_role("button", name="Claim Rosa Duarte").evaluate("each => setTimeout(() => each.click())")
    said = {name: page.get_by_role("status").inner_text() for name, page in pages.items()}
    (winner,) = [name for name, words in said.items() if words.startswith("Claimed. It is yours")]
    (loser,) = set(pages) - {winner}
    assert said[loser] == f"{winner} has already claimed this."
    then.it_says(pages[loser], f"Being looked at, {winner}")


def journeys_of(world: World) -> int:
    with acting_as(world.clinician):
        return Journey.objects.visible_to(world.clinician).count()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_double_click_makes_one_referral(world: World, screens: Screens, scripts: bool) -> None:
    given.somebody_known_to_the_practice(world)
    page = screens(world.clinician, scripts=scripts)
    filled_in(page)
    page.get_by_role("button", name="Send the referral").dblclick()
    expect(page.get_by_role("heading", name="Referral sent")).to_be_visible()
    assert journeys_of(world) == 2


def test_going_back_and_sending_again_makes_one_referral(world: World, screens: Screens) -> None:
    given.somebody_known_to_the_practice(world)
    page = screens(world.clinician)
    filled_in(page)
    first = clinician.sends_it(page)
    page.go_back()
    expect(page.get_by_role("heading", name="Refer Rosa Duarte")).to_be_visible()
    clinician.says_they_want(page, "Loneliness")
    clinician.says_they_agreed(page)
    assert clinician.sends_it(page) == first
    assert journeys_of(world) == 2


def filled_in(page: Page) -> None:
    clinician.finds(page, "Rosa", "Rosa Duarte")
    clinician.says_they_want(page, "Loneliness")
    clinician.says_they_agreed(page)

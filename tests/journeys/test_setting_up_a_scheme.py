"""A scheme's administrator changes the pathway and lets somebody in, at a desk, without scripts and on a phone."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.factories import World
from tests.journeys import given, then
from tests.journeys.screens import Screens
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Membership, User

LONGEST = "Featherstonehaugh" * 11
PASSWORD = "eleven swans at dusk"


def test_a_pathway_is_chosen_set_tried_and_published(world: World, sit: Callable[[Actor], Page]) -> None:
    given.a_referral(world, days_ago=2)
    page = sit(world.administrator)
    page.goto("/scheme/pathway/")
    page.get_by_role("button", name="Prepare a change").click()
    then.everybody_can_use(page)
    page.get_by_role("button", name="Begin from this pathway, Advice first").click()
    page.get_by_role("group", name="Welfare advice").get_by_label("First contact within").fill("3")
    page.get_by_role("button", name="Save the draft").click()
    then.it_says(page, "The draft is saved.", "What differs from today", "1 referral came in during the last 30 days.")
    then.everybody_can_use(page)
    page.get_by_role("button", name="Publish it").click()
    then.it_says(page, "Open journeys keep the version that they began with.")
    then.everybody_can_use(page)
    page.get_by_role("button", name="Publish for new journeys").click()
    then.it_says(page, "Version 2 is published. New journeys follow it.", "In force: “Advice first”")
    assert given.a_referral(world, advice_ticked=False).pathway_version.number == 2


def test_somebody_is_invited_comes_in_and_is_shut_out(
    world: World, sit: Callable[[Actor], Page], screens: Screens
) -> None:
    page = sit(world.administrator)
    page.goto("/scheme/people/")
    page.get_by_role("button", name="Invite somebody").click()
    page.get_by_label("Full name").fill("Mei Chen")
    page.get_by_label("Email address").fill(f"mei{world.scheme.pk}@example.org")
    page.get_by_label("Organisation").select_option("Elm Street Surgery")
    page.get_by_label("Role").select_option("Clinician")
    page.get_by_role("button", name="Invite", exact=True).click()
    then.it_says(page, "shown now and never again")
    then.everybody_can_use(page)
    link = page.locator(".wr-link-once").inner_text()
    newcomer = screens()
    newcomer.goto(link)
    then.everybody_can_use(newcomer)
    newcomer.get_by_label("Choose a password").fill(PASSWORD)
    newcomer.get_by_role("button", name="Accept").click()
    expect(newcomer.locator("header")).to_contain_text("Mei Chen")
    newcomer.goto(link)
    then.it_says(newcomer, "It has been accepted already")
    then.everybody_can_use(newcomer)
    page.goto("/scheme/people/")
    page.get_by_label("Name or email address").fill("mei")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Mei Chen").click()
    page.get_by_role("link", name="End this membership").click()
    then.everybody_can_use(page)
    page.get_by_role("button", name="End the membership now").click()
    then.it_says(page, "Mei Chen can do nothing more for Elm Street Surgery.")
    newcomer.goto("/referrals/")
    then.it_says(newcomer, "You were signed out because you have no role here any more.")


def test_the_longest_names_stay_on_every_page(world: World, sit: Callable[[Actor], Page]) -> None:
    User.objects.filter(pk=world.receptionist.user_id).update(name=LONGEST)
    type(world.practice).objects.filter(pk=world.practice.pk).update(name=LONGEST)
    type(world.social).objects.filter(pk=world.social.pk).update(name=LONGEST)
    type(world.scheme).objects.filter(pk=world.scheme.pk).update(name=f"{LONGEST}{world.scheme.pk}")
    page = sit(world.administrator)
    held = Membership.objects.get(pk=world.receptionist.membership_id)
    for address in (
        "/scheme/", "/scheme/settings/", "/scheme/organisations/", f"/scheme/organisations/{world.practice.pk}/lead/",
        "/scheme/teams/", f"/scheme/teams/{world.social.pk}/", "/scheme/people/", f"/scheme/people/{held.pk}/",
        f"/scheme/people/{held.pk}/end/", "/scheme/people/invite/",
    ):  # fmt: skip
        page.goto(address)
        then.everybody_can_use(page)

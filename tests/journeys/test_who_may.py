"""Signing in, choosing for whom to act, and being shut out when that has ended."""

from django.utils import timezone
from playwright.sync_api import expect

from tests.factories import PASSWORD, World
from tests.journeys import clinician, given, then, worker
from tests.journeys.screens import Screens
from wraparound.organisations.models import Membership, User
from wraparound.organisations.roles import Role


def test_a_user_signs_in_and_out(world: World, screens: Screens) -> None:
    journey = given.a_referral(world)
    user = User.objects.get(pk=world.clinician.user_id)
    user.set_password(PASSWORD)
    user.save()
    page = screens()
    page.goto(f"/referrals/{journey.reference}/")
    page.get_by_label("Email address").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Rosa Duarte")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()


def test_a_user_of_two_places_chooses_and_sees_one_place_at_a_time(world: World, screens: Screens) -> None:
    given.a_referral(world)
    given.also_works_at(world, world.clinician, world.other_practice, Role.CLINICIAN)
    page = screens(world.clinician)
    page.goto("/referrals/")
    expect(page.get_by_role("heading", name="Who are you acting for?")).to_be_visible()
    then.everybody_can_use(page)
    page.get_by_role("button", name="Oak Road Surgery").click()
    then.it_says(page, "You have sent no referrals yet.")
    page.goto("/referrals/?whose=practice")
    then.it_does_not_say(page, "Rosa Duarte")
    page.get_by_role("link", name="Change who you act for").click()
    then.it_says(page, "You are here now")
    page.get_by_role("button", name="Elm Street Surgery").click()
    clinician.opens_the_referral_of(page, "Rosa Duarte")


def test_who_has_left_is_shut_out_at_the_next_press(world: World, screens: Screens) -> None:
    given.a_referral(world)
    page = screens(world.link_worker)
    worker.opens(page, "Rosa Duarte")
    Membership.objects.filter(pk=world.link_worker.membership_id).update(ended=timezone.now())
    page.get_by_role("button", name="Accept").click()
    then.it_says(page, "You were signed out because you have no role here any more.")
    page.goto("/worklist/")
    expect(page.get_by_role("heading", name="Sign in", exact=True)).to_be_visible()
    then.it_does_not_say(page, "Rosa Duarte")
    then.everybody_can_use(page)

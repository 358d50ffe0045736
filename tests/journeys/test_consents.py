"""What a person agreed to is taken back while others have their pages open."""

import re

from playwright.sync_api import expect

from tests.factories import World
from tests.journeys import given
from tests.journeys.screens import Screens, problems_for_some_readers


def test_what_is_taken_back_leaves_open_pages_and_what_was_typed_stays(world: World, screens: Screens) -> None:
    screens.expect_status(205)
    journey = given.a_referral(world)
    given.accepted(journey, world.link_worker)
    given.accepted(journey, world.adviser)
    reading, typing, leila = screens(world.adviser), screens(world.adviser), screens(world.link_worker)
    for page in (reading, typing):
        page.clock.install()
        page.goto(f"/journey/{journey.reference}/")
        expect(page.get_by_text("Link workers").first).to_be_visible()
    typing.get_by_role("button", name="Write a note").click()
    typing.get_by_label("Note", exact=True).fill("Owes three months’ rent")
    leila.goto(f"/journey/{journey.reference}/consents/")
    leila.get_by_role("link", name=re.compile("Share between the services")).click()
    assert not problems_for_some_readers(leila)
    leila.get_by_label("By phone or video").check()
    leila.get_by_role("button", name="Write down that they take it back").click()
    expect(leila.get_by_text("Taken back. It holds from now on.")).to_be_visible()
    for page in (reading, typing):
        page.clock.fast_forward(16_000)
        expect(page.get_by_text("They have changed what may be shared.")).to_be_visible()
        assert not problems_for_some_readers(page)
    expect(reading.get_by_text("They do not want the services to share what they know.")).to_be_visible()
    expect(reading.locator("main").get_by_text("Link workers")).to_have_count(0)
    expect(typing.get_by_label("Note", exact=True)).to_have_value("Owes three months’ rent")


def test_a_page_that_may_no_longer_be_read_at_all_is_emptied(world: World, screens: Screens) -> None:
    """The referral is sent on elsewhere while the first team has it open."""
    screens.expect_status(404)
    journey = given.a_referral(world)
    page = screens(world.second_link_worker)
    page.clock.install()
    page.goto(f"/journey/{journey.reference}/")
    expect(page.get_by_role("heading", name="Rosa Duarte")).to_be_visible()
    clinician = screens(world.clinician)
    clinician.goto(f"/referrals/{journey.reference}/")
    clinician.get_by_role("link", name="Withdraw").first.click()
    clinician.get_by_role("button", name="Withdraw").click()
    expect(clinician.get_by_text("Withdrawn.").first).to_be_visible()
    page.clock.fast_forward(16_000)
    expect(page.get_by_text("Rosa Duarte")).to_have_count(0)

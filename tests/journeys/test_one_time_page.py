"""A lunch club without an account is shown, once, what somebody signed for."""

from playwright.sync_api import expect

from tests.factories import World
from tests.house.one_time import signed_for
from tests.journeys.screens import Screens, problems_for_some_readers


def test_a_page_is_made_opened_once_with_its_code_and_closed(world: World, screens: Screens) -> None:
    screens.expect_status(410)
    journey, _ = signed_for(world)
    leila, club = screens(world.link_worker), screens(None)
    leila.goto(f"/journey/{journey.reference}/consents/")
    leila.get_by_role("link", name="Tell somebody outside the scheme").click()
    leila.get_by_role("link", name="Make a page for them").click()
    leila.get_by_label("What do you ask them to do?").fill("A hot meal on Tuesdays")
    leila.get_by_role("button", name="Make the page").click()
    assert not problems_for_some_readers(leila)
    link, code = leila.locator("code").all_inner_texts()
    club.goto(link)
    assert not problems_for_some_readers(club)
    expect(club.get_by_text("Rosa")).to_have_count(0)
    club.get_by_label("Code").fill("0000 0000")
    club.get_by_role("button", name="Open the page").click()
    expect(club.get_by_text("That is not the code.").first).to_be_visible()
    club.get_by_label("Code").fill(code)
    club.get_by_role("button", name="Open the page").click()
    expect(club.get_by_role("heading", name="Rosa Duarte")).to_be_visible()
    expect(club.get_by_text("A hot meal on Tuesdays")).to_be_visible()
    assert not problems_for_some_readers(club)
    club.goto(link)
    expect(club.get_by_role("heading", name="This page is closed")).to_be_visible()
    leila.goto(f"/journey/{journey.reference}/once/")
    expect(leila.get_by_text("Opened", exact=True)).to_be_visible()
    leila.goto(f"/journey/{journey.reference}/who-has-seen/")
    expect(leila.get_by_text("Stepney Lunch Club").first).to_be_visible()

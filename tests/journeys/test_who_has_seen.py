"""Somebody asks who has seen their record, and it is looked at with them and given to them on paper."""

from playwright.sync_api import expect

from tests.factories import World
from tests.journeys import given
from tests.journeys.screens import Screens, problems_for_some_readers


def test_it_is_looked_at_together_and_taken_away_on_paper(world: World, screens: Screens) -> None:
    journey = given.a_referral(world)
    given.accepted(journey, world.link_worker)
    leila = screens(world.link_worker)
    leila.goto(f"/journey/{journey.reference}/")
    leila.get_by_role("link", name="Who has seen this record").click()
    expect(leila.get_by_role("heading", name="Who has seen this record")).to_be_visible()
    expect(leila.get_by_role("row", name="They are helping you").first).to_be_visible()
    expect(leila.locator("main").get_by_text("Okafor")).to_have_count(0)
    assert not problems_for_some_readers(leila)
    paper = leila.get_by_role("link", name="Large print").get_attribute("href")
    answer = leila.request.get(f"{leila.url.split('/journey/')[0]}{paper}")
    assert answer.ok and answer.body().startswith(b"%PDF")

"""A mandate is signed on the screen: typed by anybody, drawn by whoever likes to, without scripts all the same."""

import pytest
from playwright.sync_api import Page, expect

from tests.factories import World
from tests.house.consenting import a_mandate
from tests.journeys import given
from tests.journeys.screens import PHONE, Screens, problems_for_some_readers
from wraparound.consent.models import Signature
from wraparound.organisations.actor import acting_as


def to_sign(world: World, page: Page) -> None:
    page.goto(f"/consents/{a_mandate(world, given.a_referral(world)).pk}/mandate/")
    page.get_by_role("button", name="Sign on the screen").click()


def draw(page: Page) -> None:
    page.locator("canvas").scroll_into_view_if_needed()
    edge = page.locator("canvas").bounding_box()
    assert edge is not None
    page.mouse.move(edge["x"] + 20, edge["y"] + 60)
    page.mouse.down()
    for across, down in ((60, 20), (100, 80), (140, 30), (180, 70), (220, 40)):
        page.mouse.move(edge["x"] + across, edge["y"] + down, steps=4)
    page.mouse.up()


def the_signature(world: World) -> Signature:
    with acting_as(world.link_worker):
        return Signature.objects.get()


def test_without_scripts_one_types(world: World, screens: Screens) -> None:
    page = screens(world.link_worker, scripts=False)
    to_sign(world, page)
    expect(page.locator("canvas")).to_be_hidden()
    page.get_by_label("Full name of whoever signs").fill("Rosa Duarte")
    page.get_by_label("I have read this").check()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("By typing their name")).to_be_visible()
    assert the_signature(world).how == "typed"


def test_by_keyboard_alone_the_box_is_no_trap(world: World, screens: Screens) -> None:
    page = screens(world.link_worker)
    to_sign(world, page)
    page.get_by_label("Full name of whoever signs").focus()
    page.keyboard.type("Rosa Duarte")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Clear the box")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("By typing their name")).to_be_visible()


@pytest.mark.parametrize("width", [1280, PHONE])
def test_drawn_it_is_kept_through_a_mistake_and_can_be_cleared(world: World, screens: Screens, width: int) -> None:
    page = screens(world.link_worker, width=width)
    to_sign(world, page)
    draw(page)
    expect(page.get_by_text("Something is drawn.")).to_be_visible()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("There is a problem")).to_be_visible()
    expect(page.get_by_text("Something is drawn.")).to_be_visible()
    assert not problems_for_some_readers(page)
    page.get_by_role("button", name="Clear the box").click()
    expect(page.get_by_text("Nothing is drawn.")).to_be_visible()
    draw(page)
    page.get_by_label("Full name of whoever signs").fill("Rosa Duarte")
    page.get_by_label("I have read this").check()
    page.get_by_role("button", name="Sign", exact=True).click()
    expect(page.get_by_text("By drawing on the screen")).to_be_visible()
    assert not problems_for_some_readers(page)
    assert the_signature(world).drawing.count(",") > 5

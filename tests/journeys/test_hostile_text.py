"""Text that would be a program stands on every page as text: in a real browser, which tells when a policy is broken."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.attacks.planting import FORMS, Planting, said
from tests.factories import World
from tests.journeys import given
from tests.journeys.screens import Screens

HOSTILE = "'\"></textarea><svg onload=hacked()><img src=x onerror=hacked()>"
SHORT = '"><svg onload=hacked()>'
# Whatever of it became part of the page and not of a text.
PARSED = "() => document.querySelectorAll('[onload], [onerror], svg:not([class]):not([role]):not([viewBox])').length"
BOXES = ":is(input[type=text], textarea)"
LISTENS = """() => {
    window.broken = [];
    window.hacked = () => window.broken.push("a script of a user ran");
    document.addEventListener("securitypolicyviolation", event => window.broken.push(event.violatedDirective));
}"""
# Forms whose text others read most: of each kind of page one.
WRITTEN = ("refer-new", "journey-contact", "note", "handover", "task-new", "concern")


def hostile(form: Any, number: int) -> dict[str, str]:
    """What is right, with a program in every box that takes any text."""
    right = said(form, number)
    return {name: SHORT if "qzxmark" in value and "@" not in value else value for name, value in right.items()}


def watched(screens: Screens, world: World, who: str) -> Page:
    page = screens(world.actors.get(who))
    page.add_init_script(f"({LISTENS})()")
    return page


def nothing_ran(page: Page, address: str) -> None:
    page.goto(address)
    assert page.evaluate("() => window.broken") == [], address
    assert page.evaluate(PARSED) == 0, address


@pytest.mark.parametrize("name", WRITTEN)
def test_what_is_written_into_a_form_stays_text(name: str, screens: Screens) -> None:
    """On the page that comes next, on those that lead on from there, and beside the form when it is refused."""
    planting = Planting()
    browser, address, posted = planting.at(name)
    answer = browser.post(address, posted.filled(hostile(posted, 3)))
    world, who = planting.worlds[name], FORMS[name].who
    page = watched(screens, world, who)
    screens.expect_status(403, 404)
    places = [answer["Location"]] if answer.status_code == 302 else []
    for place in [*places, "/home/" if who != "nobody" else "/ask/"]:
        nothing_ran(page, place)
    page.goto(address)
    boxes = page.locator(f"main form[method=post] {BOXES}")
    for index in range(min(boxes.count(), 6)):
        if boxes.nth(index).is_visible():
            boxes.nth(index).fill(HOSTILE)
    button = page.locator(f"main form[method=post]:has({BOXES}:visible) button:visible").first
    if button.count():
        button.click()
        page.wait_for_load_state()
        assert page.evaluate("() => window.broken") == []
        assert page.evaluate(PARSED) == 0


def test_a_record_full_of_it_shows_it_as_it_was_written(screens: Screens) -> None:
    world = given.a_world()
    journey = given.a_referral(
        world, person=given.details(family_name=SHORT, given_names=HOSTILE[:50], address=HOSTILE), reason=HOSTILE
    )
    case = given.accepted(journey, world.link_worker)
    given.noted(case, world.link_worker, HOSTILE)
    screens.expect_status(403, 404)
    for actor, addresses in (
        ("link_worker", ["/worklist/", f"/journey/{journey.reference}/", f"/journey/{journey.reference}/contact/"]),
        ("clinician", ["/referrals/", f"/referrals/{journey.reference}/", "/home/"]),
    ):
        page = watched(screens, world, actor)
        for address in addresses:
            nothing_ran(page, address)
            if address.startswith("/journey/") and address.count("/") == 3:
                assert SHORT in page.inner_text("body") and HOSTILE in page.inner_text("body")

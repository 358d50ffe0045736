"""From a phone's photographs to one PDF with its pages in order, in few presses, with scripts and without."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.factories import World
from tests.house.files import a_case, a_photograph, clock_of, harmful
from tests.journeys.screens import PHONE, Screens
from wraparound.files.models import File
from wraparound.files.tasks import look_through
from wraparound.organisations.actor import acting_as


def look(world: World) -> None:
    """What the job would do now."""
    with acting_as(world.adviser):
        [file] = File.objects.visible_to(world.adviser).filter(status="waiting")
    look_through.now(by=clock_of(world), file_id=file.pk)


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (PHONE, False)], ids=["wide", "a phone without scripts"])
def test_photographs_become_a_document_whose_pages_are_put_in_order(
    world: World, screens: Screens, tmp_path: Path, width: int, scripts: bool
) -> None:
    case = a_case(world)
    photographs = []
    for name, colour in (("first", "white"), ("second", "red")):
        photographs.append(tmp_path / f"{name}.jpg")
        photographs[-1].write_bytes(a_photograph(colour, size=(600, 800)))
    page = screens(world.adviser, width=width, scripts=scripts)
    page.goto(f"/documents/case/{case.pk}/")
    expect(page.get_by_text("No documents yet.")).to_be_visible()
    page.get_by_role("button", name="Add a document").click()
    page.locator("input[type=file]").set_input_files(photographs)
    page.get_by_label("What is it?").select_option("Decision letter")
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_text("Being checked")).to_be_visible()
    look(world)
    page.reload()
    page.get_by_role("link", name="Decision letter").click()
    expect(page.get_by_role("img", name="Page 1 of 2")).to_be_visible()
    page.get_by_role("link", name="Put the pages in order, or turn them").click()
    page.get_by_label("Number of page 2").fill("1")
    page.get_by_role("button", name="Put them in this order").click()
    expect(page.get_by_text("The pages are being put in order.")).to_be_visible()
    look(world)
    page.get_by_role("link", name="Look again").click()
    with page.expect_download() as kept:
        page.get_by_role("button", name="Download the PDF").click()
    assert kept.value.suggested_filename == "decision-letter.pdf"
    page.get_by_role("link", name="Put it away").click()
    page.get_by_label("Why is it put away?").fill("Of somebody else")
    page.get_by_role("button", name="Put it away").click()
    expect(page.get_by_text("No documents yet.")).to_be_visible()
    with acting_as(world.adviser):
        [file] = File.objects.visible_to(world.adviser)
        assert (file.status, file.pages) == ("put_away", 2)


def test_who_added_what_was_harmful_is_led_to_why(world: World, screens: Screens) -> None:
    harmful(world)
    page = screens(world.adviser)
    page.goto("/home/")
    section = page.get_by_role("region", name="Documents that could not be kept")
    (section if section.count() else page).get_by_role("link", name="Rosa Duarte").last.click()
    expect(page.get_by_text("The scanner found something harmful")).to_be_visible()
    expect(page.get_by_role("button", name="Download the PDF")).to_have_count(0)

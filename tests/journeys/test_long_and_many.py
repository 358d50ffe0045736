"""Names as people have them, a very long note, and a list with no end in sight."""

import re
from collections.abc import Callable
from copy import copy

import pytest
from playwright.sync_api import Page, expect

from tests.factories import World, details
from tests.journeys import clinician, given, then, worker
from tests.journeys.screens import PHONE, Screens
from tests.journeys.stage import do_waiting_jobs
from wraparound.organisations.actor import Actor, acting_as
from wraparound.referrals.models import Journey, Referral, new_reference

NAMES = (
    ("Tiến", "Nguyễn"), ("محمد", "الأحمد"), ("தமிழ்ச்செல்வி", ""), ("愛美", "陳"), ("Зоряна", "Шевченко"),
    ("Ανδρέας", "Παπαδόπουλος"), ("ਗੁਰਪ੍ਰੀਤ", "ਕੌਰ"), ("שרה", "לוי"),
    ("রহিমা", "বেগম"), ("አበበ", "በቀለ"), ("Siân", "O’Llewellyn-García"),
)  # fmt: skip
LONGEST = ("Wilhelmina-Konstantinopolitanische" * 5 + "Maria")[:180], "Featherstonehaugh" * 10
MANY = 500


@pytest.mark.parametrize("name", NAMES, ids=" ".join)
def test_a_name_is_shown_as_it_is_written(name: tuple[str, str], world: World, screens: Screens) -> None:
    given_names, family_name = name
    shown = " ".join(part for part in name if part)
    given.accepted(
        given.a_referral(world, person=details(given_names=given_names, family_name=family_name)), world.adviser
    )
    do_waiting_jobs()
    page = screens(world.adviser, width=PHONE)
    worker.opens(page, shown)
    expect(page).to_have_title(re.compile(re.escape(shown)))
    page = screens(world.clinician)
    clinician.finds(page, given_names, shown)
    clinician.opens_the_referral_of(page, shown)
    assert clinician.reads_the_pdf(page, "Referral accepted")


def test_the_longest_name_stays_on_every_page(world: World, sit: Callable[[Actor], Page]) -> None:
    given_names, family_name = LONGEST
    journey = given.a_referral(world, person=details(given_names=given_names, family_name=family_name))
    case = given.accepted(journey, world.adviser)
    page = sit(world.adviser)
    for address in (
        "/worklist/",
        f"/journey/{journey.reference}/",
        f"/journey/{journey.reference}/contact/",
        f"/case/{case.pk}/note/",
    ):
        page.goto(address)
        then.everybody_can_use(page)
    page = sit(world.clinician)
    for address in ("/referrals/", f"/referrals/{journey.reference}/", "/demo/gp-system/"):
        page.goto(address)
        then.everybody_can_use(page)


def test_a_long_note_is_kept_to_the_last_letter(world: World, sit: Callable[[Actor], Page]) -> None:
    note = "She said: “ça va aller”.\n\n" + "W" * 400 + "\n" + "word and word " * 700
    note = note[:9_990].strip() + " The end."
    given.accepted(given.a_referral(world), world.link_worker)
    page = sit(world.link_worker)
    worker.opens(page, "Rosa Duarte")
    worker.writes_a_note(page, note)
    page.get_by_text("The whole note").click()
    assert page.locator("details .wr-notes__text").text_content() == note
    then.everybody_can_use(page)


def many_referrals(world: World) -> set[str]:
    """As if the same person had been referred that often: their references."""
    journey = given.a_referral(world, advice_ticked=False)
    with acting_as(world.clinician):
        referral = Referral.objects.get(journey=journey)
        journeys = []
        for _ in range(MANY - 1):
            another = copy(journey)
            another.pk, another.reference = None, new_reference()
            journeys.append(another)
        referrals = []
        for another in Journey.objects.bulk_create(journeys):
            made = copy(referral)
            made.pk, made.journey_id = None, another.pk
            referrals.append(made)
        Referral.objects.bulk_create(referrals)
    return {journey.reference, *(another.reference for another in journeys)}


def test_a_list_of_500_is_read_to_its_end(world: World, screens: Screens) -> None:
    waiting = many_referrals(world)
    page = screens(world.link_worker)
    worker.opens_the_worklist(page)
    then.it_says(page, "All (500)")
    seen: list[str] = []
    while True:
        links = page.locator(".wr-worklist__name")
        seen += links.evaluate_all("each => each.map(link => link.pathname.split('/')[2])")
        following = page.get_by_role("link", name="Next page")
        if not following.count():
            break
        page.goto(f"/worklist/{following.get_attribute('href')}")
    assert len(seen) == MANY
    assert set(seen) == waiting
    then.everybody_can_use(page)

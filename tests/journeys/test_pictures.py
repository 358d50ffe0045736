"""The pictures of README and guides: a week of one journey among the demo's people. Written with `--pictures` alone."""

from datetime import date
from threading import Thread

import pytest
from django.db import connections
from playwright.sync_api import Page, expect

from tests.journeys import clinician, worker
from tests.journeys.pictures import WIDTH, Clock, take
from tests.journeys.screens import PHONE, Screens
from tests.journeys.stage import do_waiting_jobs
from wraparound.demo.load import load_demo
from wraparound.demo.schemes import EASTMARSH
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import Membership
from wraparound.people.details import PersonDetails
from wraparound.referrals.launching import start_launch, token_of

HER = PersonDetails(
    given_names="Ngozi", family_name="Eze-Fernández", date_of_birth=date(1979, 3, 14), nhs_number="9990481210",
    address="Flat 9, 31 Lockkeeper Way\nEastmarsh", postcode="ZZ1 4QX", mobile="07700 900318",
    email="ngozi@mail.example", preferred_language="Igbo", practice_ods_code="XDEMO4",
)  # fmt: skip
NAME = "Ngozi Eze-Fernández"
NOTE = (
    "Rent went up in September and she has fallen behind. Misses the choir at her old church.\n"
    "Agreed: try the Thursday singing group together, and see Ana about the rent letters."
)


@pytest.fixture
def demo(server: str, clock: Clock) -> dict[str, Actor]:
    """The demo's workers, with a year of other people behind them."""
    loading = Thread(target=_load, args=[clock.monday])
    loading.start()
    loading.join()
    emails = {worker.email: worker.key for worker in EASTMARSH.workers}
    held = Membership.objects.filter(user__email__in=emails).select_related("user").order_by("-pk")
    return {emails[each.user.email]: Actor.of(each) for each in held}


def _load(today: date) -> None:
    load_demo(lambda line: None, people=70, today=today, schemes=[EASTMARSH])
    connections.close_all()


HIM = PersonDetails(
    given_names="Arthur", family_name="Penrose", date_of_birth=date(1961, 7, 2), nhs_number="9990481229",
    mobile="07700 900655", no_fixed_abode=True, practice_ods_code="XDEMO4",
)  # fmt: skip


def test_the_pictures_of_a_journey(demo: dict[str, Actor], clock: Clock, screens: Screens) -> None:
    amara, leila, ana = (screens(demo[key], width=WIDTH) for key in ("amara.okafor", "leila.haddad", "ana.sousa"))
    clock.strikes(5, 9, 40)
    she_is_referred(amara, screens(demo["amara.okafor"], width=PHONE, height=740), demo["amara.okafor"])

    clock.strikes(5, 11, 5)
    worker.opens(leila, NAME)
    worker.accepts(leila)
    clock.strikes(4, 14, 10)
    worker.records_an_attempt(leila, "Phone", "Spoke with the person")
    worker.writes_a_note(leila, NOTE)
    clock.strikes(3, 9, 25)
    worker.opens(ana, NAME)
    worker.accepts(ana)

    clock.strikes(0, 10, 30)
    worker.opens(leila, NAME)
    first, last = leila.get_by_role("heading", name="Where each service is"), leila.locator(".wr-work > .wr-buttons")
    take(leila, "journey", first=first, last=last)

    worker.closes(leila, "Helped with what they came for")
    do_waiting_jobs()
    clinician.opens_the_referral_of(amara, NAME)
    amara.get_by_role("link", name="Work finished", exact=True).click()
    expect(amara.get_by_role("heading", name="Work finished")).to_be_visible()
    take(amara, "message-back", last=amara.get_by_role("button", name="Open the PDF for the record"))
    he_has_nowhere_to_sleep(amara, screens(demo["joy.mensah"], width=WIDTH), demo["amara.okafor"])


def she_is_referred(desk: Page, phone: Page, by: Actor) -> None:
    with acting_as(by):
        address = f"/refer/launch/{token_of(start_launch(by=by, details=HER))}/"
    for page in (phone, desk):
        page.goto(address)
        clinician.says_they_want(page, "Debt or bills", "Loneliness", advice=True)
        expect(clinician.looks_ahead(page)).to_contain_text("will contact them by")
        if page is phone:
            take(phone, "refer-phone", first=phone.get_by_text("What would they like help with?"), height=860)
        clinician.says_they_agreed(page)
    desk.evaluate("() => scrollTo(0, 0)")
    take(desk, "refer", height=1150)
    clinician.sends_it(desk)
    take(desk, "referred-page", last=clinician.part_of(desk, "Welfare advice"))


def he_has_nowhere_to_sleep(amara: Page, joy: Page, by: Actor) -> None:
    with acting_as(by):
        address = f"/refer/launch/{token_of(start_launch(by=by, details=HIM))}/"
    amara.goto(address)
    clinician.says_they_want(amara, "Housing", advice=True)
    clinician.says_it_cannot_wait(amara, "Nowhere to sleep tonight")
    clinician.says_they_agreed(amara)
    clinician.sends_it(amara)
    take(amara, "ring-now", height=900)
    joy.goto("/alerts/")
    take(joy, "same-day-alert", height=620)

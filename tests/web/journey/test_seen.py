"""The page and the paper that show a person who has seen their record."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.factories import NOW, World, referred
from tests.people.test_kept_from_some import restricted
from tests.web.reading import text
from tests.web.working import taken_on
from wraparound.audit.models import Access, What
from wraparound.organisations.actor import acting_as
from wraparound.people.reading import note_access

pytestmark = pytest.mark.django_db


def test_the_journey_page_leads_to_it_and_it_says_who_what_and_why(world: World, sign_in) -> None:
    journey, _ = taken_on(world)
    browser = sign_in(world.link_worker)
    address = f"/journey/{journey.reference}/who-has-seen/"
    assert address in browser.get(f"/journey/{journey.reference}/").content.decode()
    shown = text(browser.get(address))
    assert "A link worker What They looked at your record Why They are helping you" in shown
    assert "Rights First What They were asked to help you Why You agreed to it" in shown
    for name in ("Amara", "Okafor"):
        assert name not in shown


def test_looking_at_it_is_on_the_list_and_so_is_the_paper(world: World, sign_in) -> None:
    journey, _ = taken_on(world)
    browser = sign_in(world.link_worker)
    browser.get(f"/journey/{journey.reference}/who-has-seen/")
    browser.get(f"/journey/{journey.reference}/who-has-seen.pdf")
    with acting_as(world.link_worker):
        rows = Access.objects.filter(person_id=journey.person_id).order_by("-pk")[:2]
        assert {(each.page, each.what) for each in rows} == {
            ("who-has-seen", What.LOOK), ("who-has-seen-paper", What.DOCUMENT),
        }  # fmt: skip


def test_a_long_list_goes_on_on_further_pages(world: World, sign_in) -> None:
    journey = referred(world, advice_ticked=False)
    for day in range(40):
        by = world.clinician.at(NOW - timedelta(days=day + 1))
        with acting_as(by):
            note_access(by, journey.person, "journey")
    browser, address = sign_in(world.clinician), f"/journey/{journey.reference}/who-has-seen/"
    first = browser.get(address).content.decode()
    [further] = re.findall(r'href="(\?after=[^"]+)" rel="next"', first)
    second = browser.get(address + further).content.decode()
    # A line for each day, and that they were referred.
    assert [page.count('<tr class="nhsuk-table__row">') for page in (first, second)] == [25, 16]
    assert 'rel="next"' not in second
    assert "There is nothing before that." in text(browser.get(f"{address}?after=2000-01-01T00:00:00%2B00:00~0"))
    assert browser.get(f"{address}?after=nonsense").status_code == 200


def test_the_paper_says_the_same_in_the_same_words(world: World, sign_in) -> None:
    journey, _ = taken_on(world)
    answer = sign_in(world.link_worker).get(f"/journey/{journey.reference}/who-has-seen.pdf")
    assert answer["Content-Type"] == "application/pdf" and "Rosa" not in answer["Content-Disposition"]
    said = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split())
    for words in ("Who has seen your record", "Rosa Duarte", "Rights First", "They were asked to help you",
                  "Why: You agreed to it.", "If something looks wrong to you, tell us."):  # fmt: skip
        assert words in said
    assert "Okafor" not in said and "Haddad" not in said


def test_who_may_not_know_of_the_record_finds_neither(world: World, sign_in) -> None:
    journey, _ = taken_on(world)
    restricted(world, world.link_worker, journey)
    for actor, status in ((world.second_link_worker, 404), (world.other_clinician, 404), (world.commissioner, 403)):
        for end in ("who-has-seen/", "who-has-seen.pdf"):
            assert sign_in(actor).get(f"/journey/{journey.reference}/{end}").status_code == status

"""The pages of figures: what each reader is shown, and where each number leads."""

import re
from html import unescape
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import World, make_world
from tests.reporting.test_dropout import lives, managers, somebody
from tests.web.conftest import SignIn
from tests.web.reading import errors, text
from wraparound.organisations.actor import acting_as
from wraparound.referrals.models import Signpost
from wraparound.reporting.counting import recount
from wraparound.reporting.definitions import FIGURES

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    """Seven people referred today, each of whom comes to another end."""
    world = managers(make_world())
    world.actors = {name: actor.at(timezone.now()) for name, actor in world.actors.items()}
    lives(world)
    return world


def links(response: object, text_: str) -> list[str]:
    page = response.content.decode()  # type: ignore[attr-defined]
    found = re.findall(r'<a href="([^"]+)">([^<]*)', page)
    return [unescape(href) for href, words in found if words == text_]


def test_a_manager_sees_the_steps_in_a_picture_and_in_a_table(world: World, sign_in: SignIn) -> None:
    page = sign_in(world.manager).get("/figures/")
    said = text(page)
    assert "Social prescribing: referral" in said and "Counted at" in said and "What each figure means" in said
    [drawn] = re.findall(r"<svg[^>]*role=\"img\".*?</svg>", page.content.decode(), flags=re.DOTALL)[-1:]
    words = " ".join(ElementTree.fromstring(drawn).itertext())
    assert "Referred: 7. Withdrawn 1; still on the way 2. Answered: 4." in words
    assert "<script" not in drawn and "style=" not in drawn and "href" not in drawn


def test_each_number_leads_to_as_many_people_and_each_to_their_journey(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.manager)
    [address, *_] = links(client.get("/figures/"), "4")
    page = client.get(address)
    assert "Answered: referral" in text(page) and len(re.findall(r'href="/journey/', page.content.decode())) == 4
    withdrawn = client.get("/figures/people/?figure=left_withdrawn&service=social_prescribing&kind=referral")
    assert "A person whose record is no longer open to you" in text(withdrawn)


@pytest.mark.parametrize("who", ["practice_manager", "commissioner", "administrator"])
def test_who_may_see_no_people_is_led_to_none(world: World, sign_in: SignIn, who: str) -> None:
    client = sign_in(world.actors[who])
    page = client.get("/figures/").content.decode()
    assert "/figures/people/" not in page and "Duarte" not in page
    assert client.get("/figures/people/?figure=referred").status_code == 404


@pytest.mark.parametrize("who", ["clinician", "receptionist", "link_worker", "adviser"])
def test_roles_without_figures_are_told_so(world: World, sign_in: SignIn, who: str) -> None:
    client = sign_in(world.actors[who])
    for address in ("/figures/", "/figures/meaning/", "/figures/people/"):
        answer = client.get(address)
        assert answer.status_code == 403 and "Your role cannot see the figures." in text(answer)


def test_small_numbers_are_not_on_the_page_of_who_sees_a_scheme(world: World, sign_in: SignIn) -> None:
    page = sign_in(world.commissioner).get("/figures/")
    main = page.content.decode().partition("<main")[2]
    assert "Fewer than 5" in main
    for tag in re.findall(r">\s*([1234])\s*<", main):
        raise AssertionError(f"{tag} is told")
    assert "Nine in ten" not in text(page)


def test_a_number_that_is_none_is_not_there(world: World, sign_in: SignIn) -> None:
    assert sign_in(world.manager).get("/figures/people/?figure=anything").status_code == 404


def test_days_that_make_no_sense_are_said_and_kept(world: World, sign_in: SignIn) -> None:
    asked = {"first-day": "40", "first-month": "1", "first-year": "2026", "last-day": "1", "last-month": "2",
             "last-year": "2026"}  # fmt: skip
    page = sign_in(world.manager).get("/figures/", asked)
    assert errors(page) == ["From must be a real date"] and 'value="40"' in page.content.decode()
    asked |= {"first-day": "3", "first-month": "2"}
    assert errors(sign_in(world.manager).get("/figures/", asked)) == ["To must be the same day as From or later"]


def test_another_time_has_nothing_and_says_so(world: World, sign_in: SignIn) -> None:
    asked = {f"{name}-{part}": value for name in ("first", "last")
             for part, value in (("day", "1"), ("month", "6"), ("year", "2019"))}  # fmt: skip
    assert "Nothing was sent in these days." in text(sign_in(world.manager).get("/figures/", asked))


def test_every_figure_has_its_meaning(world: World, sign_in: SignIn) -> None:
    page = sign_in(world.commissioner).get("/figures/meaning/").content.decode()
    for name in FIGURES:
        assert page.count(f'id="{name}"') == 1


def test_signposting_stands_beside_referral(world: World, sign_in: SignIn) -> None:
    with acting_as(world.clinician):
        Signpost.objects.create(
            scheme=world.scheme, organisation_ids=[world.practice.pk], from_organisation=world.practice,
            service="social_prescribing", needs=[], given_at=timezone.now(), to_team=world.social,
        )  # fmt: skip
    recount()
    said = text(sign_in(world.manager).get("/figures/"))
    assert "2 of 7: 29 in 100 (between 8 and 64)" in said and "0 of 1: 0 in 100 (between 0 and 79)" in said
    assert "Told where to go" in said


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len([query for query in captured if "SAVEPOINT" not in query["sql"]])


@pytest.mark.parametrize("address", ["/figures/", "/figures/people/?figure=referred&kind=referral"])
def test_a_page_asks_the_same_however_many_there_are(world: World, sign_in: SignIn, address: str) -> None:
    client = sign_in(world.manager)
    queries(client, address)
    before = queries(client, address)
    for number in range(30, 50):
        somebody(world, number)
    recount()
    assert queries(client, address) == before <= 18

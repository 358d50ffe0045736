"""Choosing, setting, trying and publishing a pathway, as a browser asks for it."""

from html import unescape
from typing import Any

import pytest
from django.test import Client

from tests.factories import World, member, referred
from tests.web.conftest import SignIn
from tests.web.reading import errors, ids, text
from tests.web.scheme.test_setting_up import fields
from wraparound.organisations.models import PathwayDraft, PathwayVersion, Scheme
from wraparound.organisations.roles import Role
from wraparound.pathways.differences import NOT_THERE, TAKEN_OUT, differences, part_of
from wraparound.pathways.library import load, names

LIBRARY, SETTINGS = "/scheme/pathway/library/", "/scheme/pathway/draft/settings/"
DRAFT, PUBLISH = "/scheme/pathway/draft/", "/scheme/pathway/draft/publish/"


@pytest.fixture
def browser(world: World, sign_in: SignIn) -> Client:
    return sign_in(world.administrator)


def begin(browser: Client, name: str = "link-worker-first") -> None:
    seen = fields(browser.get(LIBRARY))["seen"]
    assert browser.post(LIBRARY, {"name": name, "seen": seen})["Location"] == SETTINGS


def settings(browser: Client) -> dict[str, Any]:
    return fields(browser.get(SETTINGS))


def test_the_library_shows_eight_pathways_and_how_each_suits_the_model(browser: Client, world: World) -> None:
    page = browser.get(LIBRARY)
    assert text(page).count("In a scheme of co-located services:") == len(names()) == 8
    Scheme.objects.filter(pk=world.scheme.pk).update(model="single")
    assert text(browser.get(LIBRARY)) != text(page)
    assert len(ids(page)) == len(set(ids(page)))
    assert browser.post(LIBRARY, {"name": "no-such", "seen": ""}).status_code == 404


def test_before_a_draft_is_begun_its_pages_lead_to_the_library(browser: Client) -> None:
    for address in (DRAFT, SETTINGS, PUBLISH):
        assert browser.get(address)["Location"] == LIBRARY


def test_a_draft_saved_as_it_stands_is_the_library_file(browser: Client, world: World) -> None:
    begin(browser)
    before = PathwayDraft.objects.get().parameters
    assert browser.post(SETTINGS, settings(browser))["Location"] == DRAFT
    assert PathwayDraft.objects.get().parameters == before


def test_what_is_set_shows_beside_today_and_tried_on_last_month(browser: Client, world: World) -> None:
    for advice in (True, True, False):
        referred(world, advice_ticked=advice)
    begin(browser)
    browser.post(SETTINGS, settings(browser) | {"welfare_advice_first_contact": "3", "welfare_advice_answer": "1"})
    page = text(browser.get(DRAFT))
    assert "What differs from today" in page and "within 3 working days" in page
    assert "3 referrals came in during the last 30 days." in page
    assert "Rosa" not in page


@pytest.mark.parametrize("name", [each for each in names() if each != "both-at-once"])
def test_what_changed_is_said_first_once_and_the_rest_is_folded(browser: Client, name: str) -> None:
    begin(browser, name)
    page = unescape(browser.get(DRAFT).content.decode())
    table = page[page.index('id="differs"') : page.index('id="tried"')]
    shown, _, folded = table.partition('<details class="nhsuk-details">')
    found = differences(load("both-at-once"), load(name))
    for each in found:
        changed = each.where not in ("Title", "Summary") and each.becomes != TAKEN_OUT and each.was != NOT_THERE
        assert f"{each.where}<" in (shown if changed else folded), each.where
        assert each.becomes in table and each.was in table
    assert f"{len(found)} lines differ: " in text(browser.get(DRAFT))
    out = {(each.was, each.becomes) for each in found if each.becomes == TAKEN_OUT}
    alike = out | {(part_of(each), each.was, each.becomes) for each in found if each.becomes != TAKEN_OUT}
    assert table.count("<tr") - table.count("<table") == len(alike)


def test_faults_of_a_draft_stand_beside_their_fields_and_nothing_typed_is_lost(browser: Client) -> None:
    begin(browser)
    kept = PathwayDraft.objects.get().parameters
    said = settings(browser) | {
        "welfare_advice_answer": "9", "welfare_advice_first_contact": "4", "urgent_contact": "8",
        "urgent_when": ["bailiffs_due"], "social_prescribing_full_1": "waiting_list",
        "social_prescribing_full_2": "waiting_list",
    }  # fmt: skip
    page = browser.post(SETTINGS, said)
    assert errors(page) == ["Choose each only once"]
    page = browser.post(SETTINGS, said | {"social_prescribing_full_2": ""})
    assert {"welfare_advice_answer-error", "urgent_when-error"} <= set(ids(page))
    assert len(errors(page)) == len([each for each in ids(page) if each.endswith("-error")])
    assert not [line for line in errors(page) if "services." in line or "urgent." in line]
    assert 'value="9"' in page.content.decode()
    assert PathwayDraft.objects.get().parameters == kept


def test_publishing_shows_what_changes_and_asks_once_more(browser: Client, world: World) -> None:
    begin(browser)
    page = browser.get(PUBLISH)
    assert "New journeys follow it from the moment you publish" in text(page)
    assert PathwayVersion.objects.filter(scheme=world.scheme).count() == 1
    assert browser.post(PUBLISH, fields(page))["Location"] == "/scheme/pathway/"
    page = browser.get("/scheme/pathway/")
    assert "In force: “Link worker first”" in text(page) and "by Yusuf Demir" in text(page)
    before = PathwayVersion.objects.get(scheme=world.scheme, number=1)
    assert "It was the first" in text(browser.get(f"/scheme/pathway/versions/{before.pk}/"))
    now = PathwayVersion.objects.get(scheme=world.scheme, number=2)
    assert "What it changed from version 1" in text(browser.get(f"/scheme/pathway/versions/{now.pk}/"))
    assert "there is nothing to publish" in text(browser.get(DRAFT))


def test_a_second_administrator_who_published_first_is_named(browser: Client, world: World, sign_in: SignIn) -> None:
    begin(browser)
    page = fields(browser.get(PUBLISH))
    second = sign_in(member(world.scheme, world.practice, Role.SCHEME_ADMINISTRATOR, "Inês Carvalho"))
    assert second.post(PUBLISH, page).status_code == 302
    begin(second, "advice-first")
    late = browser.post(PUBLISH, page)
    assert "Inês Carvalho published version 2 at" in text(late) and "Nothing is lost" in text(late)
    assert PathwayVersion.objects.filter(scheme=world.scheme).count() == 2
    assert browser.post(PUBLISH, fields(late)).status_code == 302


def test_a_scheme_without_a_pathway_begins_with_the_library(browser: Client, world: World) -> None:
    Scheme.objects.filter(pk=world.scheme.pk).update(pathway_version=None)
    assert "No pathway has been published yet" in text(browser.get("/scheme/pathway/"))
    assert "Choose a pathway and publish it" in text(browser.get("/scheme/"))
    begin(browser, "advice-first")
    assert browser.get(DRAFT).status_code == 200
    assert browser.post(PUBLISH, fields(browser.get(PUBLISH))).status_code == 302
    assert Scheme.objects.get(pk=world.scheme.pk).pathway_version.number == 2  # type: ignore[union-attr]

"""Every form of the product takes anything at all without a fault, and what is right is still taken afterwards."""

import logging
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from hypothesis import given as gives
from hypothesis import strategies as st

from tests.attacks.html import Form
from tests.attacks.planting import Browser, Planting, said
from tests.fuzz.inputs import LONG, asked, body_of, texts
from tests.house.seeing import committing
from tests.journeys.test_bad_input import FORMS

URLENCODED = "application/x-www-form-urlencoded"
Open = dict[str, tuple[Browser, str, Form]]


@pytest.fixture(scope="module")
def opened(django_db_setup: None, django_db_blocker) -> Iterator[Open]:
    """Each form as it stands on its page, opened once."""
    logging.disable(logging.ERROR)
    planting = Planting()
    with committing(django_db_blocker):
        yield _Opening(planting)
    logging.disable(logging.NOTSET)


class _Opening(dict):  # type: ignore[type-arg]
    def __init__(self, planting: Planting) -> None:
        super().__init__()
        self.planting = planting

    def __missing__(self, form: str) -> tuple[Browser, str, Form]:
        self[form] = self.planting.at(form)
        return self[form]  # type: ignore[no-any-return]


def send(browser: Browser, address: str, sent: dict[str, list[str]]) -> HttpResponse:
    """The answer. Nothing of it is kept."""
    cache.clear()
    with transaction.atomic():
        answer = browser.client.post(address, body_of(sent), content_type=URLENCODED)
        transaction.set_rollback(True)
    return answer


@pytest.mark.parametrize("name", FORMS)
@asked(10, 200)
@gives(st.data())
def test_a_form_takes_anything(name: str, opened: Open, data: st.DataObject) -> None:
    """Right answers, of which some are wrong, doubled, missing or never asked for."""
    browser, address, posted = opened[name]
    right = posted.filled(said(posted, 0))
    names = sorted({box.name for box in posted.boxes if box.name and box.kind != "submit"})
    changed = data.draw(st.lists(st.sampled_from(names), max_size=4, unique=True)) if names else []
    for each in changed:
        right[each] = data.draw(st.lists(texts, max_size=3))
    if data.draw(st.booleans()):
        right[data.draw(st.sampled_from([*names, "id", "next", "scheme"])) + "[]"] = data.draw(
            st.lists(texts, max_size=2)
        )
    answer = send(browser, address, right)
    assert answer.status_code in (200, 302, 400, 403, 404, 409), answer.status_code


@pytest.mark.parametrize("name", FORMS)
def test_a_form_takes_no_megabyte(name: str, opened: Open) -> None:
    browser, address, posted = opened[name]
    written = [box.name for box in posted.boxes if box.written]
    for sent in ({each: LONG for each in written[:1]}, {f"more{number}": "x" for number in range(2_000)}):
        answer = send(browser, address, posted.filled() | {each: [text] for each, text in sent.items()})
        assert answer.status_code in (200, 302, 400, 403, 413)


# Whose answers a program cannot know: a code, a password, a file, or one of two that belong together.
UNGUESSABLE = {
    "sign-in", "sure", "second-factor", "second-factor-app", "second-factor-key", "scheme-teams-file",
    "scheme-users-file", "call-list-file", "scheme-lead", "scheme-invite", "scheme-draft-settings", "concern-end",
    "access-end", "access-identity", "access-release", "access-take", "emergency", "erase", "removal", "restrict",
    "retention-longer", "scheme-sharing-sign", "one-time-page", "mandate-paper", "scheme-translation-new",
} | {"evidence-ask", "evidence-record", "evidence-used", "evidence-signed-paper", "document-add"} | {
    "document-version"
} | {"debt", "debt-new", "money-budget", "my-day", "outcome", "outcome-new"}  # fmt: skip


@pytest.mark.parametrize("name", sorted(FORMS.keys() - UNGUESSABLE))
def test_what_is_right_is_taken(name: str, opened: Open) -> None:
    browser, address, posted = opened[name]
    answer = send(browser, address, posted.filled(said(posted, 7)))
    assert answer.status_code == 302 or b"There is a problem" not in answer.content

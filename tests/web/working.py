"""What tests of the services' pages share: an hour of the day, and a person taken on."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from tests.factories import NOW, World, referral_to, referred
from wraparound.casework.actions import accept
from wraparound.casework.models import Case
from wraparound.organisations.actor import Actor, acting_as
from wraparound.referrals.models import Journey

LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def an_hour_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Browsers act one hour after the small scheme was made; actors given a time of their own keep it.

    Forms have the same today: a day that is typed is in the past or to come for both.
    """
    monkeypatch.setattr(Actor, "now", lambda self: self.moment or LATER)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *at: localdate(*at) if at else localdate(LATER))


def taken_on(world: World, by: Actor | None = None, **changes: object) -> tuple[Journey, Case]:
    """A journey whose referral to the actor's team has been accepted."""
    actor = by or world.link_worker
    journey = referred(world, **changes)
    with acting_as(actor):
        return journey, accept(by=actor, referral=referral_to(journey, actor))


def questions(browser: Client, page: str) -> int:
    """How many times the database is asked for a page that has been shown before."""
    browser.get(page)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(page).status_code == 200
    return len(asked)

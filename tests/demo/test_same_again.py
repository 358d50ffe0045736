"""The same day and the same practices give the same year, whatever stands in the database already."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from tests.demo.seen import rows
from tests.journeys.stage import own_database
from wraparound.demo.load import load_demo
from wraparound.demo.schemes import MILLBROOK
from wraparound.people.models import Person
from wraparound.referrals.models import Referral

MONDAY = date(2026, 11, 23)


def _year(today: date) -> Iterator[tuple[object, ...]]:
    with own_database():
        load_demo(lambda line: None, people=8, today=today, schemes=[MILLBROOK])
        names = {person.pk: (person.name, person.nhs_number) for person in rows(Person)}
        for each in rows(Referral):
            moments = (each.sent_at, each.status_since, each.due_at, each.accepted_at, each.ended_at)
            yield names[each.person_id], each.status, each.outcome, each.worker and each.worker.name, moments


def test_the_same_day_twice_is_the_same_and_another_day_is_not(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> None:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        first, second = (sorted(map(str, _year(MONDAY))) for _ in range(2))
        other = sorted(map(str, _year(MONDAY + timedelta(days=1))))
    assert first == second
    assert first != other and len(first) >= 8

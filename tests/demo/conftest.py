"""The demo in a database of its own, loaded once for all these tests: the given stories of each scheme."""

from collections.abc import Iterator
from datetime import date

import pytest

from tests.journeys.stage import own_database
from wraparound.demo.load import load_demo
from wraparound.demo.plots import PLOTS

MONDAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[list[str]]:
    """What was refused while four small years were told."""
    with django_db_blocker.unblock(), own_database():  # type: ignore[attr-defined]
        yield load_demo(lambda line: None, people=len(PLOTS), today=MONDAY)

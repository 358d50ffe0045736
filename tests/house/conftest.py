"""Committed rows, and a look at all of them as the tables' owner."""

from collections.abc import Iterator

import pytest

from tests.house.seeing import Owner, committing


@pytest.fixture
def owner(django_db_setup: None, django_db_blocker) -> Iterator[Owner]:
    """What is in the database whoever asks. What the test commits is taken away after it."""
    with committing(django_db_blocker) as seeing:
        yield seeing


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-access", action="store_true", help="write docs/generated/access.md anew")

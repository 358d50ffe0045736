"""One world, served in this process, for attacks that need no browser."""

from collections.abc import Iterator

import pytest

from tests.attacks.planting import Planting
from tests.house.seeing import committing


@pytest.fixture(scope="module")
def planting(django_db_setup: None, django_db_blocker) -> Iterator[Planting]:
    """Forms of worlds of their own, sent by those whom they are for. What is kept is taken away after the module."""
    with committing(django_db_blocker):
        yield Planting()

"""A button pressed twice sends the same photograph twice at the same moment."""

from collections.abc import Iterator

import pytest

from tests.at_once import all_at_once
from tests.factories import make_world
from tests.house.files import ABOUT, a_case, a_photograph, given
from tests.house.seeing import Owner, committing
from wraparound.events.action import Refused
from wraparound.files.adding import add_document


@pytest.fixture
def owner(django_db_setup: None, django_db_blocker) -> Iterator[Owner]:
    with committing(django_db_blocker) as held:
        yield held


def test_the_same_photograph_at_once_is_kept_once(owner: Owner) -> None:
    world = make_world()
    case = a_case(world)
    sent = {"case": case, "given": given(a_photograph()), "about": ABOUT}
    results = all_at_once(*((world.adviser, lambda by: add_document(by=by, **sent)) for _ in range(2)))
    assert [each.code for each in results if isinstance(each, Refused)] == ["same_file"]
    assert owner.query("SELECT count(*) FROM files_file") == [(1,)]

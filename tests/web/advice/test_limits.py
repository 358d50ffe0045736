"""A time limit's page: the day, and by when it has to be there so that somebody takes it in."""

from datetime import date

import pytest

from tests.factories import World
from tests.house.advice import advised_in
from tests.web.conftest import SignIn
from tests.web.reading import text
from wraparound.advice.models import TimeLimit

pytestmark = pytest.mark.django_db
FRIDAY_BEFORE = "Offices are shut that day: have it there by Friday 27 November."


def dated(world: World, day: date) -> TimeLimit:
    found = advised_in(world)
    return found.limit(found.matter(), day)


@pytest.mark.parametrize(
    ("letter", "last", "warned"),
    [(date(2026, 10, 28), "Saturday 28 November", True), (date(2026, 10, 27), "Friday 27 November", False)],
    ids=["a Saturday", "a Friday"],
)
def test_a_last_day_on_which_nobody_takes_it_in_says_which_day_to_work_to(
    world: World, sign_in: SignIn, letter: date, last: str, warned: bool
) -> None:
    page = text(sign_in(world.adviser).get(f"/time-limit/{dated(world, letter).pk}/"))
    assert f"The last day is {last}" in page
    assert (FRIDAY_BEFORE in page) is warned

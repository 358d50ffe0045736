"""When a concern has been left, as a table; and by when its owner looks again."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wraparound.pathways.calendar import calendar_for
from wraparound.pathways.vocabulary import Nation
from wraparound.safeguarding.rules import Left, away_past, left, look_again_by
from wraparound.safeguarding.states import CONCERN_MOVES, ConcernStatus, Whose

ENGLAND = calendar_for(Nation.ENGLAND)
RAISED, OWNED, ENDED = ConcernStatus
HERE_AND_NOT_AWAY = (True, False)
MONDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("status", "due", "here", "away", "why"),
    [
        *((ENDED, *rest, None) for rest in product((True, False), repeat=3)),
        *((RAISED, False, *rest, None) for rest in product((True, False), repeat=2)),
        *((RAISED, True, *rest, Left.UNOWNED) for rest in product((True, False), repeat=2)),
        *((OWNED, due, False, away, Left.OWNER_GONE) for due, away in product((True, False), repeat=2)),
        *((OWNED, due, True, True, Left.OWNER_AWAY) for due in (True, False)),
        (OWNED, True, *HERE_AND_NOT_AWAY, Left.UNTOUCHED),
        (OWNED, False, *HERE_AND_NOT_AWAY, None),
    ],
)
def test_what_has_been_left(status: ConcernStatus, due: bool, here: bool, away: bool, why: Left | None) -> None:
    assert left(status, due=due, owner_here=here, owner_away=away) is why


@pytest.mark.parametrize(
    ("starts", "ends", "away"),
    [
        (0, 0, False),
        (0, 6, False),
        (0, 7, True),
        (-30, 60, True),
        (1, 60, False),
        (-9, -1, False),
    ],
    ids=["today", "back on the day", "gone on the day", "long gone", "from tomorrow", "back already"],
)
def test_who_is_back_in_time_is_not_away(starts: int, ends: int, away: bool) -> None:
    absence = (MONDAY + timedelta(days=starts), MONDAY + timedelta(days=ends))
    assert away_past([absence], MONDAY, MONDAY + timedelta(days=7)) is away


@pytest.mark.parametrize(
    ("since", "undecided", "due"),
    [
        (datetime(2026, 11, 23, 10, tzinfo=UTC), False, datetime(2026, 11, 30, 10, tzinfo=UTC)),
        (datetime(2026, 11, 23, 10, tzinfo=UTC), True, datetime(2026, 11, 25, 17, tzinfo=UTC)),
        (datetime(2026, 11, 27, 10, tzinfo=UTC), True, datetime(2026, 12, 1, 17, tzinfo=UTC)),
        (datetime(2026, 12, 21, 10, tzinfo=UTC), False, datetime(2026, 12, 29, 9, tzinfo=UTC)),
    ],
    ids=["a week", "two working days", "past a weekend", "when services open again"],
)
def test_an_owner_looks_again_in_a_week_and_sooner_while_the_practice_is_undecided(
    since: datetime, undecided: bool, due: datetime
) -> None:
    assert look_again_by(since, gp_undecided=undecided, calendar=ENGLAND) == due


FIRST, LAST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC)


@given(st.datetimes(FIRST.replace(tzinfo=None), LAST.replace(tzinfo=None), timezones=st.just(UTC)), st.booleans())
def test_there_is_time_to_look_again_and_never_more_than_a_fortnight(since: datetime, undecided: bool) -> None:
    due = look_again_by(since, gp_undecided=undecided, calendar=ENGLAND)
    assert timedelta(days=1) < due - since < timedelta(days=14)


def test_whatever_is_open_grows_late_and_somebody_can_take_it_on_then() -> None:
    open_ = {RAISED, OWNED}
    assert CONCERN_MOVES["grow_late"].from_ == open_
    taking = [CONCERN_MOVES[verb] for verb in ("own", "take_over")]
    assert {status for move in taking for status in move.from_} == open_
    assert {move.whose for move in taking} == {Whose.ANSWERER}

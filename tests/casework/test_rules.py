"""When somebody was tried often enough, and who may stop: every row of the decision."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wraparound.casework.rules import PartOfDay, Stopping, part_of_day, so_far, stopping

# In winter London keeps UTC, in summer it is an hour ahead.
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
MORNING, AFTERNOON, EVENING = timedelta(hours=10), timedelta(hours=14), timedelta(hours=18)


def tries(needed: int, *when: tuple[int, timedelta]) -> tuple[int, str]:
    """How far tries on these days at these hours come, and what is still missing."""
    told = so_far([MONDAY + timedelta(days=day) + hour for day, hour in when], needed)
    return told.counted, told.what_is_missing


TABLE = {
    "nobody tried": (3, [], 0, "Try on 3 more days."),
    "once": (3, [(0, MORNING)], 1, "Try on 2 more days, at least once in the afternoon or in the evening."),
    "often on one day": (3, [(0, MORNING), (0, AFTERNOON), (0, EVENING)], 1, "Try on 2 more days."),
    "two days, one time": (
        3, [(0, MORNING), (1, MORNING)], 2, "Try once more, on another day, in the afternoon or in the evening.",
    ),
    "two days, two times": (3, [(0, MORNING), (1, AFTERNOON)], 2, "Try once more, on another day."),
    "three days, one time": (
        3, [(0, AFTERNOON), (1, AFTERNOON), (2, AFTERNOON)], 2, "Try once more, in the morning or in the evening.",
    ),
    "three days, two times": (3, [(0, MORNING), (1, MORNING), (2, EVENING)], 3, ""),
    "two times on the last day": (3, [(0, MORNING), (1, MORNING), (2, MORNING), (2, EVENING)], 3, ""),
    "more than enough": (3, [(day, MORNING if day % 2 else EVENING) for day in range(6)], 3, ""),
    "two wanted, one time": (2, [(0, MORNING), (1, MORNING)], 2, ""),
    "one wanted": (1, [(0, MORNING)], 1, ""),
    "five wanted": (5, [(day, MORNING) for day in range(4)], 4,
                    "Try once more, on another day, in the afternoon or in the evening."),
}  # fmt: skip


@pytest.mark.parametrize("row", TABLE)
def test_tries_are_enough_on_enough_days_and_at_different_times(row: str) -> None:
    needed, when, counted, missing = TABLE[row]
    assert tries(needed, *when) == (counted, missing)


@pytest.mark.parametrize(
    ("hour", "part"),
    [(0, "morning"), (11, "morning"), (12, "afternoon"), (16, "afternoon"), (17, "evening"), (23, "evening")],
)
def test_the_parts_of_the_day_are_londons(hour: int, part: str) -> None:
    assert part_of_day(MONDAY + timedelta(hours=hour)) is PartOfDay(part)
    in_summer = datetime(2026, 7, 6, tzinfo=UTC) + timedelta(hours=hour - 1)
    assert part_of_day(in_summer) is PartOfDay(part)


@pytest.mark.parametrize("urgent", [False, True])
@pytest.mark.parametrize("marked", [False, True])
def test_before_the_tries_are_made_nobody_may_stop_and_after_them_not_everybody(urgent: bool, marked: bool) -> None:
    few, enough = so_far([MONDAY], 3), so_far([MONDAY], 1)
    assert stopping(few, urgent=urgent, marked=marked) is Stopping.NOT_YET
    expected = Stopping.SUPERVISOR if urgent or marked else Stopping.MAY
    assert stopping(enough, urgent=urgent, marked=marked) is expected


moments = st.lists(st.timedeltas(timedelta(), timedelta(days=300)).map(lambda later: MONDAY + later), max_size=12)


@given(moments, st.integers(1, 10), st.integers(0, 11))
def test_another_try_never_takes_anything_away(when: list[datetime], needed: int, first: int) -> None:
    before, after = so_far(when[:first], needed), so_far(when, needed)
    assert 0 <= before.counted <= after.counted <= needed
    assert bool(after.what_is_missing) == bool(after.missing)


@given(moments, st.integers(1, 10))
def test_what_is_said_to_be_missing_is_enough_when_done(when: list[datetime], needed: int) -> None:
    """Trying on that many further days, at each time that is asked for, is all that it takes."""
    told = so_far(when, needed)
    last = max(when, default=MONDAY)
    hours = {PartOfDay.MORNING: 9, PartOfDay.AFTERNOON: 14, PartOfDay.EVENING: 19}
    times = [hours[part] for part in told.other_times or (PartOfDay.MORNING, PartOfDay.EVENING)]
    more = [
        (last + timedelta(days=day + 2)).replace(hour=times[day % len(times)], minute=0) for day in range(told.missing)
    ]
    done = so_far([*when, *more], needed)
    assert done.missing == 0

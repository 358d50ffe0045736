"""What somebody is told of a number: exactly, or so that nobody finds out a small one; and how sure a share is."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wraparound.reporting.definitions import LEAVING, STEPS
from wraparound.reporting.dropout import steps_of
from wraparound.reporting.telling import mean, share, told

COUNTS = st.integers(0, 10_000)


@given(COUNTS)
def test_who_may_see_people_is_told_the_count(count: int) -> None:
    assert told(count, exactly=True).text.replace(",", "") == str(count) and told(count, exactly=True).about == count


@pytest.mark.parametrize("count", range(5))
def test_below_five_others_are_told_no_more_than_that(count: int) -> None:
    assert told(count, exactly=False).text == "Fewer than 5" and told(count, exactly=False).about == 0


@given(st.integers(5, 10_000))
def test_others_are_told_the_nearest_five(count: int) -> None:
    about = told(count, exactly=False).about
    assert about % 5 == 0 and abs(about - count) <= 2


@given(COUNTS, COUNTS)
def test_a_part_is_never_told_as_more_than_its_whole(one: int, other: int) -> None:
    part, whole = sorted((one, other))
    assert told(part, exactly=False).about <= told(whole, exactly=False).about


def ways(most: int) -> list[dict[str, int]]:
    """Every way in which few people can come through two steps and leave between them."""
    return [
        dict.fromkeys(STEPS[2:], reached) | {"referred": unanswered + withdrawn + still + answered,
                                            "answered": answered, "left_unanswered": unanswered,
                                            "left_withdrawn": withdrawn, "left_declined": answered - reached}
        for unanswered, withdrawn, still, answered, reached in product(range(most), repeat=5)
        if reached <= answered
    ]  # fmt: skip


def shown(counts: dict[str, int]) -> tuple[str, ...]:
    filled = dict.fromkeys((name for names in LEAVING.values() for name in names), 0) | counts
    steps = steps_of(filled, STEPS, exactly=False)
    return tuple(
        text
        for step in steps
        for text in (step.count.text, *(left.count.text for left in step.left), step.still.text if step.still else "")
    )


def test_no_hidden_count_is_found_out_from_all_that_is_shown_beside_it() -> None:
    """Whoever knows every number on the page, and how it came about, is still left with several possibilities."""
    possible: dict[tuple[str, ...], list[dict[str, int]]] = {}
    for counts in ways(8):
        possible.setdefault(shown(counts), []).append(counts)
    for alike in possible.values():
        for name in ("left_unanswered", "left_withdrawn", "left_declined", "referred", "answered"):
            values = {counts[name] for counts in alike}
            assert len(values) > 1 or min(values) >= 5, (name, alike)


@given(COUNTS.flatmap(lambda whole: st.tuples(st.integers(0, whole), st.just(whole))))
def test_a_share_lies_within_its_own_bounds(of: tuple[int, int]) -> None:
    found = share(*of)
    if of[1] == 0:
        assert found is None
    else:
        assert found is not None and 0 <= found.low <= found.of_a_hundred <= found.high <= 100


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    # Wilson (1927), as Newcombe's table (1998, doi 10.1002/(SICI)1097-0258(19980430)17:8) gives them.
    [(81, 263, 25.53, 36.62), (15, 148, 6.24, 16.05), (0, 20, 0.0, 16.11), (1, 29, 0.61, 17.18)],
)
def test_the_bounds_are_wilsons(part: int, whole: int, low: float, high: float) -> None:
    found = share(part, whole)
    assert found is not None
    assert (round(found.low, 2), round(found.high, 2)) == (low, high)


@given(st.integers(1, 500))
def test_more_of_the_same_makes_a_share_surer(number: int) -> None:
    few, many = share(number, 3 * number), share(10 * number, 30 * number)
    assert few is not None and many is not None and many.high - many.low < few.high - few.low


@pytest.mark.parametrize(("part", "whole"), [(2, 1), (-1, 3)])
def test_a_part_that_is_none_is_no_share(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="part"):
        share(part, whole)


def test_a_mean_of_few_is_told_to_those_alone_who_may_see_them() -> None:
    assert mean(12, 4, exactly=True) == 3 and mean(12, 4, exactly=False) is None
    assert mean(20, 5, exactly=False) == 4 and mean(0, 0, exactly=True) is None

"""The lot is fair and can be worked out again; the checklist changes without losing a question."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wraparound.events.action import Refused
from wraparound.supervision.checklist import added, from_json, grouped, moved, retired, reworded, shipped, to_json
from wraparound.supervision.sampling import draw, planned, reviewable
from wraparound.supervision.states import MOVES, ReviewStatus

KEYS = st.sets(st.integers(1, 10_000), max_size=40)
SEEDS = st.text("0123456789abcdef", min_size=1, max_size=16)


@given(SEEDS, KEYS, st.integers(-3, 50))
def test_a_draw_is_of_the_files_and_as_many_as_there_can_be(seed: str, keys: set[int], number: int) -> None:
    chosen = draw(seed, keys, number)
    assert set(chosen) <= keys and len(chosen) == len(set(chosen)) == min(max(number, 0), len(keys))


@given(SEEDS, KEYS, st.integers(0, 10))
def test_the_same_seed_draws_the_same_whatever_the_order(seed: str, keys: set[int], number: int) -> None:
    assert draw(seed, sorted(keys), number) == draw(seed, sorted(keys, reverse=True), number)


@given(SEEDS, KEYS, st.integers(0, 10), st.integers(10_001, 20_000))
def test_one_file_more_moves_no_other(seed: str, keys: set[int], number: int, more: int) -> None:
    before, after = draw(seed, keys, number), draw(seed, keys | {more}, number)
    assert [key for key in after if key != more] == before[: len([key for key in after if key != more])]


def test_every_file_has_the_same_chance() -> None:
    """Of twenty files two are drawn, two thousand times: each comes about two hundred times."""
    times = Counter(key for seed in range(2_000) for key in draw(str(seed), range(1, 21), 2))
    assert set(times) == set(range(1, 21)) and all(150 < count < 250 for count in times.values())


@pytest.mark.parametrize(
    ("own", "supervised", "new", "number"),
    [(None, False, False, 2), (None, True, False, 4), (None, False, True, 4), (None, True, True, 4), (0, True, True, 0),
     (7, False, False, 7)],
)  # fmt: skip
def test_how_many_are_planned(own: int | None, supervised: bool, new: bool, number: int) -> None:
    assert planned(2, own, supervised=supervised, new=new) == number


@given(st.integers(1, 9), st.sets(st.integers(1, 9)))
def test_nobody_is_reviewed_by_themselves(worker: int, reviewers: set[int]) -> None:
    assert reviewable(worker, reviewers) == bool(reviewers - {worker})


def test_the_checklist_that_ships_is_whole() -> None:
    questions, note = shipped()
    assert len(questions) >= 20 and "quality lead" in note
    assert len({each.key for each in questions}) == len(questions) == len(from_json(to_json(questions)))
    assert len(grouped(questions)) == len({each.group for each in questions}), "a part is in one place"
    assert all(each.put_right for each in questions)


def test_a_question_is_added_at_the_end_of_its_part() -> None:
    new = added(shipped()[0], group="Facts", asks="Was the  tenancy read?")
    facts = dict(grouped(new))["Facts"]
    assert facts[-1].asks == "Was the tenancy read?" and facts[-1].key == "own_1"


def test_a_reworded_question_keeps_its_key_and_may_change_its_part() -> None:
    new = reworded(shipped()[0], "facts", group="Advice", asks="Are the facts there?")
    assert dict(grouped(new))["Advice"][-1].key == "facts" and len(new) == len(shipped()[0])


def test_a_question_moves_within_its_part_and_no_further() -> None:
    questions = shipped()[0]
    assert [each.key for each in moved(questions, "conflict", up=True)][:2] == ["conflict", "identity"]
    for key, up in (("identity", True), ("conflict", False)):
        with pytest.raises(Refused, match="at the end"):
            moved(questions, key, up=up)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"asks": " "}, "empty", "asks"),
        ({"group": ""}, "empty", "group"),
        ({"asks": "é" * 301}, "too_long", "asks"),
        ({"put_right": "é" * 181}, "too_long", "put_right"),
        ({"asks": "are the notes such that the person could read them?"}, "twice", "asks"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(changes: dict[str, str], code: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        added(shipped()[0], **({"group": "Facts", "asks": "New?"} | changes))
    assert (refused.value.code, refused.value.field) == (code, field)


def test_a_checklist_keeps_one_question() -> None:
    questions = shipped()[0]
    for each in questions[1:]:
        questions = retired(questions, each.key)
    with pytest.raises(Refused, match="one question"):
        retired(questions, questions[0].key)


def test_every_status_of_a_review_can_be_come_to_and_ends() -> None:
    assert {ReviewStatus.TO_DO} | {move.to for move in MOVES.values() if move.to} == set(ReviewStatus)
    ended = {ReviewStatus.CLOSED, ReviewStatus.LEFT_OUT}
    while more := {each for move in MOVES.values() if move.to in ended for each in move.from_} - ended:
        ended |= more
    assert ended == set(ReviewStatus)

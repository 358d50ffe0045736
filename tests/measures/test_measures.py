"""Measures: word for word, each question on its own scale, and nothing added up."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wraparound.measures.definition import Better, Measure, Question, Went, changes
from wraparound.measures.library import LONELY, MEASURES, NOT_SHIPPED, ONS4


def test_the_four_questions_are_the_published_ones(shared_data: Path) -> None:
    published = json.loads((shared_data / "data/screening/Questionnaire-ONS4.json").read_text())
    intro, *questions = [item["text"] for item in published["item"]]
    assert [ONS4.intro, *(each.text for each in ONS4.questions)] == [intro, *questions]
    assert [each.key for each in ONS4.questions] == [item["linkId"] for item in published["item"][1:]]


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda each: each.key)
def test_each_says_where_its_words_come_from_and_who_lets_us(measure: Measure) -> None:
    assert measure.address.startswith("https://") and measure.source and "Open Government Licence" in measure.licence


def test_what_needs_a_licence_is_named_and_not_shipped() -> None:
    assert not {name.lower() for name in NOT_SHIPPED} & MEASURES.keys()
    assert "registering" in NOT_SHIPPED["SWEMWBS"]


@pytest.mark.parametrize(
    ("key", "first", "last", "went"),
    [("happy", 3, 7, Went.BETTER), ("happy", 7, 3, Went.WORSE), ("happy", 5, 5, Went.SAME),
     ("anxious", 8, 2, Went.BETTER), ("anxious", 2, 8, Went.WORSE)],
)  # fmt: skip
def test_better_is_up_or_down_as_the_question_means_it(key: str, first: int, last: int, went: Went) -> None:
    assert ONS4.question(key).went(first, last) is went


def test_a_question_left_out_once_is_compared_over_the_times_it_was_answered() -> None:
    found = changes(ONS4, [{"happy": 2}, {"satisfied": 4}, {"happy": 6}])
    assert [(each.question.key, each.first, each.last, each.went) for each in found] == [
        ("satisfied", 4, 4, None), ("happy", 2, 6, Went.BETTER),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "said"),
    [({"happy": 11}, "scale"), ({"happy": -1}, "scale"), ({"sad": 1}, "asks no"), ({"lonely": 1}, "asks no")],
)
def test_what_is_not_asked_or_not_on_the_scale_is_not_taken(answers: dict[str, int], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        ONS4.check(answers)


def test_an_end_of_a_scale_is_said_with_its_name() -> None:
    happy, lonely = ONS4.question("happy"), LONELY.question("lonely")
    assert [happy.said(0), happy.said(7)] == ["0, not at all", "7"] and lonely.said(4) == "Hardly ever"


@pytest.mark.parametrize("numbers", [{}, {1: ""}, {0: "", 2: ""}, {2: "", 1: ""}])
def test_a_scale_is_whole_numbers_in_a_row(numbers: dict[int, str]) -> None:
    with pytest.raises(ValueError, match="in a row"):
        Question("x", "X?", "X", numbers, Better.HIGHER)


@given(st.lists(st.dictionaries(st.sampled_from([q.key for q in ONS4.questions]), st.integers(0, 10))))
def test_no_change_tells_of_a_question_nobody_answered_nor_of_more_than_one(answered: list[dict[str, int]]) -> None:
    found = changes(ONS4, answered)
    assert {each.question.key for each in found} == {key for each in answered for key in each}
    for each in found:
        numbers = [told[each.question.key] for told in answered if each.question.key in told]
        assert (each.first, each.last) == (numbers[0], numbers[-1]) and (each.went is None) == (len(numbers) == 1)

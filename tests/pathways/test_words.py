"""Moments and lists as people say them."""

from datetime import UTC, datetime

import pytest

from wraparound.pathways import phrases, words
from wraparound.pathways.conditions import Condition
from wraparound.pathways.vocabulary import ClinicalReason, Entry, HandoverAt, Model, Service, UrgentFlag, WhenFull


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 11, 27, 17, tzinfo=UTC), "Friday 27 November"),
        (datetime(2026, 7, 1, 16, tzinfo=UTC), "Wednesday 1 July"),
        (datetime(2026, 11, 23, 15, 20, tzinfo=UTC), "3:20pm on Monday 23 November"),
        (datetime(2026, 11, 23, 9, 0, tzinfo=UTC), "9am on Monday 23 November"),
        (datetime(2026, 11, 23, 12, 0, tzinfo=UTC), "midday on Monday 23 November"),
        (datetime(2026, 7, 1, 23, 0, tzinfo=UTC), "midnight on Thursday 2 July"),
        (datetime(2026, 11, 23, 0, 5, tzinfo=UTC), "12:05am on Monday 23 November"),
    ],
)
def test_due_times_in_london(moment, said):
    assert words.by(moment) == said


@pytest.mark.parametrize(
    ("items", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (list("abc"), "a, b and c")]
)
def test_lists(items, said):
    assert words.listed(items) == said


@pytest.mark.parametrize(
    ("items", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a or b"), (list("abc"), "a, b or c")]
)
def test_choices(items, said):
    assert words.either(items) == said


def test_flags_come_in_one_order():
    assert words.flags([UrgentFlag.BAILIFFS_DUE, UrgentFlag.NO_FOOD]) == "no food and bailiffs due"


@pytest.mark.parametrize(
    ("phrases", "vocabulary"),
    [
        (words.WORKERS, Service), (words.ONE_WORKER, Service), (words.FLAGS, UrgentFlag), (words.ENTRIES, Entry),
        (words.WHEN, Condition), (words.MOMENTS, HandoverAt), (words.FROM, Entry), (words.REASONS, ClinicalReason),
        (words.WHEN_FULL, WhenFull), (phrases.MODELS, Model),
    ],
)  # fmt: skip
def test_every_word_of_a_vocabulary_can_be_said(phrases, vocabulary):
    assert set(phrases) == set(vocabulary)

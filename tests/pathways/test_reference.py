"""The reference page names everything that the code knows, and nothing else."""

import pytest

from wraparound.pathways import library
from wraparound.pathways.conditions import Condition, meaning
from wraparound.pathways.reference import KEYS, VOCABULARIES, example_keys, vocabulary_page


def test_the_page_is_the_same_each_time_and_ends_in_a_newline():
    assert vocabulary_page() == vocabulary_page()
    assert vocabulary_page().startswith("# Pathways\n") and vocabulary_page().endswith(".\n")


@pytest.mark.parametrize("name", library.names())
def test_the_keys_on_the_page_are_those_of_a_definition(name):
    assert {key for key, _ in example_keys(name)} <= set(KEYS)


def test_no_key_on_the_page_is_unknown_to_every_definition():
    """`like` is copied out when a file is read, so no definition holds it."""
    known = {key for name in library.names() for key, _ in example_keys(name)}
    assert known == set(KEYS) - {"entries.<entry>.like"}


def test_every_word_and_condition_is_on_the_page():
    page = vocabulary_page()
    assert all(f"`{word}`" in page for vocabulary in VOCABULARIES for word in vocabulary)
    assert all(f"| `{condition}` | {meaning(condition)} |" in page for condition in Condition)
    assert all(f"`{name}`, version" in page for name in library.names())


def test_no_row_of_a_table_is_broken():
    rows = [line for line in vocabulary_page().splitlines() if line.startswith("|")]
    assert all(line.endswith(" |") and line.count(" | ") in (1, 2, 3) for line in rows)

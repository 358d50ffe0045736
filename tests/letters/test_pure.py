"""Kinds of letters, gaps, and what changed: values in, values out."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wraparound.documents.letter_pdf import blocks, letter_pdf
from wraparound.letters.changes import Change, changes
from wraparound.letters.kinds import PLACES, Audience, Kind, filled, gaps_in, kinds
from wraparound.letters.states import LETTER_MOVES, OPEN, LetterStatus

TO_PEOPLE = [kind for kind in kinds().values() if kind.audience is Audience.PERSON]
ALL_KNOWN = {name: f"known {name}" for name in PLACES}


@pytest.mark.parametrize("kind", kinds().values(), ids=kinds().keys())
def test_a_kind_with_nothing_known_is_full_of_gaps_and_with_everything_known_is_not(kind: Kind) -> None:
    for text in filter(None, (kind.text, kind.own_text)):
        assert "{" not in filled(text, {}) and "{" not in filled(text, ALL_KNOWN)
        places = {PLACES[name] for name in re.findall(r"\{([a-z_]+)\}", text)}
        assert places <= set(gaps_in(filled(text, {}))) and not places & set(gaps_in(filled(text, ALL_KNOWN)))


@pytest.mark.parametrize("kind", kinds().values(), ids=kinds().keys())
def test_no_kind_names_a_law(kind: Kind) -> None:
    """Nobody has read one for these words: what the law asks is for the adviser to write."""
    said = f"{kind.heading} {kind.text} {kind.own_text}"
    assert not re.search(r"\b(Act|Regulations?|section|article) \d", said)


@pytest.mark.parametrize("kind", TO_PEOPLE, ids=[kind.code for kind in TO_PEOPLE])
def test_what_people_are_sent_is_in_short_sentences_of_short_words(kind: Kind) -> None:
    """What a child of nine to eleven reads: the Flesch-Kincaid grade is at most 6."""
    text = re.sub(r"^#.*$", "", f"{kind.text}\n{kind.own_text}", flags=re.MULTILINE)
    said = filled(text, {name: "Rosa" for name in PLACES})
    sentences = [each for each in re.split(r"[.:!?\n]+", said) if len(each.split()) > 1]
    words = re.findall(r"[A-Za-z’]+", said)
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"e$", "", word.lower())))) for word in words)
    grade = 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59
    assert grade <= 6, f"{kind.code}: {grade:.1f}"


@given(st.dictionaries(st.sampled_from(sorted(PLACES)), st.text(min_size=1)))
def test_what_is_known_opens_no_gap(facts: dict[str, str]) -> None:
    """Whatever somebody wrote in a record: the gaps are those of what is not known."""
    text = " ".join(f"{{{name}}}" for name in PLACES)
    assert set(gaps_in(filled(text, facts))) == {words for name, words in PLACES.items() if name not in facts}


@given(st.text(), st.text())
def test_what_changed_holds_both_versions_whole(before: str, after: str) -> None:
    lines = changes(before, after)
    for text, gone in ((before, Change.ADDED), (after, Change.TAKEN_OUT)):
        assert [each.text for each in lines if each.change is not gone] == [x for x in text.splitlines() if x.strip()]


def test_what_changed_stands_where_it_was() -> None:
    found = [(each.change, each.text) for each in changes("Dear Rosa\nBy Monday\nYours", "Dear Rosa\nBy Friday\nYours")]
    assert found == [
        (Change.SAME, "Dear Rosa"), (Change.TAKEN_OUT, "By Monday"), (Change.ADDED, "By Friday"),
        (Change.SAME, "Yours"),
    ]  # fmt: skip


def test_a_letter_that_is_open_can_be_gone_on_with_and_one_that_left_cannot_be_written() -> None:
    for status in LetterStatus:
        verbs = {verb for verb, rule in LETTER_MOVES.items() if status in rule.from_}
        assert ("write" in verbs) == (status in OPEN)
        assert verbs or status in (LetterStatus.KEPT, LetterStatus.SET_ASIDE)
    assert LETTER_MOVES["send"].from_ == {LetterStatus.DRAFT, LetterStatus.APPROVED}


def test_a_letters_text_is_headings_lists_and_paragraphs() -> None:
    assert blocks("Dear Rosa,\n\n# Last days\n- one\n- two\n\nYours,\nAna") == [
        {"is": "text", "lines": ["Dear Rosa,"]},
        {"is": "heading", "lines": ["Last days"]},
        {"is": "list", "lines": ["one", "two"]},
        {"is": "text", "lines": ["Yours,", "Ana"]},
    ]


@pytest.mark.parametrize("large", [True, False])
def test_it_is_set_as_a_document_that_everybody_can_read(large: bool) -> None:
    content = {
        "from": [] if large else ["Rights First", "020 7946 0000"], "to": ["Rosa"], "on": "24 November 2026",
        "heading": "What we advised: #set <Rosa> தமிழ்", "text": "Dear Rosa,\n\n# What next\n- Ring us",
        "signs": "Rosa" if large else "", "large": large, "footer": "Rights First, version 2", "invented": True,
    }  # fmt: skip
    made = letter_pdf(content)
    assert made.startswith(b"%PDF") and b"pdfuaid" in made

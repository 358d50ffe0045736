"""Points, extracts, passages, drafts and due dates: pure rules."""

import base64
import json
from contextlib import suppress
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wraparound.evidence.drafting import TO_WRITE, Pick, draft, question
from wraparound.evidence.extract import Entry, Unreadable, read_extract
from wraparound.evidence.points import Benefit, list_for, points_of
from wraparound.evidence.rules import due_at
from wraparound.evidence.searching import MOST_OF_EACH, find
from wraparound.evidence.states import EVIDENCE_MOVES, OVER, WITH_CLINICIAN, End, EvidenceStatus
from wraparound.pathways.calendar import calendar_for, local
from wraparound.pathways.vocabulary import Nation

LISTED = [each for each in Benefit if each is not Benefit.OTHER]
MONDAY = datetime(2026, 11, 23, 10, tzinfo=UTC)


def test_pip_has_twelve_activities_and_the_points_of_the_regulations() -> None:
    held = list_for(Benefit.PIP).points
    assert [len(held), held["pip-1"].points, held["pip-12"].points] == [12, (0, 2, 2, 2, 4, 8), (0, 4, 8, 10, 12, 12)]
    assert {each.group for each in held.values()} == {"Daily living", "Mobility"}
    assert len(list_for(Benefit.UC).points) == len(list_for(Benefit.ESA).points) == 17


@pytest.mark.parametrize("benefit", LISTED)
def test_every_list_says_where_it_comes_from_and_who_is_to_check_it(benefit: Benefit) -> None:
    held = list_for(benefit)
    assert held.source and held.address.startswith("https://www.legislation.gov.uk/") and held.read_on
    assert held.checked_by and held.in_all and held.reviewed == ""


def test_a_point_that_the_benefit_does_not_have_is_an_error() -> None:
    with pytest.raises(KeyError):
        points_of(Benefit.PIP, ["wca-1"])


def test_a_question_names_the_activity_and_leads_nowhere() -> None:
    [point] = points_of(Benefit.PIP, ["pip-1"])
    asked = question(point).lower()
    assert "preparing food" in asked and not {"cannot", "unable", "difficult"} & set(asked.split())


def found(text: str, code: str = "pip-1") -> tuple[list[str], list[str]]:
    [bearing] = find([Entry(date(2026, 3, 3), "Dr Lee", text)], points_of(Benefit.PIP, [code]))
    return [each.quote for each in bearing.for_], [each.quote for each in bearing.against]


@pytest.mark.parametrize(
    ("text", "code", "against"),
    [
        ("Burnt her hand at the cooker.", "pip-1", False),
        ("Cooks for her family every day.", "pip-1", True),
        ("Walks with a stick.", "pip-12", False),
        ("No difficulty walking.", "pip-12", True),
        ("No longer walks to the shop.", "pip-12", False),
        ("Denies any problem with meals.", "pip-1", True),
    ],
)
def test_a_passage_stands_for_or_against(text: str, code: str, against: bool) -> None:
    assert found(text, code) == (([], [text]) if against else ([text], []))


def test_what_bears_on_nothing_is_not_shown() -> None:
    assert found("Flu vaccination given. Blood pressure normal.") == ([], [])


def test_a_passage_that_speaks_of_others_or_may_harm_says_so() -> None:
    text = "Her husband cooks. Cooking since the overdose is unsafe."
    [bearing] = find([Entry(None, "", text)], points_of(Benefit.PIP, ["pip-1"]))
    assert [each.looks_twice for each in bearing.for_] == ["May speak of somebody else", "May do harm to read"]


@given(st.lists(st.text(), max_size=5))
def test_every_quote_is_the_records_own_words(texts: list[str]) -> None:
    entries = [Entry(None, "", text) for text in texts]
    for bearing in find(entries, list_for(Benefit.PIP).points.values()):
        assert len(bearing.for_) <= MOST_OF_EACH >= len(bearing.against)
        for each in (*bearing.for_, *bearing.against):
            assert any(each.quote in text for text in texts)


def test_a_text_is_read_into_entries_by_their_dates() -> None:
    text = "Summary\n03/03/2026 Dr Lee: Burnt her hand.\nSeen at home.\n2025-12-24 - Nurse Adeyemi: Walks with a frame."
    assert read_extract(text).entries == [
        Entry(date(2026, 3, 3), "Dr Lee", "Burnt her hand.\nSeen at home."),
        Entry(date(2025, 12, 24), "Nurse Adeyemi", "Walks with a frame."),
        Entry(None, "", "Summary"),
    ]


def bundle(*resources: dict[str, object]) -> str:
    return json.dumps({"resourceType": "Bundle", "entry": [{"resource": each} for each in resources]})


def test_a_bundle_is_read_with_dates_and_authors() -> None:
    words = base64.b64encode(b"Burnt her hand at the cooker.").decode()
    read = read_extract(
        bundle(
            {"resourceType": "Patient", "name": [{"text": "Rosa Duarte"}]},
            {"resourceType": "Practitioner", "id": "p1", "name": [{"prefix": ["Dr"], "family": "Lee"}]},
            {"resourceType": "DocumentReference", "date": "2026-03-03T09:00:00Z",
             "author": [{"reference": "Practitioner/p1"}],
             "content": [{"attachment": {"contentType": "text/plain", "data": words}}]},
            {"resourceType": "Condition", "code": {"text": "Epilepsy"}, "recordedDate": "2024-01-02",
             "recorder": {"display": "Dr Okafor"}, "note": [{"text": "Seizures weekly"}]},
            {"resourceType": "Observation", "code": {"coding": [{"display": "Peak flow"}]},
             "valueQuantity": {"value": 210, "unit": "L/min"}, "effectiveDateTime": "2025"},
            {"resourceType": "DocumentReference", "content": [{"attachment": {"contentType": "application/pdf"}}]},
        )
    )  # fmt: skip
    assert read.entries == [
        Entry(date(2026, 3, 3), "Dr Lee", "Burnt her hand at the cooker"),
        Entry(date(2024, 1, 2), "Dr Okafor", "Epilepsy. Seizures weekly"),
        Entry(None, "", "Peak flow. 210 L/min"),
    ]
    assert read.passed_over == 1


@pytest.mark.parametrize("text", ["", "  \n", "{", "[]", '{"resourceType": "Patient"}', bundle(), "[" * 100_000])
def test_what_is_no_extract_is_said(text: str) -> None:
    with pytest.raises(Unreadable):
        read_extract(text)


NAMES = st.sampled_from(["code", "text", "note", "author", "content", "attachment", "name", "date", "id"])
_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner),
    max_leaves=10,
)


@given(st.lists(st.dictionaries(NAMES, _json)))
def test_no_bundle_makes_it_fail(resources: list[dict[str, object]]) -> None:
    with suppress(Unreadable):
        read_extract(bundle(*resources))


def test_a_draft_holds_the_picks_and_room_where_there_are_none() -> None:
    points = points_of(Benefit.PIP, ["pip-12", "pip-1"])
    pick = Pick("pip-1", False, "Burnt her hand.", "2026-03-03", "Dr Lee")
    assert draft(points, [pick], "") == (
        f"Preparing food\n3 March 2026, Dr Lee: “Burnt her hand.”\n\nMoving around\n{TO_WRITE}"
    )


@pytest.mark.parametrize(
    ("deadline", "special", "day"),
    [
        (None, False, date(2026, 12, 7)),
        (None, True, date(2026, 11, 25)),
        (date(2026, 11, 27), False, date(2026, 11, 26)),
        (date(2027, 2, 1), False, date(2026, 12, 7)),
    ],
)
def test_an_answer_is_due_in_working_days_and_before_the_deadline(
    deadline: date | None, special: bool, day: date
) -> None:
    due = due_at(MONDAY, deadline_on=deadline, special_rules=special, calendar=calendar_for(Nation.ENGLAND))
    assert (local(due).date(), local(due).hour) == (day, 17)


@given(st.dates(date(2026, 1, 1), date(2027, 1, 1)), st.booleans())
def test_it_is_never_due_before_it_was_asked(deadline: date, special: bool) -> None:
    calendar = calendar_for(Nation.ENGLAND)
    assert due_at(MONDAY, deadline_on=deadline, special_rules=special, calendar=calendar) >= MONDAY


def test_nothing_moves_once_it_is_over_and_use_begins_only_where_the_person_agreed() -> None:
    assert not any(move.from_ & OVER for move in EVIDENCE_MOVES.values())
    assert EVIDENCE_MOVES["use"].from_ == {EvidenceStatus.AGREED}
    signing = {verb for verb, move in EVIDENCE_MOVES.items() if move.whose is End.ASKED}
    assert all(EVIDENCE_MOVES[verb].from_ == WITH_CLINICIAN for verb in signing)

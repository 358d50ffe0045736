"""Whether a consent holds: every row of the decision, and what no date may do."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wraparound.consent.purposes import PURPOSES
from wraparound.consent.rules import Given, Standing, confirm_from, standing
from wraparound.pathways.vocabulary import ConsentFor

ON, TODAY = date(2026, 8, 31), date(2026, 11, 23)
YESTERDAY, HALF_A_YEAR = TODAY - timedelta(days=1), date(2027, 2, 28)

TABLE = {
    "just given": (Given(ON), TODAY, Standing.HOLDS),
    "half a year on, in a short month": (Given(ON), HALF_A_YEAR, Standing.TO_CONFIRM),
    "the day before": (Given(ON), HALF_A_YEAR - timedelta(days=1), Standing.HOLDS),
    "confirmed since": (Given(ON, confirmed_on=TODAY), HALF_A_YEAR, Standing.HOLDS),
    "its last day": (Given(ON, until=TODAY), TODAY, Standing.HOLDS),
    "after its last day": (Given(ON, until=YESTERDAY), TODAY, Standing.RUN_OUT),
    "after its last day, with a deadline": (
        Given(ON, until=YESTERDAY, deadline_runs=True), TODAY, Standing.FOR_THE_DEADLINE,
    ),
    "the case closed": (Given(ON, case_open=False), TODAY, Standing.CASE_CLOSED),
    "the case closed with a deadline open": (
        Given(ON, case_open=False, deadline_runs=True), TODAY, Standing.FOR_THE_DEADLINE,
    ),
    "a day that outlasts the case": (Given(ON, until=TODAY, case_open=False), TODAY, Standing.HOLDS),
    "taken back with a deadline": (Given(ON, taken_back=True, deadline_runs=True), TODAY, Standing.TAKEN_BACK),
}  # fmt: skip


@pytest.mark.parametrize(("facts", "today", "expected"), TABLE.values(), ids=TABLE)
def test_each_row(facts: Given, today: date, expected: Standing) -> None:
    assert standing(facts, today) is expected


DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))
FACTS = st.builds(
    Given, on=DAYS, until=st.none() | DAYS, confirmed_on=st.none() | DAYS, taken_back=st.booleans(),
    case_open=st.booleans(), deadline_runs=st.booleans(),
)  # fmt: skip


@given(FACTS, DAYS)
def test_what_was_taken_back_never_holds_and_no_date_stops_a_deadline(facts: Given, today: date) -> None:
    now = standing(facts, today)
    assert now.holds or facts.taken_back or not facts.deadline_runs
    assert not (now.holds and facts.taken_back)


@given(FACTS, DAYS)
def test_being_asked_again_ends_nothing(facts: Given, today: date) -> None:
    asked_again = standing(facts, max(today, confirm_from(facts)))
    if asked_again is Standing.TO_CONFIRM:
        assert asked_again.holds


def test_each_purpose_that_can_be_agreed_to_has_its_terms() -> None:
    assert set(PURPOSES) == set(ConsentFor)
    assert all(terms.covers for terms in PURPOSES.values())

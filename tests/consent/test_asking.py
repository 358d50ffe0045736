"""Who may agree to what: every row of the decision."""

from dataclasses import replace
from datetime import date

import pytest

from wraparound.consent.agreed import REFERRAL, AgreedHow, Capacity, GivenBy
from wraparound.consent.asking import Agreed, against, age_on
from wraparound.pathways.vocabulary import ConsentFor

SHARE, TELL = ConsentFor.SHARE_BETWEEN_SERVICES, ConsentFor.TELL_REFERRER_OUTCOME
BOTH = frozenset({SHARE, TELL})
SAID = Agreed(how=AgreedHow.IN_PERSON, wording=REFERRAL)
CAN = {"capacity": Capacity.CAN_DECIDE, "capacity_note": "Said back what would happen"}
CANNOT = {"capacity": Capacity.CANNOT_DECIDE, "capacity_note": "Does not keep what was said"}
PARENT = {"given_by": GivenBy.PARENT, "representative": "Mira Lee, her mother"}

TABLE = {
    "an adult": (SAID, 40, ""),
    "nobody knows how old": (SAID, None, ""),
    "not asked": (replace(SAID, how=None), 40, "no_agreement"),
    "an exception without a reason": (replace(SAID, how=AgreedHow.SAFEGUARDING), 40, "no_reason"),
    "an exception": (replace(SAID, how=AgreedHow.SAFEGUARDING, exception_reason="Not safe to ask"), 40, ""),
    "sixteen today": (SAID, 16, ""),
    "fifteen": (SAID, 15, "under_sixteen"),
    "fifteen, and understands": (replace(SAID, **CAN), 15, ""),
    "fifteen, with a parent": (replace(SAID, **PARENT), 15, ""),
    "fifteen, online": (replace(SAID, how=AgreedHow.ONLINE), 15, ""),
    "sixteen, with a parent": (replace(SAID, **PARENT), 16, "decides_themselves"),
    "a parent without a name": (replace(SAID, given_by=GivenBy.PARENT), 15, "no_representative"),
    "a doubt that is not written down": (replace(SAID, capacity=Capacity.CAN_DECIDE), 40, "no_capacity_note"),
    "cannot decide": (replace(SAID, **CANNOT), 40, "cannot_decide"),
    "cannot decide, with an appointee": (
        replace(SAID, **CANNOT, given_by=GivenBy.APPOINTEE, representative="Her son"), 40, "cannot_decide",
    ),
    "cannot decide, with an attorney": (
        replace(SAID, **CANNOT, given_by=GivenBy.ATTORNEY, representative="Her son, deed seen"), 40, "",
    ),
    "to be referred, and not to share": (replace(SAID, permits=frozenset({TELL})), 40, "consent_needed"),
}  # fmt: skip


@pytest.mark.parametrize(("agreed", "age", "code"), TABLE.values(), ids=TABLE)
def test_each_row(agreed: Agreed, age: int | None, code: str) -> None:
    found = against(agreed, age=age, needed=BOTH)
    assert (found.code if found else "") == code


def test_what_the_pathway_does_not_need_may_be_left_out() -> None:
    assert against(replace(SAID, permits=frozenset({SHARE})), age=40, needed=frozenset({SHARE})) is None


def test_what_is_missing_is_said_as_a_question() -> None:
    found = against(replace(SAID, permits=frozenset({SHARE})), age=40, needed=BOTH)
    assert found is not None and "May whoever refers you be told how it went" in found.sentence


def test_somebody_born_on_the_last_of_february_is_sixteen_on_the_day_before_march() -> None:
    assert age_on(date(2012, 2, 29), date(2028, 2, 28)) == 15
    assert age_on(date(2012, 2, 29), date(2028, 2, 29)) == 16
    assert age_on(None, date(2028, 2, 29)) is None

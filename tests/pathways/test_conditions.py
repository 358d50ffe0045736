"""The conditions as truth tables, and the vocabulary's promise that it only grows."""

import pytest

from wraparound.pathways.conditions import ADVICE_NEEDS, CONDITIONS, SOCIAL_NEEDS, Condition, Facts, holds, meaning
from wraparound.pathways.vocabulary import ClinicalReason, Entry, Need, UrgentFlag

PUBLISHED = {
    "always", "advice_ticked", "needs_advice", "needs_social", "needs_both", "needs_only_advice", "no_need_named",
    "advice_wanted", "any_urgent_flag", "immediate_danger", "homeless_tonight", "no_food",
    "eviction_date_within_14_days", "income_stopped", "bailiffs_due", "legal_deadline_near", "any_clinical_reason",
    "clinical_cancer", "clinical_dementia", "clinical_maternity", "clinical_carer", "clinical_spinal_injury",
    "clinical_major_trauma", "clinical_mental_health_crisis", "clinical_end_of_life",
}  # fmt: skip
BY_NEED = ("needs_advice", "needs_social", "needs_both", "needs_only_advice", "no_need_named", "advice_wanted")


def facts(*, needs=(), flags=(), ticked=False) -> Facts:
    return Facts(Entry.CLINICIAN, frozenset(needs), frozenset(flags), ticked)


def test_no_published_condition_was_taken_away():
    assert set(Condition) >= PUBLISHED


def test_every_condition_has_a_predicate_and_a_meaning():
    assert set(CONDITIONS) == set(Condition)
    assert all(meaning(condition).endswith(".") for condition in Condition)
    assert len({meaning(condition) for condition in Condition}) == len(Condition)


@pytest.mark.parametrize(
    ("needs", "ticked", "true"),
    [
        ([], False, {"no_need_named"}),
        ([], True, {"no_need_named", "advice_wanted"}),
        ([Need.BENEFITS], False, {"needs_advice", "needs_only_advice", "advice_wanted"}),
        ([Need.DEBT], False, {"needs_advice", "needs_only_advice", "advice_wanted"}),
        ([Need.HOUSING], False, {"needs_advice", "needs_only_advice", "advice_wanted"}),
        ([Need.EMPLOYMENT], False, {"needs_advice", "needs_only_advice", "advice_wanted"}),
        ([Need.IMMIGRATION], False, {"needs_advice", "needs_only_advice", "advice_wanted"}),
        ([Need.FOOD_OR_FUEL], False, {"needs_advice", "needs_social", "needs_both", "advice_wanted"}),
        ([Need.LONELINESS], False, {"needs_social"}),
        ([Need.LONELINESS], True, {"needs_social", "advice_wanted"}),
        ([Need.WELLBEING], False, {"needs_social"}),
        ([Need.ACTIVITY], False, {"needs_social"}),
        ([Need.CARING], False, {"needs_social"}),
        ([Need.BEREAVEMENT], False, {"needs_social"}),
        ([Need.OTHER], False, {"needs_social"}),
        ([Need.DEBT, Need.LONELINESS], False, {"needs_advice", "needs_social", "needs_both", "advice_wanted"}),
    ],
)
def test_conditions_on_needs(needs, ticked, true):
    asked = facts(needs=needs, ticked=ticked)
    assert {name for name in BY_NEED if holds(Condition(name), asked)} == true
    assert holds(Condition.ADVICE_TICKED, asked) is ticked
    assert holds(Condition.ALWAYS, asked)


@pytest.mark.parametrize("flag", UrgentFlag)
def test_each_flag_has_its_own_condition(flag):
    asked = facts(flags=[flag])
    true = {name for name in Condition if holds(name, asked)} - {"always", "no_need_named"}
    assert true == {"any_urgent_flag", flag.value}


@pytest.mark.parametrize("reason", ClinicalReason)
def test_each_clinical_reason_has_its_own_condition(reason):
    asked = Facts(Entry.CLINICIAN, clinical_reason=reason)
    true = {name for name in Condition if holds(name, asked)} - {"always", "no_need_named"}
    assert true == {"any_clinical_reason", f"clinical_{reason}"}


def test_every_need_is_answered_by_some_service():
    assert set(Need) == ADVICE_NEEDS | SOCIAL_NEEDS

"""The closed vocabulary of conditions: named plain questions about a referral. It is only ever added to.

A pathway names a condition; it never holds an expression. Each function's docstring is its public definition.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from wraparound.pathways.vocabulary import ClinicalReason, Entry, Need, UrgentFlag

ADVICE_NEEDS = frozenset({Need.BENEFITS, Need.DEBT, Need.HOUSING, Need.FOOD_OR_FUEL, Need.EMPLOYMENT, Need.IMMIGRATION})
# Food or fuel is in both: an adviser finds the missing income, a link worker the food bank.
SOCIAL_NEEDS = frozenset(
    {Need.LONELINESS, Need.WELLBEING, Need.ACTIVITY, Need.CARING, Need.BEREAVEMENT, Need.FOOD_OR_FUEL, Need.OTHER}
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a referral as it comes in. `clinical_reason` is the clinical pathway it belongs to, if any."""

    entry: Entry
    needs: frozenset[Need] = frozenset()
    urgent_flags: frozenset[UrgentFlag] = frozenset()
    advice_ticked: bool = False
    clinical_reason: ClinicalReason | None = None


class Condition(StrEnum):
    """The names by which pathways ask."""

    ALWAYS = "always"
    ADVICE_TICKED = "advice_ticked"
    NEEDS_ADVICE = "needs_advice"
    NEEDS_SOCIAL = "needs_social"
    NEEDS_BOTH = "needs_both"
    NEEDS_ONLY_ADVICE = "needs_only_advice"
    NO_NEED_NAMED = "no_need_named"
    ADVICE_WANTED = "advice_wanted"
    ANY_URGENT_FLAG = "any_urgent_flag"
    IMMEDIATE_DANGER = "immediate_danger"
    HOMELESS_TONIGHT = "homeless_tonight"
    NO_FOOD = "no_food"
    EVICTION_WITHIN_14_DAYS = "eviction_date_within_14_days"
    INCOME_STOPPED = "income_stopped"
    BAILIFFS_DUE = "bailiffs_due"
    LEGAL_DEADLINE_NEAR = "legal_deadline_near"
    ANY_CLINICAL_REASON = "any_clinical_reason"
    CLINICAL_CANCER = "clinical_cancer"
    CLINICAL_DEMENTIA = "clinical_dementia"
    CLINICAL_MATERNITY = "clinical_maternity"
    CLINICAL_CARER = "clinical_carer"
    CLINICAL_SPINAL_INJURY = "clinical_spinal_injury"
    CLINICAL_MAJOR_TRAUMA = "clinical_major_trauma"
    CLINICAL_MENTAL_HEALTH_CRISIS = "clinical_mental_health_crisis"
    CLINICAL_END_OF_LIFE = "clinical_end_of_life"


def always(facts: Facts) -> bool:
    """Every referral."""
    return True


def advice_ticked(facts: Facts) -> bool:
    """The referrer ticked “welfare advice”."""
    return facts.advice_ticked


def needs_advice(facts: Facts) -> bool:
    """A need was named that an adviser answers: benefits, debt, housing, food or fuel, employment, immigration."""
    return not ADVICE_NEEDS.isdisjoint(facts.needs)


def needs_social(facts: Facts) -> bool:
    """A need was named that a link worker answers: company, wellbeing, activity, caring, loss, food or fuel, other."""
    return not SOCIAL_NEEDS.isdisjoint(facts.needs)


def needs_both(facts: Facts) -> bool:
    """Needs were named for a link worker and for an adviser."""
    return needs_advice(facts) and needs_social(facts)


def needs_only_advice(facts: Facts) -> bool:
    """Needs were named, all of them for an adviser alone."""
    return needs_advice(facts) and not needs_social(facts)


def no_need_named(facts: Facts) -> bool:
    """The referrer named no need; the service finds out."""
    return not facts.needs


def advice_wanted(facts: Facts) -> bool:
    """“Welfare advice” was ticked, or a need was named that an adviser answers."""
    return facts.advice_ticked or needs_advice(facts)


def any_urgent_flag(facts: Facts) -> bool:
    """At least one urgent flag was raised."""
    return bool(facts.urgent_flags)


def immediate_danger(facts: Facts) -> bool:
    """Somebody is in immediate danger."""
    return UrgentFlag.IMMEDIATE_DANGER in facts.urgent_flags


def homeless_tonight(facts: Facts) -> bool:
    """The person has nowhere to sleep tonight."""
    return UrgentFlag.HOMELESS_TONIGHT in facts.urgent_flags


def no_food(facts: Facts) -> bool:
    """The person has no food and no money for any."""
    return UrgentFlag.NO_FOOD in facts.urgent_flags


def eviction_within_14_days(facts: Facts) -> bool:
    """An eviction is dated within 14 days."""
    return UrgentFlag.EVICTION_WITHIN_14_DAYS in facts.urgent_flags


def income_stopped(facts: Facts) -> bool:
    """The person's income has stopped."""
    return UrgentFlag.INCOME_STOPPED in facts.urgent_flags


def bailiffs_due(facts: Facts) -> bool:
    """Bailiffs are due."""
    return UrgentFlag.BAILIFFS_DUE in facts.urgent_flags


def legal_deadline_near(facts: Facts) -> bool:
    """A legal time limit is near."""
    return UrgentFlag.LEGAL_DEADLINE_NEAR in facts.urgent_flags


def any_clinical_reason(facts: Facts) -> bool:
    """The referral belongs to a clinical pathway, whichever it is."""
    return facts.clinical_reason is not None


def clinical_cancer(facts: Facts) -> bool:
    """The referral belongs to a cancer pathway."""
    return facts.clinical_reason is ClinicalReason.CANCER


def clinical_dementia(facts: Facts) -> bool:
    """The referral belongs to a dementia pathway."""
    return facts.clinical_reason is ClinicalReason.DEMENTIA


def clinical_maternity(facts: Facts) -> bool:
    """The referral belongs to maternity care."""
    return facts.clinical_reason is ClinicalReason.MATERNITY


def clinical_carer(facts: Facts) -> bool:
    """The person cares for somebody who is ill or disabled."""
    return facts.clinical_reason is ClinicalReason.CARER


def clinical_spinal_injury(facts: Facts) -> bool:
    """The referral follows an injury of the spine."""
    return facts.clinical_reason is ClinicalReason.SPINAL_INJURY


def clinical_major_trauma(facts: Facts) -> bool:
    """The referral follows a major injury."""
    return facts.clinical_reason is ClinicalReason.MAJOR_TRAUMA


def clinical_mental_health_crisis(facts: Facts) -> bool:
    """The referral follows a mental health crisis."""
    return facts.clinical_reason is ClinicalReason.MENTAL_HEALTH_CRISIS


def clinical_end_of_life(facts: Facts) -> bool:
    """The person is nearing the end of life."""
    return facts.clinical_reason is ClinicalReason.END_OF_LIFE


CONDITIONS: Mapping[Condition, Callable[[Facts], bool]] = MappingProxyType(
    {
        Condition.ALWAYS: always,
        Condition.ADVICE_TICKED: advice_ticked,
        Condition.NEEDS_ADVICE: needs_advice,
        Condition.NEEDS_SOCIAL: needs_social,
        Condition.NEEDS_BOTH: needs_both,
        Condition.NEEDS_ONLY_ADVICE: needs_only_advice,
        Condition.NO_NEED_NAMED: no_need_named,
        Condition.ADVICE_WANTED: advice_wanted,
        Condition.ANY_URGENT_FLAG: any_urgent_flag,
        Condition.IMMEDIATE_DANGER: immediate_danger,
        Condition.HOMELESS_TONIGHT: homeless_tonight,
        Condition.NO_FOOD: no_food,
        Condition.EVICTION_WITHIN_14_DAYS: eviction_within_14_days,
        Condition.INCOME_STOPPED: income_stopped,
        Condition.BAILIFFS_DUE: bailiffs_due,
        Condition.LEGAL_DEADLINE_NEAR: legal_deadline_near,
        Condition.ANY_CLINICAL_REASON: any_clinical_reason,
        Condition.CLINICAL_CANCER: clinical_cancer,
        Condition.CLINICAL_DEMENTIA: clinical_dementia,
        Condition.CLINICAL_MATERNITY: clinical_maternity,
        Condition.CLINICAL_CARER: clinical_carer,
        Condition.CLINICAL_SPINAL_INJURY: clinical_spinal_injury,
        Condition.CLINICAL_MAJOR_TRAUMA: clinical_major_trauma,
        Condition.CLINICAL_MENTAL_HEALTH_CRISIS: clinical_mental_health_crisis,
        Condition.CLINICAL_END_OF_LIFE: clinical_end_of_life,
    }
)


def holds(condition: Condition, facts: Facts) -> bool:
    """Whether a named condition is true of these facts."""
    return CONDITIONS[condition](facts)


def meaning(condition: Condition) -> str:
    """The condition as one plain sentence, from its definition."""
    return (CONDITIONS[condition].__doc__ or "").strip()

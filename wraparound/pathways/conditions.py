"""The closed vocabulary of conditions: named plain questions about a referral. It is only ever added to.

A pathway names a condition; it never holds an expression. Each function's docstring is its public definition.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from wraparound.pathways.vocabulary import Entry, Need, UrgentFlag

ADVICE_NEEDS = frozenset({Need.BENEFITS, Need.DEBT, Need.HOUSING, Need.FOOD_OR_FUEL, Need.EMPLOYMENT, Need.IMMIGRATION})
# Food or fuel is in both: an adviser finds the missing income, a link worker the food bank.
SOCIAL_NEEDS = frozenset(
    {Need.LONELINESS, Need.WELLBEING, Need.ACTIVITY, Need.CARING, Need.BEREAVEMENT, Need.FOOD_OR_FUEL, Need.OTHER}
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a referral as it comes in."""

    entry: Entry
    needs: frozenset[Need] = frozenset()
    urgent_flags: frozenset[UrgentFlag] = frozenset()
    advice_ticked: bool = False


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
    }
)


def holds(condition: Condition, facts: Facts) -> bool:
    """Whether a named condition is true of these facts."""
    return CONDITIONS[condition](facts)


def meaning(condition: Condition) -> str:
    """The condition as one plain sentence, from its definition."""
    return (CONDITIONS[condition].__doc__ or "").strip()

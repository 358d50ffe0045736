"""Every rule by its key, and the answer of one."""

from collections.abc import Mapping
from dataclasses import replace

from wraparound.pathways.vocabulary import Nation
from wraparound.time_limits import (
    benefits,
    debt,
    employment,
    homelessness,
    immigration,
    money,
    possession,
    possession_elsewhere,
)
from wraparound.time_limits.counting import is_known
from wraparound.time_limits.definition import Answer, Facts, Found, Rule, Source, Tenure, Version

_AREAS = (benefits, money, homelessness, possession, possession_elsewhere, debt, employment, immigration)
RULES: Mapping[str, Rule] = {rule.key: rule for area in _AREAS for rule in area.RULES}

CHECK = "Check this before relying on any day: look at {}."


def work_out(key: str, facts: Facts) -> Answer:
    """What the rule `key` says of the facts; KeyError only for a key that no rule has.

    Whatever is missing or odd in the facts is asked for. A version whose source nobody has read never gives a day.
    """
    rule = RULES[key]
    asks = _missing(rule, facts)
    if asks:
        return _answer(rule, rule.versions[-1].source, Found(asks=asks))
    version = _version(rule, facts)
    if version is None:
        source = rule.versions[-1].source
        return _answer(
            rule, source, Found(asks=(f"This rule is not known for that day. {CHECK.format(source.citation)}",))
        )
    found = version.working(facts)
    if not version.source.verified:
        asked = (*found.asks, CHECK.format(version.source.citation))
        found = replace(found, last_day=None, act_as_if=None, counted_from=None, asks=asked)
    return _answer(rule, version.source, found)


def rules_for(nation: Nation, tenure: Tenure | None = None) -> list[Rule]:
    """The rules that hold in a nation for a tenure, in the order of `RULES`; without a tenure, for any of them."""
    return [
        rule
        for rule in RULES.values()
        if nation in rule.nations and (tenure is None or not rule.tenures or tenure in rule.tenures)
    ]


def _missing(rule: Rule, facts: Facts) -> tuple[str, ...]:
    if facts.nation not in rule.nations:
        return ("This rule is not for the nation where the person lives. Which nation's law is it?",)
    if facts.tenure is not None and rule.tenures and facts.tenure not in rule.tenures:
        return ("This rule is not for somebody who rents like that. Whom do they rent from?",)
    if not all(is_known(day) for day in facts.dates.values()):
        return ("One of the days is too far off to count from. Is its year right?",)
    return tuple(fact.label for fact in rule.asks_dates if fact not in facts.dates)


def _version(rule: Rule, facts: Facts) -> Version | None:
    starts = facts.dates[rule.asks_dates[0]]
    return next((version for version in rule.versions if version.holds_on(starts)), None)


def _answer(rule: Rule, source: Source, found: Found) -> Answer:
    return Answer(
        rule=rule.key,
        last_day=found.last_day,
        how=found.how,
        source=source,
        asks=found.asks,
        late=found.late,
        counted_from=found.counted_from,
        received_by=found.received_by,
        act_as_if=found.act_as_if,
    )

"""Every rule by its key, and the answer of one."""

from collections.abc import Mapping

from wraparound.pathways.vocabulary import Nation
from wraparound.time_limits.definition import Answer, Facts, Rule, Tenure

RULES: Mapping[str, Rule] = {}


def work_out(key: str, facts: Facts) -> Answer:
    """What the rule `key` says of the facts; KeyError only for a key that no rule has."""
    rule = RULES[key]
    return rule.versions[0].working(rule, rule.versions[0], facts)


def rules_for(nation: Nation, tenure: Tenure | None = None) -> list[Rule]:
    """The rules that hold in a nation for a tenure, in the order of `RULES`; without a tenure, for any of them."""
    return [
        rule
        for rule in RULES.values()
        if nation in rule.nations and (tenure is None or not rule.tenures or tenure in rule.tenures)
    ]

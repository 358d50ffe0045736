"""The page of every time limit, made from the rules themselves: `time_limits_page()` gives its Markdown."""

from datetime import date

from wraparound.pathways.vocabulary import Nation
from wraparound.pathways.words import listed
from wraparound.time_limits.definition import Family, Rule, Source, Version
from wraparound.time_limits.working_out import RULES

NATIONS = {
    Nation.ENGLAND: "England",
    Nation.WALES: "Wales",
    Nation.SCOTLAND: "Scotland",
    Nation.NORTHERN_IRELAND: "Northern Ireland",
}

INTRODUCTION = """# Time limits

From the date on a letter the product works out the last day and shows how. Each rule is below, with what starts it,
how it is counted, who it is for and where the law says so. A source was read, in a stored copy, on the day beside it.
That copy can be older than the law, so an adviser still checks a day before relying on it. A rule whose source nobody
has read gives no day: it says “check this” and what to look at. A last day that has passed closes nothing: the late
routes are shown.

A month is a calendar month, to the day of the same number, or to the month's last day where it has no such day. No last
day is moved off a weekend or a bank holiday; what must arrive on one is to be there on the working day before.
"""


def time_limits_page() -> str:
    """`docs/generated/time-limits.md`."""
    lines = [INTRODUCTION]
    for family in Family:
        lines += [f"## {family.label}", ""]
        for rule in RULES.values():
            if rule.family is family:
                lines += _rule(rule)
    return "\n".join(lines).rstrip() + "\n"


def _rule(rule: Rule) -> list[str]:
    nations = listed([NATIONS[nation] for nation in Nation if nation in rule.nations])
    tenures = "".join(f" {tenure.label}." for tenure in sorted(rule.tenures))
    lines = [f"### {rule.title}", "", f"Starts with: {rule.letter}. For: {nations}.{tenures} Key: `{rule.key}`.", ""]
    lines += [f"- Asks: {fact.label}" for fact in rule.asks_dates]
    lines += [f"- May use: {fact.label}" for fact in rule.may_ask]
    if rule.may_choose:
        lines += [f"- May depend on: {'; '.join(choice.label for choice in rule.may_choose)}."]
    lines += ["", "| begun | how it is counted | source |", "|---|---|---|"]
    lines += [f"| {_begun(version)} | {version.counts} | {_source(version.source)} |" for version in rule.versions]
    return [*lines, ""]


def _begun(version: Version) -> str:
    if version.starts is None and version.ends is None:
        return "any day"
    if version.starts is None:
        return f"to {_day(version.ends)}"
    return f"from {_day(version.starts)}" + (f" to {_day(version.ends)}" if version.ends else "")


def _source(source: Source) -> str:
    read = f"read {_day(source.seen_on)}" if source.verified else "**check this**: not read"
    return f"[{source.citation}]({source.address}), {read}"


def _day(day: date | None) -> str:
    return "" if day is None else f"{day.day} {day:%B %Y}"

"""What holds for every rule: no day without a source that was read, something to ask without a day, a way when late."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import wraparound.time_limits
from wraparound.pathways.vocabulary import Nation
from wraparound.time_limits.definition import Answer, Choice, Fact, Facts, Family, Rule, Tenure
from wraparound.time_limits.working_out import RULES, rules_for, work_out

EVERY = list(RULES.values())
UNREAD = [rule for rule in EVERY if not any(version.source.verified for version in rule.versions)]
LONG_AGO_TO_LATER = [date(2018, 3, 31), date(2024, 2, 29), date(2026, 4, 30), date(2026, 5, 1), date(2027, 6, 15)]


def named(rule: Rule) -> str:
    return rule.key


def answers(rule: Rule) -> Iterator[Answer]:
    """The rule's answers on days of each of its versions, with each of its choices, and with all it may ask."""
    nation = next(iter(rule.nations))
    for day in LONG_AGO_TO_LATER:
        for choice in (None, *rule.may_choose):
            chosen = frozenset() if choice is None else frozenset({choice})
            yield work_out(rule.key, Facts(dict.fromkeys(rule.asks_dates, day), nation, None, chosen))
            full = dict.fromkeys((*rule.asks_dates, *rule.may_ask), day)
            yield work_out(rule.key, Facts(full, nation, None, chosen))


@pytest.mark.parametrize("rule", EVERY, ids=named)
def test_an_answer_without_a_day_asks_something(rule: Rule) -> None:
    assert all(answer.last_day is not None or answer.asks for answer in answers(rule))


@pytest.mark.parametrize("rule", EVERY, ids=named)
def test_a_day_rests_on_a_source_that_was_read_and_shows_its_working(rule: Rule) -> None:
    for answer in answers(rule):
        if answer.last_day is not None or answer.act_as_if is not None:
            assert answer.source.verified
            assert answer.how
            assert answer.counted_from is not None


@pytest.mark.parametrize("rule", EVERY, ids=named)
def test_a_day_never_closes_the_door(rule: Rule) -> None:
    assert all(answer.late for answer in answers(rule) if answer.last_day is not None)


@pytest.mark.parametrize("rule", EVERY, ids=named)
def test_a_late_route_s_day_is_later_and_its_source_was_read(rule: Rule) -> None:
    for answer in answers(rule):
        for route in answer.late:
            if route.last_day is not None:
                assert route.source.verified
                assert answer.last_day is not None
                assert route.last_day > answer.last_day


@pytest.mark.parametrize("rule", UNREAD, ids=named)
def test_a_rule_whose_source_nobody_has_read_gives_no_day_and_says_where_to_look(rule: Rule) -> None:
    for answer in answers(rule):
        assert answer.last_day is None
        assert answer.act_as_if is None
        assert any(rule.versions[-1].source.citation in ask for ask in answer.asks)


def test_some_rules_are_not_read_yet() -> None:
    assert UNREAD


@pytest.mark.parametrize("rule", EVERY, ids=named)
def test_what_is_missing_is_asked_in_the_words_of_the_form(rule: Rule) -> None:
    answer = work_out(rule.key, Facts({}, next(iter(rule.nations))))
    assert answer.last_day is None
    assert answer.asks == tuple(fact.label for fact in rule.asks_dates)


@pytest.mark.parametrize("rule", EVERY, ids=named)
def test_versions_follow_one_another_without_a_gap_or_an_overlap(rule: Rule) -> None:
    for earlier, later in zip(rule.versions, rule.versions[1:], strict=False):
        assert earlier.ends is not None
        assert later.starts == earlier.ends + timedelta(days=1)
    assert rule.versions[-1].ends is None


@given(
    st.sampled_from(sorted(RULES)),
    st.dictionaries(st.sampled_from(Fact), st.dates()),
    st.sampled_from(Nation),
    st.none() | st.sampled_from(Tenure),
    st.frozensets(st.sampled_from(Choice)),
)
def test_no_facts_however_odd_break_a_rule(
    key: str, dates: dict[Fact, date], nation: Nation, tenure: Tenure | None, choices: frozenset[Choice]
) -> None:
    answer = work_out(key, Facts(dates, nation, tenure, choices))
    assert answer.rule == key
    assert answer.last_day is not None or answer.asks


def test_only_an_unknown_rule_is_an_error() -> None:
    with pytest.raises(KeyError):
        work_out("nonsense", Facts({}, Nation.ENGLAND))


def test_every_family_has_a_rule_and_every_nation_has_most_families() -> None:
    assert {rule.family for rule in EVERY} == set(Family)
    for nation in Nation:
        families = {rule.family for rule in rules_for(nation)}
        assert set(Family) - families <= {Family.BREATHING_SPACE}


def test_rules_are_for_a_nation_and_a_tenure() -> None:
    private = {rule.key for rule in rules_for(Nation.ENGLAND, Tenure.PRIVATE)}
    social = {rule.key for rule in rules_for(Nation.ENGLAND, Tenure.SOCIAL)}
    assert "section_8_private" in private - social
    assert "section_8_social" in social - private
    assert "mandatory_reconsideration" in private & social
    assert "notice_to_leave_scotland" not in {rule.key for rule in rules_for(Nation.ENGLAND)}


@pytest.mark.parametrize("words", [Family, Fact, Choice, Tenure])
def test_every_word_has_a_label(words: type[Family | Fact | Choice | Tenure]) -> None:
    labels = [word.label for word in words]
    assert all(labels)
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("rule", EVERY, ids=named)
def test_a_rule_says_what_it_is(rule: Rule) -> None:
    assert rule.title
    assert rule.letter
    assert rule.key.isidentifier()
    assert len(rule.key) <= 60
    for version in rule.versions:
        assert version.counts
        assert version.source.citation
        assert version.source.address.startswith("https://")


def test_nothing_reads_the_clock() -> None:
    for path in Path(wraparound.time_limits.__file__).parent.glob("*.py"):
        assert not re.search(r"\.now\(|\.today\(|utcnow", path.read_text(encoding="utf-8"))

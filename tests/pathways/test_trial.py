"""A trial says where past referrals would have gone, and counts none twice or not at all."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pathways.samples import calendar_of, facts_for, models, moments, pathways
from tests.pathways.test_reader import changed
from wraparound.pathways import library
from wraparound.pathways.calendar import calendar_for
from wraparound.pathways.engine import Facts, Past, Reach, plan, try_on
from wraparound.pathways.reader import from_tree
from wraparound.pathways.vocabulary import Entry, Model, Nation, Need, Service, UrgentFlag

MONDAY = datetime(2026, 11, 23, 10, 20, tzinfo=UTC)
ENGLAND = calendar_for(Nation.ENGLAND)
SP, ADVICE = Service.SOCIAL_PRESCRIBING, Service.WELFARE_ADVICE
FIRST, BOTH = library.load("link-worker-first"), library.load("both-at-once")
DEBT = Facts(Entry.RECEPTION, frozenset({Need.DEBT}))
LONELY = Facts(Entry.RECEPTION, frozenset({Need.LONELINESS}))
BAILIFFS = Facts(Entry.CLINICIAN, urgent_flags=frozenset({UrgentFlag.BAILIFFS_DUE}))


def tried(before, after, *past, model=Model.CO_LOCATED):
    return try_on(before, after, past, ENGLAND, ENGLAND, model)


def test_where_they_would_go_instead():
    trial = tried(FIRST, BOTH, Past(DEBT, MONDAY, 3), Past(LONELY, MONDAY), Past(BAILIFFS, MONDAY, 2))
    assert (trial.referrals, trial.elsewhere, trial.refused_before, trial.refused_after) == (6, 3, 0, 0)
    social, advice = trial.services
    assert (social.service, advice.service) == (SP, ADVICE)
    assert social.before == Reach(at_once=6, later=0, urgent=0, signposted=0, days=3)
    assert social.after == Reach(at_once=3, later=0, urgent=0, signposted=0, days=5)
    # Three were handed over after thirteen working days; now they are contacted within five.
    assert advice.before == Reach(at_once=2, later=3, urgent=2, signposted=0, days=13)
    assert advice.after == Reach(at_once=5, later=0, urgent=2, signposted=0, days=5)


def test_the_first_pathway_of_a_scheme_has_nothing_to_compare_with():
    trial = tried(None, library.load("signpost-only"), Past(DEBT, MONDAY))
    assert (trial.elsewhere, trial.refused_before) == (None, None)
    social, advice = trial.services
    assert social.before is None
    assert social.after == advice.after == Reach(at_once=0, later=0, urgent=0, signposted=1, days=None)


def test_an_entry_that_is_not_taken_is_counted_apart():
    only = from_tree(changed(("entries", {"clinician": {"to": ["social_prescribing"]}})), "some.toml")
    trial = tried(FIRST, only, Past(DEBT, MONDAY, 4), Past(BAILIFFS, MONDAY))
    assert (trial.referrals, trial.elsewhere, trial.refused_before, trial.refused_after) == (5, 0, 0, 4)
    assert trial.services[0].before.at_once == 5 and trial.services[0].after.at_once == 1


def test_joined_services_are_each_reached_at_once():
    social, advice = tried(None, FIRST, Past(DEBT, MONDAY), model=Model.SINGLE).services
    assert social.after == advice.after == Reach(at_once=1, later=0, urgent=0, signposted=0, days=3)


@pytest.mark.parametrize(("counts", "expected"), [((1, 1), 3.0), ((2, 1), 1.0), ((1, 2), 5.0), ((3, 3), 3.0)])
def test_the_median_is_of_all_of_them(counts, expected):
    quick, slow = counts
    trial = tried(None, BOTH, Past(BAILIFFS, MONDAY, quick), Past(DEBT, MONDAY, slow))
    assert trial.services[1].after.days == expected


def test_same_day_help_is_counted_by_when_it_was_asked_for():
    hungry = Facts(Entry.CLINICIAN, urgent_flags=frozenset({UrgentFlag.NO_FOOD}))
    late = MONDAY.replace(hour=23)
    assert tried(None, BOTH, Past(hungry, MONDAY), Past(hungry, late)).services[1].after.days == 0.5


@given(st.data(), pathways, pathways, models, moments)
def test_a_trial_counts_what_plans_say(data, before, after, model, start):
    past = [
        Past(data.draw(facts_for(after)), start + timedelta(hours=7 * n), data.draw(st.integers(1, 4)))
        for n in range(data.draw(st.integers(0, 6)))
    ]
    trial = try_on(before, after, past, calendar_of(before), calendar_of(after), model)
    reached, days = Counter(), {service: [] for service in Service}
    moved = 0
    for each in past:
        old = plan(before, each.facts, calendar_of(before), each.at, model)
        new = plan(after, each.facts, calendar_of(after), each.at, model)
        moved += each.count * (ways(old) != ways(new))
        for service, kind in ways(new):
            reached[service, kind] += each.count
        for step in new.steps:
            for service in step.services:
                between = calendar_of(after).working_days_between(each.at, step.first_contact_due)
                days[service] += [between] * each.count
    assert trial.elsewhere == moved
    for each in trial.services:
        assert each.after.at_once == reached[each.service, "at once"]
        assert each.after.later == reached[each.service, "later"]
        assert each.after.signposted == reached[each.service, "told"]
        assert each.after.days == (median(days[each.service]) if days[each.service] else None)


def ways(planned):
    """(service, how it is reached) of a plan."""
    found = {(each.service, "told") for each in planned.signposts}
    for step in planned.steps:
        found |= {(service, "at once" if step.starts == "at_once" else "later") for service in step.services}
    return found


def test_many_alike_are_the_same_as_one_that_counts_for_many():
    one = tried(FIRST, BOTH, Past(DEBT, MONDAY, 50))
    assert one == tried(FIRST, BOTH, *[Past(replace(DEBT), MONDAY)] * 50)

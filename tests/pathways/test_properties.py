"""What must hold for every library pathway, in every nation, at every moment."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pathways.samples import (
    LIVE,
    PATHWAYS,
    calendar_of,
    facts_for,
    flag_sets,
    models,
    moments,
    pathways,
    progress_of,
)
from wraparound.pathways.clocks import longest_silence
from wraparound.pathways.engine import AT_ONCE, Does, first_contact_due, next_step, plan, when_silent
from wraparound.pathways.vocabulary import Entry, Service, Status, Turn, UrgentFlag

thorough = settings(max_examples=400, deadline=None)


def moved(progress):
    return max(progress.since, progress.last_activity_at or progress.since)


@given(st.data(), pathways, moments)
@thorough
def test_every_referral_reaches_somebody_at_once_and_is_due_in_the_future(data, pathway, now):
    facts = data.draw(facts_for(pathway))
    planned = plan(pathway, facts, calendar_of(pathway), now)
    assert planned.steps or planned.signposts
    assert not planned.steps or planned.steps[0].starts == AT_ONCE
    assert service_set(planned.steps).isdisjoint(service_set(planned.signposts))
    assert len({step.service for step in planned.steps}) == len(planned.steps)
    for step in planned.steps:
        assert step.first_contact_due > now
        assert step.because.endswith(".")
        assert step.turn is not Turn.NOBODY
        assert service_set(planned.steps) - {step.service} == set(step.told)
        assert step.starts == AT_ONCE or step.starts in service_set(planned.steps)
    assert planned.closed_until is None or planned.closed_until > now
    assert set(planned.same_day_flags) == facts.urgent_flags & pathway.same_day.when
    assert len(planned.do_now) == len(planned.same_day_flags)


def service_set(steps):
    return {step.service for step in steps}


@given(st.data(), pathways, moments)
@thorough
def test_the_same_referral_is_planned_the_same(data, pathway, now):
    facts = data.draw(facts_for(pathway))
    twin = replace(facts, needs=frozenset(sorted(facts.needs)), urgent_flags=frozenset(sorted(facts.urgent_flags)))
    assert plan(pathway, facts, calendar_of(pathway), now) == plan(pathway, twin, calendar_of(pathway), now)


@given(st.data(), pathways, moments)
@thorough
def test_urgency_removes_no_service_and_delays_none(data, pathway, now):
    facts = data.draw(facts_for(pathway))
    calm = plan(pathway, replace(facts, urgent_flags=frozenset()), calendar_of(pathway), now)
    urgent = plan(pathway, facts, calendar_of(pathway), now)
    due = {step.service: step.first_contact_due for step in urgent.steps}
    for step in calm.steps:
        assert due[step.service] <= step.first_contact_due


@given(st.data(), pathways, moments)
@thorough
def test_same_day_is_due_no_later_than_urgent(data, pathway, now):
    facts = data.draw(facts_for(pathway))
    urgent_only = (pathway.urgent.when - pathway.same_day.when) & facts.urgent_flags
    if not urgent_only:
        urgent_only = frozenset({UrgentFlag.INCOME_STOPPED})
    calendar = calendar_of(pathway)
    urgent = plan(pathway, replace(facts, urgent_flags=urgent_only), calendar, now)
    same_day = plan(pathway, replace(facts, urgent_flags=urgent_only | {UrgentFlag.NO_FOOD}), calendar, now)
    due = {step.service: step.first_contact_due for step in same_day.steps}
    assert all(due[step.service] <= step.first_contact_due for step in urgent.steps)
    assert any(step.same_day for step in same_day.steps)


@given(st.data(), pathways)
@thorough
def test_a_live_referral_is_somebodys_turn_with_a_due_time_and_an_end(data, pathway):
    progress = data.draw(progress_of(pathway))
    step = next_step(pathway, progress, calendar_of(pathway))
    assert step.turn is not Turn.NOBODY and step.does is not Does.NOTHING
    assert step.due is not None and step.timeout is not None
    assert step.because.endswith(".")
    if progress.status in (Status.ASKED, Status.PAUSED):
        assert progress.since < step.due == step.timeout.at
        assert (step.escalate_at, step.timeout.to.final) == (None, False)
        return
    assert moved(progress) < step.due < step.timeout.at
    assert step.timeout.to in (Status.NOT_ANSWERED, Status.LOST_CONTACT, Status.CLOSED)
    if step.does is Does.DECIDE:
        assert (step.turn, step.escalate_at, step.timeout.to) == (Turn.SUPERVISOR, None, Status.NOT_ANSWERED)
    elif progress.escalated:
        assert (step.turn, step.escalate_at) == (Turn.SUPERVISOR, None)
    elif step.escalate_at is not None:
        assert step.due <= step.escalate_at < step.timeout.at
        late = next_step(pathway, replace(progress, escalated=True), calendar_of(pathway))
        assert late.due is not None and late.due > step.escalate_at
        assert late.timeout == step.timeout


@given(st.data(), pathways, flag_sets)
@thorough
def test_urgent_is_never_due_later_in_any_status(data, pathway, more):
    progress = data.draw(progress_of(pathway))
    calendar = calendar_of(pathway)
    less_urgent = next_step(pathway, progress, calendar)
    more_urgent = next_step(pathway, replace(progress, urgent_flags=progress.urgent_flags | more), calendar)
    assert more_urgent.due <= less_urgent.due
    if less_urgent.escalate_at is not None and more_urgent.does is not Does.DECIDE:
        assert more_urgent.escalate_at <= less_urgent.escalate_at
    if less_urgent.timeout.to is not Status.CLOSED:
        assert more_urgent.timeout.at <= less_urgent.timeout.at
    else:
        assert more_urgent.timeout == less_urgent.timeout


@given(st.data(), pathways)
@thorough
def test_if_nobody_acts_every_referral_is_closed_within_the_bound(data, pathway):
    progress = replace(data.draw(progress_of(pathway)), escalated=False)
    calendar = calendar_of(pathway)
    passed = list(when_silent(pathway, progress, calendar))
    last = passed[-1][0]
    assert last.status is Status.CLOSED
    assert len(passed) <= 6
    paused = progress.status is Status.PAUSED
    began = max(moved(progress), passed[0][1].timeout.at) if paused else moved(progress)
    assert calendar.working_days_between(began, last.since) <= longest_silence(pathway)
    ends = [step.timeout.at for _, step in passed if step.timeout]
    assert ends == sorted(ends)
    if progress.status in (Status.SENT, Status.CLAIMED, Status.ASKED, Status.WAITING, Status.ACCEPTED):
        turns = [step.turn for _, step in passed]
        assert Turn.SUPERVISOR in turns
        assert Turn.REFERRER in turns[turns.index(Turn.SUPERVISOR) :]


@given(st.data(), pathways, moments)
@thorough
def test_the_plan_and_the_following_promise_the_same(data, pathway, now):
    facts = data.draw(facts_for(pathway))
    calendar = calendar_of(pathway)
    for step in plan(pathway, facts, calendar, now, data.draw(models)).steps:
        if step.starts == AT_ONCE:
            promised = first_contact_due(pathway, step.service, facts.urgent_flags, calendar, now, step.joined)
            progress = data.draw(progress_of(pathway))
            progress = replace(
                progress, service=step.service, joined=step.joined, status=Status.ACCEPTED, sent_at=now, since=now,
                attempts=0,
                urgent_flags=facts.urgent_flags, escalated=False, last_activity_at=None,
            )  # fmt: skip
            assert step.first_contact_due == promised == next_step(pathway, progress, calendar).due


def test_the_bound_is_stated():
    """Twenty working days on the waiting list, and then three weeks until everybody has been silent."""
    assert {longest_silence(pathway) for pathway in PATHWAYS} == {41}


def test_every_urgent_flag_is_on_the_fast_track_of_every_library_pathway():
    for pathway in PATHWAYS:
        assert pathway.urgent.when == set(UrgentFlag)
        assert pathway.urgent.to == (Service.WELFARE_ADVICE,)
        assert pathway.route(Entry.CLINICIAN) is not None
    assert set(LIVE) == set(Status) - {Status.CLOSED, Status.WITHDRAWN}

"""How a scheme's model of operation changes a plan and its words, and never the pathway."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from tests.pathways.samples import calendar_of, facts_for, moments, pathways
from tests.pathways.test_properties import thorough
from tests.pathways.test_reader import changed
from wraparound.pathways import library
from wraparound.pathways.calendar import calendar_for
from wraparound.pathways.engine import AT_ONCE, Facts, plan
from wraparound.pathways.reader import from_tree
from wraparound.pathways.vocabulary import Entry, Model, Nation, Need, Service, UrgentFlag

LONDON = ZoneInfo("Europe/London")
NOW = datetime(2026, 11, 23, 10, 20, tzinfo=LONDON)
ENGLAND = calendar_for(Nation.ENGLAND)
SP, ADVICE = Service.SOCIAL_PRESCRIBING, Service.WELFARE_ADVICE
DEBT = Facts(Entry.CLINICIAN, frozenset({Need.DEBT}))
BAILIFFS = frozenset({UrgentFlag.BAILIFFS_DUE})


def planned(model, facts=DEBT, name="link-worker-first"):
    return plan(library.load(name), facts, ENGLAND, NOW, model)


def test_a_plan_is_co_located_unless_somebody_says_otherwise():
    pathway = library.load("link-worker-first")
    assert plan(pathway, DEBT, ENGLAND, NOW) == planned(Model.CO_LOCATED) == planned(Model.CO_FUNDED)


def test_a_single_service_joins_what_others_hand_over():
    (step,) = planned(Model.SINGLE).steps
    assert (step.service, step.joined, step.starts, step.told) == (SP, (ADVICE,), AT_ONCE, ())
    assert step.because == (
        "Every referral from a clinician reaches social prescribing first. “Welfare advice” was ticked, or a need was "
        "named that an adviser answers."
    )
    # The link worker's three working days hold for both.
    assert step.first_contact_due == datetime(2026, 11, 26, 17, tzinfo=LONDON)
    assert step.sentence() == "A hybrid worker will contact them by Thursday 26 November."
    assert step.sentence("Elm Hub") == "The hybrid worker at Elm Hub will contact them by Thursday 26 November."


def test_a_single_service_that_is_asked_for_one_thing_is_a_hybrid_workers_too():
    (step,) = planned(Model.SINGLE, Facts(Entry.CLINICIAN)).steps
    assert step.joined == () and step.sentence().startswith("A hybrid worker")


def test_urgency_of_a_joined_service_holds_for_the_step():
    (step,) = planned(Model.SINGLE, replace(DEBT, urgent_flags=BAILIFFS)).steps
    assert (step.service, step.joined, step.urgent) == (ADVICE, (SP,), True)
    assert step.sentence() == "Urgent: a hybrid worker will contact them by Tuesday 24 November."


def test_who_reaches_a_single_service_is_not_told_to_go_there():
    urgent = Facts(Entry.CLINICIAN, urgent_flags=BAILIFFS)
    assert planned(Model.SINGLE, urgent, "signpost-only").signposts == ()
    assert [each.service for each in planned(Model.SEPARATE, urgent, "signpost-only").signposts] == [SP]


def test_separate_services_refer_on_instead_of_handing_over():
    _, later = planned(Model.SEPARATE).steps
    assert (later.warm, later.starts) == (False, SP)
    assert later.sentence() == (
        "Then the link worker refers them on to an adviser: welfare advice has its own waiting time, and contact is "
        "expected by Thursday 10 December."
    )
    assert planned(Model.CO_LOCATED).steps[1].warm
    assert planned(Model.CO_LOCATED).steps[1].first_contact_due == later.first_contact_due


def test_a_hand_over_that_is_not_warm_is_a_referral_on_in_every_model():
    cold = from_tree(changed(("handover.0.warm", False)), "some.toml")
    _, later = plan(cold, DEBT, ENGLAND, NOW).steps
    assert "refers them on to" in later.sentence()


@given(st.data(), pathways, moments)
@thorough
def test_a_single_service_is_never_slower_than_separate_ones(data, pathway, now):
    facts, calendar = data.draw(facts_for(pathway)), calendar_of(pathway)
    apart = plan(pathway, facts, calendar, now, Model.SEPARATE)
    together = plan(pathway, facts, calendar, now, Model.SINGLE)
    reached = [service for step in together.steps for service in step.services]
    assert sorted(reached) == sorted(step.service for step in apart.steps)
    for step in apart.steps:
        assert together.steps[0].first_contact_due <= step.first_contact_due


@given(st.data(), pathways, moments)
@thorough
def test_models_but_the_single_one_differ_in_warmth_alone(data, pathway, now):
    facts, calendar = data.draw(facts_for(pathway)), calendar_of(pathway)
    apart = plan(pathway, facts, calendar, now, Model.SEPARATE)
    near = plan(pathway, facts, calendar, now, Model.CO_LOCATED)
    assert near == plan(pathway, facts, calendar, now, Model.CO_FUNDED)
    assert [replace(step, warm=True) for step in apart.steps] == list(near.steps)
    assert not any(step.warm for step in apart.steps if step.starts != AT_ONCE)

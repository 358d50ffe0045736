"""The eight pathways of the library: what each is for, and that none leaves anybody with nothing in any model."""

from datetime import datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from wraparound.pathways import library
from wraparound.pathways.calendar import calendar_for
from wraparound.pathways.engine import AT_ONCE, Facts, plan
from wraparound.pathways.vocabulary import ClinicalReason, Entry, HandoverAt, Model, Nation, Need, Service, UrgentFlag

NOW = datetime(2026, 11, 23, 10, 20, tzinfo=ZoneInfo("Europe/London"))
ENGLAND = calendar_for(Nation.ENGLAND)
SP, ADVICE = Service.SOCIAL_PRESCRIBING, Service.WELFARE_ADVICE
NEEDS = [
    frozenset(needs)
    for needs in ((), (Need.DEBT,), (Need.LONELINESS,), (Need.FOOD_OR_FUEL,), (Need.OTHER,), (Need.DEBT, Need.CARING))
]
FLAGS = [frozenset(), frozenset({UrgentFlag.BAILIFFS_DUE}), frozenset({UrgentFlag.NO_FOOD})]


def planned(name, entry=Entry.CLINICIAN, *needs, model=Model.CO_LOCATED, **facts):
    return plan(library.load(name), Facts(entry, frozenset(needs), **facts), ENGLAND, NOW, model)


def at_once(name, entry=Entry.CLINICIAN, *needs, **facts):
    return [step.service for step in planned(name, entry, *needs, **facts).steps if step.starts == AT_ONCE]


def test_the_library_names_its_files_and_no_others():
    assert set(library.names()) == {path.stem for path in library.FOLDER.glob("*.toml")}
    assert len(set(library.names())) == len(library.names()) == 8


def test_an_unknown_name_is_told_what_there_is():
    with pytest.raises(LookupError, match="both-at-once"):
        library.load("../both-at-once")


@pytest.mark.parametrize("name", library.names())
def test_every_pathway_takes_every_entry(name):
    assert [entry for entry, _ in library.load(name).entries] == list(Entry)


@pytest.mark.parametrize("name", library.names())
@pytest.mark.parametrize("model", Model)
def test_whoever_comes_reaches_a_service_or_is_told_of_one_in_every_model(name, model):
    everything = product(Entry, NEEDS, FLAGS, (False, True), (None, ClinicalReason.CANCER, ClinicalReason.MAJOR_TRAUMA))
    for entry, needs, flags, ticked, reason in everything:
        made = plan(library.load(name), Facts(entry, needs, flags, ticked, reason), ENGLAND, NOW, model)
        assert made.steps or made.signposts
        reached = {service for step in made.steps for service in step.services}
        assert reached.isdisjoint(signpost.service for signpost in made.signposts)
        assert len(reached) == sum(len(step.services) for step in made.steps)
        if flags:
            assert made.steps[0].service is ADVICE and made.steps[0].urgent
        if model is Model.SINGLE:
            assert len(made.steps) <= 1
        assert all(sentence.endswith((".", "!")) for sentence in made.sentences())


@pytest.mark.parametrize("name", library.names())
def test_every_model_brings_the_same_services(name):
    """The model says how services stand to each other, never who is helped."""
    for entry, needs, flags in product(Entry, NEEDS, FLAGS):
        reached = [
            {service for step in plan(library.load(name), Facts(entry, needs, flags), ENGLAND, NOW, model).steps
             for service in step.services}
            for model in Model
        ]  # fmt: skip
        assert all(each == reached[0] for each in reached)


@pytest.mark.parametrize(
    ("needs", "ticked", "reached"),
    [
        ([], False, [ADVICE]),
        ([Need.DEBT], False, [ADVICE]),
        ([Need.DEBT, Need.LONELINESS], False, [ADVICE]),
        ([Need.LONELINESS], True, [ADVICE]),
        ([Need.LONELINESS], False, [SP]),
    ],
)
def test_advice_first(needs, ticked, reached):
    assert at_once("advice-first", Entry.CLINICIAN, *needs, advice_ticked=ticked) == reached


def test_advice_first_hands_over_after_the_first_appointment():
    _, later = planned("advice-first", Entry.CLINICIAN, Need.DEBT, Need.LONELINESS).steps
    assert (later.service, later.starts) == (SP, ADVICE)
    (after,) = [each for each in library.load("advice-first").handover if each.to_service is SP]
    assert after.at is HandoverAt.FIRST_APPOINTMENT_DONE


@pytest.mark.parametrize("entry", Entry)
def test_a_single_service_starts_with_both(entry):
    assert at_once("single-service", entry) == [SP, ADVICE]
    assert planned("single-service", entry, model=Model.SINGLE).steps[0].services == (SP, ADVICE)
    assert not library.load("single-service").handover


@pytest.mark.parametrize("entry", Entry)
def test_a_session_is_booked_at_reception_and_by_the_person(entry):
    made = planned("reception-booking", entry, Need.DEBT, Need.LONELINESS)
    assert [step.service for step in made.steps] == [ADVICE, SP]
    assert {step.session for step in made.steps} == {entry in (Entry.RECEPTION, Entry.SELF)}


@pytest.mark.parametrize("entry", Entry)
def test_signpost_only_takes_in_who_asks_and_refers_from_workers_and_when_it_is_urgent(entry):
    made = planned("signpost-only", entry, Need.DEBT)
    assert bool(made.steps) is (entry in (Entry.WORKER, Entry.SELF, Entry.ON_BEHALF))
    if not made.steps:
        assert [each.service for each in made.signposts] == [ADVICE, SP]
    urgent = planned("signpost-only", entry, Need.DEBT, urgent_flags=frozenset({UrgentFlag.BAILIFFS_DUE}))
    assert [step.service for step in urgent.steps] == [ADVICE]


@pytest.mark.parametrize(
    ("entry", "reason", "reached"),
    [
        (Entry.CLINICIAN, None, [SP]),
        (Entry.CLINICIAN, ClinicalReason.CANCER, [ADVICE, SP]),
        (Entry.CLINICIAN, ClinicalReason.DEMENTIA, [ADVICE, SP]),
        (Entry.CLINICIAN, ClinicalReason.CARER, [ADVICE, SP]),
        (Entry.CLINICIAN, ClinicalReason.MENTAL_HEALTH_CRISIS, [ADVICE, SP]),
        (Entry.CLINICIAN, ClinicalReason.END_OF_LIFE, [ADVICE, SP]),
        (Entry.CLINICIAN, ClinicalReason.MATERNITY, [ADVICE]),
        (Entry.CLINICIAN, ClinicalReason.SPINAL_INJURY, [ADVICE]),
        (Entry.CLINICIAN, ClinicalReason.MAJOR_TRAUMA, [ADVICE]),
        (Entry.HOSPITAL_WARD, None, [ADVICE]),
        (Entry.HOSPITAL_WARD, ClinicalReason.DEMENTIA, [ADVICE, SP]),
        (Entry.HEALTH_VISITOR, ClinicalReason.MATERNITY, [ADVICE]),
        (Entry.HEALTH_VISITOR, ClinicalReason.MENTAL_HEALTH_CRISIS, [ADVICE, SP]),
        (Entry.HEALTH_VISITOR, None, [SP]),
    ],
)
def test_a_clinical_pathway_brings_advice_with_the_diagnosis(entry, reason, reached):
    assert at_once("clinical-pathway", entry, clinical_reason=reason) == reached


def test_who_is_rung_from_a_call_list_goes_straight_to_what_answers_their_need():
    assert at_once("proactive-call-list", Entry.CALL_LIST, Need.DEBT) == [ADVICE]
    assert at_once("proactive-call-list", Entry.CALL_LIST, Need.DEBT, Need.ACTIVITY) == [ADVICE, SP]
    assert at_once("proactive-call-list", Entry.CLINICIAN, Need.DEBT) == [SP]


@pytest.mark.parametrize("entry", [entry for entry in Entry if entry is not Entry.CALL_LIST])
def test_the_other_entries_of_a_call_list_are_those_of_link_worker_first(entry):
    assert library.load("proactive-call-list").route(entry) == library.load("link-worker-first").route(entry)

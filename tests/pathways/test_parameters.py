"""What a scheme may set over a library pathway: read, written, applied, and refused where it does not fit."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wraparound.pathways import library
from wraparound.pathways.canonical import format_of, from_canonical_json, to_canonical_json
from wraparound.pathways.definition import Duration
from wraparound.pathways.faults import DefinitionFaults
from wraparound.pathways.parameters import ServiceParameters, from_json, parameters_of, to_json, with_parameters
from wraparound.pathways.vocabulary import HandoverAt, Nation, Service, UrgentFlag, WhenFull

SP, ADVICE = Service.SOCIAL_PRESCRIBING, Service.WELFARE_ADVICE
BOTH = library.load("both-at-once")
SET = parameters_of(BOTH)
days = st.integers(1, 30).map(lambda number: Duration.parse(f"{number} working day{'' if number == 1 else 's'}"))


def applied(parameters, pathway=BOTH, version=7):
    return with_parameters(pathway, parameters, version=version, nation=Nation.WALES)


def of_advice(**changes):
    return replace(SET, services={**SET.services, ADVICE: replace(SET.services[ADVICE], **changes)})


def faults_of(parameters, **more):
    with pytest.raises(DefinitionFaults) as raised:
        applied(parameters, **more)
    return {fault.key: fault.sentence for fault in raised.value.faults}


@pytest.mark.parametrize("name", library.names())
def test_parameters_as_they_stand_change_nothing_but_version_and_nation(name):
    pathway = library.load(name)
    made = applied(parameters_of(pathway), pathway)
    assert made == replace(pathway, version=7, nation=Nation.WALES)
    assert from_canonical_json(to_canonical_json(made)) == made


@pytest.mark.parametrize("name", library.names())
def test_parameters_are_kept_as_json(name):
    parameters = parameters_of(library.load(name))
    assert from_json(json.loads(json.dumps(to_json(parameters)))) == parameters


def test_everything_that_may_be_set_is_set():
    advice = ServiceParameters(
        answer=Duration.parse("3 working days"),
        first_contact=Duration.parse("6 working days"),
        appointment=Duration.parse("15 working days"),
        attempts=5,
        when_full=(WhenFull.TELL_REFERRER,),
    )
    made = applied(
        replace(
            SET,
            services={ADVICE: advice},
            urgent_when=SET.urgent_when - {UrgentFlag.BAILIFFS_DUE},
            urgent_contact=Duration.parse("2 working days"),
            handover={(ADVICE, SP): HandoverAt.ISSUE_RESOLVED},
        )
    )
    assert parameters_of(made).services[ADVICE] == advice
    assert made.terms(SP) == BOTH.terms(SP)
    assert UrgentFlag.BAILIFFS_DUE not in made.urgent.when
    assert str(made.urgent.contact) == "2 working days"
    assert [each.at for each in made.handover] == [HandoverAt.PREPARED, HandoverAt.ISSUE_RESOLVED]


def test_the_urgent_answer_shrinks_with_what_is_set():
    slow = replace(BOTH, urgent=replace(BOTH.urgent, answer=Duration.parse("2 working days")))
    slow = replace(slow, urgent=replace(slow.urgent, contact=Duration.parse("2 working days")))
    made = applied(replace(SET, urgent_contact=Duration.parse("1 working day")), slow)
    assert str(made.urgent.answer) == "1 working day"


def test_every_fault_comes_at_once_with_the_key_of_its_field():
    found = faults_of(
        replace(
            of_advice(first_contact=Duration.parse("20 working days"), attempts=0),
            urgent_when=frozenset({UrgentFlag.IMMEDIATE_DANGER}),
            urgent_contact=Duration.parse("6 working days"),
            handover={(SP, SP): HandoverAt.AT_ONCE},
        )
    )
    assert set(found) == {
        "services.welfare_advice.first_contact", "services.welfare_advice.attempts", "urgent_when",
        "handover.social_prescribing.social_prescribing",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("parameters", "key", "says"),
    [
        (of_advice(answer=Duration.parse("6 working days")), "services.welfare_advice.answer",
         "Make this at most 5 working days, as first contact of welfare advice is."),
        (of_advice(appointment=Duration.parse("4 working days")), "services.welfare_advice.first_contact",
         "Make this at most 4 working days, as the first appointment of welfare advice is."),
        (of_advice(appointment=None), "services.welfare_advice.appointment",
         'Write a duration in working days, such as "5 working days".'),
        (of_advice(answer=Duration.parse("2 hours")), "services.welfare_advice.answer",
         'Write a duration in working days, such as "5 working days".'),
        (of_advice(attempts=11), "services.welfare_advice.attempts", "Write a whole number from 1 to 10."),
        (of_advice(when_full=(WhenFull.TELL_REFERRER,) * 2), "services.welfare_advice.when_full",
         "Name tell_referrer once only."),
        (replace(SET, urgent_contact=Duration.parse("6 working days")), "urgent_contact",
         "Make this at most 5 working days, as first contact of welfare advice is."),
        (replace(SET, urgent_contact=Duration.parse("2 hours")), "urgent_contact",
         'Write a duration in working days, such as "5 working days".'),
        (replace(SET, urgent_when=SET.urgent_when - {UrgentFlag.NO_FOOD}), "urgent_when",
         "Keep this in: no food. It needs help on the same day."),
        (replace(SET, handover={(ADVICE, ADVICE): HandoverAt.AT_ONCE}), "handover.welfare_advice.welfare_advice",
         "Take this out: the pathway has no such hand-over."),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_in_words_for_a_form(parameters, key, says):
    assert faults_of(parameters) == {key: says}


def test_a_version_is_a_whole_number():
    assert set(faults_of(SET, version=0)) == {"version"}


def test_a_pathway_of_format_1_needs_an_appointment_and_becomes_format_2():
    (path,) = (Path(__file__).parent / "published").glob("both-at-once.1.*.json")
    old = from_canonical_json(path.read_text(encoding="utf-8"))
    parameters = parameters_of(old)
    assert from_json(to_json(parameters)) == parameters
    assert set(faults_of(parameters, pathway=old)) == {
        "services.social_prescribing.appointment",
        "services.welfare_advice.appointment",
    }
    made = applied(SET, old)
    assert (format_of(old), format_of(made)) == (1, 2)


def test_a_tree_that_was_never_written_so_is_refused_whole():
    tree = to_json(SET) | {"urgent_when": ["no_fod"], "surprise": 1}
    tree["services"] = {"welfare_advise": {}, "welfare_advice": {"answer": "soon", "attempts": True, "when_full": []}}
    tree["handover"] = {"welfare_advice": {"social_prescribing": "later"}}
    with pytest.raises(DefinitionFaults) as raised:
        from_json(tree)
    assert {fault.key for fault in raised.value.faults} == {
        "urgent_when", "surprise", "services.welfare_advise", "services.welfare_advice.answer",
        "services.welfare_advice.first_contact", "services.welfare_advice.attempts",
        "handover.welfare_advice.social_prescribing",
    }  # fmt: skip


@given(
    st.sampled_from(library.names()), days, days, days, days, st.integers(1, 10),
    st.lists(st.sampled_from(WhenFull), unique=True).map(tuple), st.sampled_from(HandoverAt),
)  # fmt: skip
def test_whatever_is_set_is_either_refused_or_what_the_pathway_then_says(
    name, answer, first_contact, appointment, urgent_contact, attempts, when_full, at
):
    pathway = library.load(name)
    each = ServiceParameters(answer, first_contact, appointment, attempts, when_full)
    parameters = replace(
        parameters_of(pathway),
        services={SP: each, ADVICE: each},
        urgent_contact=urgent_contact,
        handover={pair: at for pair in parameters_of(pathway).handover},
    )
    fits = answer <= first_contact <= appointment and urgent_contact <= first_contact
    try:
        made = applied(parameters, pathway)
    except DefinitionFaults as wrong:
        assert not fits and all("services." not in fault.sentence for fault in wrong.faults)
    else:
        assert fits and parameters_of(made) == parameters
        assert from_canonical_json(to_canonical_json(made)) == made

"""A sound definition is read whole; a faulty one is refused with every fault, its place and what to do."""

import tomllib

import pytest

from wraparound.pathways import library
from wraparound.pathways.conditions import Condition
from wraparound.pathways.definition import Also, Duration, Route
from wraparound.pathways.faults import DefinitionFaults
from wraparound.pathways.reader import from_tree, read
from wraparound.pathways.vocabulary import Entry, Nation, Service, UrgentFlag

SOUND = (library.FOLDER / "both-at-once.toml").read_text(encoding="utf-8")
LAST = object()


def faults_of(text: str) -> dict[str, str]:
    with pytest.raises(DefinitionFaults) as raised:
        read(text, "some.toml")
    assert all(fault.file == "some.toml" for fault in raised.value.faults)
    return {fault.key: fault.sentence for fault in raised.value.faults}


def changed(*changes: tuple[str, object]) -> dict[str, object]:
    """The sound definition's tree with the values at these key paths replaced; None takes a key out."""
    tree = tomllib.loads(SOUND)
    for path, value in changes:
        *above, last = path.split(".")
        table = tree
        for name in above:
            table = table[int(name)] if isinstance(table, list) else table.setdefault(name, {})
        if value is None:
            del table[last]
        else:
            table[last] = value
    return tree


def faults_after(*changes: tuple[str, object]) -> dict[str, str]:
    with pytest.raises(DefinitionFaults) as raised:
        from_tree(changed(*changes), "some.toml")
    return {fault.key: fault.sentence for fault in raised.value.faults}


def test_a_sound_definition_is_read():
    pathway = read(SOUND, "both-at-once.toml")
    assert (pathway.title, pathway.version, pathway.nation) == ("Both at once", 2, Nation.ENGLAND)
    assert pathway.route(Entry.CLINICIAN) == Route(
        to=(Service.SOCIAL_PRESCRIBING,),
        also=(Also(Service.WELFARE_ADVICE, Condition.ADVICE_TICKED),),
        otherwise=(),
        signpost=(),
        session=False,
    )
    assert pathway.terms(Service.WELFARE_ADVICE).first_contact == Duration.parse("5 working days")
    assert UrgentFlag.NO_FOOD in pathway.same_day.when
    assert [handover.warm for handover in pathway.handover] == [True, True]


def test_what_is_not_toml_is_one_fault_with_its_line():
    assert "line 1" in faults_of("title = \n")[""]


def test_an_empty_file_is_told_every_section_it_needs():
    assert set(faults_of("")) == {
        "title", "version", "nation", "summary", "entries", "same_day", "urgent", "services", "timeouts", "consent",
    }  # fmt: skip


def test_faults_of_every_kind_come_at_once():
    found = faults_after(
        ("title", "  "),
        ("version", True),
        ("nation", "englnd"),
        ("sumary", "x"),
        ("entries.clinican", {"to": ["social_prescribing"]}),
        ("entries.clinician.also", [{"service": "welfare_advise", "when": "advice_tikced"}]),
        ("urgent.when", ["no_foood", "no_food", "no_food"]),
        ("services.welfare_advice.first_contact", "5 days"),
        ("services.welfare_advice.attempts", 0),
        ("services.social_prescribing.answer", "2 hours"),
        ("timeouts.close", None),
        ("handover", [{"from": "social_prescribing", "to": "welfare_advice"}]),
        ("consent.needed", "share_between_services"),
    )
    assert set(found) == {
        "title", "version", "nation", "sumary", "entries.clinican", "entries.clinician.also.1.service",
        "entries.clinician.also.1.when", "urgent.when", "services.welfare_advice.first_contact",
        "services.welfare_advice.attempts", "services.social_prescribing.answer", "timeouts.close", "handover.1.at",
        "handover.1.within", "handover.1.warm", "handover.1.expected", "consent.needed",
    }  # fmt: skip
    assert all(sentence[0].isupper() or sentence[0] == "“" for sentence in found.values())
    assert all(sentence.endswith((".", "?")) for sentence in found.values())


@pytest.mark.parametrize(
    ("change", "key", "suggestion"),
    [
        (("nation", "englnd"), "nation", "Did you mean england?"),
        (("sumary", "x"), "sumary", "Did you mean summary?"),
        (("entries.clinican", {}), "entries.clinican", "Did you mean clinician?"),
        (("services.welfare_advise", {}), "services.welfare_advise", "Did you mean welfare_advice?"),
        (("services.welfare_advice.first_contct", "x"), "services.welfare_advice.first_contct", "mean first_contact?"),
        (("urgent.to", ["welfare_advise"]), "urgent.to", "Did you mean welfare_advice?"),
        (("handover.0.at", "preparred"), "handover.1.at", "Did you mean prepared?"),
        (("same_day.do_now.no_fod", "x"), "same_day.do_now.no_fod", "Did you mean no_food?"),
        (("consent.needed", ["tell_referrer_outcomes"]), "consent.needed", "Did you mean tell_referrer_outcome?"),
        (("urgent.when", ["zzz"]), "urgent.when", "Use one of: immediate_danger, "),
    ],
)
def test_a_misspelt_name_is_told_the_nearest_one(change, key, suggestion):
    assert suggestion in faults_after(change)[key]


@pytest.mark.parametrize(
    ("changes", "key", "says"),
    [
        ([("services.welfare_advice", None)], "urgent.to", "[services.welfare_advice]"),
        ([("services.welfare_advice", None)], "entries.clinician.also.1.service", "[services.welfare_advice]"),
        ([("services.welfare_advice", None)], "handover.1.to", "[services.welfare_advice]"),
        ([("services.welfare_advice", None)], "handover.2.from", "[services.welfare_advice]"),
        ([("entries.clinician", {})], "entries.clinician", "reaches nobody"),
        ([("entries.clinician.to", [])], "entries.clinician", "reaches nobody"),
        ([("entries", {})], "entries", "at least one entry"),
        ([("services", {})], "services", "at least one service"),
        ([("entries.clinician.otherwise", ["welfare_advice"])], "entries.clinician.otherwise", "never used"),
        ([("entries.clinician.to", ["social_prescribing", "welfare_advice"])], "entries.clinician.also.1.service",
         "always"),
        ([("urgent.contact", "6 working days")], "urgent.contact", "at most 5 working days"),
        ([("urgent.answer", "2 working days")], "urgent.answer", "urgent.contact"),
        ([("urgent.try_again", "3 working days")], "urgent.try_again", "at most 2 working days"),
        ([("urgent.review", "21 working days")], "urgent.review", "at most 20 working days"),
        ([("urgent.acknowledge", "6 working days")], "urgent.acknowledge", "timeouts.acknowledge"),
        ([("urgent.supervisor", "3 working days")], "urgent.supervisor", "timeouts.supervisor"),
        ([("urgent.give_back", "3 working days")], "urgent.give_back", "timeouts.give_back"),
        ([("services.social_prescribing.answer", "6 working days")], "services.social_prescribing.answer",
         "first_contact"),
        ([("urgent.when", ["immediate_danger", "homeless_tonight"])], "same_day.when", "no_food"),
        ([("same_day.do_now.no_food", None)], "same_day.do_now.no_food", "Add a sentence"),
        ([("same_day.do_now.bailiffs_due", "Ring.")], "same_day.do_now.bailiffs_due", "Take this out"),
        ([("same_day.when", ["no_fod"])], "same_day.when", "no_food"),
        ([("same_day.help", "1 working day")], "same_day.help", "hours"),
        ([("same_day.when", [])], "same_day.when", "at least one"),
        ([("services.welfare_advice.first_contact", "11 working days")], "services.welfare_advice.first_contact",
         "services.welfare_advice.appointment"),
        ([("services.welfare_advice.appointment", None)], "services.welfare_advice.appointment", "Add this key"),
        ([("services.welfare_advice.when_full", ["waiting_lists"])], "services.welfare_advice.when_full",
         "Did you mean waiting_list?"),
        ([("entries.on_behalf.like", "somebody")], "entries.on_behalf.like", "Use one of"),
        ([("entries.on_behalf.like", "health_visitor")], "entries.on_behalf.like", "written out here itself"),
        ([("entries.on_behalf.like", "on_behalf")], "entries.on_behalf.like", "such as clinician"),
        ([("entries.reception", None), ("entries.on_behalf.like", "reception")], "entries.on_behalf.like",
         "written out"),
        ([("entries.on_behalf.to", ["welfare_advice"])], "entries.on_behalf.to", "means nothing here"),
        ([("entries.clinician.signpost", [{"service": "social_prescribing", "when": "needs_social"}])],
         "entries.clinician.signpost.1.service", "always"),
        ([("entries.clinician", {"signpost": [{"service": "welfare_advice", "when": "needs_advice"}]})],
         "entries.clinician", "reaches nobody"),
        ([("entries.clinician", {"signpost": [{"service": "welfare_advice", "when": "always"}], "session": True})],
         "entries.clinician.session", "nothing to book"),
        ([("entries.clinician.session", "yes")], "entries.clinician.session", "true or false"),
        ([("handover.0.to", "social_prescribing")], "handover.1.to", "another service"),
        ([("handover.1.from", "social_prescribing"), ("handover.1.to", "welfare_advice")], "handover.2", "Keep one"),
        ([("handover", {})], "handover", "a list of tables"),
        ([("handover", ["x"])], "handover.1", "Write a table"),
        ([("consent.needed", ["tell_referrer_outcome"])], "consent.needed", "share_between_services"),
        ([("entries.clinician.to", "social_prescribing")], "entries.clinician.to", "a list in square brackets"),
        ([("handover.0.warm", "yes")], "handover.1.warm", "true or false"),
        ([("title", 3)], "title", "a text in quotation marks"),
        ([("nation", 3)], "nation", "one of england"),
        ([("urgent", 3)], "urgent", "Write a table"),
    ],
)  # fmt: skip
def test_parts_that_do_not_agree(changes, key, says):
    assert says in faults_after(*changes)[key]


def test_an_entry_that_is_like_another_has_its_route():
    pathway = from_tree(changed(("entries.on_behalf.like", "clinician")), "some.toml")
    assert pathway.route(Entry.ON_BEHALF) == pathway.route(Entry.CLINICIAN) != pathway.route(Entry.SELF)


def test_a_fault_of_a_copied_route_is_said_where_it_is_written():
    assert set(faults_after(("entries.clinician.to", ["welfare_advice"]))) == {"entries.clinician.also.1.service"}


def test_a_signpost_that_is_always_given_is_enough():
    told = {"signpost": [{"service": "welfare_advice", "when": "always"}]}
    route = from_tree(changed(("entries.clinician", told)), "some.toml").route(Entry.CLINICIAN)
    assert (route.signpost, route.to, route.session) == ((Also(Service.WELFARE_ADVICE, Condition.ALWAYS),), (), False)


def test_a_service_that_nothing_leads_to():
    found = faults_after(
        ("urgent.to", ["social_prescribing"]),
        ("handover", []),
        ("entries", {"clinician": {"to": ["social_prescribing"]}}),
    )
    assert list(found) == ["services.welfare_advice"]


def test_a_fault_brings_no_second_fault_about_the_same_thing():
    assert list(faults_after(("urgent.contact", "soon"))) == ["urgent.contact"]
    assert list(faults_after(("services.welfare_advice.first_contact", None))) == [
        "services.welfare_advice.first_contact"
    ]
    assert list(faults_after(("urgent", None))) == ["urgent"]
    assert list(faults_after(("services", None))) == ["services"]


@pytest.mark.parametrize(
    ("place", "key"),
    [
        ("", ""),
        ("entries.clinician.", "entries.clinician."),
        ("entries.clinician.also.0.", "entries.clinician.also.1."),
        ("entries.on_behalf.", "entries.on_behalf."),
        ("same_day.", "same_day."),
        ("urgent.", "urgent."),
        ("services.welfare_advice.", "services.welfare_advice."),
        ("timeouts.", "timeouts."),
        ("handover.1.", "handover.2."),
        ("consent.", "consent."),
    ],
)
def test_no_table_takes_a_key_that_means_nothing(place, key):
    assert list(faults_after((f"{place}surprise", 1))) == [f"{key}surprise"]


def test_a_word_named_twice():
    assert faults_after(("urgent.to", ["welfare_advice", "welfare_advice"])) == {
        "urgent.to": "Name welfare_advice once only."
    }


@pytest.mark.parametrize("title", ["two\nlines", "a bell\a", "\u0000"])
def test_a_text_is_one_line_that_can_be_printed(title):
    assert "on one line" in faults_after(("title", title))["title"]


def test_a_service_that_was_not_understood_is_not_compared():
    found = faults_after(
        ("urgent.to", ["welfare_advise"]),
        ("urgent.contact", "3 working days"),
        ("services.social_prescribing.first_contact", "2 working days"),
    )
    assert list(found) == ["urgent.to"]


def test_a_fault_reads_as_one_line():
    with pytest.raises(DefinitionFaults) as raised:
        read(SOUND.replace('nation  = "england"', 'nation = "englnd"'), "some.toml")
    assert str(raised.value) == "some.toml: nation: “englnd” is not known. Did you mean england?"

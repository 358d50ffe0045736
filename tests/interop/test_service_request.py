"""A ServiceRequest to what a referral asks for."""

from typing import Any

import pytest

from tests.interop.samples import OURS, SDOHCC, SNOMED, Json, bundle, changed, concept, refused, understand
from wraparound.interop.fhir.service_request import SAME_DAY
from wraparound.pathways.vocabulary import Entry, Need, UrgentFlag
from wraparound.referrals.intake import Intake

REQUEST = "entry.1.resource"
FLAGS = f"{OURS}/CodeSystem/urgent-flag"
PRIORITY_REASON = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-PriorityReason"


def intake(*changes: tuple[str, Any]) -> Intake:
    return understand(with_changes(*changes)).intake


def faults(*changes: tuple[str, Any]) -> list[str]:
    issues = refused(with_changes(*changes))
    return [issue.expression.removeprefix("Bundle.entry[1].resource.") for issue in issues]


def with_changes(*changes: tuple[str, Any]) -> Json:
    document = bundle()
    for path, value in changes:
        document = changed(document, f"{REQUEST}.{path}", value)
    return document


def flag(name: str) -> Json:
    return concept(FLAGS, name)


def test_the_good_request() -> None:
    found = intake()
    assert found.entry is Entry.CLINICIAN
    assert found.needs == {Need.FOOD_OR_FUEL, Need.DEBT}
    assert found.urgent_flags == frozenset()
    assert not found.advice_ticked
    assert found.reason == "Behind with the rent. Prefers mornings"
    assert not found.hide_from_online_view
    assert found.sender is not None
    assert (found.sender.system, found.sender.identifier) == ("https://gp.example/referrals", "R-1")


@pytest.mark.parametrize("status", ["draft", "on-hold", "revoked", "completed", "entered-in-error", "unknown"])
def test_only_an_active_request_is_acted_on(status: str) -> None:
    assert faults(("status", status)) == ["status"]


@pytest.mark.parametrize("intent", ["directive", "reflex-order", "instance-order", "option"])
def test_some_intents_do_not_ask_for_a_referral(intent: str) -> None:
    assert faults(("intent", intent)) == ["intent"]


@pytest.mark.parametrize("intent", ["proposal", "plan", "order", "original-order", "filler-order"])
def test_others_do(intent: str) -> None:
    assert intake(("intent", intent)).needs


@pytest.mark.parametrize(
    ("path", "value", "element"),
    [
        ("doNotPerform", True, "doNotPerform"),
        ("replaces", [{"reference": "ServiceRequest/old"}], "replaces"),
        ("asNeededBoolean", True, "asNeeded"),
        ("asNeededCodeableConcept", {"text": "if worse"}, "asNeeded"),
        ("orderDetail", [concept(SDOHCC, "contacting-subject-prohibited")], "orderDetail[0]"),
        ("orderDetail", [{"text": "with a chaperone"}], "orderDetail[0]"),
        ("subject", {"reference": "Patient/p2"}, "subject"),
        ("subject", {"reference": "Consent/c1"}, "subject"),
        ("subject", {"reference": "#p1"}, "subject"),
        ("subject", {"display": "Maya"}, "subject"),
        ("category", [concept(SNOMED, "108252007")], "category[0]"),
        ("category", [{"text": "help"}], "category[0]"),
        ("category", [concept(SDOHCC, "protective-factor")], "category[0]"),
        ("code", concept(SNOMED, "73761001"), "code"),
        ("reasonCode", [concept(SNOMED, "59282003")], "reasonCode[0]"),
        ("note", [{"text": "x" * 479}], "note"),
        ("modifierExtension", [{"url": "x", "valueBoolean": True}], "modifierExtension"),
        ("identifier", ..., "identifier"),
        ("identifier", [{"value": "R-1"}], "identifier"),
        ("identifier", [{"system": "https://gp.example", "value": "x" * 201}], "identifier"),
    ],
)
def test_what_cannot_be_done_is_refused_and_not_left_out(path: str, value: Any, element: str) -> None:
    assert faults((path, value)) == [element]


def test_the_longest_reason_is_kept_whole() -> None:
    assert len(intake(("note", [{"text": "x" * 478}])).reason) == 500


def test_a_request_must_say_that_it_is_for_us() -> None:
    assert faults(("code", ...), ("category", [concept(SNOMED, "3457005")]), ("reasonCode", ...)) == ["code"]
    assert faults(("code", {"text": "Please help"}), ("category", ...), ("reasonCode", ...)) == ["code"]


@pytest.mark.parametrize(
    ("service", "ticked"),
    [("welfare_advice", True), ("social_prescribing", False)],
)
def test_our_own_code_says_which_service(service: str, ticked: bool) -> None:
    assert intake(("code", concept(f"{OURS}/CodeSystem/service", service))).advice_ticked is ticked


def test_both_services_may_be_asked_for() -> None:
    asked = [concept(f"{OURS}/CodeSystem/service", "welfare_advice"), concept(SDOHCC, "homelessness")]
    found = intake(("category", asked))
    assert found.advice_ticked
    assert found.needs == {Need.HOUSING, Need.DEBT}
    assert found.reason.startswith("Homelessness. ")


def test_words_alone_are_another_need_and_no_words_are_refused() -> None:
    plain: list[tuple[str, Any]] = [("category", [concept(SNOMED, "410606002")]), ("reasonCode", [{"text": "A dog"}])]
    found = intake(*plain)
    assert found.needs == {Need.OTHER}
    assert found.reason == "A dog. Prefers mornings"
    assert faults(plain[0], ("reasonCode", ...), ("note", ...)) == ["reasonCode"]


def test_a_reason_with_a_code_that_is_not_known_is_passed_on_in_its_words() -> None:
    document = with_changes(("reasonCode", [concept(SNOMED, "35489007", text="Low in mood")]))
    understood = understand(document)
    assert understood.intake.reason == "Low in mood. Prefers mornings"
    assert "reasonCode[0] has a code that is not known here, so only its text is kept." in {
        issue.sentence.removeprefix("Bundle.entry[1].resource.") for issue in understood.remarks
    }


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (concept(SDOHCC, "intimate-partner-violence"), "Violence by a partner"),
        (concept(SNOMED, "707087005"), "At risk of domestic violence"),
    ],
)
def test_what_somebody_at_home_must_not_read_is_hidden(code: Json, words: str) -> None:
    found = intake(("reasonCode", [code]))
    assert found.hide_from_online_view
    assert Need.OTHER in found.needs
    assert words in found.reason


@pytest.mark.parametrize("name", list(UrgentFlag))
def test_every_flag_is_read_from_a_reason_and_from_the_extension(name: UrgentFlag) -> None:
    reasons = [concept(SDOHCC, "homelessness"), flag(name.value)]
    assert intake(("reasonCode", reasons)).urgent_flags == {name}
    assert intake(("reasonCode", reasons), ("priority", "urgent")).urgent_flags == {name}
    extension = {"extension": [{"url": PRIORITY_REASON, "valueCodeableConcept": flag(name.value)}]}
    assert intake(("_priority", extension), ("priority", "asap")).urgent_flags == {name}


@pytest.mark.parametrize("priority", ["urgent", "asap", "stat"])
def test_urgency_is_never_dropped_so_it_must_say_what_it_is(priority: str) -> None:
    issues = refused(with_changes(("priority", priority)))
    assert [issue.expression for issue in issues] == ["Bundle.entry[1].resource.priority"]
    assert FLAGS in issues[0].reason
    assert all(name.value in issues[0].reason for name in UrgentFlag)


@pytest.mark.parametrize("name", list(UrgentFlag))
def test_stat_is_for_what_cannot_wait_until_tomorrow(name: UrgentFlag) -> None:
    changes: list[tuple[str, Any]] = [("priority", "stat"), ("reasonCode", [flag(name.value)])]
    if name in SAME_DAY:
        assert intake(*changes).urgent_flags == {name}
    else:
        assert faults(*changes) == ["priority"]


def test_a_reason_for_urgency_that_is_not_known_is_refused() -> None:
    extension = {"extension": [{"url": PRIORITY_REASON, "valueCodeableConcept": concept(SNOMED, "1")}]}
    assert faults(("_priority", extension)) == ["priority.extension"]


def test_what_is_not_carried_is_told() -> None:
    document = with_changes(
        ("occurrenceDateTime", "2026-12-01"),
        ("performer", [{"display": "somebody"}]),
        ("patientInstruction", "Bring your letters"),
    )
    told = {issue.expression.rpartition(".")[2] for issue in understand(document).remarks}
    assert {"occurrence", "performer", "patientInstruction"} <= told

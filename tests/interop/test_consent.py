"""A Consent to how the person agreed."""

from typing import Any

import pytest

from tests.interop.samples import OURS, Json, bundle, changed, concept, refused, understand
from wraparound.consent.agreed import AgreedHow

CONSENT = "entry.2.resource"
ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
ACT_REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason"


def how(code: str, **more: str) -> list[Json]:
    answer = concept(f"{OURS}/CodeSystem/agreed-how", code, **more)
    return [{"url": f"{OURS}/StructureDefinition/agreed-how", "valueCodeableConcept": answer}]


def agreed(*changes: tuple[str, Any]) -> tuple[AgreedHow | None, str]:
    document = bundle()
    for path, value in changes:
        document = changed(document, f"{CONSENT}.{path}", value)
    said = understand(document).intake.agreed
    return said.how, said.exception_reason


def faults(*changes: tuple[str, Any]) -> list[str]:
    document = bundle()
    for path, value in changes:
        document = changed(document, f"{CONSENT}.{path}", value)
    return [issue.expression.removeprefix("Bundle.entry[2].resource") for issue in refused(document)]


@pytest.mark.parametrize("answer", [one for one in AgreedHow if not one.is_exception])
def test_each_way_to_agree(answer: AgreedHow) -> None:
    assert agreed(("extension", how(answer.value))) == (answer, "")


@pytest.mark.parametrize("answer", [one for one in AgreedHow if one.is_exception])
def test_an_exception_must_say_why(answer: AgreedHow) -> None:
    assert agreed(("extension", how(answer.value, text="Cannot decide this now"))) == (answer, "Cannot decide this now")
    assert faults(("extension", how(answer.value))) == [".extension"]
    assert faults(("extension", how(answer.value, text="x" * 501))) == [".extension"]
    assert agreed(("extension", how(answer.value, text="x" * 500))) == (answer, "x" * 500)


@pytest.mark.parametrize(
    "source",
    [
        ("sourceAttachment", {"contentType": "application/pdf"}),
        ("sourceReference", {"reference": "DocumentReference/d"}),
    ],
)
def test_a_paper_is_agreement_in_writing(source: tuple[str, Json]) -> None:
    assert agreed(("extension", ...), source) == (AgreedHow.IN_WRITING, "")
    assert agreed(source)[0] is AgreedHow.BY_PHONE  # what is said outweighs what may be inferred


@pytest.mark.parametrize(
    ("path", "value", "element"),
    [
        ("extension", ..., ""),
        ("extension", how("telepathy"), ".extension"),
        ("status", "rejected", ".status"),
        ("status", "draft", ".status"),
        ("status", "inactive", ".status"),
        ("scope", concept("http://terminology.hl7.org/CodeSystem/consentscope", "research"), ".scope"),
        ("category", [concept(ACT_CODE, "RESEARCH")], ".category"),
        ("patient", ..., ".patient"),
        ("patient", {"reference": "Patient/p2"}, ".patient"),
        ("dateTime", "2026-11-24", ".dateTime"),
        ("dateTime", "2027", ".dateTime"),
        ("policyRule", concept(ACT_CODE, "IMPLIED"), ".policyRule"),
        ("policyRule", concept(ACT_CODE, "OPTOUT"), ".policyRule"),
        ("provision", {"type": "deny"}, ".provision.type"),
        ("provision", {"period": {"end": "2026-11-22"}}, ".provision.period"),
        ("provision", {"period": {"start": "2026-11-24"}}, ".provision.period"),
        ("provision", {"purpose": [{"system": ACT_REASON, "code": "HRESCH"}]}, ".provision.purpose[0]"),
        ("provision", {"class": [{"code": "Patient"}]}, ".provision.class"),
        ("provision", {"dataPeriod": {"end": "2020"}}, ".provision.dataPeriod"),
        ("provision", {"provision": [{"type": "deny"}]}, ".provision.provision"),
        ("modifierExtension", [{"url": "x", "valueBoolean": True}], ".modifierExtension"),
    ],
)
def test_what_is_not_an_agreement_that_stands_today(path: str, value: Any, element: str) -> None:
    assert faults((path, value)) == [element]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("provision", {"type": "permit", "period": {"start": "2026", "end": "2026-11-23"}}),
        ("provision", {"purpose": [{"system": ACT_REASON, "code": "CAREMGT"}]}),
        ("policyRule", concept(ACT_CODE, "OPTIN")),
        ("category", [concept(ACT_CODE, "INFA")]),
        ("dateTime", "2026-11"),
        ("dateTime", ...),
    ],
)
def test_what_is(path: str, value: Any) -> None:
    assert agreed((path, value))[0] is AgreedHow.BY_PHONE

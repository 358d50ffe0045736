"""A Bundle as an envelope, and as something sent before."""

from typing import Any

import pytest

from tests.interop.samples import Json, body, bundle, changed, consent, patient, refused, service_request, understand
from wraparound.interop.fhir.bundle import fingerprint
from wraparound.interop.fhir.reading import read_bundle


def faults(document: Json) -> list[str]:
    return [issue.expression for issue in refused(document)]


@pytest.mark.parametrize("type_", ["transaction", "collection"])
def test_the_two_types_that_are_taken(type_: str) -> None:
    assert understand(bundle(type_=type_)).intake.needs


@pytest.mark.parametrize("type_", ["batch", "message", "document", "searchset", "history", "transaction-response"])
def test_the_others_are_refused(type_: str) -> None:
    assert faults(bundle(type_=type_))[0] == "Bundle.type"


@pytest.mark.parametrize(
    ("missing", "reason"),
    [
        (0, "must have a Patient, which says who the referral is for"),
        (1, "must have a ServiceRequest, which says what is asked for"),
        (2, "must have a Consent, which says how the person agreed"),
    ],
)
def test_each_of_the_three_is_needed(missing: int, reason: str) -> None:
    document = bundle()
    del document["entry"][missing]
    assert [(issue.expression, issue.reason) for issue in refused(document)] == [("Bundle.entry", reason)]


def test_everything_that_is_missing_is_told_at_once() -> None:
    assert faults({"resourceType": "Bundle", "type": "collection"}) == ["Bundle.entry"] * 3


@pytest.mark.parametrize("resource", [patient(), service_request(), consent()])
def test_one_referral_in_a_bundle(resource: Json) -> None:
    document = bundle()
    document["entry"].append({"resource": {**resource, "id": "second"}})
    assert faults(document) == ["Bundle.entry[3].resource"]


@pytest.mark.parametrize(
    ("path", "value", "element"),
    [
        ("total", 3, "total"),
        ("entry.0.search", {"mode": "match"}, "entry[0].search"),
        ("entry.0.response", {"status": "200"}, "entry[0].response"),
        ("entry.0.resource", ..., "entry[0].resource"),
        ("entry.0.request", {"method": "POST", "url": "Patient"}, "entry[0].request"),
        ("entry.1.fullUrl", "https://gp.example/fhir/Patient/p1", "entry[1].fullUrl"),
        ("implicitRules", "https://rules.example", "implicitRules"),
        ("entry.1.modifierExtension", [{"url": "x", "valueBoolean": True}], "entry[1].modifierExtension"),
    ],
)
def test_what_does_not_belong_in_a_collection(path: str, value: Any, element: str) -> None:
    assert faults(changed(bundle(), path, value)) == [f"Bundle.{element}"]


@pytest.mark.parametrize(
    ("path", "value", "element"),
    [
        ("request", ..., "request"),
        ("request.method", "PUT", "request.method"),
        ("request.method", "DELETE", "request.method"),
        ("request.url", "Patient/p1", "request.url"),
        ("request.ifNoneExist", "identifier=x", "request.ifNoneExist"),
        ("request.ifMatch", 'W/"1"', "request.ifMatch"),
        ("request.ifModifiedSince", "2026-11-23T09:30:00Z", "request.ifModifiedSince"),
    ],
)
def test_what_a_transaction_may_not_ask(path: str, value: Any, element: str) -> None:
    assert faults(changed(bundle(type_="transaction"), f"entry.0.{path}", value)) == [f"Bundle.entry[0].{element}"]


def with_uuids(first: str) -> Json:
    document = bundle(type_="transaction")
    names = [f"urn:uuid:{first}{index}0000000-0000-4000-8000-000000000000" for index in range(3)]
    for entry, name in zip(document["entry"], names, strict=True):
        entry["fullUrl"] = name
        entry["resource"].pop("id")
    document["entry"][1]["resource"]["subject"]["reference"] = names[0]
    document["entry"][2]["resource"]["patient"]["reference"] = names[0]
    return document


def test_references_by_uuid_by_address_and_by_type() -> None:
    assert understand(with_uuids("a")).intake.person == understand(bundle()).intake.person
    absolute = changed(bundle(), "entry.1.resource.subject.reference", "https://gp.example/fhir/Patient/p1")
    assert understand(absolute).intake.person
    elsewhere = changed(bundle(), "entry.1.resource.subject.reference", "https://other.example/fhir/Patient/p1")
    assert faults(elsewhere) == ["Bundle.entry[1].resource.subject"]


def test_other_resources_are_told_as_not_read() -> None:
    document = bundle()
    document["entry"].append({"resource": {"resourceType": "Observation", "id": "o", "anything": 1}})
    said = [issue.sentence for issue in understand(document).remarks]
    assert "Bundle.entry[3].resource of type Observation is not read." in said


def digest(document: Json) -> str:
    return fingerprint(read_bundle(body(document)).tree)


def test_the_same_thing_sent_again_has_the_same_fingerprint() -> None:
    again = changed(bundle(), "id", "another")
    again = changed(again, "timestamp", "2026-11-23T11:00:00Z")
    again = changed(again, "entry.0.resource.meta", {"versionId": "2", "lastUpdated": "2026-11-23T11:00:00Z"})
    assert digest(again) == digest(bundle())
    assert digest(with_uuids("a")) == digest(with_uuids("b"))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("entry.0.resource.name.0.family", "Other"),
        ("entry.0.resource.gender", "female"),
        ("entry.1.resource.note.0.text", "Prefers evenings"),
        ("entry.1.resource.reasonCode", ...),
        ("entry.2.resource.dateTime", "2026-11-22"),
        ("entry.2", ...),
    ],
)
def test_any_change_of_content_changes_it(path: str, value: Any) -> None:
    assert digest(changed(bundle(), path, value)) != digest(bundle())


def test_the_bundle_may_name_the_referral() -> None:
    document = changed(bundle(), "entry.1.resource.identifier", ...)
    document["identifier"] = {"system": "https://gp.example/bundles", "value": "B-1"}
    sender = understand(document).intake.sender
    assert sender is not None
    assert (sender.system, sender.identifier) == ("https://gp.example/bundles", "B-1")

"""Published examples: each of a type received here parses, and another implementation agrees."""

import json
from importlib import import_module
from pathlib import Path

import pytest

from tests.interop import samples
from tests.interop.samples import (
    bundle,
    consent,
    examples,
    refused,
    service_request,
    understand,
)
from wraparound.interop.fhir.operation_outcome import Malformed
from wraparound.interop.fhir.reading import read_resource
from wraparound.interop.fhir.structs.resources import OtherResource
from wraparound.pathways.vocabulary import Need
from wraparound.people.details import NhsNumberAbsent

RECEIVED = ("Patient", "ServiceRequest", "Consent", "Organization", "Bundle", "OperationOutcome")


def second_opinion(document: dict) -> None:
    """fhir.resources' reading of a document; raises ValueError when it refuses."""
    kind = document["resourceType"]
    getattr(import_module(f"fhir.resources.R4B.{kind.lower()}"), kind).model_validate(document)


@pytest.mark.parametrize("path", examples())
def test_every_published_example_parses_and_a_second_opinion_agrees(path: Path) -> None:
    document = json.loads(path.read_text())
    resource = read_resource(path.read_bytes())
    assert isinstance(resource, OtherResource) is (document["resourceType"] not in RECEIVED)
    assert type(resource).__name__ == document["resourceType"]
    if document["resourceType"] in RECEIVED:
        for name, value in list(document.items()):  # fhir.resources refuses the empty `_status` that UK Core has
            if name.startswith("_") and value == {}:
                del document[name]
        second_opinion(document)


EXPECTED = {
    "UKCore-Patient-RichardSmith-Example": {
        "family_name": "SMITH",
        "given_names": "Richard",
        "nhs_number": "9912003888",
        "nhs_number_absent_reason": "",
        "date_of_birth": samples.date(1970, 9, 11),
        "landline": "01131231234",
        "mobile": "",
        "address": "4 Sandmoor Drive\nLEEDS",
        "postcode": "LS17 7DF",
        "preferred_language": "British Sign Language",
    },
    "UKCore-Patient-Sn-Makaton-Example": {
        "family_name": "JONES",
        "given_names": "Jason",
        "nhs_number": "",
        "nhs_number_absent_reason": NhsNumberAbsent.NOT_KNOWN,
        "preferred_language": "British Sign Language",
    },
    "UKCore-Patient-Sn-MultipleLanguages-Example": {"family_name": "JONES", "preferred_language": ""},
    "UKCore-Patient-Sn-SingleLanguage-Example": {"family_name": "JONES", "preferred_language": "English"},
    "Patient-pat-53234": {
        "family_name": "BAXTER",
        "given_names": "COLIN V.",
        "date_of_birth": samples.date(1987, 2, 20),
        "address": "183 Mountain View St\nMounds\nOK\n74048\nUS",
        "postcode": "",
        "landline": "555-555-5555",
    },
}
# Each fails in one thing that the standard itself asks for: a check digit that is wrong, and no name at all.
NOT_PEOPLE_WE_CAN_TAKE = {
    "UKCore-Patient-BabyPatient-Example": "Bundle.entry[0].resource.identifier[0].value",
    "UKCore-Patient-Sn-Photo-Example": "Bundle.entry[0].resource.name",
}


def around(patient: dict) -> dict:
    reference = {"reference": f"Patient/{patient['id']}"}
    return bundle(patient, {**service_request(), "subject": reference}, {**consent(), "patient": reference})


@pytest.mark.parametrize("path", examples("Patient"))
def test_a_referral_of_every_published_patient(path: Path) -> None:
    document = around(json.loads(path.read_text()))
    second_opinion(document)
    if path.stem in NOT_PEOPLE_WE_CAN_TAKE:
        assert [issue.expression for issue in refused(document)] == [NOT_PEOPLE_WE_CAN_TAKE[path.stem]]
        return
    intake = understand(document).intake
    for name, value in EXPECTED[path.stem].items():
        assert getattr(intake.person, name) == value, name
    assert intake.needs == {Need.DEBT, Need.FOOD_OR_FUEL}


@pytest.mark.parametrize("path", examples("ServiceRequest"))
def test_every_published_request_is_taken_or_refused_for_what_it_is(path: Path) -> None:
    request = json.loads(path.read_text())
    document = bundle(samples.patient(), {**request, "subject": {"reference": "Patient/p1"}}, consent())
    document["identifier"] = {"system": "https://gp.example/bundles", "value": "B-1"}
    if "ActiveFoodPantry" in path.stem:
        intake = understand(document).intake
        assert intake.needs == {Need.FOOD_OR_FUEL}
        return
    issues = {issue.expression.removeprefix("Bundle.entry[1].resource."): issue for issue in refused(document)}
    if path.stem.startswith("UKCore"):  # a scan, a colonoscopy, a tracing, a new hip, a blood test
        assert issues["code"].reason == (
            "does not ask for social prescribing or welfare advice with a code that is known here"
        )
        assert issues["code"].code == "not-supported"
    else:  # sub-referrals that are over
        assert issues["status"].reason == "must be active for a referral to be made"


@pytest.mark.parametrize("path", examples("Consent"))
def test_every_published_consent(path: Path) -> None:
    document = bundle(
        samples.patient(),
        service_request(),
        {**json.loads(path.read_text()), "patient": {"reference": "Patient/p1"}},
    )
    if path.stem.startswith("Consent-SDOHCC"):
        assert understand(document).intake.agreed.how == "in_writing"
        return
    # UK Core's lets a government see the record, and does not say how the person agreed.
    assert [issue.expression for issue in refused(document)] == [
        "Bundle.entry[2].resource.provision.purpose[0]",
        "Bundle.entry[2].resource",
    ]


def test_both_agree_on_the_sample_itself() -> None:
    second_opinion(bundle())
    second_opinion(bundle(type_="transaction"))


def test_something_that_is_not_fhir_is_refused_by_name() -> None:
    with pytest.raises(Malformed, match=r"Teapot\.resourceType is not a resource type"):
        read_resource(b'{"resourceType": "Teapot"}')

"""A good referral in FHIR, which each test changes in the one way it is about."""

import copy
import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from wraparound.interop.fhir.intake import Understood, from_fhir
from wraparound.interop.fhir.operation_outcome import Issue, Malformed
from wraparound.interop.fhir.reading import read_bundle

Json = dict[str, Any]

TODAY = date(2026, 11, 23)
SHARED = Path(os.environ.get("WRAPAROUND_SHARED", Path(__file__).resolve().parents[3] / "shared"))
STANDARDS = SHARED / "standards"
SNOMED = "http://snomed.info/sct"
SDOHCC = "http://hl7.org/fhir/us/sdoh-clinicalcare/CodeSystem/SDOHCC-CodeSystemTemporaryCodes"
OURS = "https://wraparound.example/fhir"
NHS_NUMBER = "9990000018"


def examples(kind: str = "") -> list[Any]:
    """Published examples of a type as parameters; one that skips where the standards are not beside this checkout."""
    folders = (STANDARDS / "ukcore" / "examples_json", STANDARDS / "sdohcc_examples")
    paths = [path for folder in folders for path in sorted(folder.glob("*.json"))]
    found = [path for path in paths if not kind or path.name.removeprefix("UKCore-").startswith(f"{kind}-")]
    if not found:
        reason = "The published standards are not beside this checkout (WRAPAROUND_SHARED)."
        return [pytest.param(None, marks=pytest.mark.skip(reason=reason))]
    return [pytest.param(path, id=path.stem) for path in found]


def concept(system: str, code: str, **more: str) -> Json:
    return {"coding": [{"system": system, "code": code}], **more}


def patient() -> Json:
    return {
        "resourceType": "Patient",
        "id": "p1",
        "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": NHS_NUMBER}],
        "name": [{"use": "official", "family": "Zebedee-Núñez", "given": ["Maya", "José"], "prefix": ["Ms"]}],
        "telecom": [
            {"system": "phone", "value": "020 7946 0101", "use": "home"},
            {"system": "phone", "value": "07700 900 123", "use": "mobile"},
            {"system": "email", "value": "maya@example.org"},
        ],
        "birthDate": "1961-02-28",
        "_birthDate": {
            "extension": [
                {
                    "url": "http://hl7.org/fhir/StructureDefinition/patient-birthTime",
                    "valueDateTime": "1961-02-28T04:10:00Z",
                }
            ]
        },
        "address": [{"use": "home", "line": ["Flat 2", "9 Elm Street"], "city": "London", "postalCode": "e34qx"}],
        "communication": [{"language": concept("urn:ietf:bcp:47", "pt", text="Portuguese"), "preferred": True}],
        "generalPractitioner": [
            {"identifier": {"system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": "Y00001"}}
        ],
    }


def service_request() -> Json:
    return {
        "resourceType": "ServiceRequest",
        "id": "s1",
        "identifier": [{"system": "https://gp.example/referrals", "value": "R-1"}],
        "status": "active",
        "intent": "order",
        "category": [concept(SNOMED, "410606002"), concept(SDOHCC, "food-insecurity")],
        "priority": "routine",
        "code": concept(SNOMED, "871731000000106"),
        "subject": {"reference": "Patient/p1"},
        "authoredOn": "2026-11-23T09:30:00+00:00",
        "reasonCode": [concept(f"{OURS}/CodeSystem/need", "debt", text="Behind with the rent")],
        "note": [{"text": "Prefers mornings"}],
    }


def consent() -> Json:
    return {
        "resourceType": "Consent",
        "id": "c1",
        "extension": [
            {
                "url": f"{OURS}/StructureDefinition/agreed-how",
                "valueCodeableConcept": concept(f"{OURS}/CodeSystem/agreed-how", "by_phone"),
            }
        ],
        "status": "active",
        "scope": concept("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy"),
        "category": [concept("http://terminology.hl7.org/CodeSystem/v3-ActCode", "IDSCL")],
        "patient": {"reference": "Patient/p1"},
        "dateTime": "2025-11-20",
    }


def bundle(*resources: Json, type_: str = "collection") -> Json:
    """A Bundle of the resources, or of the three good ones."""
    made = resources or (patient(), service_request(), consent())
    entries: list[Json] = []
    for resource in made:
        entry = {
            "fullUrl": f"https://gp.example/fhir/{resource['resourceType']}/{resource['id']}",
            "resource": resource,
        }
        if type_ == "transaction":
            entry["request"] = {"method": "POST", "url": resource["resourceType"]}
        entries.append(entry)
    return {"resourceType": "Bundle", "type": type_, "entry": entries}


def changed(document: Json, path: str, value: Any) -> Json:
    """A copy in which `entry.0.resource.status` is `value`; without it when `value` is `...`."""
    made = copy.deepcopy(document)
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    inside: Any = made
    for step in steps:
        inside = inside[step]
    if value is ...:
        del inside[last]
    elif isinstance(inside, list) and last == len(inside):
        inside.append(value)
    else:
        inside[last] = value
    return made


def body(document: Json) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def understand(document: Json) -> Understood:
    return from_fhir(read_bundle(body(document)), TODAY)


def refused(document: Json | bytes) -> list[Issue]:
    """The issues for which a document is refused."""
    with pytest.raises(Malformed) as caught:
        from_fhir(read_bundle(document if isinstance(document, bytes) else body(document)), TODAY)
    return list(caught.value.issues)

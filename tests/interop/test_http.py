"""The FHIR interface through HTTP: what is asked, what is answered, and what is then in the database."""

import json
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError
from django.http import HttpResponse
from django.test import Client
from fhir.resources.R4B.bundle import Bundle
from fhir.resources.R4B.capabilitystatement import CapabilityStatement
from fhir.resources.R4B.operationoutcome import OperationOutcome

from tests.credentials import a_credential
from tests.factories import World, make_world
from tests.interop.samples import Json, bundle, changed
from wraparound.interop.fhir import http, views
from wraparound.organisations.actor import acting_as
from wraparound.organisations.roles import Capability
from wraparound.referrals.models import Journey, Referral

pytestmark = pytest.mark.django_db
FHIR = "application/fhir+json"


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def token(world: World) -> str:
    return a_credential(world.scheme, world.practice, Capability.REFER).secret


def post(token: str, document: Json | bytes, **more: Any) -> HttpResponse:
    sent = document if isinstance(document, bytes) else json.dumps(document).encode()
    headers = {"Authorization": f"Bearer {token}", **more.pop("headers", {})}
    client = Client(enforce_csrf_checks=True)
    return client.post("/fhir/R4/", sent, content_type=more.pop("content_type", FHIR), headers=headers)


def outcome(response: HttpResponse, status: int) -> list[Json]:
    """The issues of an OperationOutcome that another implementation also reads."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == FHIR
    document = json.loads(response.content)
    OperationOutcome.model_validate(document)
    return document["issue"]


def journeys(world: World) -> list[Journey]:
    with acting_as(world.clinician):
        return list(Journey.objects.visible_to(world.clinician).select_related("person"))


def test_a_credential_that_was_not_given_referring_makes_none(world: World) -> None:
    weak = a_credential(world.scheme, world.practice, Capability.FOLLOW_REFERRALS).secret
    (issue,) = outcome(post(weak, bundle()), 403)
    assert issue["code"] == "forbidden" and "not given refer" in issue["diagnostics"]
    assert not journeys(world)


def test_a_referral_is_made(world: World, token: str) -> None:
    response = post(token, bundle())
    issues = outcome(response, 201)
    (journey,) = journeys(world)
    assert response["Location"].endswith(f"/fhir/R4/ServiceRequest/{journey.reference}")
    assert journey.reference in issues[0]["diagnostics"]
    assert {issue["severity"] for issue in issues} == {"information"}
    assert journey.person.family_name == "Zebedee-Núñez"
    assert (journey.sender_system, journey.sender_identifier) == ("https://gp.example/referrals", "R-1")
    with acting_as(world.clinician):
        (referral,) = Referral.objects.visible_to(world.clinician).filter(journey=journey)
        assert referral.agreement.how == "by_phone"
    assert sorted(referral.needs) == ["debt", "food_or_fuel"]
    assert referral.reason == "Behind with the rent. Prefers mornings"


def test_both_services_when_advice_is_asked_for(world: World, token: str) -> None:
    code = {"coding": [{"system": "https://wraparound.example/fhir/CodeSystem/service", "code": "welfare_advice"}]}
    outcome(post(token, changed(bundle(), "entry.1.resource.code", code)), 201)
    (journey,) = journeys(world)
    with acting_as(world.clinician):
        services = {one.service for one in Referral.objects.visible_to(world.clinician).filter(journey=journey)}
    assert services == {"social_prescribing", "welfare_advice"}


def test_a_transaction_is_answered_entry_by_entry(world: World, token: str) -> None:
    response = post(token, bundle(type_="transaction"))
    assert response.status_code == 201
    answer = json.loads(response.content)
    Bundle.model_validate(answer)
    assert answer["type"] == "transaction-response"
    assert [entry["response"]["status"] for entry in answer["entry"]] == ["200 OK", "201 Created", "200 OK"]
    (journey,) = journeys(world)
    assert answer["entry"][1]["response"]["location"] == f"ServiceRequest/{journey.reference}"


def test_the_same_again_makes_no_second_referral(world: World, token: str) -> None:
    first, again = post(token, bundle()), post(token, changed(bundle(), "timestamp", "2026-11-23T12:00:00Z"))
    outcome(first, 201)
    outcome(again, 200)
    assert first["Location"] == again["Location"]
    assert len(journeys(world)) == 1


def test_the_same_identifier_with_other_content_is_a_conflict(world: World, token: str) -> None:
    outcome(post(token, bundle()), 201)
    (issue,) = outcome(post(token, changed(bundle(), "entry.1.resource.note", ...)), 409)
    assert issue["expression"] == ["Bundle.entry[1].resource.identifier"]
    assert issue["code"] == "conflict"
    assert len(journeys(world)) == 1


def test_the_same_identifier_from_another_organisation_is_another_referral(world: World, token: str) -> None:
    other = a_credential(world.scheme, world.other_practice).secret
    first, second = post(token, bundle()), post(other, bundle())
    outcome(first, 201)
    outcome(second, 201)
    assert first["Location"] != second["Location"]


@pytest.mark.parametrize("sent", ["", "Bearer", "Bearer ", "Bearer nonsense", "Basic YTpi", "bearer x y"])
def test_without_a_token_nothing_is_read(world: World, sent: str) -> None:
    response = post("", bundle(), headers={"Authorization": sent})
    (issue,) = outcome(response, 401)
    assert issue["code"] == "login"
    assert response["WWW-Authenticate"].startswith("Bearer")
    assert journeys(world) == []


@pytest.mark.parametrize(
    ("document", "status", "expression"),
    [
        (b"not json", 400, None),
        (changed(bundle(), "entry.1.resource.status", "open"), 400, ["Bundle.entry[1].resource.status"]),
        (changed(bundle(), "entry.0.resource.birthDate", "2026-02-30"), 400, ["Bundle.entry[0].resource.birthDate"]),
        (changed(bundle(), "entry.1.resource.status", "draft"), 422, ["Bundle.entry[1].resource.status"]),
        (changed(bundle(), "entry.2", ...), 422, ["Bundle.entry"]),
        (bundle(type_="message"), 422, ["Bundle.type"]),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_stored(
    world: World, token: str, document: Any, status: int, expression: list[str] | None
) -> None:
    issues = outcome(post(token, document), status)
    assert issues[0].get("expression") == expression
    assert issues[0]["severity"] == "error"
    assert "Zebedee" not in json.dumps(issues)
    assert journeys(world) == []


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        (FHIR, 201),
        ("application/json", 201),
        ("application/fhir+json; charset=UTF-8; fhirVersion=4.0", 201),
        ("application/fhir+json; fhirVersion=5.0", 415),
        ("application/fhir+json; charset=latin-1", 415),
        ("application/fhir+xml", 415),
        ("text/plain", 415),
    ],
)
def test_content_types(world: World, token: str, content_type: str, status: int) -> None:
    outcome(post(token, bundle(), content_type=content_type), status)


@pytest.mark.parametrize(
    ("accept", "status"), [("*/*", 201), (f"{FHIR}; fhirVersion=4.0", 201), ("application/fhir+xml", 406)]
)
def test_what_the_sender_can_read(world: World, token: str, accept: str, status: int) -> None:
    outcome(post(token, bundle(), headers={"Accept": accept}), status)


def test_too_large_a_body_is_not_read(world: World, token: str) -> None:
    (issue,) = outcome(post(token, b" " * (http.LARGEST_BODY + 1)), 413)
    assert issue["code"] == "too-long"
    outcome(post(token, json.dumps(bundle()).encode().ljust(http.LARGEST_BODY)), 201)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/fhir/R4/", 405),
        ("put", "/fhir/R4/", 405),
        ("post", "/fhir/R4/metadata", 405),
        ("get", "/fhir/R4/Patient/1", 404),
        ("post", "/fhir/R4/Patient", 404),
        ("get", "/fhir/STU3/metadata", 404),
    ],
)
def test_other_routes_answer_in_fhir_too(method: str, path: str, status: int) -> None:
    outcome(getattr(Client(), method)(path), status)


def test_what_is_offered_is_stated() -> None:
    response = Client().get("/fhir/R4/metadata")
    assert response.status_code == 200
    assert response["Content-Type"] == FHIR
    CapabilityStatement.model_validate(json.loads(response.content))


@pytest.mark.parametrize(
    ("fault", "status"), [(IntegrityError("DETAIL: Zebedee"), 500), (OperationalError("Zebedee"), 503)]
)
def test_a_fault_of_ours_is_told_in_fhir_and_stores_nothing(
    world: World,
    token: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    fault: Exception,
    status: int,
) -> None:
    def broken(*_: Any) -> Any:
        raise fault

    monkeypatch.setattr(views, "answer", broken)
    (issue,) = outcome(post(token, bundle()), status)
    assert "Zebedee" not in json.dumps(issue) + caplog.text
    assert "test_http.py" in caplog.text
    assert journeys(world) == []


def test_a_scheme_without_a_pathway_refuses(world: World, token: str) -> None:
    world.scheme.pathway_version = None
    world.scheme.save(update_fields=["pathway_version"])
    (issue,) = outcome(post(token, bundle()), 422)
    assert issue["expression"] == ["Bundle"]
    assert "pathway" in issue["diagnostics"]

"""A referral begun inside a GP system: opened by one user of the practice, sent once."""

import json
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.credentials import a_credential
from tests.factories import World, member, referred
from tests.web.conftest import SignIn
from tests.web.reading import ids, text
from wraparound.organisations.actor import acting_as
from wraparound.organisations.roles import Role
from wraparound.people.models import Person
from wraparound.referrals.models import Journey, Launch

PATIENT = {
    "resourceType": "Patient",
    "identifier": [{"system": "https://fhir.nhs.uk/Id/nhs-number", "value": "9434765919"}],
    "name": [{"use": "official", "family": "Duarte", "given": ["Rosa"]}],
    "birthDate": "1980-02-29",
}


def _post(world: World, body: object, token: str | None = None) -> object:
    token = token or a_credential(world.scheme, world.practice).secret
    return Client().post(
        "/launch/", json.dumps(body), content_type="application/fhir+json", headers={"Authorization": f"Bearer {token}"}
    )


@pytest.fixture
def address(world: World) -> str:
    answered = _post(world, PATIENT)
    assert answered.status_code == 201, answered.content
    return str(answered.json()["url"]).removeprefix("http://testserver")


def _answers() -> dict[str, object]:
    return {"needs": ["benefits"], "agreed_how": "in_person", "submission": str(uuid.uuid4())}


def test_the_link_opens_the_page_with_the_person_filled_in(world: World, address: str, sign_in: SignIn) -> None:
    assert "9434765919" not in address
    assert "Duarte" not in address
    page = sign_in(world.clinician).get(address)
    assert "943 476 5919" in text(page)
    assert "given_names" not in ids(page)


def test_it_is_sent_once_even_when_sent_twice_and_its_details_go(world: World, address: str, sign_in: SignIn) -> None:
    client, answers = sign_in(world.clinician), _answers()
    first, second = client.post(address, answers), client.post(address, answers)
    assert first["Location"] == second["Location"]
    with acting_as(world.clinician):
        assert Journey.objects.count() == 1
        assert Person.objects.get().nhs_number == "9434765919"
        assert Launch.objects.get().details == {}
    again = client.get(address)
    assert again.status_code == 409
    assert "The referral from this link was already sent." in text(again)


def test_a_stranger_signs_in_first_and_another_user_comes_too_late(world: World, address: str, sign_in: SignIn) -> None:
    assert Client().get(address)["Location"].startswith("/sign-in/")
    sign_in(world.clinician).get(address)
    colleague = member(world.scheme, world.practice, Role.CLINICIAN, "Dr Late")
    assert "Somebody else has opened this link." in text(sign_in(colleague).get(address))
    assert sign_in(world.other_clinician).get(address).status_code == 404


def test_a_link_not_opened_in_time_has_run_out(world: World, address: str, sign_in: SignIn) -> None:
    with acting_as(world.clinician):
        Launch.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    page = sign_in(world.clinician).get(address)
    assert page.status_code == 409
    assert "This link has run out. Start again from the GP system." in text(page)


def test_a_link_made_elsewhere_leads_nowhere(world: World, address: str, sign_in: SignIn) -> None:
    assert sign_in(world.clinician).get("/refer/launch/1:forged/").status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({**PATIENT, "name": []}, 400),
        ({**PATIENT, "birthDate": "1980-02-30"}, 400),
        ({"resourceType": "Organization", "name": "Not a person"}, 400),
        ({**PATIENT, "active": False}, 422),
    ],
)
def test_a_patient_that_cannot_be_taken_is_refused_with_reasons(world: World, body: object, status: int) -> None:
    answered = _post(world, body)
    assert (answered.status_code, answered.json()["resourceType"]) == (status, "OperationOutcome")


def test_only_a_known_system_may_launch(world: World) -> None:
    assert _post(world, PATIENT, token="guessed").status_code == 401


def test_the_demo_gp_system_goes_through_the_same_launch(world: World, sign_in: SignIn) -> None:
    journey = referred(world)
    client = sign_in(world.clinician)
    assert "A stand-in, not a real one" in text(client.get("/demo/gp-system/"))
    opened = client.post("/demo/gp-system/", {"person": journey.person_id})
    assert opened["Location"].startswith("/refer/launch/")
    assert "Rosa Duarte" in text(client.get(opened["Location"]))
    assert client.post("/demo/gp-system/", {"person": "x"}).status_code == 404
    world.scheme.invented = False
    world.scheme.save()
    assert client.get("/demo/gp-system/").status_code == 404

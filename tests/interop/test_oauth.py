"""A client gets a token for its secret, as RFC 6749 says, and every refusal is the standard's own."""

import base64
from typing import Any

import pytest
from django.test import Client

from tests.credentials import a_client, a_credential
from tests.factories import World, make_world
from wraparound.organisations.credentials import Issued
from wraparound.organisations.models import AccessToken, Credential
from wraparound.organisations.roles import Capability

pytestmark = pytest.mark.django_db
FORM = "application/x-www-form-urlencoded"
GRANT = "grant_type=client_credentials"


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def client(world: World) -> Issued:
    return a_client(world.scheme, world.practice, Capability.REFER, Capability.FOLLOW_REFERRALS)


def ask(body: str = GRANT, basic: tuple[str, str] | None = None, **more: Any) -> Any:
    headers = {}
    if basic:
        headers["Authorization"] = "Basic " + base64.b64encode(":".join(basic).encode()).decode()
    sender = Client(enforce_csrf_checks=True, raise_request_exception=False)
    return sender.post("/oauth/token", body, content_type=more.get("content_type", FORM), headers=headers)


def pair(client: Issued) -> tuple[str, str]:
    return client.credential.client_id, client.secret


def refused(answer: Any, status: int, error: str) -> None:
    assert (answer.status_code, answer.json()["error"]) == (status, error), answer.content
    assert answer["Cache-Control"] == "no-store"


def test_it_gets_a_token_that_opens_what_the_client_may(client: Issued) -> None:
    answer = ask(basic=pair(client))
    said = answer.json()
    assert answer.status_code == 200 and answer["Cache-Control"] == "no-store"
    assert (said["token_type"], said["expires_in"]) == ("Bearer", 600)
    assert set(said["scope"].split()) == {"refer", "follow_referrals"} and "refresh_token" not in said
    headers = {"Authorization": f"Bearer {said['access_token']}"}
    fhir = Client().post("/fhir/R4/", b"{}", content_type="application/fhir+json", headers=headers)
    assert fhir.status_code == 400
    assert Credential.objects.get().last_used_at is not None


def test_it_may_show_its_secret_in_the_body_and_ask_for_less(client: Issued) -> None:
    client_id, secret = pair(client)
    answer = ask(f"{GRANT}&client_id={client_id}&client_secret={secret}&scope=follow_referrals")
    assert answer.json()["scope"] == "follow_referrals"
    headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    fhir = Client().post("/fhir/R4/", b"{}", content_type="application/fhir+json", headers=headers)
    assert fhir.status_code == 403 and fhir.json()["resourceType"] == "OperationOutcome"


@pytest.mark.parametrize("scope", ["see_practice_referrals", "refer+write_notes", "everything", "refer%00"])
def test_it_gets_no_more_than_it_was_given(client: Issued, scope: str) -> None:
    refused(ask(f"{GRANT}&scope={scope}", basic=pair(client)), 400, "invalid_scope")
    assert not AccessToken.objects.exists()


def test_whoever_does_not_know_the_secret_gets_nothing(world: World, client: Issued) -> None:
    client_id, secret = pair(client)
    token = a_credential(world.scheme, world.practice)
    wrong = [
        (client_id, "x"), (client_id, ""), ("", ""), ("wrc_x", secret), pair(token), (client_id, f"{secret} "),
        (client_id, "é"), (f"{client_id}%00", secret),
    ]  # fmt: skip
    for basic in wrong:
        answer = ask(basic=basic)
        refused(answer, 401, "invalid_client")
        assert answer["WWW-Authenticate"].startswith("Basic")
    refused(ask(), 401, "invalid_client")
    refused(ask(f"{GRANT}&client_id={client_id}"), 401, "invalid_client")
    both = ask(f"{GRANT}&client_id={client_id}&client_secret={secret}", basic=pair(client))
    refused(both, 401, "invalid_client")


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("", "invalid_request"),
        ("grant_type=", "invalid_request"),
        ("grant_type=password&username=a&password=b", "unsupported_grant_type"),
        ("grant_type=authorization_code&code=x", "unsupported_grant_type"),
        ("grant_type=refresh_token&refresh_token=x", "unsupported_grant_type"),
        (f"{GRANT}&{GRANT}", "invalid_request"),
        ("%%%", "invalid_request"),
        ("\x00=\x00", "invalid_request"),
    ],
)
def test_what_is_no_such_grant_is_refused(client: Issued, body: str, error: str) -> None:
    answer = ask(body, basic=pair(client))
    assert answer.status_code == 400 and answer.json()["error"] in (error, "unsupported_grant_type")


def test_only_a_form_that_is_posted_is_read(client: Issued) -> None:
    got = Client().get("/oauth/token")
    assert (got.status_code, got["Allow"]) == (405, "POST")
    refused(ask("{}", basic=pair(client), content_type="application/json"), 415, "invalid_request")
    refused(ask("x=" + "y" * 20_000, basic=pair(client)), 413, "invalid_request")
    refused(ask("x=" + "y" * 2_000_000, basic=pair(client)), 413, "invalid_request")
    query = Client().post(f"/oauth/token?client_id=x&{GRANT}", "", content_type=FORM)
    assert query.status_code in (400, 401)


def test_an_ended_client_gets_nothing(client: Issued) -> None:
    Credential.objects.update(ended="2026-01-01T00:00Z")
    refused(ask(basic=pair(client)), 401, "invalid_client")

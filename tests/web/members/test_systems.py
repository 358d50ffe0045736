"""The pages on which an administrator connects a system to their organisation and shuts it out."""

from django.test import Client

from tests.credentials import a_credential
from tests.factories import World
from tests.house.members import a_system, food_bank
from tests.web.conftest import SignIn
from tests.web.reading import errors, text
from wraparound.organisations.models import Credential

SAID = {"name": "Desk system", "capabilities": ["refer", "follow_referrals"], "kind": "token"}


def test_the_token_is_shown_once_and_kept_by_no_browser(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.voluntary)
    page = client.post("/members/systems/new/", SAID)
    made = Credential.objects.get()
    assert "shown now and never again" in text(page) and "wrt_" in text(page)
    assert "no-store" in page["Cache-Control"]
    assert (made.organisation, made.made_by_id) == (food_bank(world), world.voluntary.user_id)
    listed = text(client.get("/members/systems/"))
    assert "Desk system" in listed and made.client_id in listed and "wrt_" not in listed and "Never" in listed
    assert "Make referrals" in listed and "Read where" not in listed


def test_a_client_is_shown_its_id_its_secret_and_where_tokens_are(world: World, sign_in: SignIn) -> None:
    page = text(sign_in(world.voluntary).post("/members/systems/new/", SAID | {"kind": "client"}))
    assert Credential.objects.get().client_id in page and "wrs_" in page and "http://testserver/oauth/token" in page


def test_it_is_good_to_the_end_of_the_last_day_here(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.voluntary)
    last = {"expires-day": "30", "expires-month": "6", "expires-year": "2031"}
    client.post("/members/systems/new/", SAID | last)
    made = Credential.objects.get()
    assert made.expires_at is not None and made.expires_at.isoformat() == "2031-06-30T23:00:00+00:00"
    assert "30 June 2031" in text(client.get("/members/systems/"))
    Credential.objects.update(expires_at="2026-01-01T00:00Z")
    assert "Ran out" in text(client.get("/members/systems/"))
    past = {name: value.replace("2031", "2021") for name, value in last.items()}
    assert errors(client.post("/members/systems/new/", SAID | past | {"name": "Another"}))


def test_ended_it_is_shut_out_with_its_next_request(world: World, sign_in: SignIn) -> None:
    token = a_credential(world.scheme, food_bank(world), name="Desk system").secret
    header = {"Authorization": f"Bearer {token}"}
    asked = {"content_type": "application/fhir+json", "headers": header}
    assert Client().post("/fhir/R4/", b"{}", **asked).status_code == 400
    client, held = sign_in(world.voluntary), Credential.objects.get()
    assert "Last used" in text(client.get("/members/systems/")) and "Never" not in text(client.get("/members/systems/"))
    page = text(client.post(f"/members/systems/{held.pk}/end/", follow=True))
    assert "Desk system can do nothing more for Eastmarsh Food Bank." in page
    assert "No system is connected yet." in page
    assert Client().post("/fhir/R4/", b"{}", **asked).status_code == 401
    assert client.post(f"/members/systems/{held.pk}/end/").status_code == 404


def test_nobody_sees_or_ends_another_organisations(world: World, sign_in: SignIn) -> None:
    theirs = a_credential(world.scheme, world.practice).credential
    client = sign_in(world.voluntary)
    assert client.get(f"/members/systems/{theirs.pk}/end/").status_code == 404
    assert theirs.client_id not in text(client.get("/members/systems/"))
    own = a_system(world)
    assert sign_in(world.clinician).post(f"/members/systems/{own.pk}/end/").status_code == 403
    assert not Credential.objects.exclude(ended=None).exists()

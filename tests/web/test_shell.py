"""Signing in, acting for one organisation, and what is said when something goes wrong."""

import re
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from tests.factories import PASSWORD, World
from tests.web.conftest import SignIn
from tests.web.reading import errors, ids, text
from wraparound.organisations.models import Membership, User
from wraparound.organisations.roles import REFUSALS, Capability, Role

_SESSION = "django.contrib.sessions.backends.db.SessionStore._get_session_from_db"


def _with_password(world: World, who: str) -> User:
    user = User.objects.get(pk=getattr(world, who).user_id)
    user.set_password(PASSWORD)
    user.save()
    return user


def test_a_stranger_signs_in_and_lands_where_they_were_going(world: World) -> None:
    user, client = _with_password(world, "clinician"), Client()
    asked = client.get("/referrals/?whose=practice")
    assert asked["Location"] == "/sign-in/?next=%2Freferrals%2F%3Fwhose%3Dpractice"
    page = client.get(asked["Location"])
    assert "Sign in" in text(page)
    sent = {"username": user.email.upper(), "password": PASSWORD, "next": "/referrals/?whose=practice"}
    assert client.post("/sign-in/", sent)["Location"] == "/referrals/?whose=practice"


def test_a_wrong_password_says_what_to_do(world: World) -> None:
    user = _with_password(world, "clinician")
    page = Client().post("/sign-in/", {"username": user.email, "password": "wrong"})
    assert errors(page) == ["The email address and password do not belong together. Check both and try again."]
    assert user.email in page.content.decode()
    assert "wrong" not in page.content.decode()


def test_signing_in_never_leads_off_this_site(world: World) -> None:
    user, client = _with_password(world, "clinician"), Client()
    sent = {"username": user.email, "password": PASSWORD, "next": "https://elsewhere.example/"}
    assert client.post("/sign-in/", sent)["Location"] == "/"


@pytest.mark.parametrize("who", ["clinician", "receptionist", "link_worker", "commissioner"])
def test_signing_in_leads_to_what_to_do_now(world: World, sign_in: SignIn, who: str) -> None:
    client = sign_in(getattr(world, who))
    assert client.get("/")["Location"] == "/home/"
    assert "What to do now" in text(client.get("/home/"))


def test_somebody_in_two_places_chooses_and_goes_on(world: World, sign_in: SignIn) -> None:
    second = Membership.objects.create(
        user_id=world.clinician.user_id, scheme=world.scheme, organisation=world.other_practice, role=Role.RECEPTIONIST
    )
    client = sign_in(world.clinician)
    assert client.get("/refer/")["Location"] == "/acting-for/?next=%2Frefer%2F"
    page = client.get("/acting-for/?next=/refer/")
    assert "Elm Street Surgery" in text(page)
    assert "Oak Road Surgery" in text(page)
    assert client.post("/acting-for/", {"membership": second.pk, "next": "/refer/"})["Location"] == "/refer/"
    assert "Receptionist, Oak Road Surgery" in text(client.get("/refer/"))


def test_nobody_acts_as_another_or_as_what_they_no_longer_are(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.clinician)
    others = Membership.objects.get(user_id=world.other_clinician.user_id)
    assert client.post("/acting-for/", {"membership": others.pk}).status_code == 404
    Membership.objects.filter(user_id=world.clinician.user_id).update(ended="2099-01-01T00:00Z")
    assert client.get("/referrals/")["Location"].startswith("/sign-in/")
    assert "You were signed out because you have no role here any more" in text(client.get("/sign-in/"))


def test_a_role_without_the_capability_is_refused_in_words(world: World, sign_in: SignIn) -> None:
    page = sign_in(world.commissioner).get("/refer/new/")
    assert page.status_code == 403
    assert REFUSALS[Capability.REFER] in text(page)


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere/",
        "/referrals/NONE-NONE/",
        "/refer/person/999999/",
        "/messages/9/",
        "/referrals/%00/",
        "/journey/%00/",
        "/concerns/?person=%C2%B2",
    ],
)
def test_what_cannot_be_seen_is_not_found(world: World, sign_in: SignIn, address: str) -> None:
    page = sign_in(world.clinician).get(address)
    assert page.status_code == 404
    assert "Page not found" in text(page)


@pytest.mark.parametrize(
    "address", ["/scheme/people/?q=a%00b", "/scheme/organisations/add/?q=%0%0000", "/scheme/people/?after=%00~1"]
)
def test_a_byte_that_no_text_has_is_not_asked_for(world: World, sign_in: SignIn, address: str) -> None:
    assert sign_in(world.administrator).get(address).status_code == 200


def test_an_unknown_address_is_not_found_for_a_stranger_too(db: None) -> None:
    assert Client().get("/nowhere/").status_code == 404


def test_a_signed_out_page_is_not_kept_and_holds_no_inline_code(world: World, sign_in: SignIn) -> None:
    page = sign_in(world.clinician).get("/refer/new/")
    assert "no-store" in page["Cache-Control"]
    assert "default-src 'none'" in page["Content-Security-Policy"]
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\ssrc=)", page.content.decode())
    assert len(ids(page)) == len(set(ids(page)))


def test_everyone_invented_is_said_on_every_page(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.clinician)
    assert "Everyone here is invented" in text(client.get("/referrals/"))
    world.scheme.invented = False
    world.scheme.save()
    assert "invented" not in text(client.get("/referrals/"))


def test_a_page_open_too_long_says_so(world: World, sign_in: SignIn, settings: Any) -> None:
    settings.CSRF_FAILURE_VIEW = "wraparound.web.errors.csrf_failure"
    page = sign_in(world.clinician, enforce_csrf_checks=True).post("/refer/new/", {})
    assert page.status_code == 403
    assert "Nothing was sent. Go back, reload the page and send it again." in text(page)


def test_the_database_away_is_told_in_a_sentence(
    world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object, **__: object) -> None:
        raise OperationalError("the connection is closed")

    monkeypatch.setattr("wraparound.web.referring.following.sent_journeys", away)
    page = sign_in(world.clinician).get("/referrals/")
    assert page.status_code == 503
    assert "Nothing you sent was kept; try again in a minute." in text(page)
    client = sign_in(world.clinician)
    for first_asked in ("wraparound.web.acting.memberships_of", _SESSION):
        monkeypatch.setattr(first_asked, away)
        assert "try again in a minute" in text(client.get("/referrals/"))


def test_a_fault_undoes_all_that_its_request_did(
    world: World, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def half_done(*_: object, **__: object) -> None:
        User.objects.create_user("half@example.org", "Half Done")
        raise RuntimeError("a fault")

    monkeypatch.setattr("wraparound.web.referring.following.sent_journeys", half_done)
    client = sign_in(world.clinician)
    client.raise_request_exception = False
    page = client.get("/referrals/")
    assert page.status_code == 500
    assert "This is a fault in Wraparound" in text(page)
    assert not User.objects.filter(email="half@example.org").exists()


def test_health_needs_nobody(db: None) -> None:
    assert Client().get("/healthz").content == b"ok"


def test_only_the_demo_s_people_can_be_with_one_press(world: World) -> None:
    user = User.objects.get(pk=world.clinician.user_id)
    client = Client()
    assert client.post("/sign-in/demo/", {"email": user.email}).status_code == 404
    assert client.get("/referrals/").status_code == 302

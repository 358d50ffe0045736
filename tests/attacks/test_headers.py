"""What every answer tells a browser to hold to, whatever kind of answer it is."""

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, override_settings

from tests.attacks.planting import Planting
from tests.credentials import a_credential
from tests.journeys import given

KINDS = (
    "page", "page of an actor", "redirect", "not found", "refused", "not allowed", "csrf", "server error", "health",
    "static file", "fhir", "fhir refused", "metadata",
)  # fmt: skip


@pytest.fixture(scope="module")
def answers(planting: Planting) -> dict[str, HttpResponse]:
    world = given.a_world()
    journey = given.a_referral(world)
    client, stranger = planting.browser(world.clinician).client, Client(enforce_csrf_checks=True)
    token = a_credential(world.scheme, world.practice).secret
    bearer = {"Authorization": f"Bearer {token}"}
    broken = Client(raise_request_exception=False)
    found = {
        "page": stranger.get("/sign-in/"),
        "page of an actor": client.get(f"/referrals/{journey.reference}/"),
        "redirect": stranger.get("/home/"),
        "not found": client.get("/nowhere/"),
        "refused": client.get("/worklist/"),
        "not allowed": client.get("/sign-out/"),
        "csrf": stranger.post("/sign-in/", {"username": "x", "password": "y"}),
        "health": stranger.get("/healthz"),
        "static file": stranger.get("/static/wraparound.css"),
        "fhir": client.post("/fhir/R4/", "{}", content_type="application/fhir+json", headers=bearer),
        "fhir refused": stranger.post("/fhir/R4/", "{}", content_type="application/fhir+json"),
        "metadata": stranger.get("/fhir/R4/metadata"),
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("wraparound.web.account.views.connection.cursor", None)
        found["server error"] = broken.get("/healthz")
    return found


def directives(answer: HttpResponse) -> dict[str, list[str]]:
    policy = answer["Content-Security-Policy"]
    return {name: sources for name, *sources in (each.split() for each in policy.split(";") if each.strip())}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "static file"])
def test_each_answer_says_what_may_be_loaded_and_by_whom(kind: str, answers: dict[str, HttpResponse]) -> None:
    said = directives(answers[kind])
    assert "unsafe" not in answers[kind]["Content-Security-Policy"]
    assert "*" not in [source for sources in said.values() for source in sources]
    assert said["default-src"] == ["'none'"] and said["script-src"] == ["'self'"]
    for name in ("frame-ancestors", "object-src", "base-uri"):
        assert said[name] == ["'none'"], name
    assert said["form-action"] == ["'self'"]


@pytest.mark.parametrize("kind", KINDS)
def test_each_answer_is_kept_from_other_sites(kind: str, answers: dict[str, HttpResponse]) -> None:
    answer = answers[kind]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Permissions-Policy"].count("=()") >= 10
    if kind != "static file":
        assert answer["X-Frame-Options"] == "DENY"


def test_the_kinds_are_the_kinds(answers: dict[str, HttpResponse]) -> None:
    """Else the same page would be looked at again and again."""
    got = {kind: answer.status_code for kind, answer in answers.items()}
    assert got["page"] == got["page of an actor"] == got["static file"] == got["health"] == got["metadata"] == 200
    assert (got["redirect"], got["not found"], got["refused"], got["not allowed"]) == (302, 404, 403, 405)
    assert (got["csrf"], got["fhir refused"]) == (403, 401) and got["server error"] >= 500 and got["fhir"] in (400, 422)


def test_no_answer_about_a_person_stays_in_a_browser(answers: dict[str, HttpResponse]) -> None:
    for kind in ("page of an actor", "not found", "refused"):
        assert "no-store" in answers[kind]["Cache-Control"]


def test_cookies_are_kept_from_scripts_and_from_other_sites(planting: Planting) -> None:
    answer = Client().get("/sign-in/")
    for cookie in answer.cookies.values():
        assert cookie["samesite"] in ("Lax", "Strict") and cookie["path"] == "/" and not cookie["domain"]
    assert settings.SESSION_COOKIE_HTTPONLY and settings.SESSION_COOKIE_SAMESITE in ("Lax", "Strict")


@pytest.mark.parametrize("host", ["evil.example", "wraparound.example.org.evil.example", "wraparound.example.org@evil"])
def test_another_host_is_not_answered(host: str, planting: Planting) -> None:
    with override_settings(ALLOWED_HOSTS=["wraparound.example.org"]):
        for path in ("/sign-in/", "/fhir/R4/metadata", "/ask/"):
            answer = Client(raise_request_exception=False).get(path, headers={"host": host})
            assert answer.status_code == 400 and host.encode() not in answer.content
        forwarded = Client().get("/sign-in/", headers={"host": "wraparound.example.org", "x-forwarded-host": host})
        assert forwarded.status_code == 200 and host.encode() not in forwarded.content

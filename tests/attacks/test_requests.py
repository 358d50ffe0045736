"""Requests that no page of ours sends: forged, doubled, with other verbs, with a foreign address to go to next."""

import logging
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.test import Client

from tests.house.access import OWN, Everybody, undone
from tests.house.seeing import committing
from tests.house.test_routes import FOR_MACHINES, ROUTES, Route, kind_of
from tests.journeys.test_bad_input import FORMS
from wraparound.organisations.actor import Actor

OF_PEOPLE = [route for route in ROUTES if not route.path.startswith(FOR_MACHINES)]
WITHOUT_A_ROW = [route for route in OF_PEOPLE if not route.parameters]
TOO_LONG_OPEN = b"This page was open too long"
# Answers that come before a form is looked at: it is not for this role, or takes nothing that is sent.
NO_FORM = {302, 403, 404, 405}


@pytest.fixture(scope="module")
def everybody(django_db_setup: None, django_db_blocker) -> Iterator[Everybody]:
    logging.disable(logging.WARNING)
    with committing(django_db_blocker):
        yield Everybody()
    logging.disable(logging.NOTSET)


def insiders(everybody: Everybody, route: Route) -> list[Client]:
    """Browsers of whoever may come here: for an address without a row, of one in each chair."""
    actors = everybody.story.world.actors
    names = [kind_of(route).insider] if route.parameters else ["clinician", "link_worker", "administrator", "voluntary"]
    return [_browser(everybody, actors[name]) for name in names]


def _browser(everybody: Everybody, actor: Actor) -> Client:
    return everybody.client(actor.role, everybody.position(OWN, actor), actor)


def address_of(everybody: Everybody, route: Route) -> str:
    return route.to(kind_of(route).make(everybody.story) if route.parameters else {})


@pytest.mark.parametrize("route", OF_PEOPLE, ids=lambda route: route.path or "home")
def test_nothing_is_taken_from_a_page_of_another_site(route: Route, everybody: Everybody) -> None:
    """Without the token of a page of ours, and from another origin with a token that it made up."""
    address = address_of(everybody, route)
    checking = Client(enforce_csrf_checks=True)
    for client in insiders(everybody, route):
        taken = undone(client, "post", address).status_code
        checking.cookies = client.cookies
        answer = undone(checking, "post", address)
        assert answer.status_code in NO_FORM and (answer.status_code == taken or TOO_LONG_OPEN in answer.content)
        if taken not in (403, 404, 405):
            assert TOO_LONG_OPEN in answer.content
            made_up = {"csrfmiddlewaretoken": "a" * 64}
            assert TOO_LONG_OPEN in checking.post(address, made_up, headers={"origin": "https://evil.example"}).content


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path or "home")
def test_other_verbs_do_nothing(route: Route, everybody: Everybody) -> None:
    address = address_of(everybody, route)
    for client in insiders(everybody, route):
        for verb in ("put", "patch", "delete", "trace", "options"):
            status = undone(client, verb, address).status_code
            assert status in (302, 401, 403, 404, 405, 415) or (verb == "options" and status == 200), (verb, status)


EVIL = (
    "https://evil.example/", "//evil.example/", "///evil.example", "/\\evil.example", "\\\\evil.example/",
    "https:evil.example", "http:///evil.example", "/%09/evil.example", "\t//evil.example", "https://ours@evil.example",
    "javascript:alert(1)", "data:text/html,x", "//evil.example%2f%2e%2e", "https://testserver@evil.example/",
    "https://testserver.evil.example/", "/\t/evil.example", "\u2028//evil.example", "//[::1]/", "/..//evil.example",
)  # fmt: skip


@pytest.mark.parametrize("evil", EVIL)
def test_nobody_is_sent_to_another_site(evil: str, everybody: Everybody) -> None:
    """Wherever an address may say where to go next: looked at and sent, signed in and not."""
    for route in WITHOUT_A_ROW:
        for client in [Client(), _browser(everybody, everybody.story.world.clinician)]:
            for method in ("get", "post"):
                said = {name: evil for name in ("next", "url", "return", "to", "redirect_to", "continue")}
                answer = undone(client, method, f"/{route.path}", said)
                stays_here(answer.get("Location", ""))


def test_signing_in_leads_only_to_pages_of_ours(everybody: Everybody) -> None:
    """The one form that says where to go next, filled in rightly, for every way of saying it."""
    from tests.factories import PASSWORD
    from wraparound.organisations.models import User

    user = User.objects.get(pk=everybody.story.world.clinician.user_id)
    user.set_password(PASSWORD)
    user.save()
    for evil in EVIL:
        answer = undone(Client(), "post", "/sign-in/", {"username": user.email, "password": PASSWORD, "next": evil})
        assert answer.status_code == 302
        stays_here(answer["Location"])


def stays_here(location: str) -> None:
    """As a browser reads it: backslashes are slashes, and spaces at either end are none."""
    read = location.strip().replace("\\", "/").replace("\t", "")
    parts = urlsplit(read)
    assert not parts.netloc and parts.scheme in ("", "http", "https") and not read.startswith("//"), location
    assert not parts.scheme or parts.netloc, location


def test_the_last_of_two_values_is_the_one_that_is_checked(everybody: Everybody) -> None:
    """A membership of one's own beside somebody else's: whichever is read is the one that was looked at."""
    world = everybody.story.world
    own, other = world.clinician.membership_id, world.link_worker.membership_id
    client = _browser(everybody, world.clinician)
    for pair in ([own, other], [other, own]):
        answer = undone(client, "post", "/acting-for/", {"membership": pair})  # type: ignore[dict-item]
        assert answer.status_code in (302, 404)
        assert (answer.status_code == 302) == (pair[-1] == own)


@pytest.mark.parametrize("route", WITHOUT_A_ROW, ids=lambda route: route.path or "home")
def test_said_twice_or_as_a_list_it_is_no_fault(route: Route, everybody: Everybody) -> None:
    names = ("whose", "urgent", "status", "page", "after", "team", "figure", "kind", "first-day", "words", "q", "form")
    for client in insiders(everybody, route):
        for query in ("&".join(f"{name}=1&{name}=2&{name}[]=3&{name}[$ne]=4" for name in names), "&&&=&%=%00&%ff"):
            assert undone(client, "get", f"/{route.path}?{query}").status_code < 500


TRAVERSALS = (
    "../../config/settings.py", "..%2f..%2fconfig%2fsettings.py", "%2e%2e/%2e%2e/config/settings.py",
    "....//....//config/settings.py", "..\\..\\config\\settings.py", "%252e%252e%252fconfig/settings.py",
    "/etc/passwd", "//etc/passwd", "%00/etc/passwd", "..%c0%af..%c0%afetc/passwd",
)  # fmt: skip


@pytest.mark.parametrize("path", TRAVERSALS)
@pytest.mark.parametrize("before", ["/static/", "/static/vendor/", "/letters/", "/messages/1/", "/journey/"])
def test_no_address_leads_out_of_its_folder(before: str, path: str, everybody: Everybody) -> None:
    client = _browser(everybody, everybody.story.world.clinician)
    answer = undone(client, "get", before + path)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    assert answer.status_code in (301, 302, 400, 403, 404) and b"SECRET_KEY" not in body and b"root:" not in body


INJECTED = (
    "' OR '1'='1", "%' OR 1=1 --", "\\'; DROP TABLE people_person; --", "') UNION SELECT password FROM "
    "organisations_user --", "1; SELECT pg_sleep(60)", "%", "_", "\\", "$$ OR 1=1 $$", "' || (SELECT 1/0) || '",
)  # fmt: skip


@pytest.mark.parametrize("text", INJECTED)
def test_a_search_for_sql_finds_nobody(text: str, everybody: Everybody) -> None:
    """Everything that is searched or filtered by text: with such a text, no fault, and nobody who is not found so."""
    world = everybody.story.world
    clinician, administrator = _browser(everybody, world.clinician), _browser(everybody, world.administrator)
    call_list = kind_of(next(route for route in ROUTES if route.path == "call-lists/<int:pk>/")).make(everybody.story)
    receptionist = _browser(everybody, world.receptionist)
    for client, address, sent in (
        (clinician, "/refer/", {"words": text}),
        (receptionist, f"/call-lists/{call_list['pk']}/add/", {"words": text}),
        (administrator, "/scheme/people/", {"q": text}),
    ):
        answer = undone(client, "post", address, sent)
        assert answer.status_code == 200, address
        # Signs alone are no word, and leave what one's own page lists.
        if any(letter.isalnum() for letter in text):
            found = [
                link for link in ("/refer/person/", "/scheme/people/1") if f'href="{link}' in answer.content.decode()
            ]
            assert not found
    assert undone(administrator, "get", "/scheme/organisations/add/", {"q": text}).status_code == 200


FILTERS = "whose urgent status issue team practice entry after figure kind first-day".split()


@pytest.mark.parametrize("text", INJECTED)
def test_a_filter_of_sql_is_no_fault(text: str, everybody: Everybody) -> None:
    world = everybody.story.world
    filtered = ((world.link_worker, "/worklist/"), (world.clinician, "/referrals/"))
    for actor, address in (*filtered, (world.link_supervisor, "/figures/people/")):
        client = _browser(everybody, actor)
        for name in FILTERS:
            assert undone(client, "get", address, {name: text}).status_code in (200, 302, 404), (address, name)


def test_what_this_looks_at_is_not_little() -> None:
    assert len(OF_PEOPLE) > 120 and len(WITHOUT_A_ROW) > 40 and len(FORMS) > 40

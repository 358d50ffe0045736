"""Sessions end: by time, by leaving, by another password, by pressing a button elsewhere."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from tests.factories import World
from tests.signing_in.conftest import Person, person_of
from tests.web.reading import text
from wraparound.signing_in import sessions
from wraparound.signing_in.models import Happened, OpenSession, SignInRecord

pytestmark = pytest.mark.django_db
IDLE, LONGEST = 30 * 60, 12 * 60 * 60
At = Callable[[float], None]


def is_in(person: Person) -> bool:
    return person.client.get("/referrals/").status_code == 200


def test_it_ends_when_nothing_is_done_and_says_why(clinician: Person, at: At) -> None:
    clinician.types()
    at(IDLE - 5)
    assert is_in(clinician)
    at(2 * IDLE)
    gone = clinician.client.get("/referrals/?status=open")
    assert gone["Location"] == "/sign-in/?next=%2Freferrals%2F%3Fstatus%3Dopen"
    assert "because nothing was done for a while" in text(clinician.client.get(gone["Location"]))
    assert not is_in(clinician) and not OpenSession.objects.exists()
    assert SignInRecord.objects.latest("pk").happened == Happened.RAN_OUT


def test_it_ends_after_twelve_hours_whatever_is_done(clinician: Person, at: At) -> None:
    clinician.types()
    for moment in range(0, LONGEST - 60, 20 * 60):
        at(moment)
        assert is_in(clinician)
    at(LONGEST + 1)
    assert not is_in(clinician)


def test_what_a_page_sends_by_itself_makes_it_no_longer(clinician: Person, at: At) -> None:
    clinician.types()
    for moment in range(0, IDLE, 5 * 60):
        at(moment)
        assert clinician.client.get("/referrals/", headers={"sent-by-itself": "yes"}).status_code == 200
        assert 0 < clinician.client.get("/session/").json()["left"] <= IDLE - moment
    at(IDLE + 1)
    assert clinician.client.get("/session/").json()["left"] == 0
    assert not is_in(clinician)


def test_a_button_makes_it_longer_and_says_how_long_but_not_past_twelve_hours(clinician: Person, at: At) -> None:
    clinician.types()
    at(IDLE - 60)
    assert clinician.client.post("/session/").json()["left"] > IDLE - 5
    for moment in range(IDLE, LONGEST - 600, 20 * 60):
        at(moment)
        clinician.client.post("/session/")
    at(LONGEST - 600)
    told = clinician.client.post("/session/").json()
    assert 590 < told["left"] <= 600 and told["more"] is False


def test_a_strangers_page_learns_nothing_of_the_session() -> None:
    assert Client().get("/session/").json() == {"left": 0, "who": "", "csrf": ""}


def test_what_was_sent_from_a_page_comes_back_to_that_page(clinician: Person) -> None:
    sent = clinician.client.post("/refer/", {}, headers={"referer": "http://testserver/refer/?needs=debt"})
    assert sent["Location"] == "/sign-in/?next=%2Frefer%2F%3Fneeds%3Ddebt"
    evil = clinician.client.post("/refer/", {}, headers={"referer": "https://evil.example/refer/"})
    assert evil["Location"] == "/sign-in/?next=%2F"


def test_one_sees_where_one_is_signed_in_and_ends_it_there(clinician: Person) -> None:
    firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
    safari = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Safari/604.1"
    there, third = (Person(clinician.user, Client(headers={"user-agent": agent})) for agent in (firefox, safari))
    for person in (clinician, there, third):
        person.types()
    page = text(clinician.client.get("/account/"))
    assert "Firefox on Windows" in page and "Safari on iPhone" in page and "This one" in page
    row = OpenSession.objects.get(browser="Firefox on Windows")
    clinician.client.post("/account/sessions/end/", {"session": row.pk})
    assert is_in(clinician) and not is_in(there) and is_in(third)
    clinician.client.post("/account/sessions/end/", {"session": "all"})
    assert is_in(clinician) and not is_in(third)


@pytest.mark.parametrize("wrong", ["", "x", "-1", "9" * 30, "all "])
def test_nothing_ends_by_mistake(clinician: Person, wrong: str) -> None:
    other = Person(clinician.user, Client())
    clinician.types(), other.types()
    assert clinician.client.post("/account/sessions/end/", {"session": wrong}).status_code == 302
    assert is_in(other)


def test_nobody_ends_anothers(world: World, clinician: Person) -> None:
    clinician.types()
    stranger = person_of(world, "adviser")
    stranger.types()
    row = OpenSession.objects.get(user=clinician.user)
    stranger.client.post("/account/sessions/end/", {"session": row.pk})
    stranger.client.post("/account/sessions/end/", {"session": "all"})
    assert is_in(clinician)


def test_another_password_ends_it_everywhere_else(clinician: Person) -> None:
    other = Person(clinician.user, Client())
    clinician.types(), other.types()
    before = clinician.client.session.session_key
    clinician.client.post("/account/password/", {"password": "four herons by the mill"})
    assert is_in(clinician) and not is_in(other)
    assert clinician.client.session.session_key != before
    assert OpenSession.objects.count() == 1
    assert "This one" in text(clinician.client.get("/account/"))


def test_a_session_that_was_begun_otherwise_ends_too(clinician: Person, at: At) -> None:
    """By an older version of the product, or by anything that signs somebody in and does not know this."""
    clinician.client.force_login(clinician.user)
    assert is_in(clinician) and OpenSession.objects.count() == 1
    at(IDLE + 1)
    assert not is_in(clinician)


def test_what_is_over_is_tidied_away(clinician: Person) -> None:
    clinician.types()
    assert sessions.tidy(timezone.now()) == 0
    assert sessions.tidy(timezone.now() + timedelta(hours=1)) == 1
    assert not Session.objects.exists() and not OpenSession.objects.exists()


def test_using_it_writes_no_more_than_once_a_minute(clinician: Person, django_assert_num_queries) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    clinician.types()
    assert is_in(clinician)
    with CaptureQueriesContext(connection) as asked:
        assert is_in(clinician)
    assert not [each for each in asked if each["sql"].startswith(("UPDATE", "INSERT", "DELETE"))]

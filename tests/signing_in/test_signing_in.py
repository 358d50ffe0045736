"""Signing in with a password: who comes in, where it leads, and what strangers learn."""

import pytest
from django.test import Client
from django.urls import resolve

from tests.factories import World
from tests.signing_in.conftest import Person, person_of
from tests.web.reading import text
from wraparound.organisations.models import Membership, User
from wraparound.signing_in.models import Happened, OpenSession, SignInRecord

pytestmark = pytest.mark.django_db


def happened() -> list[str]:
    return list(SignInRecord.objects.order_by("pk").values_list("happened", flat=True))


def test_with_the_right_password_one_comes_to_the_page_that_one_wanted(clinician: Person) -> None:
    assert clinician.client.get("/referrals/")["Location"] == "/sign-in/?next=%2Freferrals%2F"
    assert clinician.types(next="/referrals/")["Location"] == "/referrals/"
    assert clinician.client.get("/referrals/").status_code == 200
    assert happened() == [Happened.SIGNED_IN]


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_nobody_is_sent_to_another_site(clinician: Person, wanted: str) -> None:
    assert clinician.types(next=wanted)["Location"] == "/"
    assert clinician.client.get("/sign-in/", {"next": wanted})["Location"] == "/"


def test_a_wrong_password_an_unknown_address_and_a_closed_account_read_the_same(world: World) -> None:
    closed = person_of(world, "adviser")
    User.objects.filter(pk=closed.user.pk).update(is_active=False)
    known = person_of(world, "clinician")
    pages = [known.types("not it at all"), known.types(email="nobody@example.org"), closed.types()]
    said = {text(page).replace(known.user.email, "").replace(closed.user.email, "") for page in pages}
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert all("The email address and password do not belong together" in text(page) for page in pages)
    assert len({each.replace("nobody@example.org", "") for each in said}) == 1


def test_for_nobody_a_password_is_hashed_too(clinician: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else an unknown address would answer sooner."""
    from django.contrib.auth import hashers

    made: list[str] = []
    real = hashers.PBKDF2PasswordHasher.encode

    def counted(self, password: str, salt: str, iterations: int | None = None) -> str:
        made.append(password)
        return real(self, password, salt, iterations)

    monkeypatch.setattr(hashers.PBKDF2PasswordHasher, "encode", counted)
    clinician.types("not it at all")
    for_somebody = len(made)
    clinician.types("not it at all", email="nobody@example.org")
    assert for_somebody == len(made) - for_somebody == 1


def test_the_session_gets_a_new_key_when_one_signs_in(clinician: Person) -> None:
    clinician.client.get("/sign-in/")
    session = clinician.client.session
    session["planted"] = "by a stranger"
    session.save()
    before = session.session_key
    clinician.client.cookies["sessionid"] = before
    clinician.types()
    assert clinician.client.session.session_key != before
    assert Client(headers={"cookie": f"sessionid={before}"}).get("/account/").status_code == 302


def test_signing_out_ends_the_session_for_good(clinician: Person) -> None:
    clinician.types()
    kept = clinician.client.session.session_key
    clinician.client.post("/sign-out/")
    assert not OpenSession.objects.exists()
    thief = Client()
    thief.cookies["sessionid"] = kept
    assert thief.get("/account/")["Location"].startswith("/sign-in/")
    assert happened() == [Happened.SIGNED_IN, Happened.SIGNED_OUT]
    assert clinician.client.post("/sign-out/").status_code == 302


def test_whoever_has_left_everywhere_loses_an_open_session_with_the_next_press(clinician: Person) -> None:
    clinician.types()
    assert clinician.client.get("/referrals/").status_code == 200
    Membership.objects.filter(user=clinician.user).update(ended="2099-01-01T00:00Z")
    assert clinician.client.get("/referrals/")["Location"].startswith("/sign-in/")
    Membership.objects.filter(user=clinician.user).update(ended=None)
    assert clinician.client.get("/referrals/")["Location"].startswith("/sign-in/"), "the session itself is gone"
    assert happened()[-1] == Happened.SHUT_OUT


def test_a_closed_account_loses_its_open_sessions_with_the_next_press(clinician: Person) -> None:
    clinician.types()
    User.objects.filter(pk=clinician.user.pk).update(is_active=False)
    assert clinician.client.get("/referrals/")["Location"].startswith("/sign-in/")
    User.objects.filter(pk=clinician.user.pk).update(is_active=True)
    assert clinician.client.get("/referrals/")["Location"].startswith("/sign-in/"), "the session itself is gone"


def test_what_is_written_down_is_only_ever_added_to_and_the_log_names_nobody(
    clinician: Person, caplog: pytest.LogCaptureFixture
) -> None:
    clinician.types("not it at all")
    [row] = SignInRecord.objects.all()
    assert (row.happened, row.user_id, row.network_address) == (Happened.WRONG_PASSWORD, clinician.user.pk, "127.0.0.1")
    assert f"user {clinician.user.pk}" in caplog.text
    assert clinician.user.email not in caplog.text and "not it at all" not in caplog.text


def test_a_demos_people_are_nobody_in_production(world: World) -> None:
    """Without the list of invented people, the button's address knows nobody."""
    from wraparound.web.account.views import sign_in_as

    email = User.objects.get(pk=world.clinician.user_id).email
    assert resolve("/sign-in/demo/").func is sign_in_as
    assert Client().post("/sign-in/demo/", {"email": email}).status_code == 404


def test_there_is_no_page_on_which_anybody_could_make_an_account() -> None:
    for address in ("/accounts/signup/", "/accounts/login/", "/signup/", "/sign-up/", "/accounts/"):
        assert Client().get(address).status_code == 404

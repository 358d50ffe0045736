"""What a password may be, and how a forgotten one is made anew."""

import hashlib
import io
from pathlib import Path

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.checks import run_checks
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import PASSWORD, World
from tests.signing_in.conftest import Person, person_of
from tests.web.reading import text
from wraparound.messaging.letters import link_letter
from wraparound.organisations.models import User
from wraparound.signing_in.breached import is_breached
from wraparound.signing_in.models import OpenSession
from wraparound.signing_in.passwords import link_token

NEW = "four herons by the mill"


def write_down(folder: Path, passwords: set[str], end: str = "\r\n") -> Path:
    """The file as it is downloaded."""
    hashes = sorted(hashlib.sha1(each.encode()).hexdigest().upper() for each in passwords)
    path = folder / "breached.txt"
    path.write_text("".join(f"{each}:{number + 1}{end}" for number, each in enumerate(hashes)), newline="")
    return path


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(passwords=st.sets(st.text(max_size=20), max_size=60), others=st.sets(st.text(max_size=20), max_size=10))
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_those_in_the_file_are_found_and_no_others(
    tmp_path: Path, end: str, passwords: set[str], others: set[str]
) -> None:
    path = write_down(tmp_path, passwords, end)
    assert all(is_breached(each, path) for each in passwords)
    assert not any(is_breached(each, path) for each in others - passwords)


def test_the_file_is_never_read_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_down(tmp_path, {str(number) for number in range(20_000)})
    read: list[int] = []

    class Counted(io.FileIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            read.append(1)
            return super().readline(-1 if size is None else size)

    monkeypatch.setattr("wraparound.signing_in.breached.open", Counted, raising=False)
    assert is_breached("123", path) and not is_breached("not there", path)
    assert len(read) < 160


def test_a_breached_password_is_refused_in_words(tmp_path: Path, settings) -> None:
    settings.BREACHED_PASSWORDS = str(write_down(tmp_path, {"correct horse battery staple"}))
    with pytest.raises(ValidationError, match="found in a breach of some other website"):
        validate_password("correct horse battery staple")
    validate_password(NEW)


@pytest.mark.parametrize("password", ["eleven char", "qwertyuiop123"])
def test_a_short_or_a_common_one_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize(
    ("content", "says"), [(None, "cannot be read"), (b"", "first line"), (b"password1\n", "first line")]
)
def test_a_file_that_is_no_good_is_said_before_anybody_finds_out(
    tmp_path: Path, settings, content: bytes | None, says: str
) -> None:
    settings.BREACHED_PASSWORDS = str(tmp_path / "breached.txt")
    if content is not None:
        (tmp_path / "breached.txt").write_bytes(content)
    [found] = [each for each in run_checks() if each.id == "signing_in.E001"]
    assert says in found.msg and str(tmp_path) in found.msg


def test_a_good_file_and_none_at_all_are_nothing_to_say(tmp_path: Path, settings) -> None:
    for path in ("", str(write_down(tmp_path, {"one"}))):
        settings.BREACHED_PASSWORDS = path
        assert not [each for each in run_checks() if each.id == "signing_in.E001"]


def letters() -> list[int]:
    with connection.cursor() as cursor:
        rows = cursor.execute(
            "SELECT (args->>'user_id')::int FROM procrastinate_jobs WHERE task_name = %s ORDER BY id",
            ["messaging.write_link"],
        ).fetchall()
    return [number for (number,) in rows]


@pytest.mark.django_db
def test_who_asks_for_a_link_reads_the_same_whether_there_is_an_account_or_not(clinician: Person) -> None:
    known, unknown = (
        text(Client().post("/sign-in/forgotten/", {"email": email})).replace(email, "…")
        for email in (clinician.user.email, "nobody@example.org")
    )
    assert known == unknown and "Look at your email" in known
    assert letters() == [clinician.user.pk, 0], "a job for nobody takes as long to queue"


@pytest.mark.django_db
def test_nobody_is_sent_letter_after_letter(clinician: Person) -> None:
    for _ in range(6):
        assert Client().post("/sign-in/forgotten/", {"email": clinician.user.email}).status_code == 200
    assert letters() == [clinician.user.pk] * 3 + [0] * 3


@pytest.mark.django_db
@pytest.mark.parametrize(("length", "answer"), [(64, 302), (128, 302), (129, 200)])
def test_a_sentence_is_a_password_and_a_book_is_none(clinician: Person, length: int, answer: int) -> None:
    password = (f"{NEW} and " * 20)[:length].replace(" ", "-")
    sent = Client().post(f"/sign-in/new-password/{link_token(clinician.user)}/", {"password": password})
    assert sent.status_code == answer


@pytest.mark.django_db
def test_the_link_works_once_ends_every_session_and_signs_nobody_in(clinician: Person) -> None:
    clinician.types()
    clinician.user.refresh_from_db()
    token = link_token(clinician.user)
    assert f"/sign-in/new-password/{token}/" in link_letter(clinician.user).body
    stranger = Client()
    assert stranger.post(f"/sign-in/new-password/{token}/", {"password": "short"}).status_code == 200
    assert stranger.post(f"/sign-in/new-password/{token}/", {"password": NEW})["Location"] == "/sign-in/"
    assert stranger.get("/account/").status_code == 302, "the second factor is still to be shown"
    assert clinician.client.get("/account/").status_code == 302 and not OpenSession.objects.exists()
    assert stranger.get(f"/sign-in/new-password/{token}/").status_code == 404
    assert Person(clinician.user, Client()).types(PASSWORD).status_code == 200
    assert Person(clinician.user, Client()).types(NEW).status_code == 302


@pytest.mark.django_db
@pytest.mark.parametrize("change", ["signed in since", "closed", "an hour", "another's"])
def test_a_link_that_is_not_good_any_more_opens_nothing(world: World, clinician: Person, change: str, settings) -> None:
    token = link_token(clinician.user)
    assert settings.PASSWORD_RESET_TIMEOUT == 60 * 60
    assert Client().get(f"/sign-in/new-password/{token}/").status_code == 200
    if change == "signed in since":
        clinician.types()
    elif change == "closed":
        User.objects.filter(pk=clinician.user.pk).update(is_active=False)
    elif change == "an hour":
        settings.PASSWORD_RESET_TIMEOUT = -1
    else:
        other = person_of(world, "adviser").user
        token = f"{link_token(other).partition('.')[0]}.{token.partition('.')[2]}"
    assert Client().get(f"/sign-in/new-password/{token}/").status_code == 404


@pytest.mark.parametrize("token", ["x", "1.x", "....", "%00", "é", "MTIz.", "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk.x"])
@pytest.mark.django_db
def test_what_was_never_a_link_is_answered_in_words(token: str) -> None:
    page = Client().get(f"/sign-in/new-password/{token}/")
    assert page.status_code == 404

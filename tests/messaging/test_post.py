"""Handing letters over: to a mail server, or to the stand-in that keeps them; and what may never be in one."""

from email import message_from_string, policy
from pathlib import Path
from traceback import format_exception

import pytest
from django.test import Client
from pytest_django import Settings

from tests.factories import make_world, member
from tests.messaging.mail_server import mail_server
from wraparound.events.models import Event
from wraparound.messaging.post import Letter, NotSent, Post
from wraparound.messaging.tasks import invite_by_letter, send_invitation
from wraparound.organisations.actor import acting_as, system
from wraparound.organisations.invitations import Offer, invite, with_token
from wraparound.organisations.models import User
from wraparound.organisations.roles import Role

FROM = "Wraparound <news@wraparound.example>"
LETTER = Letter("amara@example.org", "News of your referrals", "2 referrals have news.\n\nRead it: http://x/news/1/\n")


def test_a_letter_reaches_the_server_whole() -> None:
    with mail_server() as server:
        Post(server.address, FROM).send(LETTER)
    [taken] = server.taken
    message = message_from_string(taken, policy=policy.default)
    assert (message["To"], message["From"], message["Subject"]) == (LETTER.to, FROM, LETTER.subject)
    assert message.get_content().replace("\r\n", "\n") == LETTER.body
    assert message["Message-ID"].endswith("@wraparound.example>")


@pytest.mark.parametrize("at", ["EHLO", "MAIL", "RCPT", "DATA", "."])
def test_a_refused_letter_is_known_not_to_have_gone(at: str) -> None:
    with mail_server(fails_at=at) as server, pytest.raises(NotSent) as fault:
        Post(server.address.replace("+plain", "+plain" if at != "EHLO" else ""), FROM).send(LETTER)
    assert fault.value.known


@pytest.mark.parametrize("at", ["MAIL", "RCPT", "DATA", "."])
def test_what_the_log_says_of_a_letter_that_failed_does_not_say_to_whom(at: str) -> None:
    for how in ("fails_at", "dies_at"):
        with mail_server(**{how: at}) as server, pytest.raises(NotSent) as fault:
            Post(server.address, FROM).send(LETTER)
        said = "".join(format_exception(fault.value))
        assert "NotSent: The mail server" in said and "amara" not in said
    unwritable = Letter("amára@example.org", "News", "")
    with pytest.raises(NotSent) as fault:
        Post("", FROM, Path("letters")).send(unwritable)
    assert "amára" not in "".join(format_exception(fault.value)) + repr(fault.value)


@pytest.mark.parametrize("at", ["MAIL", "RCPT", "DATA", "."])
def test_when_the_line_goes_dead_in_the_middle_nobody_knows(at: str) -> None:
    with mail_server(dies_at=at) as server, pytest.raises(NotSent) as fault:
        Post(server.address, FROM).send(LETTER)
    assert not fault.value.known


def test_a_server_that_is_not_there_is_known() -> None:
    with mail_server() as server:
        pass
    with pytest.raises(NotSent) as fault:
        Post(server.address, FROM).send(LETTER)
    assert fault.value.known


@pytest.mark.parametrize(
    "letter",
    [
        Letter("amara@example.org\nBcc: thief@example.org", "News", ""),
        Letter("amara@example.org, thief@example.org", "News", ""),
        Letter("amara", "News", ""),
        Letter("", "News", ""),
        Letter("ämara@example.org", "News", ""),
        Letter("amara@example.org", "News\r\nBcc: thief@example.org", ""),
        Letter("amara@example.org", "News\nX: y", ""),
    ],
)
def test_no_header_is_smuggled_in(letter: Letter, tmp_path: Path) -> None:
    with mail_server() as server:
        for post in (Post(server.address, FROM), Post("", FROM, tmp_path)):
            with pytest.raises(NotSent) as fault:
                post.send(letter)
            assert fault.value.known
    assert not server.taken and not list(tmp_path.iterdir())


def test_where_no_server_is_named_the_letter_is_kept_as_it_would_have_gone(tmp_path: Path) -> None:
    post = Post("", FROM, tmp_path / "letters")
    post.send(LETTER)
    [(at, kept)] = post.kept()
    assert kept == LETTER and at is not None


def test_with_neither_it_says_so() -> None:
    post = Post("", FROM)
    assert not post.ready
    with pytest.raises(NotSent, match="MAIL_URL"):
        post.send(LETTER)


@pytest.mark.django_db
def test_an_invitation_is_sent_with_its_link_and_names_nobody(settings: Settings, tmp_path: Path) -> None:
    settings.KEEP_LETTERS_IN, settings.PUBLIC_ADDRESS = tmp_path, "https://wraparound.example"
    world = make_world()
    by = member(world.scheme, world.practice, Role.SCHEME_ADMINISTRATOR, "Ada Admin")
    offer = Offer(name="Bea Novak", email="bea@example.org", organisation_id=world.practice.pk, role=Role.CLINICIAN)
    with acting_as(by):
        made = invite(by=by, offer=offer)
        event = Event.objects.get(name="invitation_made")
        invite_by_letter(event, by)
    clock = system(world.scheme, world.practice).at(by.now())
    send_invitation.now(by=clock, invitation_id=made.invitation.pk)
    [(_, letter)] = Post("", FROM, tmp_path).kept()
    assert letter.to == "bea@example.org"
    assert not [word for word in ("Bea", "Novak", "Elm", "Ada", "Clinician") if word in letter.subject + letter.body]
    [link] = [word for word in letter.body.split() if word.startswith("https://wraparound.example/")]
    found = with_token(link.rstrip("/").rpartition("/")[2])
    assert found is not None and found.pk == made.invitation.pk
    assert made.token not in str(event.data)


@pytest.mark.django_db
def test_the_stand_in_shows_them_and_production_has_no_such_page(settings: Settings, tmp_path: Path) -> None:
    world = make_world()
    settings.KEEP_LETTERS_IN = tmp_path
    Post("", FROM, tmp_path).send(LETTER)
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(pk=world.clinician.user_id))
    page = client.get("/letters/").content.decode()
    assert "Letters that would have been sent" in page and LETTER.to in page and LETTER.subject in page
    for elsewhere in ({"REMOTE_ADDR": "192.0.2.7"}, {"SERVER_NAME": "rebound.example"},
                      {"headers": {"X-Forwarded-For": "127.0.0.1"}}):  # fmt: skip
        answer = client.get("/letters/", **elsewhere)
        assert answer.status_code == 403 and LETTER.to not in answer.content.decode()
    settings.PRODUCTION = True
    assert client.get("/letters/").status_code == 404
    settings.PRODUCTION, settings.KEEP_LETTERS_IN = False, None
    assert client.get("/letters/").status_code == 404

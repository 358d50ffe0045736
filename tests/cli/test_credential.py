"""`wraparound credential`: what is connected to an organisation, for whoever runs the server."""

import re

import pytest
from django.utils import timezone

from tests.factories import World, make_world
from wraparound.cli import main
from wraparound.organisations.credentials import actor_for
from wraparound.organisations.models import Credential
from wraparound.organisations.roles import Capability

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def run(world: World, *words: str) -> int:
    where = ["--scheme", world.scheme.name, "--organisation", world.practice.ods_code]
    return main.main(["credential", words[0], *where, *words[1:]])


def test_a_system_is_connected_listed_and_shut_out(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(world, "new", "--name", "GP system", "--may", "refer", "--may", "follow_referrals") == 0
    said = capsys.readouterr().out
    token = re.findall(r"Token: (\S+)", said)[0]
    actor = actor_for(token, timezone.now())
    assert actor is not None and actor.granted == {Capability.REFER, Capability.FOLLOW_REFERRALS}
    assert actor.organisation_id == world.practice.pk
    assert run(world, "list") == 0
    listed = capsys.readouterr().out
    held = Credential.objects.get()
    assert held.client_id in listed and "GP system" in listed and token not in listed
    assert run(world, "end", "--id", held.client_id) == 0
    assert actor_for(token, timezone.now()) is None


def test_a_client_has_a_secret_and_a_day(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(world, "new", "--name", "GP system", "--may", "refer", "--client", "--until", "2031-06-30") == 0
    assert "Secret: wrs_" in capsys.readouterr().out
    held = Credential.objects.get()
    assert held.kind == "client" and held.expires_at and held.expires_at.isoformat() == "2031-06-30T23:00:00+00:00"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["new", "--name", "X", "--may", "write_notes"], "A system cannot be given write_notes"),
        (["new", "--name", "X"], "Select what the system may do."),
        (["new", "--may", "refer"], "Enter what the system is called."),
        (["new", "--name", "X", "--may", "refer", "--until", "soon"], "“soon” is no day"),
        (["new", "--name", "X", "--may", "refer", "--until", "2021-01-01"], "must be after today"),
        (["end", "--id", "wrc_x"], "No credential here has the id “wrc_x”."),
        (["list", "--scheme", "Nowhere"], "There is no scheme called “Nowhere”."),
        (["list", "--organisation", ""], "No organisation of"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    world: World, capsys: pytest.CaptureFixture[str], words: list[str], says: str
) -> None:
    assert run(world, *words) == 1
    assert says in capsys.readouterr().err
    assert not Credential.objects.exists()

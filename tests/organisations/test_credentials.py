"""A credential opens what it was given, for its organisation, until it is ended; and its secret is kept nowhere."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.credentials import ALL, a_client, a_credential, on_the_server
from tests.factories import NOW, World, make_world
from wraparound.events.action import Refused
from wraparound.events.models import Event
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.credentials import (
    GOOD_FOR,
    Issued,
    NewCredential,
    actor_for,
    actors_of_organisation,
    client_with,
    credentials_here,
    end_credential,
    give_access,
    make_credential,
)
from wraparound.organisations.models import AccessToken, Credential, Partner
from wraparound.organisations.roles import CAPABILITIES, GRANTS, Capability, Role

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def world() -> Iterator[World]:
    yield make_world()


def made(world: World, *may: Capability, **said: object) -> Issued:
    return a_credential(world.scheme, world.practice, *may, **said)


def end(world: World, credential: Credential) -> None:
    by = on_the_server(world.scheme, world.practice)
    with acting_as(by):
        end_credential(by=by, credential=credential)


def test_a_token_is_shown_once_and_kept_as_a_hash(world: World) -> None:
    issued = made(world)
    stored = Credential.objects.get()
    assert issued.secret not in str(vars(stored)) and len(issued.secret) > 40 and issued.secret.startswith("wrt_")
    actor = actor_for(issued.secret, NOW)
    assert actor is not None
    assert (actor.scheme_id, actor.organisation_id, actor.user_id) == (world.scheme.pk, world.practice.pk, None)
    assert actor.credential_id == stored.pk


@pytest.mark.parametrize("token", ["", "x", "\x00", "é" * 500, "wra_", "wra_x", "wrs_x"])
def test_an_unknown_token_is_nobody(token: str) -> None:
    assert actor_for(token, NOW) is None


@pytest.mark.parametrize("granted", GRANTS)
def test_it_may_do_what_it_was_given_and_nothing_else(world: World, granted: Capability) -> None:
    actor = actor_for(made(world, granted).secret, NOW)
    assert actor is not None
    assert {each for each in Capability if actor.can(each)} == GRANTS[granted]
    again = Actor.from_json(actor.as_json())
    assert {each for each in Capability if again.can(each)} == GRANTS[granted]


def test_what_may_be_given_is_what_a_connected_system_may_do() -> None:
    assert set().union(*GRANTS.values()) == CAPABILITIES[Role.CONNECTED_SYSTEM]


def test_ended_it_opens_nothing_and_nor_does_what_it_was_given(world: World) -> None:
    client, token = a_client(world.scheme, world.practice), made(world)
    access = give_access(client.credential, [], NOW)
    assert actor_for(access.token, NOW) and actor_for(token.secret, NOW)
    for each in (client, token):
        end(world, each.credential)
    assert actor_for(access.token, NOW) is None and actor_for(token.secret, NOW) is None
    assert client_with(client.credential.client_id, client.secret, NOW) is None
    with pytest.raises(Credential.DoesNotExist):
        end(world, token.credential)


def test_it_runs_out_on_its_day(world: World) -> None:
    token = made(world, expires_at=NOW + MINUTE).secret
    assert actor_for(token, NOW) and actor_for(token, NOW + MINUTE) is None


def test_it_opens_nothing_once_its_organisation_has_left_the_scheme(world: World) -> None:
    token = made(world).secret
    Partner.objects.filter(scheme=world.scheme, organisation=world.practice).update(ended=NOW)
    assert actor_for(token, NOW) is None
    assert actors_of_organisation(world.practice.ods_code) == []


def test_a_client_shows_its_secret_for_a_token_and_is_no_token_itself(world: World) -> None:
    client, token = a_client(world.scheme, world.practice), made(world)
    assert actor_for(client.secret, NOW) is None
    assert client_with(client.credential.client_id, client.secret, NOW) == client.credential
    for client_id, secret in (
        (client.credential.client_id, token.secret), (client.credential.client_id, ""), ("wrc_nobody", client.secret),
        (token.credential.client_id, token.secret), ("", ""),
    ):  # fmt: skip
        assert client_with(client_id, secret, NOW) is None


def test_an_access_token_lasts_ten_minutes_and_is_no_more_than_its_credential(world: World) -> None:
    credential = a_client(world.scheme, world.practice, Capability.REFER, Capability.FOLLOW_REFERRALS).credential
    whole, part = give_access(credential, [], NOW), give_access(credential, [Capability.REFER], NOW)
    assert whole.token not in str(list(AccessToken.objects.values()))
    actor = actor_for(part.token, NOW)
    assert actor is not None and actor.granted == {Capability.REFER}
    assert actor_for(whole.token, NOW + GOOD_FOR) is None
    Credential.objects.update(capabilities=["follow_referrals"])
    actor = actor_for(whole.token, NOW)
    assert actor is not None and actor.granted == {Capability.FOLLOW_REFERRALS}


def test_access_tokens_that_ran_out_do_not_pile_up(world: World) -> None:
    credential = a_client(world.scheme, world.practice).credential
    for number in range(5):
        give_access(credential, [], NOW + number * 2 * GOOD_FOR)
    assert AccessToken.objects.count() == 1


def test_its_last_use_is_noted_once_a_minute(world: World) -> None:
    token = made(world).secret
    writes = []
    for seconds in (0, 5, 59, 60, 61, 119, 121):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert actor_for(token, NOW + timedelta(seconds=seconds))
        writes.append(any(query["sql"].startswith("UPDATE") for query in asked))
    assert writes == [True, False, False, True, False, False, True]
    assert Credential.objects.get().last_used_at == NOW + timedelta(seconds=121)


def test_only_an_administrator_of_the_organisation_makes_and_ends_them(world: World) -> None:
    wanted = NewCredential(name="X", capabilities=ALL)
    theirs = made(world).credential
    for by in (world.clinician, world.administrator, world.link_worker):
        with acting_as(by), pytest.raises(Refused, match="administrator of your organisation"):
            make_credential(by=by, credential=wanted)
        assert not credentials_here(by)
    by = world.voluntary
    with acting_as(by):
        issued = make_credential(by=by, credential=wanted)
        with pytest.raises(Credential.DoesNotExist):
            end_credential(by=by, credential=theirs)
        assert list(credentials_here(by)) == [issued.credential]


def test_an_actor_of_a_credential_manages_nothing(world: World) -> None:
    actor = actor_for(made(world).secret, NOW)
    assert actor is not None
    with pytest.raises(Refused):
        make_credential(by=actor, credential=NewCredential(name="X", capabilities=ALL))


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "y" * 201}, "name"),
        ({"name": "GP SYSTEM"}, "name"),
        ({"capabilities": frozenset()}, "capabilities"),
        ({"capabilities": frozenset({Capability.WRITE_NOTES})}, "capabilities"),
        ({"expires_at": NOW}, "expires"),
    ],
)
def test_what_makes_no_credential_is_said_beside_its_field(world: World, said: dict[str, object], field: str) -> None:
    made(world, name="GP system")
    with pytest.raises(Refused) as refused:
        made(world, **said)
    assert refused.value.field == field
    assert Credential.objects.count() == 1


def test_a_name_is_free_again_once_its_credential_has_ended(world: World) -> None:
    first = made(world, name="GP system").credential
    end(world, first)
    made(world, name="GP system")


def test_what_it_does_says_with_which_credential(world: World) -> None:
    issued = made(world)
    actor = actor_for(issued.secret, NOW)
    assert actor is not None
    with acting_as(actor), connection.cursor() as cursor:
        said = cursor.execute("SELECT current_setting('pghistory.context_metadata')").fetchone()[0]
        assert f'"credential": {issued.credential.pk}' in said
    with acting_as(on_the_server(world.scheme, world.practice)):
        event = Event.objects.get(name="credential_made")
    assert issued.secret not in str(event.data) and event.data["may"] == sorted(ALL)

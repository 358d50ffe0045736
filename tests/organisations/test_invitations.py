"""An invitation is accepted once, by whom it names, until it runs out."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.auth import authenticate

from tests.at_once import all_at_once
from tests.factories import NOW, World, make_world
from tests.house.seeing import Owner
from wraparound.events.action import Refused
from wraparound.events.models import Event
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.invitations import (
    Made,
    Offer,
    Standing,
    accept_invitation,
    holder,
    invite,
    standing,
    token_of,
    with_token,
    withdraw_invitation,
)
from wraparound.organisations.members import end_membership
from wraparound.organisations.models import Invitation, Membership, User
from wraparound.organisations.roles import Role

PASSWORD = "eleven swans at dusk"


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """Seen as its administrator sees it, who does most of what is done here."""
    world = make_world()
    with acting_as(world.administrator):
        yield world


def invited(world: World, **changes: object) -> Made:
    said = {
        "name": "Mei Chen",
        "email": "Mei@Example.org",
        "organisation_id": world.practice.pk,
        "role": Role.CLINICIAN,
    }
    with acting_as(world.administrator):
        return invite(by=world.administrator, offer=Offer(**said | changes))  # type: ignore[arg-type]


def accept(made: Made, by: Actor | None = None, **said: str) -> Membership:
    by = by or holder(made.invitation).at(NOW)
    with acting_as(by):
        return accept_invitation(by=by, token=made.token, **{"name": "Mei Chen", "password": PASSWORD} | said)


def test_somebody_new_becomes_what_the_invitation_says(world: World) -> None:
    made = invited(world, role=Role.LINK_WORKER, organisation_id=world.social.organisation_id, team_id=world.social.pk)
    held = accept(made)
    assert (held.scheme, held.organisation, held.team) == (world.scheme, world.social.organisation, world.social)
    assert (held.role, held.user.name) == (Role.LINK_WORKER, "Mei Chen")
    assert authenticate(username="mei@example.org", password=PASSWORD) == held.user


def test_only_a_hash_of_the_link_is_kept(world: World) -> None:
    made = invited(world)
    assert made.token not in repr(Invitation.objects.values().get(pk=made.invitation.pk))
    with acting_as(world.administrator):
        assert made.token not in repr(list(Event.objects.values()))
    assert with_token(made.token) == made.invitation and with_token(made.token + "x") is None
    assert token_of(Invitation.objects.get(pk=made.invitation.pk)) == made.token


def test_a_link_works_once(world: World) -> None:
    made = invited(world)
    accept(made)
    with pytest.raises(Refused) as refused:
        accept(made)
    assert refused.value.code == "used"
    assert User.objects.filter(email__iexact="mei@example.org").count() == 1


def test_a_link_runs_out_and_may_be_withdrawn(world: World) -> None:
    made = invited(world)
    late = holder(made.invitation).at(made.invitation.expires_at + timedelta(seconds=1))
    assert standing(made.invitation, late.now()) is Standing.EXPIRED
    with pytest.raises(Refused) as refused:
        accept(made, late)
    assert refused.value.code == "expired"
    withdraw_invitation(by=world.administrator, invitation=made.invitation)
    with pytest.raises(Refused) as refused:
        accept(made)
    assert refused.value.code == "withdrawn"
    assert not User.objects.filter(email__iexact="mei@example.org").exists()


@pytest.mark.parametrize("password", ["", "short", "password1234", "            "])
def test_a_password_that_is_easily_guessed_is_refused_and_the_link_is_still_good(world: World, password: str) -> None:
    made = invited(world)
    if password.strip():
        with pytest.raises(Refused) as refused:
            accept(made, password=password)
        assert refused.value.field == "password"
    assert accept(made)


def test_a_user_gains_a_membership_by_signing_in_and_nobody_else_does(world: World) -> None:
    user = User.objects.get(pk=world.adviser.user_id)
    made = invited(world, email=user.email.upper(), role=Role.COMMISSIONER)
    with pytest.raises(Refused) as refused:
        accept(made)
    assert refused.value.code == "sign_in"
    other = User.objects.get(pk=world.clinician.user_id)
    with pytest.raises(Refused) as refused:
        accept(made, holder(made.invitation, other).at(NOW))
    assert refused.value.code == "somebody_else"
    held = accept(made, holder(made.invitation, user).at(NOW))
    assert held.user == user and user.memberships.filter(ended=None).count() == 2


def test_nobody_is_invited_twice_to_the_same(world: World) -> None:
    made = invited(world)
    for email in ("mei@example.org", "MEI@example.org"):
        with pytest.raises(Refused) as refused:
            invited(world, email=email)
        assert refused.value.code == "invited_already"
    held = accept(made)
    with pytest.raises(Refused) as refused:
        invited(world)
    assert refused.value.code == "member_already"
    end_membership(by=world.administrator, membership=held)
    assert invited(world).invitation.pk != made.invitation.pk


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"email": "mei"}, "email"), ({"name": " "}, "name"), ({"role": Role.ADVISER}, "team"),
     ({"role": Role.SYSTEM}, "role")],
)  # fmt: skip
def test_an_invitation_says_who_and_as_what(world: World, wrong: dict[str, object], field: str) -> None:
    with pytest.raises(Refused) as refused:
        invited(world, **wrong)
    assert refused.value.field == field


def test_an_address_too_long_to_be_kept_is_refused_in_words(world: World) -> None:
    email = f"{'a' * 60}@{'.'.join(['b' * 60] * 4)}.org"
    with pytest.raises(Refused, match="254 characters at the most"):
        invited(world, email=email)


def test_of_two_presses_of_one_link_one_makes_a_user(owner: Owner) -> None:
    world = make_world()
    made = invited(world)
    by = holder(made.invitation).at(NOW)
    said = {"token": made.token, "name": "Mei Chen", "password": PASSWORD}
    got = all_at_once(*[(by, lambda by: accept_invitation(by=by, **said))] * 2)
    assert sorted(type(each).__name__ for each in got) == ["Membership", "Refused"]
    assert User.objects.filter(email__iexact="mei@example.org").count() == 1

"""An organisation's own administrator lets its people in, and nobody lets themselves in or gives themselves more."""

from collections.abc import Iterator

import pytest

from tests.at_once import all_at_once
from tests.factories import NOW, World, make_world, member
from tests.house.members import a_colleague, an_own_invitation, food_bank
from tests.house.seeing import Owner
from wraparound.events.action import Refused
from wraparound.events.models import Event
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.importing.keeping import BadRows
from wraparound.organisations.importing.users import import_users
from wraparound.organisations.invitations import Offer, accept_invitation, holder, invite, withdraw_invitation
from wraparound.organisations.kinds import roles_of, roles_of_kind
from wraparound.organisations.member_reading import invitations_here, members_here
from wraparound.organisations.members import Left, change_role, end_membership, seen_membership
from wraparound.organisations.models import Membership, Organisation
from wraparound.organisations.roles import CAPABILITIES, NOBODYS, Capability, Role

PASSWORD = "eleven swans at dusk"


@pytest.fixture
def world(db: None) -> Iterator[World]:
    world = make_world()
    with acting_as(world.voluntary):
        yield world


def change(by: Actor, held: Membership, **said: object) -> Left:
    values = {"role": Role(held.role), "team_id": held.team_id, "seen": seen_membership(held)}
    with acting_as(by):
        left: Left = change_role(by=by, membership=held, **values | said)  # type: ignore[arg-type]
    return left


def of(actor: Actor) -> Membership:
    return Membership.objects.get(pk=actor.membership_id)


def test_they_let_somebody_in_who_may_then_let_others_in(world: World) -> None:
    made = an_own_invitation(world, administers=True)
    by = holder(made.invitation).at(NOW)
    with acting_as(by):
        held = accept_invitation(by=by, token=made.token, name="Lee Park", password=PASSWORD)
    assert (held.organisation, held.role, held.administers) == (food_bank(world), Role.REFERRING_WORKER, True)
    lee = Actor.of(Membership.objects.select_related("user").get(pk=held.pk)).at(NOW)
    assert lee.can(Capability.MANAGE_MEMBERS) and not world.clinician.can(Capability.MANAGE_MEMBERS)
    assert not change(lee, of(world.voluntary), administers=False).administrator
    assert not of(world.voluntary).administers


def test_an_invitation_without_it_gives_no_more_than_its_role(world: World) -> None:
    made = an_own_invitation(world)
    by = holder(made.invitation).at(NOW)
    with acting_as(by):
        held = accept_invitation(by=by, token=made.token, name="Lee Park", password=PASSWORD)
    assert not held.administers


def test_it_is_only_their_own_organisation(world: World) -> None:
    elsewhere = of(world.clinician)
    for act in (
        lambda: change(world.voluntary, elsewhere, role=Role.RECEPTIONIST),
        lambda: end_membership(by=world.voluntary, membership=elsewhere),
    ):
        with pytest.raises(Membership.DoesNotExist):
            act()
    offer = Offer(name="Lee", email="l@example.org", organisation_id=world.practice.pk, role=Role.CLINICIAN)
    with pytest.raises(Organisation.DoesNotExist):
        invite(by=world.voluntary, offer=offer)
    with acting_as(world.administrator):
        made = invite(by=world.administrator, offer=offer)
    with pytest.raises(type(made.invitation).DoesNotExist):
        withdraw_invitation(by=world.voluntary, invitation=made.invitation)
    assert not set(invitations_here(world.voluntary)) and [m.user.name for m in members_here(world.voluntary)] == [
        "Mina Kaya"
    ]
    assert not members_here(world.clinician)


def test_whoever_does_not_administer_lets_nobody_in(world: World) -> None:
    """Nor somebody who did a moment ago, and whose page is still open."""
    colleague = Actor.of(a_colleague(world)).at(NOW)
    offer = Offer(
        name="Lee", email="l@example.org", organisation_id=world.voluntary.organisation_id, role=Role.REFERRING_WORKER
    )
    with pytest.raises(Refused, match="administrator of your organisation"):
        invite(by=colleague, offer=offer)
    Membership.objects.filter(pk=world.voluntary.membership_id).update(administers=False)
    with pytest.raises(Refused, match="not an administrator of this organisation"):
        invite(by=world.voluntary, offer=offer)


@pytest.mark.parametrize("said", [{"role": Role.COMMISSIONER}, {"administers": False}, {}])
def test_nobody_changes_or_ends_their_own_membership(world: World, said: dict[str, object]) -> None:
    a_colleague(world, administers=True)
    for act in (
        lambda: change(world.voluntary, of(world.voluntary), **said),
        lambda: end_membership(by=world.voluntary, membership=of(world.voluntary)),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "own_membership"


def test_nor_a_second_membership_of_their_own(world: World) -> None:
    second = Membership.objects.create(
        user_id=world.voluntary.user_id, scheme=world.scheme, organisation=food_bank(world), role=Role.VOLUNTEER
    )
    with pytest.raises(Refused) as refused:
        change(world.voluntary, second, role=Role.REFERRING_WORKER)
    assert refused.value.code == "own_membership"


def test_nobody_invites_themselves(world: World) -> None:
    with pytest.raises(Refused) as refused:
        an_own_invitation(world, email=of(world.voluntary).user.email.upper())
    assert refused.value.code == "own_address"


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.SCHEME_ADMINISTRATOR, Role.COMMISSIONER, Role.LINK_WORKER])
def test_a_role_that_their_kind_does_not_have_is_not_theirs_to_give(world: World, role: Role) -> None:
    with pytest.raises(Refused) as refused:
        an_own_invitation(world, role=role, team_id=world.social.pk if role is Role.LINK_WORKER else None)
    assert refused.value.field in ("role", "team")
    with pytest.raises(Refused) as refused:
        change(world.voluntary, a_colleague(world), role=role)
    assert refused.value.field in ("role", "team")


def test_an_administrator_of_the_scheme_is_not_theirs_to_end(world: World) -> None:
    held = a_colleague(world, Role.SCHEME_ADMINISTRATOR)
    for act in (
        lambda: change(world.voluntary, held, role=Role.REFERRING_WORKER),
        lambda: end_membership(by=world.voluntary, membership=held),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "of_the_scheme"


def test_the_schemes_administrator_lets_nobody_into_an_organisation_that_does_it_itself(world: World) -> None:
    """However they try: an invitation, a file, or another role for somebody who is there."""
    by, held = world.administrator, a_colleague(world)
    offer = Offer(
        name="Lee", email="l@example.org", organisation_id=food_bank(world).pk, role=Role.REFERRING_WORKER
    )  # fmt: skip
    content = f"name,email,organisation,role\nLee,l@example.org,{food_bank(world).name},Referring worker"
    with acting_as(by):
        with pytest.raises(Refused, match=r"lets its own people in. Ask its administrator: Mina Kaya\."):
            invite(by=by, offer=offer)
        with pytest.raises(BadRows) as bad:
            import_users(by=by, content=content)
        assert "Ask its administrator: Mina Kaya" in bad.value.bad[0].reason
        with pytest.raises(Refused, match="lets its own people in"):
            change(by, held, role=Role.VOLUNTEER)
        with pytest.raises(Refused, match="lets its own people in"):
            change(by, held, administers=True)


def test_they_begin_an_organisation_and_may_shut_its_administrator_out(world: World) -> None:
    by = world.administrator
    offer = Offer(
        name="Lee", email="l@example.org", organisation_id=world.practice.pk, role=Role.PRACTICE_MANAGER,
        administers=True,
    )  # fmt: skip
    with acting_as(by):
        assert invite(by=by, offer=offer).invitation.administers
        left = end_membership(by=by, membership=of(world.voluntary))
        assert left.administrator
        again = Offer(
            name="Lee", email="l@example.org", organisation_id=food_bank(world).pk, role=Role.REFERRING_WORKER,
            administers=True,
        )  # fmt: skip
        invite(by=by, offer=again)


def test_what_happens_is_told_to_the_organisation(world: World) -> None:
    held = a_colleague(world)
    made = an_own_invitation(world)
    withdraw_invitation(by=world.voluntary, invitation=made.invitation)
    change(world.voluntary, held, administers=True)
    held.refresh_from_db()
    end_membership(by=world.voluntary, membership=held)
    names = [event.name for event in Event.objects.filter(by_user=world.voluntary.user_id).order_by("pk")]
    assert names == ["invitation_made", "invitation_withdrawn", "membership_changed", "membership_ended"]


def test_every_kind_has_roles_and_none_of_them_is_the_schemes() -> None:
    for kind in Organisation.Kind:
        for has_team in (False, True):
            found = roles_of_kind(kind, has_team=has_team)
            assert found and len(found) == len(set(found))
            assert not {*NOBODYS, Role.SCHEME_ADMINISTRATOR} & set(found)
    given = {role for kind in Organisation.Kind for role in roles_of_kind(kind, has_team=False)}
    assert given == set(Role) - {*NOBODYS, Role.SCHEME_ADMINISTRATOR}


def test_a_voluntary_organisation_with_a_team_has_its_workers(world: World) -> None:
    place = food_bank(world)
    assert Role.LINK_WORKER not in roles_of(place, world.scheme.pk)
    world.social.organisation = place
    world.social.save()
    assert Role.LINK_WORKER in roles_of(place, world.scheme.pk)


def test_only_who_administers_may_manage_members_whatever_the_role() -> None:
    assert not any(Capability.MANAGE_MEMBERS in held for held in CAPABILITIES.values())


def test_a_closed_account_keeps_no_organisation_shut(world: World) -> None:
    """Where nobody who administers it may sign in, the scheme's administrator begins it again."""
    user = of(world.voluntary).user
    user.is_active = False
    user.save()
    offer = Offer(
        name="Lee", email="l@example.org", organisation_id=food_bank(world).pk, role=Role.REFERRING_WORKER
    )  # fmt: skip
    with acting_as(world.administrator):
        invite(by=world.administrator, offer=offer)


def test_another_schemes_administrator_of_the_same_organisation_is_nobody_here(world: World) -> None:
    other = make_world()
    there = member(other.scheme, food_bank(world), Role.REFERRING_WORKER, "Zed", administers=True)
    with acting_as(there), pytest.raises(Membership.DoesNotExist):
        end_membership(by=there, membership=a_colleague(world))


def test_of_two_who_end_each_other_at_once_one_is_still_here(owner: Owner) -> None:
    world = make_world()
    second = a_colleague(world, administers=True)
    other = Actor.of(Membership.objects.select_related("user").get(pk=second.pk)).at(NOW)
    results = all_at_once(
        (world.voluntary, lambda by: end_membership(by=by, membership=second)),
        (other, lambda by: end_membership(by=by, membership=of(world.voluntary))),
    )
    assert sum(isinstance(result, Refused) for result in results) == 1
    asked = "SELECT count(*) FROM organisations_membership WHERE administers AND ended IS NULL AND scheme_id = %s"
    assert owner.query(asked, [world.scheme.pk]) == [(1,)]

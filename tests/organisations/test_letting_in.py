"""An administrator lets others in and never themselves; the organisation hears of it; duties go with the role."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.factories import World, make_world, member
from wraparound.events.action import Refused
from wraparound.events.models import Event
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.importing.keeping import BadRows
from wraparound.organisations.importing.users import import_users
from wraparound.organisations.invitations import Offer, accept_invitation, holder, invite, withdraw_invitation
from wraparound.organisations.members import Left, change_role, end_membership, seen_membership
from wraparound.organisations.models import Invitation, Membership, SafeguardingLead, Team, User
from wraparound.organisations.reading import new_roles
from wraparound.organisations.roles import Role
from wraparound.organisations.scheme_reading import missing
from wraparound.organisations.setting_up_contacts import name_safeguarding_lead


@pytest.fixture
def world(db: None) -> Iterator[World]:
    world = make_world()
    with acting_as(world.administrator):
        yield world


def membership(actor: Actor) -> Membership:
    return Membership.objects.get(pk=actor.membership_id)


def become(world: World, who: Actor, role: Role, team: Team | None = None, by: Actor | None = None) -> Left:
    held = membership(who)
    left: Left = change_role(
        by=by or world.administrator, membership=held, role=role, team_id=team and team.pk, seen=seen_membership(held)
    )
    return left


def offer(world: World, email: str) -> Offer:
    return Offer(name="Mei Chen", email=email, organisation_id=world.other_practice.pk, role=Role.CLINICIAN)


def test_an_administrator_does_not_invite_themselves(world: World) -> None:
    email = User.objects.get(pk=world.administrator.user_id).email
    for own in (email, email.upper(), f" {email} "):
        with pytest.raises(Refused, match="Ask another administrator") as refused:
            invite(by=world.administrator, offer=offer(world, own))
        assert refused.value.field == "email"
    content = f"name,email,organisation,role\nMei,{email.title()},{world.other_practice.ods_code},Clinician"
    with pytest.raises(BadRows) as bad:
        import_users(by=world.administrator, content=content)
    assert "Ask another administrator" in bad.value.bad[0].reason
    assert not Invitation.objects.exists()


def test_nobody_accepts_what_they_made_themselves(world: World) -> None:
    """As where somebody's address was changed to one that they had invited."""
    made = invite(by=world.administrator, offer=offer(world, "mei@example.org"))
    user = User.objects.get(pk=world.administrator.user_id)
    user.email = "mei@example.org"
    user.save()
    by = holder(made.invitation, user).at(world.administrator.now())
    with acting_as(by), pytest.raises(Refused) as refused:
        accept_invitation(by=by, token=made.token)
    assert refused.value.code == "own_invitation"
    assert not user.memberships.filter(role=Role.CLINICIAN).exists()


def test_an_administrator_does_not_change_their_own_role_wherever_it_is(world: World) -> None:
    user = User.objects.get(pk=world.administrator.user_id)
    second = Membership.objects.create(
        user=user, scheme=world.scheme, organisation=world.other_practice, role=Role.COMMISSIONER
    )
    for own in (world.administrator, Actor.of(second)):
        with pytest.raises(Refused, match="Ask another administrator") as refused:
            become(world, own, Role.CLINICIAN)
        assert refused.value.field == "role"
    other = member(world.scheme, world.practice, Role.SCHEME_ADMINISTRATOR, "Second")
    with acting_as(other):
        become(world, world.administrator, Role.COMMISSIONER, by=other)
    assert membership(world.administrator).role == Role.COMMISSIONER


def test_the_organisation_hears_who_is_let_in_and_what_becomes_of_it(world: World) -> None:
    made = invite(by=world.administrator, offer=offer(world, "mei@example.org"))
    withdraw_invitation(by=world.administrator, invitation=made.invitation)
    become(world, world.adviser, Role.SUPERVISOR, world.advice)
    told = {event.name: event.organisation_ids for event in Event.objects.all()}
    assert world.other_practice.pk in told["invitation_made"]
    assert world.other_practice.pk in told["invitation_withdrawn"]
    assert world.advice.organisation_id in told["membership_changed"]


def test_new_and_changed_roles_are_those_of_others_in_one_organisation(world: World) -> None:
    now = world.link_supervisor.now()
    long_ago = now - timedelta(days=90)
    Membership.objects.update(started=long_ago)
    Membership.objects.filter(pk=world.second_link_worker.membership_id).update(started=now - timedelta(days=2))
    become(world, world.link_worker, Role.HYBRID_WORKER, world.social)
    become(world, world.adviser, Role.SUPERVISOR, world.advice)
    found = new_roles(world.link_supervisor, now - timedelta(days=14))
    assert [held.user.name for held in found] == ["Leila Haddad", "Tom Price"]
    assert [held.user.name for held in new_roles(world.link_worker, now - timedelta(days=14))] == ["Tom Price"]
    end_membership(by=world.administrator, membership=membership(world.second_link_worker))
    assert [held.user.name for held in new_roles(world.link_supervisor, now - timedelta(days=14))] == ["Leila Haddad"]


def test_a_role_saved_as_it_stands_is_no_change(world: World) -> None:
    become(world, world.link_worker, Role.LINK_WORKER, world.social)
    assert membership(world.link_worker).changed is None


def test_who_becomes_something_else_gives_up_what_that_cannot_do(world: World) -> None:
    lead, deputy = world.advice_supervisor, world.adviser
    name_safeguarding_lead(
        by=world.administrator, organisation=world.advice.organisation, user_id=lead.user(), deputy_id=deputy.user_id
    )
    left = become(world, lead, Role.VOLUNTEER, world.advice)
    assert [team.name for team in left.teams] == ["Welfare advisers"] and not left.safeguarding
    assert Team.objects.get(pk=world.advice.pk).same_day_lead is None
    left = become(world, lead, Role.COMMISSIONER)
    assert not left.teams and left.safeguarding
    named = SafeguardingLead.objects.get(scheme=world.scheme, organisation=world.advice.organisation)
    assert (named.user_id, named.deputy_id) == (deputy.user_id, None)
    become(world, deputy, Role.COMMISSIONER)
    assert world.advice.organisation in missing(world.administrator).without_safeguarding


def test_what_the_new_role_or_another_of_theirs_can_do_is_kept(world: World) -> None:
    lead = world.advice_supervisor
    left = become(world, lead, Role.ADVISER, world.advice)
    assert not left.teams and Team.objects.get(pk=world.advice.pk).same_day_lead_id == lead.user_id
    Membership.objects.create(
        user_id=lead.user_id, scheme=world.scheme, organisation=world.advice.organisation, role=Role.SERVICE_MANAGER
    )
    left = become(world, lead, Role.COMMISSIONER)
    assert not left.teams and Team.objects.get(pk=world.advice.pk).same_day_lead_id == lead.user_id


def test_the_last_of_two_roles_takes_the_duties_with_it_and_a_lesser_one_keeps_none(world: World) -> None:
    lead = world.advice_supervisor
    Membership.objects.create(
        user_id=lead.user_id, scheme=world.scheme, organisation=world.advice.organisation, role=Role.COMMISSIONER
    )
    left = end_membership(by=world.administrator, membership=membership(lead))
    assert [team.name for team in left.teams] == ["Welfare advisers"]


def test_a_safeguarding_lead_works_with_people(world: World) -> None:
    with pytest.raises(Refused) as refused:
        name_safeguarding_lead(by=world.administrator, organisation=world.practice, user_id=world.administrator.user())
    assert refused.value.field == "lead"

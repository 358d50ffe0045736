"""The pages on which an organisation's administrator lets people in and out."""

import pytest
from django.utils import timezone

from tests.factories import World, member, referral_to, referred
from tests.house.members import a_colleague, an_own_invitation, food_bank
from tests.web.conftest import SignIn
from tests.web.reading import errors, text
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.members import seen_membership
from wraparound.organisations.models import Invitation, Membership, User
from wraparound.organisations.roles import Role
from wraparound.referrals.actions import claim

# Where somebody comes who has no membership left.
OUT = ("/acting-for/", "/sign-in/")


def test_they_see_who_is_here_who_let_them_in_and_who_is_invited(world: World, sign_in: SignIn) -> None:
    colleague = a_colleague(world, administers=True)
    User.objects.filter(pk=colleague.user_id).update(last_login="2026-11-02T09:00Z")
    Invitation.objects.filter(pk=an_own_invitation(world, name="Ada Quist").invitation.pk).update(
        membership=colleague, used_at=timezone.now()
    )
    an_own_invitation(world)
    page = text(sign_in(world.voluntary).get("/members/"))
    assert "Nadia Karim" in page and "Let in by Mina Kaya" in page and "2 November 2026" in page
    assert "Mina Kaya (you)" in page and "Lee Park" in page and "Invited by Mina Kaya." in page
    assert "No second factor yet" in page and "Second factor set up" not in page
    assert "You are the only administrator" not in page and "Dr Amara Okafor" not in page


def test_the_only_administrator_is_told_so(world: World, sign_in: SignIn) -> None:
    assert "You are the only administrator of Eastmarsh Food Bank" in text(sign_in(world.voluntary).get("/members/"))


def test_whoever_does_not_administer_has_no_such_page(world: World, sign_in: SignIn) -> None:
    for actor in (world.clinician, world.administrator, Actor.of(a_colleague(world))):
        client = sign_in(actor)
        assert client.get("/members/").status_code == 403
        assert "/members/" not in client.get("/home/", follow=True).content.decode()


def test_they_invite_into_their_own_place_only(world: World, sign_in: SignIn) -> None:
    client = sign_in(world.voluntary)
    said = {"name": "Lee Park", "email": "lee@example.org", "role": "referring_worker", "administers": "yes"}
    page = text(client.post("/members/invite/", said | {"organisation": world.practice.pk}))
    assert "This link is shown now and never again." in page
    made = Invitation.objects.get()
    assert (made.organisation, made.administers) == (food_bank(world), True)
    assert errors(client.post("/members/invite/", said | {"role": "clinician", "email": "x@example.org"}))
    own = User.objects.get(pk=world.voluntary.user_id).email
    assert errors(client.post("/members/invite/", said | {"email": own}))[0].startswith("You cannot invite yourself")


def test_they_change_what_somebody_is_and_withdraw_an_invitation(world: World, sign_in: SignIn) -> None:
    client, held = sign_in(world.voluntary), a_colleague(world)
    said = {"role": "referring_worker", "administers": "yes", "seen": seen_membership(held)}
    assert "Nadia Karim is referring worker from now on." in text(
        client.post(f"/members/{held.pk}/", said, follow=True)
    )
    held.refresh_from_db()
    assert held.administers
    made = an_own_invitation(world)
    client.post(f"/members/invitations/{made.invitation.pk}/withdraw/")
    assert Invitation.objects.get(pk=made.invitation.pk).withdrawn_at


def test_their_own_membership_is_only_shown(world: World, sign_in: SignIn) -> None:
    client, own = sign_in(world.voluntary), world.voluntary.membership_id
    page = client.get(f"/members/{own}/")
    assert "Another administrator changes what you are here" in text(page) and "<select" not in page.content.decode()
    held = Membership.objects.get(pk=own)
    sent = {"role": "referring_worker", "seen": seen_membership(held)}
    refused = client.post(f"/members/{own}/", sent)
    assert errors(refused)[0].startswith("You cannot change or end your own membership.")
    assert "cannot change or end your own" in text(client.post(f"/members/{own}/end/"))
    assert Membership.objects.get(pk=own).ended is None


def test_whoever_leaves_is_shut_out_with_their_next_press(world: World, sign_in: SignIn) -> None:
    """In every browser in which they are signed in."""
    held = a_colleague(world)
    at_work, on_phone = (sign_in(Actor.of(held)) for _ in range(2))
    assert at_work.get("/referrals/").status_code == on_phone.get("/referrals/").status_code == 200
    page = text(sign_in(world.voluntary).post(f"/members/{held.pk}/end/", follow=True))
    assert "Nadia Karim can do nothing more for Eastmarsh Food Bank." in page and "Nadia Karim (" not in page
    for client in (at_work, on_phone):
        assert client.get("/referrals/")["Location"].startswith(OUT)
        assert client.post("/refer/", {"needs": "debt"})["Location"].startswith(OUT)


@pytest.mark.parametrize("role", [Role.SERVICE_MANAGER, Role.REFERRING_WORKER])
def test_what_the_leaver_has_in_hand_is_said(world: World, sign_in: SignIn, role: Role) -> None:
    """With the way to give it to others, for whoever may; the number alone for whoever may not see people."""
    referral = referral_to(referred(world), world.link_worker)
    with acting_as(world.link_worker):
        claim(by=world.link_worker, referral=referral)
    place = world.social.organisation
    by = member(world.scheme, place, role, "Una Frey", administers=True)
    page = sign_in(by).get(f"/members/{world.link_worker.membership_id}/end/")
    assert "Leila Haddad looks after 1 person." in text(page)
    assert ("/team/give/" in page.content.decode() or "whose=" in page.content.decode()) == (
        role is Role.SERVICE_MANAGER
    )
    nobody = sign_in(by).get(f"/members/{world.second_link_worker.membership_id}/end/")
    assert "in hand" not in text(nobody)


def test_the_schemes_administrator_begins_it_and_is_told_who_does_it_from_then_on(
    world: World, sign_in: SignIn
) -> None:
    client = sign_in(world.administrator)
    said = {"name": "Jo", "email": "jo@example.org", "role": "receptionist", "administers": "yes"}
    assert "Jo" in text(client.post("/scheme/people/invite/", said | {"organisation": world.practice.pk}))
    assert Invitation.objects.get().administers
    refused = client.post("/scheme/people/invite/", said | {"organisation": food_bank(world).pk})
    assert errors(refused) == ["Eastmarsh Food Bank lets its own people in. Ask its administrator: Mina Kaya."]
    listed = text(client.get("/scheme/organisations/"))
    assert "Lets its own people in: Mina Kaya" in listed and "No administrator of its own" in listed
    gone = client.post(f"/scheme/people/{world.voluntary.membership_id}/end/", follow=True)
    assert "Eastmarsh Food Bank has no administrator of its own now. Invite one." in text(gone)


def test_another_administrator_of_the_scheme_hears_who_was_let_in_to_administer(world: World, sign_in: SignIn) -> None:
    second = member(world.scheme, world.other_practice, Role.SCHEME_ADMINISTRATOR, "Second")
    assert "New administrators of organisations" in text(sign_in(second).get("/home/"))
    made = an_own_invitation(world).invitation
    Invitation.objects.filter(pk=made.pk).update(
        made_by=second.user_id, membership=world.voluntary.membership_id, used_at=timezone.now()
    )
    assert "Mina Kaya" not in text(sign_in(second).get("/home/"))
    assert "Mina Kaya" in text(sign_in(world.administrator).get("/home/"))

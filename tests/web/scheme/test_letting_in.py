"""What an administrator is told when they try to let themselves in, and what a new role leaves without somebody."""

from tests.factories import World
from tests.web.conftest import SignIn
from tests.web.reading import errors, text
from wraparound.organisations.members import seen_membership
from wraparound.organisations.models import Invitation, Membership, User
from wraparound.organisations.roles import Role


def test_their_own_address_is_refused_beside_the_field(world: World, sign_in: SignIn) -> None:
    email = User.objects.get(pk=world.administrator.user_id).email.upper()
    said = {"name": "Yusuf Demir", "email": email, "organisation": world.other_practice.pk, "role": "clinician"}
    page = sign_in(world.administrator).post("/scheme/people/invite/", said)
    assert errors(page)[0].startswith("You cannot invite yourself. Ask another administrator")
    assert not Invitation.objects.exists()


def test_their_own_role_stays(world: World, sign_in: SignIn) -> None:
    held = Membership.objects.get(pk=world.administrator.membership_id)
    said = {"role": "clinician", "team": "", "seen": seen_membership(held)}
    page = sign_in(world.administrator).post(f"/scheme/people/{held.pk}/", said)
    assert errors(page)[0].startswith("You cannot change your own role. Ask another administrator")
    assert Membership.objects.get(pk=held.pk).role == Role.SCHEME_ADMINISTRATOR


def test_a_supervisor_who_becomes_something_else_is_missed_by_name(world: World, sign_in: SignIn) -> None:
    held = Membership.objects.get(pk=world.advice_supervisor.membership_id)
    said = {"role": "commissioner", "team": "", "seen": seen_membership(held)}
    page = text(sign_in(world.administrator).post(f"/scheme/people/{held.pk}/", said, follow=True))
    assert "Joy Mensah is commissioner from now on." in page
    assert "Welfare advisers has no same-day lead now. Name one on the page Teams." in page


def test_only_those_who_work_with_people_are_offered_for_safeguarding(world: World, sign_in: SignIn) -> None:
    page = text(sign_in(world.administrator).get(f"/scheme/organisations/{world.practice.pk}/lead/"))
    assert "Dr Amara Okafor" in page and "Kit Lane" not in page

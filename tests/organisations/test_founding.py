"""A scheme begins with one organisation and an invitation to its first administrator, or not at all."""

from dataclasses import replace

import pytest

from tests.factories import NOW, make_world
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.founding import NewScheme, found_scheme, founder
from wraparound.organisations.invitations import Made, accept_invitation, holder
from wraparound.organisations.models import Invitation, Organisation, Scheme
from wraparound.organisations.roles import Role
from wraparound.organisations.scheme_reading import organisations_in
from wraparound.organisations.setting_up import NewOrganisation, add_organisation

pytestmark = pytest.mark.django_db
WANTED = NewScheme(
    name="  Westmarsh  Together",
    nation=Scheme.Nation.WALES,
    model=Scheme.Model.CO_FUNDED,
    organisation=NewOrganisation(name="Westmarsh Borough", kind=Organisation.Kind.BOROUGH),
    administrator="Mei Chen",
    email="mei@example.org",
)


def found(wanted: NewScheme = WANTED, by: Actor | None = None) -> Made:
    by = by or founder(wanted.organisation.ods_code).at(NOW)
    with acting_as(by):
        made: Made = found_scheme(by=by, scheme=wanted)
    return made


def test_who_accepts_the_first_invitation_sets_the_scheme_up() -> None:
    made = found()
    scheme = Scheme.objects.get(pk=made.invitation.scheme_id)
    assert (scheme.name, scheme.nation, scheme.model) == ("Westmarsh Together", "wales", "co_funded")
    assert (scheme.slug, scheme.front_door, scheme.invented) == (None, None, False)
    by = holder(made.invitation).at(NOW)
    with acting_as(by):
        held = accept_invitation(by=by, token=made.token, name="Mei Chen", password="eleven swans at dusk")
    assert held.role == Role.SCHEME_ADMINISTRATOR and held.organisation.name == "Westmarsh Borough"
    administrator = Actor.of(held).at(NOW)
    practice = Organisation.objects.create(name="Ash Lane Surgery", kind="practice")
    with acting_as(administrator):
        add_organisation(by=administrator, organisation=practice)
        assert [each.name for each in organisations_in(administrator)] == ["Westmarsh Borough", "Ash Lane Surgery"]


def test_with_a_public_name_its_organisation_is_the_front_door() -> None:
    made = found(replace(WANTED, slug="Westmarsh"))
    scheme = Scheme.objects.get(pk=made.invitation.scheme_id)
    assert scheme.slug == "westmarsh" and scheme.front_door_id == made.invitation.organisation_id


def test_an_organisation_that_is_known_is_taken_as_it_is() -> None:
    known = Organisation.objects.create(name="Ash Lane Surgery", kind="practice", ods_code="A10001", phone="999")
    other = replace(WANTED.organisation, name="Something else", ods_code="A10001")
    made = found(replace(WANTED, organisation=other))
    assert made.invitation.organisation_id == known.pk
    known.refresh_from_db()
    assert (known.name, known.phone) == ("Ash Lane Surgery", "999")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": " "}, "Enter the scheme’s name."), ({"name": "westmarsh together"}, "There is a scheme called"),
        ({"slug": "West Marsh"}, "Use small letters"), ({"slug": "here"}, "Another scheme has this address"),
        ({"email": "mei"}, "Enter an email address"), ({"administrator": ""}, "Enter their name"),
        ({"organisation": NewOrganisation(name="", kind=Organisation.Kind.BOROUGH)}, "Enter the organisation’s name"),
        ({"organisation": NewOrganisation(name="A", kind=Organisation.Kind.BOROUGH, ods_code="?")}, "3 to 10 letters"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_and_nothing_of_it_is_left(wrong: dict[str, object], says: str) -> None:
    found(replace(WANTED, slug="here"))
    before = Scheme.objects.count(), Organisation.objects.count(), Invitation.objects.count()
    with pytest.raises(Refused, match=says):
        found(replace(WANTED, **{"name": "Another", **wrong}))
    assert (Scheme.objects.count(), Organisation.objects.count(), Invitation.objects.count()) == before


def test_nobody_who_signed_in_makes_a_scheme_and_none_is_made_over_another() -> None:
    world = make_world()
    for by in (
        replace(founder(), user_id=world.administrator.user_id),
        replace(founder(), scheme_id=world.scheme.pk),
        replace(founder(), organisation_id=world.practice.pk),
        world.administrator,
    ):
        with pytest.raises(Refused):
            found(by=by)
    assert Scheme.objects.count() == 1

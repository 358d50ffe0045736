"""What an organisation's own administrator comes to, and how."""

from itertools import count

from tests.factories import World, member
from tests.house.trial import Recipe, Trial
from wraparound.organisations.actor import acting_as
from wraparound.organisations.credentials import NewCredential, make_credential
from wraparound.organisations.invitations import Made, Offer, invite
from wraparound.organisations.models import Credential, Membership, Organisation
from wraparound.organisations.roles import Capability, Role

_numbers = count(1)


def food_bank(world: World) -> Organisation:
    """The one organisation of the world with an administrator of its own."""
    return Organisation.objects.get(pk=world.voluntary.organisation_id)


def a_colleague(world: World, role: Role = Role.REFERRING_WORKER, **more: bool) -> Membership:
    """Somebody else at the food bank."""
    colleague = member(world.scheme, food_bank(world), role, "Nadia Karim", **more)
    return Membership.objects.get(pk=colleague.membership_id)


def an_own_invitation(world: World, **changes: object) -> Made:
    said = {
        "name": "Lee Park", "email": f"lee{next(_numbers)}@example.org", "role": Role.REFERRING_WORKER,
        "organisation_id": world.voluntary.organisation_id,
    }  # fmt: skip
    with acting_as(world.voluntary):
        return invite(by=world.voluntary, offer=Offer(**said | changes))  # type: ignore[arg-type]


def a_system(world: World) -> Credential:
    """A system of the food bank's."""
    wanted = NewCredential(name=f"Desk system {next(_numbers)}", capabilities=frozenset({Capability.REFER}))
    with acting_as(world.voluntary):
        return make_credential(by=world.voluntary, credential=wanted).credential


def _make_credential(world: World) -> Trial:
    wanted = NewCredential(name="Desk system", capabilities=frozenset({Capability.REFER}))
    return Trial(world.voluntary, {"credential": wanted})


MEMBERS: dict[str, Recipe] = {
    "wraparound.organisations.credentials.make_credential": _make_credential,
    "wraparound.organisations.credentials.end_credential": lambda world: Trial(
        world.voluntary, {"credential": a_system(world)}
    ),
}

"""What an organisation's own administrator comes to, and how."""

from itertools import count

from tests.factories import World, member
from wraparound.organisations.actor import acting_as
from wraparound.organisations.invitations import Made, Offer, invite
from wraparound.organisations.models import Membership, Organisation
from wraparound.organisations.roles import Role

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

"""What an administrator may do to whom: the organisation's own lets its people in, the scheme's begins it.

An administrator of the scheme sees nobody's record, and must not come to see one by letting a second address of theirs
in. So they let people in only where an organisation has no administrator of its own yet; from then on that one does.
"""

from collections.abc import Mapping

from django.db.models import QuerySet

from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor
from wraparound.organisations.administering import is_of_scheme
from wraparound.organisations.kinds import roles_of
from wraparound.organisations.models import Membership, Organisation
from wraparound.organisations.roles import Role
from wraparound.pathways.words import listed

OWN_MEMBERSHIP = (
    "You cannot change or end your own membership. Ask another administrator of the organisation; where you are the "
    "only one, make somebody else one first."
)
OF_THE_SCHEME = "Administrators of the scheme are let in and ended by one another, on the pages of the scheme."


def administrators_of(scheme_id: int, organisation_id: int) -> QuerySet[Membership]:
    """Memberships in force that administer the organisation, by name."""
    held = Membership.objects.filter(scheme_id=scheme_id, organisation_id=organisation_id, administers=True, ended=None)
    return held.filter(user__is_active=True).select_related("user").order_by("user__name", "pk")


def closed_to(by: Actor, organisation_id: int | None = None) -> dict[int, str]:
    """Organisations into which the actor lets nobody, since they have an administrator of their own: why, by their id.

    Only an administrator of the scheme is bound by this. A command on the server is not: whoever may run one reads
    the database.
    """
    if not is_of_scheme(by) or by.user_id is None:
        return {}
    held = Membership.objects.filter(scheme_id=by.scheme_id, administers=True, ended=None, user__is_active=True)
    if organisation_id is not None:
        held = held.filter(organisation=organisation_id)
    names: dict[tuple[int, str], list[str]] = {}
    rows = held.order_by("user__name").values_list("organisation", "organisation__name", "user__name")
    for place, called, name in rows:
        names.setdefault((place, called), []).append(name)
    return {
        place: f"{called} lets its own people in. Ask its administrator: {listed(list(dict.fromkeys(each))[:3])}."
        for (place, called), each in names.items()
    }


def check_outside(by: Actor, role: Role, organisation_id: int, closed: Mapping[int, str] | None = None) -> None:
    """Refuse an administrator of the scheme a role in an organisation that is closed to them.

    Administrators of the scheme itself are theirs to let in anywhere.
    """
    if role is Role.SCHEME_ADMINISTRATOR:
        return
    found = closed_to(by, organisation_id) if closed is None else closed
    if organisation_id in found:
        raise Refused("has_administrator", found[organisation_id], "organisation")


def check_inside(by: Actor, role: Role, organisation: Organisation) -> None:
    """Refuse an organisation's own administrator a role that their kind of organisation does not have."""
    if is_of_scheme(by):
        return
    if role is Role.SCHEME_ADMINISTRATOR:
        raise Refused("of_the_scheme", OF_THE_SCHEME, "role")
    if role not in roles_of(organisation, by.scheme_id):
        kind = Organisation.Kind(organisation.kind).label
        raise Refused("not_of_this_kind", f"{organisation.name} ({kind}) has no {role.label.lower()}.", "role")


def check_not_own(by: Actor, held: Membership) -> None:
    """Refuse an organisation's administrator what is theirs, and what is the scheme's."""
    if is_of_scheme(by):
        return
    if held.user_id == by.user_id:
        raise Refused("own_membership", OWN_MEMBERSHIP)
    if held.role == Role.SCHEME_ADMINISTRATOR:
        raise Refused("of_the_scheme", OF_THE_SCHEME)

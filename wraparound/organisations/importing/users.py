"""Members of a scheme from a file: each row is an invitation, unless they are members or invited already.

Columns: `name`, `email`, `organisation` (its code, or its name), `role`; and `team` where the role has one.
"""

from dataclasses import dataclass

from wraparound.events.action import action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.administering import scheme_of
from wraparound.organisations.administrators import check_outside, closed_to
from wraparound.organisations.importing.keeping import Named, look
from wraparound.organisations.importing.table import Bad, Row, rows_of
from wraparound.organisations.invitations import Made, Offer, open_invitations, own_address, prepared, write
from wraparound.organisations.models import Invitation, Membership, Organisation, Team
from wraparound.organisations.roles import NOBODYS, Role

COLUMNS = ("name", "email", "organisation", "role")
ROLES = Named("role", [(said, role) for role in Role if role not in NOBODYS for said in {role.value, role.label}])


@dataclass(frozen=True)
class Invited:
    """Invitations with the secrets of their links, the rows that were left out, and how many were so already."""

    made: tuple[Made, ...]
    bad: tuple[Bad, ...]
    same: int


def organisations_by_name(by: Actor) -> Named[int]:
    """Ids of the scheme's organisations, by code and by name."""
    here = Organisation.objects.filter(partner__scheme_id=by.scheme_id, partner__ended=None)
    return Named("organisation", [(said, each.pk) for each in here for said in (each.ods_code, each.name)])


@action
def import_users(*, by: Actor, content: bytes | str, keep_good: bool = False) -> Invited:
    """Invite everybody in a CSV file. Raises NotATable; BadRows when a row is bad, unless `keep_good`.

    The same file again invites nobody: whoever has the role, or an open invitation to it, is passed over.
    """
    scheme_of(by)
    rows, bad = rows_of(content, COLUMNS)
    places = organisations_by_name(by)
    closed = closed_to(by)
    in_scheme = Team.objects.filter(scheme_id=by.scheme_id).select_related("organisation")
    teams = Named("team", [(team.name, team) for team in in_scheme])
    known, own = _known(by), own_address(by)

    def invite(row: Row) -> Invitation | None:
        role, team = ROLES.one(row["role"]), teams.one(row["team"]) if row["team"] else None
        place = (row["email"].casefold(), places.one(row["organisation"]), team.pk if team else None, role.value)
        if place in known:
            return None
        check_outside(by, role, place[1], closed)
        offer = Offer(name=row["name"], email=row["email"], organisation_id=place[1], role=role, team_id=place[2])
        made = prepared(by, offer, place[1], team, own=own)
        known.add(place)
        return made

    found = look(rows, bad, invite, keep_good=keep_good)
    made = write(by, found.good)
    record("users_imported", by=by, data={"made": len(made), "bad": len(found.bad), "same": found.same})
    return Invited(tuple(made), tuple(found.bad), found.same)


def _known(by: Actor) -> set[tuple[str, int, int | None, str]]:
    """Who is a member or invited: by email, organisation, team and role."""
    members = Membership.objects.filter(scheme_id=by.scheme_id, ended=None)
    held = members.values_list("user__email", "organisation_id", "team_id", "role")
    offered = open_invitations(by).values_list("email", "organisation_id", "team_id", "role")
    return {(email.casefold(), at, team, role) for email, at, team, role in (*held, *offered)}

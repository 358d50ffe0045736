"""Teams of a scheme from a file, known by their names.

Columns: `name`, `organisation` (its code, or its name), `service`; and where wanted `also` (further services) and
`serves` (codes of practices), each with semicolons between, `phone`, and `same_day_lead` (a member's email address).
"""

from dataclasses import dataclass, replace

from wraparound.events.action import action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.administering import scheme_of
from wraparound.organisations.importing.keeping import Named, keep
from wraparound.organisations.importing.table import Bad, Row, rows_of
from wraparound.organisations.importing.users import organisations_by_name
from wraparound.organisations.models import Membership, Scheme, Team
from wraparound.organisations.setting_up_teams import TeamDetails, new_team, set_team, team_details
from wraparound.pathways.vocabulary import Service

COLUMNS = ("name", "organisation", "service")
SERVICES = Named("service", [(said, service) for service in Service for said in {service.value, service.label}])


@dataclass(frozen=True)
class TeamsImported:
    """Teams that were made or changed, the rows that were left out, and how many were so already."""

    written: tuple[Team, ...]
    bad: tuple[Bad, ...]
    same: int


@action
def import_teams(*, by: Actor, content: bytes | str, keep_good: bool = False) -> TeamsImported:
    """Make or change the teams of a CSV file. Raises NotATable; BadRows when a row is bad, unless `keep_good`."""
    scheme = scheme_of(by)
    rows, bad = rows_of(content, COLUMNS)
    names = _Names(by)
    lines: dict[str, int] = {}

    def write(row: Row) -> Team | None:
        line = lines.setdefault(row["name"].casefold(), row.line)
        if line != row.line:
            raise ValueError(f"The team {row['name']} stands on line {line} too.")
        return _write(by, scheme, names, row)

    found = keep(rows, bad, write, keep_good=keep_good)
    record("teams_imported", by=by, data={"written": len(found.good), "bad": len(found.bad), "same": found.same})
    return TeamsImported(tuple(found.good), tuple(found.bad), found.same)


class _Names:
    """What rows may name, looked up once."""

    def __init__(self, by: Actor) -> None:
        self.organisations = organisations_by_name(by)
        members = Membership.objects.filter(scheme_id=by.scheme_id, ended=None)
        self.members = Named("member", set(members.values_list("user__email", "user_id")))


def _write(by: Actor, scheme: Scheme, names: _Names, row: Row) -> Team | None:
    organisation = names.organisations.one(row["organisation"])
    details = TeamDetails(
        name=" ".join(row["name"].split()),
        service=SERVICES.one(row["service"]),
        also=SERVICES.each(row["also"]),
        serves=names.organisations.each(row["serves"]),
        phone=row["phone"],
        same_day_lead_id=names.members.one(row["same_day_lead"]) if row["same_day_lead"] else None,
    )
    held = Team.objects.select_related("organisation").filter(scheme=scheme, name__iexact=details.name).first()
    if held is None:
        return new_team(by, scheme, organisation, details)
    if held.organisation_id != organisation:
        raise ValueError(f"{held.name} is a team of {held.organisation.name}, and stays one.")
    # The file does not say when people may come: what the team says of it stays.
    details = replace(details, opening=held.opening)
    return None if team_details(held) == details else set_team(by, scheme, held, details)

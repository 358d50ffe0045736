"""Who is a member of a scheme, as what; and the end of it."""

from dataclasses import dataclass

from django.db.models import Q

from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.administering import membership_of, people_of, require_seen, team_of
from wraparound.organisations.administrators import administrators_of, check_inside, check_not_own, check_outside
from wraparound.organisations.models import Membership, SafeguardingLead, Team
from wraparound.organisations.roles import ANSWERING_SAME_DAY, MEETING, NOBODYS, Role

# Their worklist is a team's, so that without one they would see nothing.
NEED_A_TEAM = (Role.LINK_WORKER, Role.ADVISER, Role.HYBRID_WORKER)
OWN_ROLE = (
    "You cannot change your own role. Ask another administrator to do it; where you are the only one, invite one first."
)


def seen_membership(membership: Membership) -> str:
    """What stands for the membership as it was when a form was made from it."""
    return f"{membership.role} {membership.team_id} {membership.administers}"


def check_place(by: Actor, role: Role, organisation_id: int, team_id: int | None) -> Team | None:
    """The team, where the role has one in the organisation. Refused, naming the field that is wrong."""
    return place_with(role, organisation_id, team_of(by, team_id) if team_id is not None else None)


def place_with(role: Role, organisation_id: int, team: Team | None) -> Team | None:
    """The same for a team that is at hand, with its organisation."""
    if role in NOBODYS:
        raise Refused("no_role", "Choose a role.", "role")
    if team is None:
        if role in NEED_A_TEAM:
            raise Refused("no_team", f"Choose the team of the {role.label.lower()}.", "team")
        return None
    if team.organisation_id != organisation_id:
        raise Refused("not_their_team", f"{team.name} is a team of {team.organisation.name}.", "team")
    return team


@dataclass(frozen=True)
class Left:
    """What a membership that changed or ended leaves without somebody: teams without a same-day lead, an organisation
    without one for safeguarding, or without an administrator of its own."""

    membership: Membership
    teams: tuple[Team, ...]
    safeguarding: bool
    administrator: bool = False


@action
def change_role(
    *, by: Actor, membership: Membership, role: Role, team_id: int | None, seen: str, administers: bool | None = None
) -> Left:
    """Let another member be something else in the same organisation, from their next press on.

    Refused for the actor's own: an administrator would let themselves into people's records. What the new role cannot
    do, they are not named for any more. `administers` None leaves it as it is.
    """
    held = _held(by, membership)
    require_seen(seen, seen_membership(held))
    team = check_place(by, role, held.organisation_id, team_id)
    lets_in = held.administers if administers is None else administers
    if role is not Role(held.role) or lets_in != held.administers:
        check_inside(by, role, held.organisation)
        check_outside(by, role, held.organisation_id)
        if held.user_id == by.user_id:
            raise Refused("own_role", OWN_ROLE, "role")
        _leave_an_administrator(by, held)
    others = Membership.objects.filter(
        user=held.user_id, scheme=held.scheme_id, organisation=held.organisation_id, ended=None
    )
    if others.filter(role=role, team=team).exclude(pk=held.pk).exists():
        raise Refused("already", f"{held.user.name} has this role here already.", "role")
    data = {"membership": held.pk, "was": held.role, "role": role, "team": team and team.pk, "administers": lets_in}
    if (held.role, held.team, held.administers) != (role, team, lets_in):
        held.changed = by.now()
    held.role, held.team, held.administers = role, team, lets_in
    held.save(update_fields=["role", "team", "administers", "changed"])
    left = _left(by, held)
    without = [each.pk for each in left.teams]
    record("membership_changed", by=by, told=[held.organisation_id], data={**data, "teams_without_lead": without})
    return left


@action
def end_membership(*, by: Actor, membership: Membership) -> Left:
    """Shut a member out of one organisation with their next press. What they alone were named for is said."""
    held = _held(by, membership)
    _leave_an_administrator(by, held)
    # The clock of the database may be a moment ahead of ours.
    held.ended = max(by.now(), held.started)
    held.save(update_fields=["ended"])
    left = _left(by, held)
    data = {"membership": held.pk, "role": held.role, "teams_without_lead": [team.pk for team in left.teams]}
    record("membership_ended", by=by, told=[held.organisation_id], data=data)
    return left


def _held(by: Actor, membership: Membership) -> Membership:
    """The membership as it is now, if it is the actor's to change. Membership.DoesNotExist, or Refused."""
    people_of(by)
    held = membership_of(by, membership.pk)
    check_not_own(by, held)
    return held


def _left(by: Actor, held: Membership) -> Left:
    teams, safeguarding = _give_up_duties(by, held)
    alone = not administrators_of(by.scheme_id, held.organisation_id).exists()
    return Left(held, tuple(teams), safeguarding, administrator=held.administers and alone)


def _leave_an_administrator(by: Actor, held: Membership) -> None:
    """The scheme row is locked: of two administrators who end each other at once, one is refused."""
    administrator = Role.SCHEME_ADMINISTRATOR
    others = Membership.objects.filter(scheme_id=by.scheme_id, role=administrator, ended=None, user__is_active=True)
    if held.role == administrator and not others.exclude(user=held.user_id).exists():
        raise Refused("last_administrator", "The scheme needs an administrator. Invite another one first.")


def _give_up_duties(by: Actor, held: Membership) -> tuple[list[Team], bool]:
    """Of what somebody is named for in an organisation, whatever none of their roles there can do."""
    here = Q(scheme_id=by.scheme_id, organisation=held.organisation_id)
    roles = set(Membership.objects.filter(here, user=held.user_id, ended=None).values_list("role", flat=True))
    teams: list[Team] = []
    if roles.isdisjoint(ANSWERING_SAME_DAY):
        teams = list(Team.objects.filter(here, same_day_lead=held.user_id))
    for team in teams:
        team.same_day_lead = None
        team.save(update_fields=["same_day_lead"])
    if not roles.isdisjoint(MEETING):
        return teams, False
    SafeguardingLead.objects.filter(here, deputy=held.user_id).update(deputy=None)
    lead = SafeguardingLead.objects.filter(here, user=held.user_id).first()
    if lead is not None and lead.deputy_id is not None:
        lead.user_id, lead.deputy_id = lead.deputy_id, None
        lead.save(update_fields=["user", "deputy"])
    return teams, lead is not None

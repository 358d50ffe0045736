"""A scheme's teams: which services each answers, for which practices, and who must answer on the same day."""

from dataclasses import dataclass

from django.db.models import QuerySet

from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.administering import digest, partner, plain, require_seen, scheme_of, team_of
from wraparound.organisations.codes import phone
from wraparound.organisations.models import Membership, Organisation, Scheme, Team
from wraparound.organisations.roles import ANSWERING_SAME_DAY
from wraparound.pathways.vocabulary import Service


@dataclass(frozen=True, kw_only=True)
class TeamDetails:
    """What an administrator may set of a team. `serves` are ids of practices; none: the whole scheme.

    `opening` says in plain words when people may come or ring, at most 200 characters.
    """

    name: str
    service: Service
    also: frozenset[Service] = frozenset()
    serves: frozenset[int] = frozenset()
    phone: str = ""
    opening: str = ""
    same_day_lead_id: int | None = None


def team_details(team: Team) -> TeamDetails:
    return TeamDetails(
        name=team.name,
        service=Service(team.service),
        also=frozenset(map(Service, team.also)),
        serves=frozenset(team.serves),
        phone=team.phone,
        opening=team.opening,
        same_day_lead_id=team.same_day_lead_id,
    )


def seen_team(team: Team) -> str:
    """What stands for the team as it was when a form was made from it."""
    held = team_details(team)
    return digest(
        held.name, held.service, sorted(held.also), sorted(held.serves), held.phone, held.opening, held.same_day_lead_id
    )  # fmt: skip


@action
def add_team(*, by: Actor, organisation_id: int, details: TeamDetails) -> Team:
    """Make a team of an organisation of the scheme."""
    return new_team(by, scheme_of(by), organisation_id, details)


@action
def change_team(*, by: Actor, team: Team, details: TeamDetails, seen: str) -> Team:
    """Set what the team is for. `seen` is `seen_team` as shown. What it has been sent already stays with it."""
    scheme = scheme_of(by)
    held = team_of(by, team.pk)
    require_seen(seen, seen_team(held))
    return set_team(by, scheme, held, details)


def new_team(by: Actor, scheme: Scheme, organisation_id: int, details: TeamDetails) -> Team:
    """The row and its event, in the transaction of whoever asks. Refused as `checked` says."""
    organisation = partner(by, organisation_id)
    team = Team(scheme=scheme, organisation=organisation)
    _fill(by, team, details)
    team.save()
    record("team_added", by=by, told=[organisation.pk], data={"team": team.pk, "service": team.service})
    return team


def set_team(by: Actor, scheme: Scheme, team: Team, details: TeamDetails) -> Team:
    """The changed row and its event, in the transaction of whoever asks."""
    was = team_details(team)
    _fill(by, team, details)
    team.save(update_fields=["name", "service", "also", "serves", "phone", "opening", "same_day_lead"])
    becomes = vars(team_details(team))
    changed = [name for name, value in becomes.items() if vars(was)[name] != value]
    record("team_changed", by=by, told=[team.organisation_id], data={"team": team.pk, "changed": changed})
    return team


def _fill(by: Actor, team: Team, details: TeamDetails) -> None:
    """Set the columns; Refused with the field that is wrong."""
    team.name = plain(details.name, "the team’s name", "name")
    if Team.objects.filter(scheme_id=by.scheme_id, name__iexact=team.name).exclude(pk=team.pk).exists():
        raise Refused("name_taken", f"The scheme has a team called {team.name} already.", "name")
    team.service = details.service
    team.also = [service.value for service in Service if service in details.also - {details.service}]
    team.serves = sorted(details.serves)
    team.phone = _phone(details.phone)
    team.opening = " ".join(details.opening.split())
    team.same_day_lead_id = details.same_day_lead_id
    practices = Organisation.objects.filter(
        partner__scheme_id=by.scheme_id, partner__ended=None, kind=Organisation.Kind.PRACTICE, pk__in=details.serves
    )
    if practices.count() != len(details.serves):
        raise Refused("not_a_practice", "Choose practices of this scheme.", "serves")
    if details.same_day_lead_id and not leads_of(by, team.organisation_id).filter(user=team.same_day_lead_id).exists():
        raise Refused(
            "not_a_lead",
            "Choose somebody who works at the team’s organisation and may answer a same-day alert.",
            "same_day_lead",
        )


def leads_of(by: Actor, organisation_id: int | None = None) -> QuerySet[Membership]:
    """Memberships of those who could be the same-day lead of an organisation's team; of any team, when not said."""
    found = Membership.objects.filter(scheme_id=by.scheme_id, ended=None, role__in=ANSWERING_SAME_DAY)
    if organisation_id is not None:
        found = found.filter(organisation_id=organisation_id)
    return found.select_related("user", "organisation").order_by("user__name", "pk")


def _phone(text: str) -> str:
    try:
        return phone(text) if text.strip() else ""
    except ValueError as fault:
        raise Refused("phone", str(fault), "phone") from None

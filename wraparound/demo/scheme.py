"""Making an invented scheme: its organisations and workers, and then what its administrator and managers set up."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from wraparound.consent.data_sharing import Terms, record_sharing_agreement, sign_for
from wraparound.demo.people import PASSWORD
from wraparound.demo.place import SchemeData, TeamPlan
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.importing.practices import Kind, Practice, write_practices
from wraparound.organisations.models import HelpNow, Membership, Organisation, Scheme, Team, User
from wraparound.organisations.pathways import publish
from wraparound.organisations.roles import Role
from wraparound.organisations.setting_up import add_organisations, change_scheme, details_of, join, seen_scheme
from wraparound.organisations.setting_up_contacts import add_help_now, name_safeguarding_lead
from wraparound.organisations.setting_up_teams import TeamDetails, add_team
from wraparound.organisations.working_time import set_team_capacity, set_working_time
from wraparound.pathways.definition import Pathway
from wraparound.pathways.library import load
from wraparound.pathways.vocabulary import UrgentFlag

# Who lets people into their organisation, besides what they do there.
ADMINISTRATORS = (Role.PRACTICE_MANAGER, Role.SERVICE_MANAGER)


@dataclass(frozen=True)
class Made:
    """A scheme as it stands: its organisations by the names of the data, and each worker as an actor by key.

    Actors are of the first of their places.
    """

    data: SchemeData
    scheme_id: int
    organisations: Mapping[str, Organisation]
    actors: Mapping[str, Actor]
    teams: Mapping[str, Team]

    @property
    def administrator(self) -> Actor:
        return next(actor for actor in self.actors.values() if actor.role is Role.SCHEME_ADMINISTRATOR)


def make_scheme(data: SchemeData, practices: Mapping[str, Practice], at: datetime) -> Made:
    """Write the scheme down and set it up. `practices` are those that stand for the surgeries of the data."""
    with acting_as(None):
        organisations = _organisations(data, practices)
        scheme = Scheme.objects.create(
            name=data.name, nation="england", model=data.model, invented=True, second_factor=False
        )
        administrator = _administrator(data, scheme, organisations, at)
    with acting_as(administrator):
        own = [each for each in organisations.values() if each.pk != administrator.organisation_id]
        add_organisations(by=administrator, organisation_ids=[each.pk for each in own])
        _sign(administrator, [each.pk for each in organisations.values()], at)
        publish(scheme=scheme, name=data.pathway, pathway=_pathway(data), at=at)
        _open_the_door(data, scheme, organisations, administrator)
        teams = {plan.name: _team(plan, organisations, administrator) for plan in data.teams}
    with acting_as(None):
        _members(data, scheme, organisations, teams, at)
    made = the_scheme(data, practices)
    _name_those_who_answer(made, at)
    _set_hours(made, at)
    return made


def _sign(administrator: Actor, organisation_ids: list[int], at: datetime) -> None:
    """The agreement under which everybody shares, signed when the scheme begins."""
    terms = Terms(
        title=f"Data-sharing agreement of the scheme (invented), {at.year}",
        lawful_basis="UK GDPR Article 6(1)(e), public task; Article 9(2)(h), health or social care",
        begins=at.date(),
        review_on=at.date() + timedelta(days=730),
    )
    agreement = record_sharing_agreement(by=administrator, terms=terms)
    sign_for(by=administrator, agreement=agreement, organisation_ids=organisation_ids, on=at.date())


def the_scheme(data: SchemeData, practices: Mapping[str, Practice]) -> Made:
    """A scheme that was made before, with the same practices."""
    scheme = Scheme.objects.get(name=data.name)
    rows = Membership.objects.filter(scheme=scheme, ended=None).select_related("user", "organisation").order_by("pk")
    keys = {worker.email: worker.key for worker in data.workers}
    actors: dict[str, Actor] = {}
    for row in rows:
        actors.setdefault(keys[row.user.email], Actor.of(row))
    organisations = _known(data, practices)
    names = [provider.name for provider in data.providers]
    organisations |= {each.name: each for each in scheme.organisations.filter(name__in=names)}
    teams = {team.name: team for team in Team.objects.filter(scheme=scheme).select_related("organisation")}
    return Made(data, scheme.pk, organisations, actors, teams)


def _organisations(data: SchemeData, practices: Mapping[str, Practice]) -> dict[str, Organisation]:
    """The practices with what is above them, by the importer; and the providers, which no register names."""
    write_practices(list(practices.values()))
    found = _known(data, practices)
    for provider in data.providers:
        near = found[provider.near]
        found[provider.name] = Organisation.objects.create(
            name=provider.name,
            kind=provider.kind,
            part_of=found[data.ladder.borough],
            phone=provider.phone,
            latitude=near.latitude,
            longitude=near.longitude,
        )
    return found


def _known(data: SchemeData, practices: Mapping[str, Practice]) -> dict[str, Organisation]:
    """The practices and the places above them, by the names that the data has for them."""
    found: dict[str, Organisation] = {}
    for surgery in data.ladder.surgeries:
        real = practices[surgery.name]
        found[surgery.name] = Organisation.objects.get(ods_code=real.ods_code)
        for above in real.above:
            said = {Kind.ICB: data.ladder.board, Kind.BOROUGH: data.ladder.borough}.get(above.kind, surgery.network)
            held = Organisation.objects.filter(kind=above.kind, name=above.name, ods_code=above.ods_code)
            found[said] = held.order_by("pk")[0]
    return found


def _pathway(data: SchemeData) -> Pathway:
    """The library's, with a session to book at the entries where the scheme has sessions."""
    pathway = load(data.pathway)
    entries = (
        (entry, replace(route, session=entry in data.sessions or route.session)) for entry, route in pathway.entries
    )
    return replace(pathway, entries=tuple(entries))


def _administrator(data: SchemeData, scheme: Scheme, organisations: Mapping[str, Organisation], at: datetime) -> Actor:
    """The first member, whom nobody could invite."""
    who = next(worker for worker in data.workers if worker.role_ is Role.SCHEME_ADMINISTRATOR)
    place = organisations[who.organisation]
    user = User.objects.create(email=who.email, name=who.name, password=_hash())
    row = Membership.objects.create(user=user, scheme=scheme, organisation=place, role=who.role_, started=at)
    actor = Actor.of(row).at(at)
    join(actor, scheme, place)
    return actor


def _hash() -> str:
    """Made once for everybody: one takes as long as a page."""
    shared = User.objects.filter(email__endswith=".example").values_list("password", flat=True).first()
    if shared is None:
        user = User()
        user.set_password(PASSWORD)
        shared = user.password
    return shared


def _open_the_door(
    data: SchemeData, scheme: Scheme, organisations: Mapping[str, Organisation], administrator: Actor
) -> None:
    scheme.refresh_from_db()
    details = replace(
        details_of(scheme),
        slug=data.slug,
        front_door_id=organisations[data.front_door].pk,
        codes_only=False,
    )
    change_scheme(by=administrator, details=details, seen=seen_scheme(scheme))
    for line in data.help_lines:
        add_help_now(
            by=administrator, flag=UrgentFlag(line.flag), when=HelpNow.When(line.when), name=line.name,
            number=line.phone,
        )  # fmt: skip


def _team(plan: TeamPlan, organisations: Mapping[str, Organisation], administrator: Actor) -> Team:
    details = TeamDetails(
        name=plan.name,
        service=plan.service,
        also=frozenset(plan.also),
        serves=frozenset(organisations[name].pk for name in plan.serves),
        phone=plan.phone,
    )
    team = add_team(by=administrator, organisation_id=organisations[plan.organisation].pk, details=details)
    # No page asks for it yet.
    Team.objects.filter(pk=team.pk).update(opening=plan.opening)
    return team


def _members(
    data: SchemeData, scheme: Scheme, organisations: Mapping[str, Organisation], teams: Mapping[str, Team], at: datetime
) -> None:
    """Everybody else, as members since then. An invitation to each would set a password for each."""
    users = {user.email: user for user in User.objects.filter(email__in=[worker.email for worker in data.workers])}
    shared = _hash()
    for worker in data.workers:
        if worker.role_ is Role.SCHEME_ADMINISTRATOR:
            continue
        if worker.email not in users:
            users[worker.email] = User.objects.create(email=worker.email, name=worker.name, password=shared)
        Membership.objects.create(
            user=users[worker.email],
            scheme=scheme,
            organisation=organisations[worker.organisation],
            team=teams.get(worker.team),
            role=worker.role_,
            administers=worker.role_ in ADMINISTRATORS,
            started=at,
        )


def _name_those_who_answer(made: Made, at: datetime) -> None:
    """Safeguarding leads, and each team's same-day lead."""
    administrator = made.administrator.at(at)
    with acting_as(administrator):
        for name, (lead, deputy) in made.data.leads.items():
            name_safeguarding_lead(
                by=administrator,
                organisation=made.organisations[name],
                user_id=made.actors[lead].user(),
                deputy_id=made.actors[deputy].user() if deputy else None,
            )
        for plan in made.data.teams:
            team = made.teams[plan.name]
            team.same_day_lead_id = made.actors[plan.lead].user_id
            team.save(update_fields=["same_day_lead"])


def _set_hours(made: Made, at: datetime) -> None:
    """When everybody works, and with how many people each team works: said by its supervisor."""
    members = {row.pk: row for row in Membership.objects.filter(scheme_id=made.scheme_id, ended=None)}
    supervisors = {plan.organisation: made.actors[plan.lead].at(at) for plan in made.data.teams}
    places = {worker.key: worker.organisation for worker in made.data.users}
    for hours in made.data.hours:
        by, member = supervisors[places[hours.key]], made.actors[hours.key].membership_id
        assert member is not None
        with acting_as(by):
            set_working_time(
                by=by, membership=members[member], minutes=hours.minutes, places=hours.places, weight=hours.weight
            )
    for plan in made.data.teams:
        if plan.places is not None or plan.shares_out:
            by = supervisors[plan.organisation]
            with acting_as(by):
                set_team_capacity(
                    by=by,
                    team=made.teams[plan.name],
                    places=plan.places,
                    closed_until=None,
                    shares_out=plan.shares_out,
                )

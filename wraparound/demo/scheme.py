"""The invented place of the demo: a co-located scheme with two practices and two providers."""

from datetime import datetime

from wraparound.demo.people import (
    ADVICE,
    ADVICE_TEAM,
    BOROUGH,
    CANAL,
    ICB,
    LINK_TEAM,
    LINKS,
    MULBERRY,
    PASSWORD,
    SCHEME,
    WORKERS,
)
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import HelpNow, Membership, Organisation, Partner, Scheme, Team, User
from wraparound.organisations.pathways import publish
from wraparound.pathways.library import load
from wraparound.pathways.vocabulary import Service

_KIND = Organisation.Kind
# Name, kind, code, what it is part of. The codes begin with a letter that no real practice has.
_ORGANISATIONS = (
    (ICB, _KIND.ICB, "XDEMO1", ""),
    (BOROUGH, _KIND.BOROUGH, "XDEMO2", ICB),
    ("Eastmarsh Central PCN", _KIND.PCN, "XDEMO3", BOROUGH),
    (CANAL, _KIND.PRACTICE, "XDEMO4", "Eastmarsh Central PCN"),
    (MULBERRY, _KIND.PRACTICE, "XDEMO5", "Eastmarsh Central PCN"),
    (LINKS, _KIND.SOCIAL_PRESCRIBING, "", BOROUGH),
    (ADVICE, _KIND.ADVICE, "", BOROUGH),
)
# Numbers that the telephone regulator keeps for invented people.
_HELP = (
    ("immediate_danger", HelpNow.When.ALWAYS, "Police, fire or ambulance", "999"),
    ("immediate_danger", HelpNow.When.ALWAYS, "Eastmarsh domestic abuse line", "0808 157 0001"),
    ("homeless_tonight", HelpNow.When.OFFICE, "Eastmarsh Council housing options", "020 7946 0101"),
    ("homeless_tonight", HelpNow.When.OUT_OF_HOURS, "Eastmarsh Council emergency duty team", "020 7946 0102"),
    ("no_food", HelpNow.When.OFFICE, "Eastmarsh food bank vouchers", "020 7946 0103"),
    ("no_food", HelpNow.When.OUT_OF_HOURS, "Eastmarsh crisis line", "020 7946 0104"),
)


def make_scheme(at: datetime) -> dict[str, Actor]:
    """Make the place and its workers; each worker as an actor, by key (the first of their places)."""
    organisations: dict[str, Organisation] = {}
    for name, kind, code, above in _ORGANISATIONS:
        organisations[name] = Organisation.objects.create(
            name=name, kind=kind, ods_code=code, part_of=organisations.get(above)
        )
    scheme = Scheme.objects.create(name=SCHEME, nation="england", model=Scheme.Model.CO_LOCATED, invented=True)
    Partner.objects.bulk_create(Partner(scheme=scheme, organisation=each) for each in organisations.values())
    teams = {
        LINK_TEAM: Team.objects.create(
            scheme=scheme, organisation=organisations[LINKS], name=LINK_TEAM,
            service=Service.SOCIAL_PRESCRIBING, phone="020 7946 0110",
        ),
        ADVICE_TEAM: Team.objects.create(
            scheme=scheme, organisation=organisations[ADVICE], name=ADVICE_TEAM,
            service=Service.WELFARE_ADVICE, phone="020 7946 0120",
        ),
    }  # fmt: skip
    publish(scheme=scheme, name="both-at-once", pathway=load("both-at-once"), at=at)
    HelpNow.objects.bulk_create(
        HelpNow(scheme=scheme, flag=flag, when=when, name=name, phone=phone) for flag, when, name, phone in _HELP
    )
    actors = _make_workers(scheme, organisations, teams, at)
    for team, lead in ((LINK_TEAM, "grace.obi"), (ADVICE_TEAM, "joy.mensah")):
        teams[team].same_day_lead_id = actors[lead].user_id
        teams[team].save(update_fields=["same_day_lead"])
    return actors


def _make_workers(
    scheme: Scheme, organisations: dict[str, Organisation], teams: dict[str, Team], at: datetime
) -> dict[str, Actor]:
    users: dict[str, User] = {}
    actors: dict[str, Actor] = {}
    shared_hash = User()
    shared_hash.set_password(PASSWORD)
    for worker in WORKERS:
        if worker.key not in users:
            users[worker.key] = User.objects.create(email=worker.email, name=worker.name, password=shared_hash.password)
        membership = Membership.objects.create(
            user=users[worker.key],
            scheme=scheme,
            organisation=organisations[worker.organisation],
            team=teams.get(worker.team),
            role=worker.role_,
            started=at,
        )
        actors.setdefault(worker.key, Actor.of(membership))
    return actors

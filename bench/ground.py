"""One scheme with a million referrals, for every benchmark of a run: made by the owner in sets of rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from time import perf_counter
from typing import Any

from django.core.management import call_command
from django.db import connections, transaction
from django.utils import timezone

from bench import rows
from wraparound.consent.models import DataSharingAgreement, SharingParty
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import Membership, Organisation, Partner, Scheme, Team, User
from wraparound.organisations.pathways import publish
from wraparound.organisations.roles import Role
from wraparound.pathways.library import load
from wraparound.pathways.vocabulary import Service

PRACTICES, TEAMS = 40, 30
# Of the teams of link workers. All others have some hundred open referrals each; new ones go to the first.
BUSY, QUIET = TEAMS - 2, TEAMS - 1
WORKERS = {BUSY: 50}
GIVEN = "Amara Leila Tom Grace Rosa Ivan Ana Joy Sam Dev Robin Kit Mei Omar Nia Jonas Ewa Luca Zara Idris".split()
FAMILY = "Okafor Haddad Price Obi Duarte Petrov Sousa Mensah Reed Malhotra Blake Lane Chen Farah Hughes Novak".split()


@dataclass(frozen=True)
class Ground:
    """Somebody in each chair that is measured from."""

    scheme: Scheme
    clinician: Actor
    busy: Actor
    quiet: Actor
    manager: Actor
    quiet_manager: Actor
    practice_manager: Actor
    commissioner: Actor

    def user(self, actor: Actor) -> User:
        return User.objects.get(pk=actor.user_id)


def make(referrals: int) -> Ground:
    """Migrate the empty database and fill it; `referrals` is a multiple of 2,500."""
    began = perf_counter()
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    with acting_as(None):
        scheme = _scheme()
        practices, teams = _practices(scheme), _teams(scheme)
    with connections["owner"].cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute("SET work_mem = '256MB'")
        with transaction.atomic(using="owner"):
            _load(cursor, scheme, practices, teams, referrals)
        cursor.execute("VACUUM (ANALYZE)")
    print(f"Made {referrals:,} referrals in {perf_counter() - began:.0f} s.", flush=True)
    return find()


def find() -> Ground:
    """Those who are measured from, in a ground already made."""
    teams = list(Team.objects.filter(service=Service.SOCIAL_PRESCRIBING).order_by("pk"))
    scheme = Scheme.objects.get()
    return Ground(
        scheme=scheme,
        clinician=_first(scheme, organisation__kind=Organisation.Kind.PRACTICE),
        busy=_first(scheme, team=teams[BUSY]),
        quiet=_first(scheme, team=teams[QUIET]),
        manager=_first(scheme, role=Role.SERVICE_MANAGER, organisation=teams[BUSY].organisation),
        quiet_manager=_first(scheme, role=Role.SERVICE_MANAGER, organisation=teams[QUIET].organisation),
        practice_manager=_first(scheme, role=Role.PRACTICE_MANAGER),
        commissioner=_first(scheme, role=Role.COMMISSIONER),
    )


def _first(scheme: Scheme, **of: Any) -> Actor:
    return Actor.of(Membership.objects.select_related("user").filter(scheme=scheme, **of).order_by("pk")[0])


def _scheme() -> Scheme:
    scheme = Scheme.objects.create(
        name="A large city", nation="england", model="co_located", invented=True, second_factor=False
    )
    publish(scheme=scheme, name="both-at-once", pathway=load("both-at-once"), at=timezone.now())
    return scheme


def _practices(scheme: Scheme) -> list[tuple[Any, ...]]:
    kind = Organisation.Kind.PRACTICE
    made = [
        _organisation(scheme, f"Practice {n}", kind, ods_code=f"Y{n:05}")
        for n in range(PRACTICES)
    ]  # fmt: skip
    found = [
        (n, practice.pk, _users(scheme, practice, Role.CLINICIAN, f"practice{n}", 8))
        for n, practice in enumerate(made)
    ]  # fmt: skip
    _users(scheme, made[0], Role.PRACTICE_MANAGER, "practice-manager", 1)
    _users(scheme, made[0], Role.COMMISSIONER, "commissioner", 1)
    return found


def _teams(scheme: Scheme) -> list[tuple[Any, ...]]:
    """Organisations of one service after those of the other, so that a journey's list of them is in order."""
    kinds = Organisation.Kind
    chairs = (
        (Service.SOCIAL_PRESCRIBING, kinds.SOCIAL_PRESCRIBING, Role.LINK_WORKER),
        (Service.WELFARE_ADVICE, kinds.ADVICE, Role.ADVISER),
    )
    made: list[tuple[Any, ...]] = []
    for service, kind, role in chairs:
        for n in range(TEAMS):
            organisation = _organisation(scheme, f"{service.label} {n}", kind)
            team = Team.objects.create(
                scheme=scheme, organisation=organisation, name=f"{service.label} team {n}", service=service
            )
            workers = WORKERS.get(n, 6) if service is Service.SOCIAL_PRESCRIBING else 6
            users = _users(scheme, organisation, role, f"{service.value}{n}", workers, team)
            _users(scheme, organisation, Role.SERVICE_MANAGER, f"manager-{service.value}{n}", 1)
            made.append((service.value, n, team.pk, organisation.pk, users))
    return made


def _organisation(scheme: Scheme, name: str, kind: str, **columns: str) -> Organisation:
    organisation = Organisation.objects.create(name=name, kind=kind, **columns)
    Partner.objects.create(scheme=scheme, organisation=organisation)
    begins = date(2020, 1, 1)
    agreement, _ = DataSharingAgreement.objects.get_or_create(
        scheme=scheme,
        title="Sharing in the scheme",
        defaults={"lawful_basis": "Article 6(1)(e)", "begins": begins, "recorded_at": timezone.now()},
    )
    SharingParty.objects.create(scheme=scheme, agreement=agreement, organisation=organisation, signed_on=begins)
    return organisation


def _users(
    scheme: Scheme, organisation: Organisation, role: Role, mailbox: str, number: int, team: Team | None = None
) -> list[int]:
    users = User.objects.bulk_create(
        User(email=f"{mailbox}.{n}@example.org", name=f"{GIVEN[n % 20]} {FAMILY[n % 16]}", password="!")
        for n in range(number)
    )
    Membership.objects.bulk_create(
        Membership(user=user, scheme=scheme, organisation=organisation, team=team, role=role, started=timezone.now())
        for user in users
    )
    return [user.pk for user in users]


def _load(cursor: Any, scheme: Scheme, practices: list[Any], teams: list[Any], referrals: int) -> None:
    values = {
        "scheme": scheme.pk, "version": scheme.pathway_version_id, "now": timezone.now(), "practices": PRACTICES,
        "teams": TEAMS, "busy": BUSY, "quiet": QUIET, "journeys": referrals * 3 // 5, "people": referrals * 9 // 20,
        "recent": referrals // 5, "given": GIVEN, "family": FAMILY,
    }  # fmt: skip
    cursor.execute(rows.HELPERS, {})
    cursor.executemany("INSERT INTO bench_practice VALUES (%s, %s, %s)", practices)
    cursor.executemany("INSERT INTO bench_team VALUES (%s, %s, %s, %s, %s)", teams)
    cursor.execute(rows.JOURNEYS, values)
    cursor.execute(rows.REFERRALS, values)
    with _bare(cursor, list(rows.LOADED)):
        for table, statement in rows.LOADED.items():
            cursor.execute(statement, values)
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT coalesce(max(id), 1) FROM {table}))"
            )


@contextmanager
def _bare(cursor: Any, tables: list[str]) -> Iterator[None]:
    """The tables without indexes, references and triggers. Afterwards all are back, and every row has been checked."""
    cursor.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), contype FROM pg_constraint "
        "WHERE contype IN ('f', 'p', 'u') AND (conrelid = ANY(%(tables)s::regclass[]) "
        "OR confrelid = ANY(%(tables)s::regclass[])) ORDER BY contype = 'f' DESC, conname",
        {"tables": tables},
    )
    constraints = cursor.fetchall()
    for table, name, _, _ in constraints:
        cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
    cursor.execute(
        "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
        "WHERE indrelid = ANY(%s::regclass[])",
        [tables],
    )
    indexes = cursor.fetchall()
    for name, _ in indexes:
        cursor.execute(f"DROP INDEX {name}")
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    for _, definition in indexes:
        cursor.execute(definition)
    for table, name, definition, _ in reversed(constraints):
        cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")

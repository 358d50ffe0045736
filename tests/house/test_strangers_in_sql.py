"""What plain SQL, with no filter at all, gives the web's role for each actor."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from django.db import Error, connection, transaction

from tests.factories import partner
from tests.house.finding import person_tables
from tests.house.seeing import Owner, committing
from tests.house.story import Story, tell_story
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import Organisation

TABLES = person_tables()
HISTORY = [table for table in TABLES if table.endswith("history")]
# Kept by one organisation for itself.
OWN = [
    "casework_case", "casework_note", "casework_contactattempt", "casework_task", "audit_access", "referrals_launch",
    "referrals_transfer", "privacy_accessrecord", "privacy_accesspack",
    "privacy_legalhold", "privacy_removalrun", "privacy_erasurerequest",
    "privacy_joining", "privacy_lookedinto", "privacy_moved", "people_withheldaddress", "people_abusemarker",
    "referrals_onetimepage", "advice_matter", "advice_timelimit", "files_file", "files_filecontent",
    "letters_letter", "letters_letterversion", "letters_decision", "letters_sentletter", "letters_letterdocument",
    "letters_clientagreement", "letters_noclosingletter",
    "budget_budget", "budget_line", "budget_debt", "budget_statement", "budget_statementpaper",
    "outcomes_outcome", "outcomes_whatchanged", "outcomes_timespent",
    "referrals_onetimepage", "social_prescribing_answer", "social_prescribing_goal", "social_prescribing_step",
    "social_prescribing_review", "social_prescribing_measured", "supervision_review", "supervision_finding",
]  # fmt: skip


@dataclass
class Two:
    """Two schemes with the same shape, and a provider of the first that nothing was sent to."""

    owner: Owner
    here: Story
    there: Story
    idle: Organisation


@pytest.fixture(scope="module")
def two(django_db_setup: None, django_db_blocker) -> Iterator[Two]:
    with committing(django_db_blocker) as owner:
        here, there = tell_story(), tell_story()
        idle = Organisation.objects.create(name="Quiet Corner", kind=Organisation.Kind.VOLUNTARY)
        partner(here.world.scheme, idle)
        yield Two(owner, here, there, idle)


@contextmanager
def nobody_set() -> Iterator[None]:
    with transaction.atomic():
        yield


def sql(statement: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]
    with connection.cursor() as cursor:
        return cursor.execute(statement, list(values)).fetchall()


def seen(table: str) -> int:
    return int(sql(f"SELECT count(*) FROM {table}")[0][0])


def changed(statement: str) -> int:
    """Rows that a statement touched; not being allowed to try it counts as none."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.rowcount
    except Error as refused:
        assert "permission denied" in str(refused), refused
        return 0


STRANGERS: dict[str, Callable[[Two], object]] = {
    "nobody": lambda two: acting_as(None),
    "no actor set": lambda two: nobody_set(),
    "an organisation of this scheme that nothing was sent to": lambda two: acting_as(
        _elsewhere(two, organisation_id=two.idle.pk)
    ),
    "another scheme's clinician in this scheme": lambda two: acting_as(
        _elsewhere(two, organisation_id=two.there.world.practice.pk)
    ),
    "this scheme's clinician in another": lambda two: acting_as(_elsewhere(two, scheme_id=two.there.world.scheme.pk)),
}


def _elsewhere(two: Two, **changes: int) -> Actor:
    by = two.here.world.clinician
    return Actor(**({"role": by.role, "scheme_id": by.scheme_id, "organisation_id": by.organisation_id} | changes))


@pytest.mark.parametrize("table", TABLES)
def test_there_are_rows_of_both_schemes_to_be_hidden(two: Two, table: str) -> None:
    schemes = {scheme for (scheme,) in two.owner.query(f"SELECT scheme_id FROM {table}")}
    assert schemes == {two.here.world.scheme.pk, two.there.world.scheme.pk}


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_sees_no_row_of_any_table(two: Two, who: str) -> None:
    with STRANGERS[who](two):  # type: ignore[attr-defined]
        assert {table: seen(table) for table in TABLES if seen(table)} == {}


@pytest.mark.parametrize("who", STRANGERS)
def test_a_stranger_changes_and_removes_nothing(two: Two, who: str) -> None:
    before = {table: two.owner.rows(table) for table in TABLES}
    with STRANGERS[who](two):  # type: ignore[attr-defined]
        for table in TABLES:
            assert changed(f"UPDATE {table} SET scheme_id = scheme_id") == 0, table
            assert changed(f"DELETE FROM {table}") == 0, table
    assert {table: two.owner.rows(table) for table in TABLES} == before


@pytest.mark.parametrize("role", ["clinician", "other_clinician", "link_worker", "adviser"])
def test_whoever_is_involved_sees_rows_of_their_scheme_that_name_them(two: Two, role: str) -> None:
    by = two.here.world.actors[role]
    with acting_as(by):
        for table in TABLES:
            for (text,) in sql(f"SELECT to_jsonb({table})::text FROM {table}"):
                row = json.loads(text)
                named = row.get("organisation_ids") or [row["organisation_id"], row.get("opened_by_id")]
                assert row["scheme_id"] == by.scheme_id and by.organisation_id in named, table


@pytest.mark.parametrize("table", [t for t in TABLES if t not in HISTORY and t not in OWN])
def test_what_is_shared_is_there_for_the_practice_that_began(two: Two, table: str) -> None:
    with acting_as(two.here.world.clinician):
        assert seen(table) > 0


def test_the_second_practice_sees_its_own_person_and_nobody_elses(two: Two) -> None:
    with acting_as(two.here.world.other_clinician):
        assert sql("SELECT id FROM people_person") == [(two.here.other.person_id,)]
        assert sql("SELECT id FROM referrals_journey") == [(two.here.other.pk,)]
        assert seen("messaging_messageback") == seen("referrals_samedayalert") == seen("people_selfdescription") == 0


@pytest.mark.parametrize("table", OWN[:3])
def test_one_service_sees_nothing_of_the_others_own_work(two: Two, table: str) -> None:
    for role in ("link_worker", "adviser"):
        by = two.here.world.actors[role]
        with acting_as(by):
            assert sql(f"SELECT DISTINCT organisation_id FROM {table}") == [(by.organisation_id,)]
    for role in ("clinician", "other_clinician"):
        with acting_as(two.here.world.actors[role]):
            assert seen(table) == 0


@pytest.mark.parametrize("table", HISTORY)
def test_nobody_reads_old_versions(two: Two, table: str) -> None:
    for by in two.here.world.actors.values():
        with acting_as(by):
            assert seen(table) == 0


@pytest.mark.parametrize("table", [table for table in TABLES if not table.endswith("history")])
def test_a_row_cannot_be_made_in_or_moved_to_another_scheme(two: Two, table: str) -> None:
    """The row is one that the actor sees, with only the scheme changed: nothing but the policy stands against it."""
    there = two.there.world.scheme.pk
    for by in two.here.world.actors.values():
        with acting_as(by):
            if not seen(table):
                continue
            with pytest.raises(Error, match=r"row-level security|permission denied"), transaction.atomic():
                sql(f"UPDATE {table} SET scheme_id = {there} RETURNING id")
            # Rows that the database alone makes, nobody else may make at all.
            with pytest.raises(Error, match=r"row-level security|permission denied"), transaction.atomic():
                sql(_copy(table, scheme_id=str(there)))


SHARED = ["referrals_journey", "referrals_referral", "events_event", "consent_agreement", "people_person"]


@pytest.mark.parametrize("table", SHARED)
def test_a_shared_row_cannot_be_made_without_naming_oneself(two: Two, table: str) -> None:
    with acting_as(two.here.world.clinician), pytest.raises(Error, match="row-level security"), transaction.atomic():
        sql(_copy(table, organisation_ids="ARRAY[0]::bigint[]"))


def _copy(table: str, **changes: str) -> str:
    """A statement that adds a copy of the first visible row, with other values in some columns."""
    columns = sql(
        "SELECT column_name::text FROM information_schema.columns "
        "WHERE table_name = %s AND is_generated = 'NEVER' AND column_name NOT IN ('id', 'pgh_id')",
        table,
    )
    names = ", ".join(f'"{name}"' for (name,) in columns)
    values = ", ".join(changes.get(name, f'"{name}"') for (name,) in columns)
    return f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} LIMIT 1 RETURNING id"

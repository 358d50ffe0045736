"""Row-level security stands under every table that holds something about a person."""

import pytest
from django.conf import settings
from django.db import connection

from tests.house.finding import person_tables

pytestmark = pytest.mark.django_db

# Tables that a person's rows hang on: whatever points at one of them is about a person.
ROOTS = ("people_person", "referrals_journey", "referrals_referral", "casework_case")

# Those that let rows through; what is restrictive only takes from them.
POLICIES = "FROM pg_policies WHERE tablename = %s AND permissive = 'PERMISSIVE'"


def ask(statement: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]
    with connection.cursor() as cursor:
        return cursor.execute(statement, list(values)).fetchall()


def tables_that_lead_to_a_person() -> set[str]:
    """Asked of the database itself, whatever the models say."""
    pointing = ask(
        """
        SELECT DISTINCT conrelid::regclass::text FROM pg_constraint
        WHERE contype = 'f' AND confrelid = ANY(%s::regclass[])
        """,
        list(ROOTS),
    )
    named = ask(
        """
        SELECT DISTINCT table_name::text FROM information_schema.columns
        WHERE table_schema = 'public' AND column_name IN ('person_id', 'journey_id', 'referral_id', 'case_id')
        """
    )
    return {*ROOTS, *(name for (name,) in pointing), *(name for (name,) in named)}


def test_the_models_declare_every_table_that_leads_to_a_person() -> None:
    assert tables_that_lead_to_a_person() <= set(person_tables())


@pytest.mark.parametrize("table", person_tables())
def test_each_stands_under_row_level_security(table: str) -> None:
    [(on,)] = ask("SELECT relrowsecurity FROM pg_class WHERE oid = %s::regclass", table)
    assert on


@pytest.mark.parametrize("table", person_tables())
def test_each_says_who_may_see_make_and_change_its_rows(table: str) -> None:
    rows = ask(
        "SELECT cmd, permissive, roles::text[] FROM pg_policies WHERE tablename = %s AND permissive = 'PERMISSIVE'",
        table,
    )
    assert {"SELECT", "INSERT", "UPDATE", "DELETE"} == {command for command, _, _ in rows}
    assert len(rows) == 4, "a second permissive policy would open what the first closes"


@pytest.mark.parametrize("table", person_tables())
def test_no_policy_lets_everything_through(table: str) -> None:
    rows = ask(f"SELECT policyname, qual, with_check {POLICIES}", table)
    open_ = [name for name, see, write in rows if "true" in (see, write)]
    unscoped = [name for name, see, write in rows if "app_scheme" not in f"{see}{write}" and see != "false"]
    assert not open_ and not unscoped


def test_the_tests_run_as_the_webs_role() -> None:
    [(user,)] = ask("SELECT current_user")
    assert user == settings.DATABASES["default"]["USER"] != settings.DATABASES["owner"]["USER"]


def test_the_webs_role_is_bound_by_the_policies() -> None:
    [role] = ask(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolreplication FROM pg_roles WHERE rolname = current_user"
    )
    assert not any(role)
    assert not ask("SELECT 1 FROM pg_auth_members WHERE member = current_user::regrole")


def test_the_webs_role_owns_nothing() -> None:
    kinds = {"pg_class": "relowner", "pg_proc": "proowner", "pg_namespace": "nspowner", "pg_database": "datdba"}
    for catalogue, owner in kinds.items():
        assert not ask(f"SELECT oid FROM {catalogue} WHERE {owner} = current_user::regrole"), catalogue


def test_the_webs_role_makes_no_tables() -> None:
    [(may,)] = ask("SELECT has_schema_privilege('public', 'CREATE')")
    assert not may


@pytest.mark.parametrize("table", person_tables())
def test_the_webs_role_removes_no_row_about_a_person(table: str) -> None:
    for privilege in ("DELETE", "TRUNCATE", "TRIGGER"):
        assert ask("SELECT has_table_privilege(%s, %s)", table, privilege) == [(False,)]


def test_what_is_only_added_to_cannot_be_changed() -> None:
    from tests.house.finding import is_history, own_models

    added_to = [m for m in own_models() if is_history(m) or getattr(m, "append_only", False)]
    assert len(added_to) > 5
    for model in added_to:
        [(update,)] = ask("SELECT has_any_column_privilege(%s, 'UPDATE')", model._meta.db_table)
        assert not update, model.__name__


def test_old_versions_are_seen_by_nobody_who_uses_the_pages() -> None:
    rows = ask("SELECT tablename, qual FROM pg_policies WHERE tablename LIKE '%%history' AND cmd = 'SELECT'")
    assert len(rows) > 5 and all(see == "false" for _, see in rows)

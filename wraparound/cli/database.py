"""The database a command works on: the one DATABASE_URL names, or the private one, started for as long as needed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from psycopg import Connection, sql

from wraparound.cli import places
from wraparound.cli.locks import Lock
from wraparound.cli.private_postgres import QUICK_NOT_DURABLE, PrivatePostgres
from wraparound.cli.problem import Problem

DATABASE = "wraparound"
OWNER, WEB = "wraparound_owner", "wraparound_web"
EXTENSIONS = ("pg_trgm", "unaccent", "btree_gist", "fuzzystrmatch")
TEST_RUNS_AT_ONCE = 20


def is_private() -> bool:
    return not os.environ.get("DATABASE_URL")


def private_postgres() -> PrivatePostgres:
    return PrivatePostgres(places.database_folder() / "postgres")


def postgres_for_tests() -> PrivatePostgres:
    """Another data folder: what tests make need not outlive the machine, so that it is quick."""
    return PrivatePostgres(places.database_folder() / "postgres-test", options=QUICK_NOT_DURABLE)


@contextmanager
def database() -> Iterator[None]:
    """With the environment naming a database that answers."""
    if not is_private():
        yield
        return
    postgres = private_postgres()
    try:
        postgres.join()
        make_roles_and_database(postgres)
        os.environ.update(environment(postgres))
        yield
    finally:
        postgres.leave()


def as_owner() -> None:
    """From here on this process works as the owner of the tables, where its address is given. Before Django starts."""
    os.environ["DATABASE_URL"] = os.environ.get("DATABASE_OWNER_URL") or os.environ["DATABASE_URL"]


@contextmanager
def naming(**addresses: str) -> Iterator[None]:
    """With the environment naming another database meanwhile, for processes that are started."""
    before = {name: os.environ.get(name) for name in addresses}
    os.environ.update(addresses)
    try:
        yield
    finally:
        for name, address in before.items():
            if address is None:
                del os.environ[name]
            else:
                os.environ[name] = address


@contextmanager
def database_for_tests() -> Iterator[None]:
    """As `database`, for one run of tests; several runs side by side each have their own."""
    if not is_private():
        yield
        return
    postgres = postgres_for_tests()
    try:
        postgres.join()
        with _free_name(postgres) as name:
            make_roles_and_database(postgres, name, owner_makes_databases=True)
            os.environ.update(environment(postgres, name))
            yield
    finally:
        postgres.leave()


@contextmanager
def _free_name(postgres: PrivatePostgres) -> Iterator[str]:
    for number in range(TEST_RUNS_AT_ONCE):
        lock = Lock(postgres.folder / f"run-{number}.lock")
        try:
            if lock.try_alone():
                yield f"{DATABASE}_{number}"
                return
        finally:
            lock.close()
    raise Problem(f"{TEST_RUNS_AT_ONCE} runs of the tests are under way here: wait for one to end.")


def environment(postgres: PrivatePostgres, name: str = DATABASE) -> dict[str, str]:
    return {"DATABASE_URL": postgres.address(WEB, name), "DATABASE_OWNER_URL": postgres.address(OWNER, name)}


def make_roles_and_database(
    postgres: PrivatePostgres, name: str = DATABASE, *, owner_makes_databases: bool = False
) -> None:
    """Whatever of them is missing. The web's role owns nothing and bypasses nothing."""
    with postgres.connect() as connection:
        _make_roles(connection, owner_makes_databases)
        # Left by a removal that was cut off; such a database can only be removed again.
        if _found(connection, "SELECT FROM pg_database WHERE datname = %s AND datconnlimit = -2", name):
            remove_database(connection, name)
        if not _found(connection, "SELECT FROM pg_database WHERE datname = %s", name):
            with postgres.connect("template1") as template:
                _make_extensions(template)
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(OWNER))
            )
    with postgres.connect(name) as connection:
        _make_extensions(connection)


def remove_database(connection: "Connection[tuple[object, ...]]", name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _make_roles(connection: "Connection[tuple[object, ...]]", owner_makes_databases: bool) -> None:
    for role in (OWNER, WEB):
        if not _found(connection, "SELECT FROM pg_roles WHERE rolname = %s", role):
            connection.execute(
                sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEROLE NOBYPASSRLS").format(sql.Identifier(role))
            )
    if owner_makes_databases:
        connection.execute(sql.SQL("ALTER ROLE {} CREATEDB").format(sql.Identifier(OWNER)))


def _make_extensions(connection: "Connection[tuple[object, ...]]") -> None:
    available = connection.execute(
        "SELECT name FROM pg_available_extensions WHERE name = ANY(%s) AND installed_version IS NULL",
        [list(EXTENSIONS)],
    )
    for (extension,) in available.fetchall():
        connection.execute(sql.SQL("CREATE EXTENSION {}").format(sql.Identifier(str(extension))))


def _found(connection: "Connection[tuple[object, ...]]", query: str, value: str) -> bool:
    return connection.execute(query, [value]).fetchone() is not None

"""A new database beside the one in use, like it in what a backup does not hold, and the change of their names."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from time import sleep

import psycopg
from psycopg import sql

from wraparound.cli import database
from wraparound.cli.dump_programs import with_name
from wraparound.cli.private_postgres import PrivatePostgres
from wraparound.cli.problem import Problem

Row = tuple[object, ...]
# Seconds between looks at who is connected: a connection that was closed just now is there a moment longer.
CLOSING = (0, 0.2, 0.8, 2)
LOCALE = """
    SELECT pg_encoding_to_char(encoding), datcollate, datctype, datlocprovider::text,
           coalesce(to_jsonb(d) ->> 'datlocale', to_jsonb(d) ->> 'daticulocale')
    FROM pg_database d WHERE datname = %s
"""
RIGHTS = """
    SELECT r.rolname, a.privilege_type
    FROM pg_database d, aclexplode(d.datacl) a LEFT JOIN pg_roles r ON r.oid = a.grantee
    WHERE d.datname = %s
"""
SET = """
    SELECT r.rolname, unnest(s.setconfig) FROM pg_db_role_setting s JOIN pg_database d ON d.oid = s.setdatabase
    LEFT JOIN pg_roles r ON r.oid = s.setrole WHERE d.datname = %s
"""


@dataclass(frozen=True)
class Beside:
    """`name` is in use, `new` is being filled, and `old` is what the first is called afterwards."""

    name: str
    new: str
    old: str


@contextmanager
def maintaining(address: str, private: PrivatePostgres | None) -> Iterator["psycopg.Connection[Row]"]:
    """Whoever may make and rename databases: the private server's superuser, or the owner where it has CREATEDB."""
    connection = private.connect() if private else psycopg.connect(with_name(address, "postgres"), autocommit=True)
    with connection:
        if connection.execute(
            "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
        ).fetchone() != (True,):
            raise Problem(
                f"To replace a database, {connection.info.user} must make one beside it: let a superuser say "
                f"`ALTER ROLE {connection.info.user} CREATEDB`, and NOCREATEDB afterwards. "
                "Or restore into an empty database."
            )
        yield connection


@contextmanager
def made_beside(connection: "psycopg.Connection[Row]", name: str, owner: str) -> Iterator[Beside]:
    """An empty database, which goes again unless all that is done with it succeeds."""
    refuse_while_used(connection, name)
    stamp = datetime.now(UTC).strftime("%Y%m%d_%H%M%S")
    beside = Beside(name, f"{name[:30]}_restored_{stamp}", f"{name[:30]}_before_{stamp}")
    try:
        _make(connection, beside, owner)
        yield beside
    except BaseException:
        database.remove_database(connection, beside.new)
        raise


def refuse_while_used(connection: "psycopg.Connection[Row]", name: str) -> None:
    others = 0
    for wait in CLOSING:
        sleep(wait)
        others = connection.execute("SELECT FROM pg_stat_activity WHERE datname = %s", [name]).rowcount
        if not others:
            return
    raise Problem(f"Others use the database {name} ({others} connections): stop the web server and the worker.")


def _make(connection: "psycopg.Connection[Row]", beside: Beside, owner: str) -> None:
    [(encoding, collate, ctype, provider, locale)] = connection.execute(LOCALE, [beside.name]).fetchall()
    statement = "CREATE DATABASE {} OWNER {} TEMPLATE template0 ENCODING {} LC_COLLATE {} LC_CTYPE {}"
    words: list[sql.Composable] = [sql.Identifier(beside.new), sql.Identifier(owner)]
    words += [sql.Literal(encoding), sql.Literal(collate), sql.Literal(ctype)]
    if provider != "c":
        kind = "ICU" if provider == "i" else "BUILTIN"
        statement += f" LOCALE_PROVIDER {kind} {kind}_LOCALE {{}}"
        words.append(sql.Literal(locale))
    connection.execute(sql.SQL(statement).format(*words))


def copy_rights(connection: "psycopg.Connection[Row]", beside: Beside) -> list[str]:
    """Who may connect, and what is set for the database. What only a superuser may set comes back as a sentence."""
    rights = connection.execute(RIGHTS, [beside.name]).fetchall()
    new = sql.Identifier(beside.new)
    if rights:
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(new))
    for role, right in rights:
        to = sql.Identifier(str(role)) if role else sql.SQL("PUBLIC")
        connection.execute(sql.SQL("GRANT {} ON DATABASE {} TO {}").format(sql.SQL(str(right)), new, to))
    left = []
    for role, setting in connection.execute(SET, [beside.name]).fetchall():
        key, _, value = str(setting).partition("=")
        try:
            if role is not None or key == "search_path":
                raise psycopg.errors.InsufficientPrivilege
            connection.execute(
                sql.SQL("ALTER DATABASE {} SET {} TO {}").format(new, sql.Identifier(key), sql.Literal(value))
            )
        except psycopg.errors.InsufficientPrivilege:
            whom = f"ALTER ROLE {role} IN DATABASE" if role else "ALTER DATABASE"
            left.append(f"A superuser must say again: {whom} {beside.name} SET {key} = '{value}';")
    return left


def change_places(connection: "psycopg.Connection[Row]", beside: Beside, write: Callable[[str], None]) -> None:
    """Both names change or neither does."""
    rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
    try:
        with connection.transaction():
            connection.execute(rename.format(sql.Identifier(beside.name), sql.Identifier(beside.old)))
            connection.execute(rename.format(sql.Identifier(beside.new), sql.Identifier(beside.name)))
    except psycopg.errors.ObjectInUse:
        raise Problem(f"Somebody began to use {beside.name} meanwhile, so that it stays as it was.") from None
    write(
        f"What was there before is now called {beside.old}. It holds people: once you are sure, remove it "
        f'with `DROP DATABASE "{beside.old}"`.'
    )

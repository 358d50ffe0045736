"""The database as its owner sees it: every row of every table."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

KEPT = ("django_migrations", "django_content_type", "auth_permission")


class Owner:
    """Reads and empties tables past row-level security, on a connection of its own."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection

    def query(self, statement: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        with self.connection.cursor() as cursor:
            return cursor.execute(statement, list(values)).fetchall()

    def run(self, statement: str) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute(statement)

    def tables(self) -> list[str]:
        return [name for (name,) in self.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]

    def rows(self, table: str) -> list[str]:
        """Every row of a table as text, in one order."""
        return [row for (row,) in self.query(f'SELECT row.*::text FROM "{table}" row ORDER BY 1')]

    def everything(self) -> dict[str, list[str]]:
        return {table: self.rows(table) for table in self.tables()}

    def empty(self) -> None:
        names = ", ".join(f'"{table}"' for table in self.tables() if table not in KEPT)
        self.run(f"TRUNCATE {names} CASCADE")


@contextmanager
def committing(blocker: Any) -> Iterator[Owner]:
    """Let rows be committed, for the owner to look at; they are gone afterwards."""
    with blocker.unblock():
        seeing = Owner(connections["owner"])
        try:
            yield seeing
        finally:
            connections["default"].close()
            seeing.empty()
            connections["owner"].close()


@contextmanager
def connected_as(alias: str) -> Iterator[None]:
    """The product's own connection with another alias's role: `owner` is not bound by row-level security."""
    connection, role = connections["default"], connections[alias].settings_dict["USER"]
    before = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = role
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["USER"] = before

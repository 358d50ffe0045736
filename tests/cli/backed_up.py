"""A database with rows in nearly every table, everything that can be read in it, and keys for its backups."""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connections
from psycopg import connect, sql

from tests.house.story import tell_story
from tests.journeys.stage import own_database
from wraparound.cli.backup import backup
from wraparound.cli.backup_keys import new_key
from wraparound.cli.dump_programs import with_name
from wraparound.cli.restore import restore
from wraparound.config.environment import read

# What stands in the database beside rows and must come back: asked as rows of text.
AROUND = (
    "SELECT table_name, grantee, privilege_type FROM information_schema.role_table_grants "
    "WHERE table_schema = 'public' AND grantee <> 'PUBLIC'",
    "SELECT schemaname, tablename, policyname, roles, cmd, qual, with_check FROM pg_policies",
    "SELECT relname, relrowsecurity FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
    "SELECT oid::regprocedure, prosecdef, proconfig, coalesce(proacl, acldefault('f', proowner)), md5(prosrc) "
    "FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proowner = current_user::regrole",
    "SELECT tgrelid::regclass, tgname, tgenabled, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "SELECT conrelid::regclass, conname, pg_get_constraintdef(oid) FROM pg_constraint",
    "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'",
)


# PostgreSQL writes a condition that it read back with other brackets and casts, and means the same.
WRITTEN_ANEW = re.compile(r"::(text|character varying|numeric|double precision)(\[\])?|[() ]")


class Kept:
    """The database, as its owner sees it, and the commands on it."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name, self.folder = name, folder
        self.server = read("DATABASE_OWNER_URL")
        self.address = with_name(self.server, name)
        self.web = with_name(read("DATABASE_URL"), name)
        self.key = self.new_key("key.txt")

    def new_key(self, name: str) -> Path:
        file = self.folder / name
        new_key(str(file), lambda said: None)
        return file

    def recipient(self) -> str:
        return self.key.read_text().split("public key: ")[1].splitlines()[0]

    def run(self, statement: str, *names: str) -> None:
        with connect(self.server, autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))

    def lose(self) -> None:
        self.run("DROP DATABASE {} WITH (FORCE)", self.name)
        self.run("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'", self.name)

    def change(self, statement: str) -> None:
        with connect(self.address) as connection:
            connection.execute(statement)  # type: ignore[arg-type]

    def everything(self) -> dict[str, list[str]]:
        """Each row of each table, and what is around them, as text in one order."""
        found = {}
        with connect(self.address) as connection:
            names = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
            for (name,) in names:
                rows = connection.execute(sql.SQL("SELECT t.*::text FROM {} t").format(sql.Identifier(name)))
                found[name] = sorted(row for (row,) in rows.fetchall())
            for question in AROUND:
                rows = connection.execute(question)  # type: ignore[arg-type]
                found[question] = sorted(WRITTEN_ANEW.sub("", str(row)) for row in rows.fetchall())
        return found

    def databases(self) -> set[str]:
        with connect(self.server) as connection:
            return {name for (name,) in connection.execute("SELECT datname FROM pg_database").fetchall()}

    def backup(self) -> Path:
        said: list[str] = []
        backup(tempfile.mkdtemp(dir=self.folder), said.append)
        return Path(said[0].split(": ")[0])

    def restore(self, file: Path, *, replace: bool = False) -> list[str]:
        said: list[str] = []
        restore(str(file), replace=replace, write=said.append)
        return said


@contextmanager
def kept_database(folder: Path) -> Iterator[Kept]:
    with own_database():
        tell_story()
        name = connections["default"].settings_dict["NAME"]
        connections.close_all()
        kept = Kept(name, folder)
        before = kept.databases()
        yield kept
        for left in kept.databases() - before:
            kept.run("DROP DATABASE {} WITH (FORCE)", left)


def settle(kept: Kept, patch: pytest.MonkeyPatch) -> None:
    """The settings that the commands read."""
    patch.setenv("DATABASE_URL", kept.web)
    patch.setenv("DATABASE_OWNER_URL", kept.address)
    patch.setenv("BACKUP_RECIPIENT", kept.recipient())
    patch.setenv("BACKUP_IDENTITY_FILE", str(kept.key))

"""What a backup says of itself: when, of which product, and how many rows of each table it must hold."""

import json
import tomllib
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from psycopg import Connection, sql

from wraparound.cli import places
from wraparound.cli.problem import Problem

FORMAT = "wraparound backup 1"
# Tables of the product and its framework: not PostgreSQL's own, and none that an extension brings.
TABLES = """
    SELECT n.nspname, c.relname, c.relrowsecurity FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND NOT EXISTS (SELECT FROM pg_depend d
                      WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    ORDER BY 1, 2
"""
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Table:
    """How many rows, and whether row-level security is on."""

    rows: int
    row_security: bool


@dataclass(frozen=True)
class Manifest:
    """`server` is PostgreSQL's major version; `made_at` is in UTC; `tables` are by schema and name."""

    made_at: str
    product: str
    server: int
    migrations: tuple[str, ...]
    tables: dict[str, Table]

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    def line(self) -> bytes:
        """One line of JSON, which begins the backup."""
        return json.dumps({"format": FORMAT, **asdict(self)}, sort_keys=True).encode() + b"\n"

    @classmethod
    def read(cls, line: bytes) -> "Manifest":
        """A ValueError where the line is something else."""
        said = json.loads(line)
        if not isinstance(said, dict) or said.pop("format", None) != FORMAT:
            raise ValueError("not a manifest")
        tables = {name: Table(**table) for name, table in said.pop("tables").items()}
        return cls(**{**said, "migrations": tuple(said["migrations"])}, tables=tables)


def major_of(connection: "Connection[Row]") -> int:
    return connection.info.server_version // 10_000


def tables_of(connection: "Connection[Row]") -> list[tuple[str, str, bool]]:
    return [(str(schema), str(name), bool(secured)) for schema, name, secured in connection.execute(TABLES).fetchall()]


def look(connection: "Connection[Row]") -> Manifest:
    """Count everything in the connection's snapshot. Fails, rather than counting less, where a row would be hidden."""
    connection.execute("SET row_security = off")
    tables = {}
    for schema, name, secured in tables_of(connection):
        counted = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, name)))
        [(rows,)] = counted.fetchall()
        tables[f"{schema}.{name}"] = Table(int(rows), secured)
    if "public.django_migrations" not in tables:
        raise Problem("There is nothing of Wraparound in this database.")
    applied = connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1").fetchall()
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Manifest(now, _product(), major_of(connection), tuple(str(name) for (name,) in applied), tables)


def _product() -> str:
    with open(places.CHECKOUT / "pyproject.toml", "rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def differences(wanted: Manifest, found: Manifest) -> list[str]:
    """A sentence for each table that is not as the backup says; none where everything is there."""
    said = []
    for name in sorted(wanted.tables.keys() | found.tables.keys()):
        before, after = wanted.tables.get(name), found.tables.get(name)
        if before is None or after is None:
            said.append(f"{name} is in only one of the two.")
        elif before.rows != after.rows:
            said.append(f"{name} has {after.rows:,} rows and should have {before.rows:,}.")
        elif before.row_security != after.row_security:
            said.append(f"{name} has row-level security in only one of the two.")
    return said

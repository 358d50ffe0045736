"""A migrated database for one process of tests: copied from one that was migrated once for this schema."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from psycopg import Connection, connect, sql

import wraparound
from wraparound.config.environment import read

KEPT = "wraparound_migrated_"
ONE_AT_A_TIME = 7_021_962
# What decides the tables besides the migrations: they read these, and permissions come from the models.
DECIDING = ("**/migrations/*.py", "**/models.py", "**/models/**/*.py", "**/states.py", "audit/**/*.py")


def schema_digest() -> str:
    """One word for everything that decides what migrating leaves behind."""
    package = Path(wraparound.__file__).parent
    digest = hashlib.sha256()
    for path in sorted({path for pattern in DECIDING for path in package.glob(pattern)}):
        digest.update(str(path.relative_to(package)).encode() + path.read_bytes())
    for library in ("django", "django-pghistory", "django-pgtrigger", "procrastinate"):
        digest.update(version(library).encode())
    return digest.hexdigest()[:16]


@contextmanager
def copied(name: str, migrate: Callable[[str], None]) -> Iterator[None]:
    """`name` is a database with the whole schema and no rows, until the block ends."""
    with _owner() as owner:
        owner.execute("SELECT pg_advisory_lock(%s)", [ONE_AT_A_TIME])
        kept = KEPT + schema_digest()
        if not _exists(owner, kept):
            _make(owner, kept, migrate)
        _drop(owner, name)
        owner.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(kept)))
    yield
    with _owner() as owner:
        _drop(owner, name)


def _make(owner: "Connection[tuple[object, ...]]", kept: str, migrate: Callable[[str], None]) -> None:
    """Under another name until it is whole; those of earlier schemas go."""
    unfinished = KEPT + "unfinished"
    for (old,) in owner.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [KEPT]).fetchall():
        _drop(owner, str(old))
    owner.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(unfinished)))
    migrate(unfinished)
    owner.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(unfinished), sql.Identifier(kept)))


def _owner() -> "Connection[tuple[object, ...]]":
    return connect(read("DATABASE_OWNER_URL"), autocommit=True)


def _exists(owner: "Connection[tuple[object, ...]]", name: str) -> bool:
    return owner.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def _drop(owner: "Connection[tuple[object, ...]]", name: str) -> None:
    owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

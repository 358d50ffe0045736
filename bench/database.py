"""The benchmarks' own database: made by the owner beside the one that the environment names, and removed again."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

ADDRESSES = ("DATABASE_URL", "DATABASE_OWNER_URL")


@contextmanager
def own_database(*, contents: str, keep: bool) -> Iterator[bool]:
    """With the environment naming it; True when one that an earlier run kept has these contents already."""
    base = os.environ["DATABASE_OWNER_URL"]
    name = f"{urlsplit(base).path.lstrip('/')}_bench"
    with psycopg.connect(base, autocommit=True) as owner:
        kept = keep and _comment(owner, name) == contents
        if not kept:
            _remove(owner, name)
            owner.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(sql.Identifier(name)))
        for address in ADDRESSES:
            parts = urlsplit(os.environ[address])
            place = f"//{parts.netloc}"
            os.environ[address] = os.environ[address].replace(f"{place}{parts.path}", f"{place}/{name}", 1)
        try:
            yield kept
        finally:
            if not keep:
                _remove(owner, name)


def mark(contents: str) -> None:
    """Note on the database in use what it now holds."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        comment = sql.SQL("COMMENT ON DATABASE {} IS {}")
        owner.execute(comment.format(sql.Identifier(owner.info.dbname), sql.Literal(contents)))


def digest(rows: int) -> str:
    """Of all that decides what the database holds."""
    here = Path(__file__).parent
    deciding = [here / "ground.py", here / "rows.py", *sorted(here.parent.glob("wraparound/*/migrations/*.py"))]
    found = hashlib.sha256(str(rows).encode())
    for path in deciding:
        found.update(path.read_bytes())
    return found.hexdigest()


def _comment(owner: psycopg.Connection[tuple[object, ...]], name: str) -> object:
    found = owner.execute(
        "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
    ).fetchone()
    return found and found[0]


def _remove(owner: psycopg.Connection[tuple[object, ...]], name: str) -> None:
    # Not by force: the owner may not end the web role's connections, and PostgreSQL waits for closed ones to go.
    owner.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))

"""Bringing the database up to date, and knowing without asking Django that it is.

The private database carries, as its comment, a digest of everything that could change its tables: where the digest is
the same, nothing is done.
"""

import hashlib
import signal
import sys
from collections.abc import Callable

from psycopg import sql

from wraparound.cli import places, processes
from wraparound.cli.database import DATABASE
from wraparound.cli.private_postgres import PrivatePostgres
from wraparound.cli.problem import Problem


def digest_of_migrations() -> str:
    package = places.CHECKOUT / "wraparound"
    files = [places.CHECKOUT / "requirements.lock", package / "config" / "settings.py"]
    digest = hashlib.sha256()
    for file in files + sorted(package.rglob("migrations/*.py")):
        digest.update(f"{file.relative_to(places.CHECKOUT)}\0".encode())
        digest.update(file.read_bytes() if file.exists() else b"")
    return digest.hexdigest()


def is_up_to_date(postgres: PrivatePostgres) -> bool:
    with postgres.connect() as connection:
        row = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [DATABASE]
        ).fetchone()
    return row == (digest_of_migrations(),)


def note(postgres: PrivatePostgres, digest: str) -> None:
    with postgres.connect() as connection:
        connection.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(DATABASE), sql.Literal(digest))
        )


def bring_up_to_date_apart() -> None:
    """In a process of its own, so that the one that stays never loads Django."""
    command = [sys.executable, "-m", "wraparound", "migrate"]
    process = processes.spawn(command, dies=signal.SIGTERM, cwd=places.CHECKOUT)
    try:
        status = process.wait()
    except KeyboardInterrupt:
        process.terminate()
        process.wait()
        raise
    if status:
        raise Problem("The database could not be brought up to date: what is above says why.")


def bring_up_to_date(write: Callable[[str], None]) -> None:
    """Run the migrations as the owner, and load the demo into a development database that holds no scheme."""
    import django
    from django.core.management import call_command

    from wraparound.cli.demo import load_if_empty

    django.setup()
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    load_if_empty(write)

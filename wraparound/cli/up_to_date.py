"""Bringing the database up to date, and knowing without asking Django that it is.

The private database carries, as its comment, a digest of everything that could change its tables: where the digest is
the same, nothing is done. Until the first such digest is there, nobody has worked in it.
"""

import hashlib
import signal
import sys
from collections.abc import Callable

from psycopg import sql

from wraparound.cli import places, processes
from wraparound.cli.database import DATABASE, make_roles_and_database, remove_database
from wraparound.cli.private_postgres import PrivatePostgres
from wraparound.cli.problem import Problem

FIRST_TIME = "being made for the first time"
CHANGED_BY_HAND = "changed by hand"


def digest_of_migrations() -> str:
    package = places.CHECKOUT / "wraparound"
    files = [places.CHECKOUT / "requirements.lock", package / "config" / "settings.py"]
    digest = hashlib.sha256()
    for file in files + sorted(package.rglob("migrations/*.py")):
        digest.update(f"{file.relative_to(places.CHECKOUT)}\0".encode())
        digest.update(file.read_bytes() if file.exists() else b"")
    return digest.hexdigest()


def make_up_to_date(postgres: PrivatePostgres) -> None:
    """Do what is needed, and leave word of it. A first time that was cut off left nobody's work: begin it again."""
    digest, state = digest_of_migrations(), _state(postgres)
    if state == digest:
        return
    if state == FIRST_TIME:
        with postgres.connect() as connection:
            remove_database(connection, DATABASE)
        make_roles_and_database(postgres)
    if state == FIRST_TIME or _is_empty(postgres):
        note(postgres, FIRST_TIME)
    bring_up_to_date_apart()
    note(postgres, digest)


def note(postgres: PrivatePostgres, state: str) -> None:
    with postgres.connect() as connection:
        connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(DATABASE), sql.Literal(state)))


def _state(postgres: PrivatePostgres) -> object:
    with postgres.connect() as connection:
        row = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [DATABASE]
        ).fetchone()
    return row[0] if row else None


def _is_empty(postgres: PrivatePostgres) -> bool:
    with postgres.connect(DATABASE) as connection:
        row = connection.execute("SELECT to_regclass('django_migrations') IS NULL").fetchone()
    return row == (True,)


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

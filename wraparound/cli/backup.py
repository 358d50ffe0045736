"""`wraparound backup`: the whole database in one encrypted file."""

import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from wraparound.cli import backup_keys, places, processes
from wraparound.cli.backup_file import Dump, Sealed, seal
from wraparound.cli.database import database
from wraparound.cli.dump_programs import environment_for, program
from wraparound.cli.manifest import Manifest, look
from wraparound.cli.new_file import appearing
from wraparound.cli.problem import Problem
from wraparound.config import environment

ENDING = ".backup.age"


def backup(where: str, write: Callable[[str], None]) -> None:
    """Into a folder (`var/backups` where none is said), under a name with the time; or into a file not yet there."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    recipients = backup_keys.recipients()
    file = _file(where)
    with database(), _snapshot(environment.read("DATABASE_OWNER_URL")) as (connection, snapshot):
        try:
            manifest = look(connection)
        except psycopg.errors.InsufficientPrivilege:
            raise Problem(
                f"The role {connection.info.user} may not see every row: a backup is made by the owner of the "
                "tables, or by a role with BYPASSRLS and pg_read_all_data."
            ) from None
        with appearing(file) as half, _dump(manifest, snapshot) as dump:
            sealed = seal(dump, half, recipients)
    write(_said(file, manifest, sealed))


def _file(where: str) -> Path:
    """Where it will be; its folder is there when this returns."""
    file = Path(where) if where else places.VAR / "backups"
    if not where:
        file.mkdir(mode=0o700, parents=True, exist_ok=True)
    if file.is_dir():
        return file / f"wraparound-{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}{ENDING}"
    if file.exists():
        raise Problem(f"{file} is there already: name another file, or a folder.")
    if not file.parent.is_dir():
        raise Problem(f"There is no folder {file.parent}.")
    return file


@contextmanager
def _snapshot(address: str) -> Iterator[tuple["psycopg.Connection[tuple[object, ...]]", str]]:
    """A moment of the database that pg_dump can be shown too, so that rows are counted in what it writes."""
    try:
        connection = psycopg.connect(address)
    except psycopg.OperationalError as error:
        raise Problem(f"The database does not let its owner in: {str(error).strip()}") from None
    with connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        [(snapshot,)] = connection.execute("SELECT pg_export_snapshot()").fetchall()
        yield connection, str(snapshot)


@contextmanager
def _dump(manifest: Manifest, snapshot: str) -> Iterator[Dump]:
    """pg_dump reads with row-level security off: a row it may not see is an error and not a smaller backup."""
    command = [program("pg_dump", manifest.server), "--format=custom", "--no-password", f"--snapshot={snapshot}"]
    with tempfile.TemporaryFile() as errors:
        process = processes.spawn(
            command,
            dies=signal.SIGTERM,
            env=environment_for(environment.read("DATABASE_OWNER_URL")),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        with process:
            try:
                yield Dump(manifest.line(), process, errors)
            finally:
                process.kill()


def _said(file: Path, manifest: Manifest, sealed: Sealed) -> str:
    return (
        f"{file}: {manifest.rows:,} rows of {len(manifest.tables)} tables, {sealed.size:,} bytes.\n"
        f"sha256 {sealed.digest.hexdigest()}\n"
        "It opens with the secret key alone. Copy it to another place than this server."
    )

"""A copy of the whole PostgreSQL server, from which the archive goes on: pg_basebackup, encrypted on its way."""

import signal
import subprocess
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from wraparound.cli import backup_keys, processes
from wraparound.cli.backup_file import Dump, seal
from wraparound.cli.dump_programs import program
from wraparound.cli.manifest import major_of
from wraparound.cli.new_file import appearing
from wraparound.cli.problem import Problem

# All in one stream; what was written meanwhile is in the archive, for which PostgreSQL waits.
WORDS = ("--pgdata=-", "--format=tar", "--gzip", "--wal-method=none", "--checkpoint=fast", "--no-password")


def base(folder: str, write: Callable[[str], None]) -> None:
    """Of the server that `psql` would speak to, into `folder` under a name with the time; nothing plain on disk."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    recipients = backup_keys.recipients()
    if not Path(folder).is_dir():
        raise Problem(f"There is no folder {folder}: is the archive's disk mounted?")
    file = Path(folder) / f"base-{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}.tar.gz.age"
    with appearing(file) as half, tempfile.TemporaryFile() as errors:
        process = processes.spawn(
            ["env", "LC_ALL=C", program("pg_basebackup", _major()), *WORDS],
            dies=signal.SIGTERM,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
        with process:
            try:
                sealed = seal(Dump(b"", process, errors), half, recipients)
            finally:
                process.kill()
    write(f"{file}: {sealed.size:,} bytes.\nsha256 {sealed.digest.hexdigest()}")


def _major() -> int:
    try:
        with psycopg.connect("dbname=postgres") as connection:
            return major_of(connection)
    except psycopg.OperationalError as error:
        raise Problem(f"PostgreSQL does not answer this user: {str(error).strip()}") from None

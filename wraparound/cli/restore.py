"""`wraparound restore`: a backup back into a database, and every row of it counted."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

import psycopg
from pyrage import x25519

from wraparound.cli import backup_keys, beside, database, places, processes, up_to_date
from wraparound.cli.backup_file import Opening, check, close_quietly, open_into
from wraparound.cli.dump_programs import environment_for, last_words, program, with_name
from wraparound.cli.locks import Lock
from wraparound.cli.manifest import Manifest, differences, look, major_of, tables_of
from wraparound.cli.private_postgres import PrivatePostgres
from wraparound.cli.problem import Problem
from wraparound.config import environment

Say = Callable[[str], None]


@dataclass(frozen=True)
class Backup:
    """One that was read to its end and found whole. `contents` is pg_restore's list of it."""

    file: IO[bytes]
    identities: Sequence[x25519.Identity]
    manifest: Manifest
    contents: str
    pg_restore: str


def restore(file: str, *, replace: bool, write: Say) -> None:
    """Into the empty database that the settings name; with `replace` one beside it takes its place."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    identities = backup_keys.identities()
    private = database.private_postgres() if database.is_private() else None
    with _opened(file) as encrypted, _nobody_runs(private), database.database():
        address = environment.read("DATABASE_OWNER_URL")
        name, major, empty = _target(address)
        if not empty and not replace:
            raise Problem(
                f"The database {name} is not empty, so that nothing was changed: with --replace, what is restored "
                "takes its place once it is whole."
            )
        pg_restore = program("pg_restore", major)
        backup = Backup(encrypted, identities, *check(encrypted, identities, pg_restore), pg_restore)
        _refuse_newer(backup.manifest)
        write(f"{file} is whole: {backup.manifest.rows:,} rows of {backup.manifest.made_at}.")
        if empty:
            if private:
                up_to_date.note(private, up_to_date.CHANGED_BY_HAND)
            _fill(address, backup)
        else:
            with beside.maintaining(address, private) as connection:
                _replace(connection, address, backup, write)
    write(
        f"Every one of {len(backup.manifest.tables)} tables has the rows that it had: {backup.manifest.rows:,} in all. "
        "Row-level security is on where it was, and the web's role has its rights."
    )


@contextmanager
def _opened(file: str) -> Iterator[IO[bytes]]:
    try:
        number = os.open(file, os.O_RDONLY)
    except OSError as error:
        raise Problem(f"{file} cannot be read ({error.strerror}).") from None
    with os.fdopen(number, "rb") as encrypted:
        yield encrypted


@contextmanager
def _nobody_runs(private: PrivatePostgres | None) -> Iterator[None]:
    """On a private database `wraparound run` would find another one under its feet."""
    if private is None:
        yield
        return
    lock = Lock(places.RUN_LOCK)
    try:
        if not lock.try_alone():
            raise Problem("Wraparound is running: stop it first (Ctrl-C where `make run` is).")
        yield
    finally:
        lock.close()


def _target(address: str) -> tuple[str, int, bool]:
    """Its name, the server's major version, and whether there is nothing in it."""
    try:
        with psycopg.connect(address) as connection:
            info = connection.info
            return info.dbname, major_of(connection), not tables_of(connection)
    except psycopg.OperationalError as error:
        raise Problem(f"The database does not let its owner in: {str(error).strip()}") from None


def _refuse_newer(manifest: Manifest) -> None:
    import django
    from django.db.migrations.loader import MigrationLoader

    django.setup()
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    strange = sorted(set(manifest.migrations) - known)
    if strange:
        raise Problem(
            f"The backup was made by another version of Wraparound ({manifest.product}, with {strange[0]}): "
            "take that version, or a later one, and restore again. Nothing was changed."
        )


def _replace(connection: "psycopg.Connection[beside.Row]", address: str, backup: Backup, write: Say) -> None:
    target = psycopg.conninfo.conninfo_to_dict(address)
    with beside.made_beside(connection, str(target["dbname"]), str(target["user"])) as made:
        _fill(with_name(address, made.new), backup)
        left = beside.copy_rights(connection, made)
        beside.change_places(connection, made, write)
    for sentence in left:
        write(sentence)


def _fill(address: str, backup: Backup) -> None:
    """All or nothing; then every table is counted, and the migrations that are newer than the backup are run."""
    _pour(address, backup)
    with psycopg.connect(address) as connection:
        wrong = differences(backup.manifest, look(connection))
    if wrong:
        raise Problem("What was restored is not what the backup says, so do not use it:\n" + "\n".join(wrong))
    _migrate(address)


def _pour(address: str, backup: Backup) -> None:
    """Decrypt into pg_restore, which commits only when it has read to the end."""
    # Extensions may be there already and another's, whose comments are not ours to write.
    wanted = [line for line in backup.contents.splitlines() if " COMMENT - EXTENSION " not in line]
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as contents, tempfile.TemporaryFile() as errors:
        contents.write("\n".join(wanted))
        contents.flush()
        command = [backup.pg_restore, "--single-transaction", "--exit-on-error", "--no-owner", "--no-password"]
        command += [f"--use-list={contents.name}", f"--dbname={psycopg.conninfo.conninfo_to_dict(address)['dbname']}"]
        process = processes.spawn(
            command,
            dies=signal.SIGTERM,
            env=environment_for(address),
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=errors,
        )
        try:
            open_into(backup.file, Opening(process.stdin), backup.identities)
            close_quietly(process.stdin)
        except BrokenPipeError:
            process.wait()
        except BaseException:
            process.kill()
            raise
        finally:
            close_quietly(process.stdin)
            ended = process.wait()
        if ended != 0:
            errors.seek(0)
            why = f"signal {-ended}" if ended < 0 else last_words(errors.read())
            raise Problem(f"The backup could not be restored, and nothing was changed: {why}.")


def _migrate(address: str) -> None:
    """In a process of its own, with settings that name this database. It gives the web's role its rights anew."""
    name = str(psycopg.conninfo.conninfo_to_dict(address)["dbname"])
    web = with_name(environment.read("DATABASE_URL"), name)
    command = [sys.executable, "-m", "wraparound", "manage", "migrate", "--database", "owner", "--verbosity", "0"]
    with database.naming(DATABASE_URL=web, DATABASE_OWNER_URL=address):
        status = processes.spawn([*command, "--no-input"], dies=signal.SIGTERM, cwd=places.CHECKOUT).wait()
    if status:
        raise Problem("The rows are back, but the migrations did not run: what is above says why.")

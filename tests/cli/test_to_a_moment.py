"""A destroyed server comes back to a moment by the very lines of the operators' guide; the key alone reads it."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from psycopg import connect, sql

from tests.cli.archiving import Archiving, ours
from tests.cli.backed_up import Kept, kept_database, settle
from wraparound.audit.sealing import seal
from wraparound.cli import archive
from wraparound.cli.backup_keys import new_key
from wraparound.cli.database import environment, make_roles_and_database
from wraparound.cli.main import main
from wraparound.cli.manifest import tables_of

MARK = "Zebedee-Quillfeather"
Table = tuple[int, str]


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    with django_db_blocker.unblock(), kept_database(tmp_path_factory.mktemp("product")) as made:
        seal()
        yield made


@dataclass
class Moment:
    """A server that was lost after `when`, with its base backup, and what it held then."""

    server: Archiving
    base: Path
    when: str
    held: dict[str, Table]
    later: str
    recipient: str
    plain: bool


@pytest.fixture(scope="module")
def lost(kept: Kept, open_folder: Path) -> Iterator[Moment]:
    server = Archiving(open_folder / "archiving", options=("fsync=off",))
    server.folder.mkdir(parents=True)
    server.key.write_bytes(kept.key.read_bytes())
    server.key.chmod(0o600)
    server.give(server.key)
    try:
        server.set_up(kept.recipient())
        _fill(server, kept)
        yield _lived_through(server, kept.recipient())
    finally:
        server.stop()


def _fill(server: Archiving, kept: Kept) -> None:
    """With the product's own tables and somebody in each."""
    make_roles_and_database(server)
    with pytest.MonkeyPatch.context() as patch:
        settle(kept, patch)
        file = kept.backup()
        for name, address in environment(server).items():
            patch.setenv(name, address)
        kept.restore(file)


def _lived_through(server: Archiving, recipient: str) -> Moment:
    _do(server, f"INSERT INTO django_session SELECT '{MARK} ' || n, 'before', now() FROM generate_series(1, 500) n")
    base = server.base(recipient)
    _do(server, f"INSERT INTO django_session SELECT 'base ' || n, '{MARK}', now() FROM generate_series(1, 5000) n")
    _do(server, f"UPDATE people_person SET known_as = '{MARK}'")
    _do(server, "DELETE FROM django_session WHERE session_data = 'before' AND session_key LIKE '%7'")
    held, when = everything(server), _now(server)
    _do(server, "INSERT INTO django_session VALUES ('after', 'x', now())")
    later = _now(server)
    _do(server, "DROP TABLE casework_note CASCADE")
    _do(
        server, "SET session_replication_role = replica; DELETE FROM events_event; UPDATE people_person SET mobile = ''"
    )
    assert everything(server) != held
    plain = any(MARK.encode() in file.read_bytes() for file in (server.data / "pg_wal").iterdir() if file.is_file())
    server.lose()
    return Moment(server, base, when, held, later, recipient, plain)


def _do(server: Archiving, statement: str) -> None:
    with connect(server.address("postgres")) as connection:
        connection.execute(statement)  # type: ignore[arg-type]


def _now(server: Archiving) -> str:
    """A moment with time on both sides of it."""
    with server.connect() as connection:
        [(when, _, _)] = connection.execute("SELECT clock_timestamp()::text, pg_sleep(0.1), 1").fetchall()
        connection.execute("SELECT pg_sleep(0.1)")
    return str(when)


def everything(server: Archiving) -> dict[str, Table]:
    """How many rows each table has, and a checksum over them in one order."""
    found = {}
    with connect(server.address("postgres")) as connection:
        for schema, name, _ in tables_of(connection):
            asked = "SELECT count(*), md5(coalesce(string_agg(t::text, ';' ORDER BY t::text), '')) FROM {} t"
            [(rows, checksum)] = connection.execute(sql.SQL(asked).format(sql.Identifier(schema, name))).fetchall()
            found[f"{schema}.{name}"] = (int(rows), str(checksum))
    return found


def _promoted(server: Archiving) -> bool:
    with server.connect() as connection:
        for _ in range(600):
            if connection.execute("SELECT pg_is_in_recovery()").fetchone() == (False,):
                return True
            connection.execute("SELECT pg_sleep(0.05)")
    return False


def test_a_destroyed_server_comes_back_to_the_moment_with_every_row(lost: Moment) -> None:
    server = lost.server
    assert sum(rows > 0 for rows, _ in lost.held.values()) > 40
    server.restore(lost.base, lost.when)
    assert _promoted(server)
    found = everything(server)
    assert {name for name in lost.held.keys() | found.keys() if lost.held.get(name) != found.get(name)} == set()
    _the_trail_is_whole(server)
    # A first try that was too early: again from the base, to a later moment of the time line that it left.
    server.lose()
    server.restore(lost.base, lost.later, more="recovery_target_timeline = 'current'\n")
    assert _promoted(server)
    rows, checksum = everything(server)["public.django_session"]
    assert (rows, checksum) != lost.held["public.django_session"]
    assert rows == lost.held["public.django_session"][0] + 1


def _the_trail_is_whole(server: Archiving) -> None:
    done = subprocess.run(
        [ours(), "audit", "verify"],
        env={**environment(server), "PATH": "/usr/bin:/bin", "SECRET_KEY": "x" * 50},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.startswith("Whole: ")) == (0, True), done.stdout + done.stderr


def test_nothing_in_the_archive_is_plain_or_opens_with_another_key(
    lost: Moment, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert lost.plain, "what is looked for was never in a segment"
    another = tmp_path / "another.txt"
    new_key(str(another), lambda said: None)
    monkeypatch.setenv("BACKUP_IDENTITY_FILE", str(another))
    wal = lost.server.archive / "wal"
    segments = sorted(wal.glob("*.gz.age"))
    assert len(segments) >= 2
    for file in [*segments, lost.base]:
        assert file.read_bytes().startswith(b"age-encryption.org/v1\n")
        assert file.stat().st_mode & 0o777 == 0o600
    for file in wal.glob("*.sha256"):
        assert len(file.read_text().strip()) == 64
    assert {file.suffix for file in wal.iterdir()} == {".age", ".sha256"}
    assert archive.fetch(str(wal), segments[0].name.removesuffix(".gz.age"), str(tmp_path / "out")) == archive.STOP
    assert main(["archive", "open", str(lost.base)]) == 1
    assert not (tmp_path / "out").exists()


# The two commands that PostgreSQL runs


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    key = tmp_path / "key.txt"
    new_key(str(key), lambda said: None)
    recipient = key.read_text().split("public key: ")[1].splitlines()[0]
    monkeypatch.setenv("BACKUP_RECIPIENT", recipient)
    monkeypatch.setenv("BACKUP_IDENTITY_FILE", str(key))
    (tmp_path / "archive").mkdir()
    (tmp_path / "segment").write_bytes(b"rows" * 1000)
    return tmp_path


def _keep(folder: Path) -> int:
    return main(["archive", "wal", str(folder / "segment"), str(folder / "archive")])


def _fetch(folder: Path, name: str = "segment") -> int:
    return main(["archive", "fetch", str(folder / "archive"), name, str(folder / "back")])


def test_the_same_file_again_is_done_and_another_of_its_name_is_refused(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _keep(folder) == _keep(folder) == 0
    before = {file.name: file.read_bytes() for file in (folder / "archive").iterdir()}
    (folder / "segment").write_bytes(b"else")
    assert _keep(folder) == 1
    assert "another file of this name is in the archive" in capsys.readouterr().err
    assert {file.name: file.read_bytes() for file in (folder / "archive").iterdir()} == before
    assert _fetch(folder) == 0
    assert (folder / "back").read_bytes() == b"rows" * 1000


def test_a_crash_between_the_two_files_is_put_right_by_the_next_try(folder: Path) -> None:
    assert _keep(folder) == 0
    (folder / "archive" / "segment.gz.age").unlink()
    assert _keep(folder) == _fetch(folder) == 0


def test_only_what_was_never_there_is_the_end_of_the_archive(folder: Path) -> None:
    assert _fetch(folder) == archive.NOT_THERE
    assert _keep(folder) == 0
    file = folder / "archive" / "segment.gz.age"
    whole = file.read_bytes()
    for damaged in (b"", whole[:100], whole[:-1], whole[:-9] + bytes([whole[-9] ^ 1]) + whole[-8:], whole + b"x"):
        file.write_bytes(damaged)
        assert _fetch(folder) == archive.STOP
    file.unlink()
    (folder / "archive" / "segment.sha256").unlink()
    (folder / "archive").rmdir()
    assert _fetch(folder) == archive.STOP, "a disk that is not mounted"
    assert not (folder / "back").exists()


def test_nothing_is_archived_without_a_key_or_a_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BACKUP_RECIPIENT")
    assert _keep(folder) == 1
    assert not list((folder / "archive").iterdir())


def test_a_base_that_breaks_off_leaves_no_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    script = folder / "pg_basebackup"
    script.write_text(
        "#!/bin/sh\nhead -c 300000 /dev/urandom\necho 'pg_basebackup: error: the line is gone' >&2\nexit 1\n"
    )
    script.chmod(0o700)
    monkeypatch.setattr("wraparound.cli.base_backup.program", lambda name, major: str(script))
    monkeypatch.setattr("wraparound.cli.base_backup._major", lambda: 18)
    assert main(["archive", "base", str(folder / "archive")]) == 1
    assert "the line is gone" in capsys.readouterr().err
    assert not list((folder / "archive").iterdir())

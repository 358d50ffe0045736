"""A PostgreSQL of our own: made once, started when wanted, found again after any of us was killed.

It listens on no port. Only the account that made it gets in (peer authentication over a socket), as the roles named in
`ROLES`. Every step can be cut off at any moment and is put right by the next start.
"""

import os
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg

from wraparound.cli import places, postgres_binaries, processes
from wraparound.cli.locks import Lock, held
from wraparound.cli.postgres_binaries import Binaries
from wraparound.cli.problem import Problem
from wraparound.cli.socket_folder import socket_folder

ROLES = ("postgres", "wraparound_owner", "wraparound_web")
ROOM_NEEDED_MB = 250
START_SECONDS = 60
QUICK_NOT_DURABLE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
# What PostgreSQL says while the last of a killed server's own processes are still ending.
STILL_ENDING = ("pre-existing shared memory block", "lock file", "is still in use")


@dataclass
class PrivatePostgres:
    """One data folder and the server on it."""

    folder: Path
    options: tuple[str, ...] = ()
    _server: "subprocess.Popen[bytes] | None" = field(default=None, init=False)
    _users: Lock | None = field(default=None, init=False)
    _launched_at: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.data = self.folder / "data"
        self.log = self.folder / "postgres.log"
        self.account = places.database_account(self.data)

    @property
    def name(self) -> str:
        return places.identity(self.folder)

    @property
    def socket(self) -> Path:
        return socket_folder(self.folder, self.account)

    def address(self, role: str, database: str = "wraparound") -> str:
        return f"postgresql:///{database}?host={quote(str(self.socket), safe='')}&user={role}"

    def connect(self, database: str = "postgres") -> "psycopg.Connection[tuple[object, ...]]":
        """As the superuser."""
        return psycopg.connect(self.address("postgres", database), autocommit=True, connect_timeout=10)

    # Using it together with others

    def join(self, *, die_with_us: bool = False) -> None:
        """Start it, or use the one that runs. It stays while any process that joined it is there."""
        self._make_folder()
        self._users = Lock(self.folder / "users.lock")
        self._users.take(alone=False)
        self.start(die_with_us=die_with_us)

    def leave(self, *, stop: bool = False) -> None:
        """Stop it if nobody else uses it, or in any case with `stop`."""
        if self._users is None:
            return
        if self._users.try_alone() or stop:
            self.stop()
        self._users.close()
        self._users = None

    # Starting

    def start(self, *, die_with_us: bool = False) -> None:
        self._make_folder()
        with held(self.folder / "start.lock"):
            binaries = postgres_binaries.choose(self.data)
            binaries = postgres_binaries.readable_by(self.account, binaries, self.folder.parent)
            if not self.data.exists():
                self._make_data(binaries)
            self._write_access_files()
            self._start_until_it_answers(binaries, die_with_us)

    def _start_until_it_answers(self, binaries: Binaries, die_with_us: bool) -> None:
        deadline = time.monotonic() + START_SECONDS
        said = ""
        while time.monotonic() < deadline:
            if self.running() is None:
                self._clear_another_process_number()
                self._launch(binaries, die_with_us)
            if self._answers():
                return
            if self._server and self._server.poll() is not None:
                said = self._last_words()
                if not any(words in said for words in STILL_ENDING):
                    break
                time.sleep(0.3)
            time.sleep(0.03)
        raise Problem(self._why_not(said))

    def _make_folder(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if not self.account.is_us:
            for folder in (self.folder, self.folder.parent):
                folder.chmod(0o711)
            if places.SYSTEM_FOLDER in self.folder.parents:
                places.SYSTEM_FOLDER.chmod(0o755)

    def _make_data(self, binaries: Binaries) -> None:
        """In a folder of another name until it is whole, so that a half-made one is never opened."""
        free = shutil.disk_usage(self.folder).free // 2**20
        if free < ROOM_NEEDED_MB:
            raise Problem(
                f"There is too little room for the database: it needs {ROOM_NEEDED_MB} MB in {self.folder} "
                f"and {free} MB are free."
            )
        for old in self.folder.glob("data.half-*"):
            shutil.rmtree(old, ignore_errors=True)
        half = self.folder / f"data.half-{os.getpid()}"
        half.mkdir(mode=0o700)
        if not self.account.is_us:
            os.chown(half, self.account.uid, self.account.gid)
        command = [binaries.program("initdb"), "--pgdata", str(half), "--username", "postgres", "--auth", "peer"]
        command += ["--encoding", "UTF8", "--locale", "C", "--no-instructions"]
        start = self._log_size()
        if self._spawn(command, signal.SIGKILL).wait() != 0:
            raise Problem(self._why_not(self._last_words(start)))
        half.rename(self.data)

    def _write_access_files(self) -> None:
        us = places.our_account().name
        hba = "local all all peer map=wraparound\n"
        ident = "".join(f'wraparound "{us}" {role}\n' for role in ROLES)
        for name, text in (("pg_hba.conf", hba), ("pg_ident.conf", ident)):
            file = self.folder / name
            if not file.exists() or file.read_text() != text:
                file.write_text(text)
            file.chmod(0o644)

    def _launch(self, binaries: Binaries, die_with_us: bool) -> None:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket),
            "hba_file": str(self.folder / "pg_hba.conf"),
            "ident_file": str(self.folder / "pg_ident.conf"),
            "cluster_name": self.name,
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        command = [binaries.program("postgres"), "-D", str(self.data)]
        for option in [f"{name}={value}" for name, value in settings.items()] + list(self.options):
            command += ["-c", option]
        self._launched_at = self._log_size()
        self._server = self._spawn(command, signal.SIGINT if die_with_us else None)

    def _spawn(self, command: list[str], dies: signal.Signals | None) -> "subprocess.Popen[bytes]":
        """Out of the terminal's reach, so that Ctrl-C reaches us first and we stop it in order."""
        us = self.account.is_us
        with open(self.log, "ab") as log:
            return processes.spawn(
                command,
                dies=dies,
                cwd="/",
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                user=None if us else self.account.uid,
                group=None if us else self.account.gid,
                extra_groups=None if us else [],
            )

    # Knowing it

    def running(self) -> int | None:
        """The number of our server's process, if that process is there and is indeed ours."""
        if self._server and self._server.poll() is None:
            return self._server.pid
        pid = self._recorded_pid()
        return pid if pid and self._is_server(processes.command_of(pid)) else None

    def _recorded_pid(self) -> int | None:
        try:
            return int((self.data / "postmaster.pid").read_text().split()[0])
        except (FileNotFoundError, IndexError, ValueError):
            return None

    def _is_server(self, command: list[str]) -> bool:
        return len(command) > 2 and command[0].endswith("/postgres") and command[2] == str(self.data)

    def _is_one_of_its_processes(self, command: list[str]) -> bool:
        return self._is_server(command) or command[0].startswith(f"postgres: {self.name}: ")

    def _clear_another_process_number(self) -> None:
        """A dead server's recorded number may now be another process's, which PostgreSQL takes for the server.

        The record goes only when no process of the dead server is left: it is what keeps two servers off one folder.
        """
        pid = self._recorded_pid()
        if pid is None or not processes.exists(pid):
            return
        if not processes.wait_until(lambda: not processes.with_command(self._is_one_of_its_processes), 10):
            raise Problem(
                f"Processes of an earlier database server on {self.data} do not end: stop them and try again."
            )
        for stale in [self.data / "postmaster.pid", *self.socket.glob(".s.PGSQL.*")]:
            stale.unlink(missing_ok=True)

    def _answers(self) -> bool:
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    # Its log

    def _log_size(self) -> int:
        return self.log.stat().st_size if self.log.exists() else 0

    def _last_words(self, start: int | None = None) -> str:
        with open(self.log, "rb") as log:
            log.seek(self._launched_at if start is None else start)
            return log.read().decode(errors="replace")

    def _why_not(self, said: str) -> str:
        if "No space left on device" in said:
            return f"The database could not start because the disk of {self.folder} is full: make room and try again."
        return f"The database did not start: {self.log} says why."

    # Stopping

    def stop(self) -> None:
        """Quickly and in order: clients are cut off, everything committed is on disk already."""
        for number, patience in ((signal.SIGINT, 15), (signal.SIGQUIT, 5), (signal.SIGKILL, 5)):
            pid = self.running()
            if pid is None:
                return
            os.kill(pid, number)
            if processes.wait_until(lambda: self.running() is None, patience):
                return

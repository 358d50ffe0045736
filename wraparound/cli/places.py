"""Where this checkout keeps what it makes, and which account runs its database."""

import hashlib
import os
import pwd
import re
from dataclasses import dataclass
from pathlib import Path

from wraparound.cli.problem import Problem

CHECKOUT = Path(__file__).resolve().parents[2]
VAR = CHECKOUT / "var"
RUN_LOCK = VAR / "run.lock"
SYSTEM_FOLDER = Path("/var/lib/wraparound")


@dataclass(frozen=True)
class Account:
    """A user of the operating system."""

    name: str
    uid: int
    gid: int

    @property
    def is_us(self) -> bool:
        return self.uid == os.geteuid()


def identity(checkout: Path = CHECKOUT) -> str:
    """A short name for a checkout, different for each path."""
    readable = re.sub(r"[^A-Za-z0-9]+", "-", checkout.name)[:30]
    return f"{readable}-{hashlib.sha256(os.fsencode(checkout)).hexdigest()[:10]}"


def database_folder() -> Path:
    """In the checkout; for root outside it, where no closed home above hides it from the database's user."""
    return SYSTEM_FOLDER / identity() if os.geteuid() == 0 else VAR


def our_account() -> Account:
    try:
        entry = pwd.getpwuid(os.geteuid())
    except KeyError:
        raise Problem(
            f"The user number {os.geteuid()} has no name on this machine, which PostgreSQL needs: "
            "run as a named user, or set DATABASE_URL."
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def database_account(data: Path) -> Account:
    """Who runs PostgreSQL: ourselves, or (it refuses root) the owner of the data, `postgres`, or `nobody`."""
    us = our_account()
    if us.uid != 0:
        return us
    try:
        if data.exists():
            entry = pwd.getpwuid(data.stat().st_uid)
            return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    except KeyError:
        raise Problem(f"The owner of {data} is no longer a user of this machine: give it to one with chown.") from None
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise Problem("PostgreSQL refuses to run as root and there is no user `postgres` or `nobody`: add one.")

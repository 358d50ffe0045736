"""The folder of the database's socket. The kernel takes a socket's path only up to 107 bytes."""

import os
import stat
from pathlib import Path

from wraparound.cli.places import Account, identity
from wraparound.cli.problem import Problem

LONGEST_PATH = 107
SOCKET_NAME = ".s.PGSQL.5432"


def socket_folder(cluster: Path, account: Account) -> Path:
    """Beside the data, or where that path would be too long a short one; made if need be, and safe."""
    folder = cluster / "socket"
    if len(os.fsencode(folder / SOCKET_NAME)) > LONGEST_PATH:
        folder = _short_base() / f"wraparound-{account.uid}-{identity(cluster)[-10:]}"
    try:
        folder.mkdir(mode=0o711)
    except FileExistsError:
        pass
    else:
        folder.chmod(0o711)
        if not account.is_us:
            os.chown(folder, account.uid, account.gid)
    _check(folder, account)
    return folder


def _short_base() -> Path:
    mine = Path(f"/run/user/{os.geteuid()}")
    return mine if mine.is_dir() and os.access(mine, os.W_OK) else Path("/tmp")


def _check(folder: Path, account: Account) -> None:
    """Anyone may make a folder in /tmp first: one that others own or can write to could catch our connections."""
    found = os.lstat(folder)
    theirs = found.st_uid not in (account.uid, os.geteuid()) or found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    if theirs or not stat.S_ISDIR(found.st_mode):
        raise Problem(f"{folder} is not a folder of {account.name} alone, so the database will not use it: remove it.")

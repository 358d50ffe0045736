"""PostgreSQL's own archive, encrypted as backups are: with a base backup it brings a server back to a moment.

PostgreSQL itself runs `keep` and `fetch`, many times: nothing here needs a database or Django.
By hand: `age --decrypt -i KEY NAME.gz.age | gunzip`.
"""

import gzip
import hashlib
import signal
import sys
import zlib
from pathlib import Path

import pyrage

from wraparound.cli import backup_keys
from wraparound.cli.new_file import appearing
from wraparound.cli.problem import Problem

ENDING = ".gz.age"
# What PostgreSQL takes for the end of the archive, and what it takes for a fault that must stop a recovery.
NOT_THERE = 1
STOP = 255
# A segment is mostly zeros where PostgreSQL was told not to wait until it is full: the least effort makes it small.
EFFORT = 1


def keep(path: str, folder: str) -> None:
    """PostgreSQL's archive_command: the file at `path`, encrypted, into `folder`.

    Done means on disk. The same file again, as after a crash, is done already; another of its name is a Problem.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    recipients = backup_keys.recipients()
    archive, content = _folder(folder), Path(path).read_bytes()
    kept = archive / f"{Path(path).name}{ENDING}"
    _claim(archive / f"{Path(path).name}.sha256", hashlib.sha256(content).hexdigest())
    if not kept.exists():
        with appearing(kept) as half:
            half.write(pyrage.encrypt(gzip.compress(content, EFFORT), recipients))


def _claim(file: Path, digest: str) -> None:
    """The server cannot read what it has archived: by this it knows the same file from another of its name."""
    if not file.exists():
        with appearing(file) as half:
            half.write(f"{digest}\n".encode())
    if file.read_text(encoding="ascii").strip() != digest:
        raise Problem(
            f"{file} says that another file of this name is in the archive, which stays as it is: two servers "
            "write into one folder, or one was made anew. Give each a folder of its own."
        )


def fetch(folder: str, name: str, path: str) -> int:
    """PostgreSQL's restore_command: 0 when `name` is at `path`, NOT_THERE where the archive ends, else STOP.

    A file that is damaged or for another key is not the end of the archive: what comes after it would be lost.
    """
    try:
        file = _folder(folder) / f"{name}{ENDING}"
        if not file.exists():
            return NOT_THERE
        content = zlib.decompress(pyrage.decrypt(file.read_bytes(), backup_keys.identities()), wbits=31)
        Path(path).write_bytes(content)
    except (pyrage.DecryptError, zlib.error):
        print(f"{name} is in the archive and is damaged, or was made for another key.", file=sys.stderr)
    except (Problem, OSError) as fault:
        print(fault, file=sys.stderr)
    else:
        return 0
    return STOP


def show(named: str) -> None:
    """Decrypt a file onto standard output. Use nothing of it where this ends with a Problem."""
    identities = backup_keys.identities()
    try:
        with open(named, "rb") as file:
            pyrage.decrypt_io(file, sys.stdout.buffer, identities)
            sys.stdout.flush()
    except pyrage.DecryptError:
        raise Problem(f"{named} was made for another key, or its beginning is damaged.") from None
    except OSError as fault:
        raise Problem(f"{named} could not be read to its end ({fault}): use nothing of it.") from None


def _folder(named: str) -> Path:
    folder = Path(named)
    if not folder.is_dir():
        raise Problem(f"There is no folder {folder}: is the archive's disk mounted?")
    return folder

"""A backup's file: `age` around one line of manifest and all that pg_dump says. Nothing of it is ever plain on disk.

By hand: `age --decrypt -i KEY FILE | tail -n +2 | pg_restore …`.
"""

import hashlib
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import IO

import pyrage
from pyrage import x25519

from wraparound.cli.dump_programs import last_words
from wraparound.cli.manifest import Manifest
from wraparound.cli.problem import Problem

LONGEST_MANIFEST = 4 * 2**20


@dataclass
class Dump:
    """A running pg_dump, after the line before it. Only where it ended well does its end look like an end."""

    before: bytes
    process: "subprocess.Popen[bytes]"
    errors: IO[bytes]
    fault: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            return self._next(size if size > 0 else 2**16)
        except BaseException as fault:
            self.fault = fault
            raise

    def _next(self, size: int) -> bytes:
        if self.before:
            part, self.before = self.before[:size], self.before[size:]
            return part
        assert self.process.stdout
        part = self.process.stdout.read(size)
        if not part and self.process.wait() != 0:
            self.errors.seek(0)
            how = (
                f"signal {-self.process.returncode}" if self.process.returncode < 0 else last_words(self.errors.read())
            )
            raise Problem(f"The database could not be read to its end ({how}): no backup was made.")
        return part


@dataclass
class Sealed:
    """The encrypted bytes on their way to disk."""

    file: IO[bytes]
    size: int = 0
    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    fault: BaseException | None = None

    def write(self, part: bytes) -> int:
        try:
            self.file.write(part)
        except BaseException as fault:
            self.fault = fault
            raise
        self.digest.update(part)
        self.size += len(part)
        return len(part)

    def flush(self) -> None:
        """The file is flushed once, when it is whole."""


def seal(dump: Dump, into: IO[bytes], recipients: Sequence[x25519.Recipient]) -> Sealed:
    """Encrypt all of `dump`. What it or the disk refused comes through as it was."""
    sealed = Sealed(into)
    try:
        pyrage.encrypt_io(dump, sealed, recipients)
    except Exception:
        fault = dump.fault or sealed.fault
        if fault is None:
            raise
        raise fault from None
    return sealed


@dataclass
class Opening:
    """What comes out of a backup: its first line is kept, and the rest goes on to a program."""

    into: IO[bytes] | None
    enough_is_enough: bool = False
    manifest: Manifest | None = None
    fault: BaseException | None = None
    _line: bytes = b""

    def write(self, part: bytes) -> int:
        try:
            self._take(part)
        except BaseException as fault:
            self.fault = fault
            raise
        return len(part)

    def _take(self, part: bytes) -> None:
        if self.manifest is None:
            line, found, part = (self._line + part).partition(b"\n")
            if not found:
                self._line = line
                if len(line) > LONGEST_MANIFEST:
                    raise ValueError("no first line")
                return
            self.manifest = Manifest.read(line)
        if self.into is not None and part:
            try:
                self.into.write(part)
            except BrokenPipeError:
                if not self.enough_is_enough:
                    raise
                self.into = None

    def flush(self) -> None:
        """Whoever closes the pipe flushes it."""


def open_into(file: IO[bytes], opening: Opening, identities: Sequence[x25519.Identity]) -> Manifest:
    """Decrypt all of the file; a Problem where it is not whole, not ours or for another key."""
    file.seek(0)
    try:
        pyrage.decrypt_io(file, opening, identities)
    except pyrage.DecryptError as error:
        if "No matching keys" in str(error):
            raise Problem(f"{file.name} was made for another key than the one in BACKUP_IDENTITY_FILE.") from None
        raise Problem(f"{file.name} is no backup, or its beginning is damaged.") from None
    except OSError:
        if isinstance(opening.fault, ValueError | TypeError | KeyError):
            raise Problem(f"{file.name} opens with this key, and there is no Wraparound backup in it.") from None
        if opening.fault:
            raise opening.fault from None
        raise Problem(f"{file.name} is damaged or was cut off: what is in it is not what was written.") from None
    if opening.manifest is None:
        raise Problem(f"{file.name} opens with this key, and there is no Wraparound backup in it.")
    return opening.manifest


def check(file: IO[bytes], identities: Sequence[x25519.Identity], pg_restore: str) -> tuple[Manifest, str]:
    """Read the whole file once and use nothing of it: its manifest and pg_restore's list of what is in it."""
    command = [pg_restore, "--list"]
    with (
        tempfile.TemporaryFile() as listed,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=listed, stderr=subprocess.DEVNULL) as process,
    ):
        assert process.stdin
        opening = Opening(process.stdin, enough_is_enough=True)
        try:
            manifest = open_into(file, opening, identities)
            close_quietly(process.stdin)
        except BaseException:
            process.kill()
            close_quietly(process.stdin)
            raise
        if process.wait() != 0:
            raise Problem(f"{file.name} is whole, but this version of PostgreSQL ({pg_restore}) cannot read it.")
        listed.seek(0)
        return manifest, listed.read().decode()


def close_quietly(pipe: IO[bytes] | None) -> None:
    """Whoever read from it may have gone with something unread."""
    try:
        if pipe:
            pipe.close()
    except BrokenPipeError:
        pass

"""Locks that the kernel lets go of when their holder dies, however it dies."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Lock:
    """A file that one process may hold alone, or several together."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)

    def take(self, *, alone: bool = True) -> None:
        fcntl.flock(self._file, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)

    def try_alone(self) -> bool:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def write(self, text: str) -> None:
        """A note for whoever finds the lock taken."""
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, text.encode(), 0)

    def read(self) -> str:
        return os.pread(self._file, 1000, 0).decode(errors="replace")

    def close(self) -> None:
        os.close(self._file)


@contextmanager
def held(path: Path) -> Iterator[Lock]:
    """Hold a lock alone, waiting for it if need be."""
    lock = Lock(path)
    try:
        lock.take()
        yield lock
    finally:
        lock.close()

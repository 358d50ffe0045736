"""A file that has its name only once it is whole and on disk."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from wraparound.cli.problem import Problem


@contextmanager
def appearing(file: Path) -> Iterator[IO[bytes]]:
    """A new file, for its owner alone, that takes no other's place; a Problem where there is one of its name."""
    number, name = tempfile.mkstemp(prefix=".", suffix=".partial", dir=file.parent)
    try:
        with open(number, "wb") as half:
            yield half
            half.flush()
            os.fsync(half.fileno())
        # A link, since a rename would take the place of a file that came meanwhile.
        os.link(name, file)
    except FileExistsError:
        raise Problem(f"{file} is there already: name another file.") from None
    finally:
        os.unlink(name)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

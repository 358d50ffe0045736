"""Passwords that were found in breaches elsewhere: looked up in a file that the deployer supplies, never loaded whole.

The file is the well-known download of Have I Been Pwned, ordered by hash: lines of 40 hexadecimal digits of SHA-1, a
colon, and how often it was seen. It is some 40 GB, so each look-up reads a few dozen lines.
"""

import hashlib
import logging
import os
import re
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError

LINE = re.compile(rb"[0-9A-Fa-f]{40}:[0-9]+\s*\Z")
REFUSED = (
    "This password has been found in a breach of some other website, so it is one of the first that a stranger would "
    "try. Choose another one. If you use it elsewhere too, change it there."
)
log = logging.getLogger(__name__)


class BreachedPasswordValidator:
    """For AUTH_PASSWORD_VALIDATORS. Without BREACHED_PASSWORDS it lets everything pass."""

    def validate(self, password: str, user: object = None) -> None:
        path = settings.BREACHED_PASSWORDS
        if not path:
            return
        try:
            found = is_breached(password, path)
        except OSError as fault:
            # The check of the deployment says so too; nobody is kept from changing a password that may be known.
            log.error("The file of breached passwords cannot be read (%s).", type(fault).__name__)
            return
        if found:
            raise ValidationError(REFUSED, code="breached")

    def get_help_text(self) -> str:
        return "It must not be one that was found in a breach of another website."


def is_breached(password: str, path: str | Path) -> bool:
    """Whether the file at `path` has the password's hash. OSError when it cannot be read."""
    wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
    with open(path, "rb") as file:
        return _has(file, wanted)


def fault_of(path: str | Path) -> str:
    """What is wrong with the file, in a sentence; "" when it can be used."""
    try:
        with open(path, "rb") as file:
            first = file.readline(200)
    except OSError as fault:
        return f"it cannot be read ({fault.strerror})."
    return "" if LINE.match(first) else "its first line is not a SHA-1 hash, a colon and a number."


def _has(file: BinaryIO, wanted: bytes) -> bool:
    """Halve the range of bytes in which the line can begin, until there is at most one line to read."""
    low, high = 0, file.seek(0, os.SEEK_END)
    while low < high:
        middle = (low + high) // 2
        found = _line_after(file, middle)
        if found is None or found >= wanted:
            high = middle
        else:
            low = middle + 1
    return _line_after(file, low) == wanted


def _line_after(file: BinaryIO, place: int) -> bytes | None:
    """The hash of the first line that begins at `place` or after it; None past the last one."""
    file.seek(max(0, place - 1))
    if place:
        file.readline()
    line = file.readline()
    return line[:40].upper() if line.strip() else None

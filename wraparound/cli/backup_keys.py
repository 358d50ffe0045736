"""The pair of keys of backups: one that anybody may hold and that only locks, one that opens and is kept elsewhere.

Both are written as `age` writes them (https://age-encryption.org), so that a backup opens without this program too.
"""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pyrage
from pyrage import x25519

from wraparound.cli import places
from wraparound.cli.problem import Problem
from wraparound.config import environment

KEPT_NOWHERE_ELSE = """Keep that file off this server, in two places that do not burn together, with whoever
answers for the data. Without it no backup can ever be opened; with it anybody can.
On the server, set only the public key:

    BACKUP_RECIPIENT={recipient}"""


def recipients() -> list[x25519.Recipient]:
    """Those that may open what is made now; a Problem where none is set or one is no key."""
    said = [word.strip() for word in environment.read("BACKUP_RECIPIENT").split(",") if word.strip()]
    if not said:
        raise Problem(
            "BACKUP_RECIPIENT is not set, and nothing is backed up unencrypted: "
            "`wraparound backup new-key` makes a pair of keys and says what to set."
        )
    try:
        return [x25519.Recipient.from_str(word) for word in said]
    except pyrage.RecipientError:
        raise Problem("BACKUP_RECIPIENT is not a public key: it is one word that begins with age1.") from None


def identities() -> list[x25519.Identity]:
    """The secret keys in the file that BACKUP_IDENTITY_FILE names; a Problem where there are none."""
    named = environment.read("BACKUP_IDENTITY_FILE")
    if not named:
        raise Problem("BACKUP_IDENTITY_FILE is not set: it names the file with the secret key that opens backups.")
    try:
        lines = [line.strip() for line in Path(named).read_text(encoding="utf-8").splitlines()]
        found = [x25519.Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except OSError as error:
        raise Problem(f"The key file {named} cannot be read ({error.strerror}).") from None
    except (pyrage.IdentityError, UnicodeDecodeError):
        found = []
    if not found:
        raise Problem(f"{named} holds no key: it has a line that begins with AGE-SECRET-KEY-1.")
    return found


def new_key(named: str, write: Callable[[str], None]) -> None:
    """Write a new secret key into a new file that only its owner may read, and say the public one."""
    file = Path(named) if named else places.VAR / "backup-key.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Problem(f"{file} is there already, and backups may need what is in it: name another file.") from None
    identity = x25519.Identity.generate()
    recipient = identity.to_public()
    with open(opened, "w", encoding="utf-8") as secret:
        secret.write(f"# created: {datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}\n# public key: {recipient}\n{identity}\n")
        secret.flush()
        os.fsync(secret.fileno())
    write(f"The secret key is in {file}.\n\n{KEPT_NOWHERE_ELSE.format(recipient=recipient)}")

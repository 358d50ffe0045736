"""Browsers in which somebody has signed in before: a signed cookie that names nobody.

It holds a number of its own and, for each of the last accounts that signed in with it, a mark that only the product can
make. A new password makes a new mark, so that a browser which was known before is not any more.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from wraparound.organisations.models import User

COOKIE = "wraparound_device"
YEAR_SECONDS = 365 * 24 * 60 * 60
# A practice computer has many users.
ACCOUNTS = 20
_SALT = "wraparound.signing_in.device"


@dataclass(frozen=True)
class Device:
    """One browser; `name` is "" for one that was never seen."""

    name: str = ""
    marks: Sequence[str] = ()

    @classmethod
    def read(cls, cookie: str) -> "Device":
        """What a cookie says; a new browser where it was not made here or is too old."""
        try:
            name, *marks = signing.loads(cookie, salt=_SALT, max_age=YEAR_SECONDS)
        except (signing.BadSignature, ValueError, TypeError):
            return cls()
        return cls(str(name), tuple(map(str, marks)))

    def knows(self, user: User | None) -> bool:
        """Whether this user has signed in here before, with the password that they have now."""
        mark = _mark(user)
        return user is not None and any(constant_time_compare(mark, known) for known in self.marks)

    def with_user(self, user: User) -> "Device":
        mark = _mark(user)
        others = [known for known in self.marks if known != mark]
        return replace(self, name=self.name or secrets.token_urlsafe(12), marks=(mark, *others)[:ACCOUNTS])

    def cookie(self) -> str:
        return signing.dumps([self.name, *self.marks], salt=_SALT)


def _mark(user: User | None) -> str:
    """As long to make for nobody as for somebody."""
    said = f"{user.pk} {user.password}" if user else "0"
    return salted_hmac(_SALT, said, algorithm="sha256").hexdigest()[:24]

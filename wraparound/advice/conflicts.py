"""Conflicts of interest: whether a name is on the other side of anything here, without saying whose case that is."""

from dataclasses import dataclass

from django.db import connection

from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor

LONGEST = 500


@dataclass(frozen=True)
class Conflict:
    """What a name is here already, as far as names alone can say.

    `helped`: somebody whom the organisation works with, or has worked with, is named like the opponent. `opposed`:
    somebody named like the person is the opponent in another's matter.
    """

    helped: bool
    opposed: bool

    @property
    def says(self) -> str:
        """What was found, for a sentence; empty for nothing."""
        found = []
        if self.helped:
            found.append("somebody named like the other side is a person whom your organisation has helped")
        if self.opposed:
            found.append("somebody named like this person is the other side in another matter here")
        return ", and ".join(found)


def plain_name(name: str) -> str:
    """A name as names are compared: plain small letters, its words in the order of the alphabet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT left(people_in_order(people_plain(%s, '')), 120)", [name])
        (plain,) = cursor.fetchone()
    return str(plain or "")


def conflict_of(person_id: int, opponent: str) -> Conflict:
    """What a matter of this person against this opponent would meet in the acting organisation."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT helped, opposed FROM advice_conflict(%s, %s)", [person_id, opponent])
        helped, opposed = cursor.fetchone()
    return Conflict(helped, opposed)


def require_no_conflict(by: Actor, *, person_id: int, opponent: str, looked_at: str) -> None:
    """Refused where names are alike, unless somebody says what they found when they looked."""
    if len(looked_at) > LONGEST:
        raise Refused("too_long", f"Use {LONGEST} characters or fewer.", "conflict_looked_at")
    found = conflict_of(person_id, opponent)
    if found.says and not looked_at.strip():
        raise Refused(
            "conflict",
            f"There may be a conflict of interest: {found.says}. Ask your supervisor. If it is somebody else, or"
            " nothing stands against it, write here how you know.",
            "conflict_looked_at",
        )

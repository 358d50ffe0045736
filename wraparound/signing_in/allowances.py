"""How long to wait after tries that went wrong: pure rules, longer with each try, and never for good."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Allowance:
    """`free` tries cost nothing; the next costs `first`, each further twice as much, `longest` at most.

    After `quiet` without a try the count begins anew.
    """

    free: int
    first: timedelta
    longest: timedelta
    quiet: timedelta

    def wait(self, tries: int, last_at: datetime, now: datetime) -> timedelta:
        """How long from now until the next try counts; nothing when it does at once."""
        past = now - last_at
        if tries < self.free or past >= self.quiet:
            return timedelta()
        # The power is kept small: a program may try for years.
        doubled: int = 2 ** min(tries - self.free, 20)
        cost = min(self.longest, self.first * doubled)
        return max(timedelta(), cost - past)

    def after(self, tries: int, last_at: datetime, now: datetime) -> int:
        """The count with one more try at `now`."""
        return 1 if now - last_at >= self.quiet else tries + 1


_SECONDS, _MINUTES, _HOURS = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1)

# A browser in which this user has signed in before has tries of its own, which nobody else can use up.
KNOWN_DEVICE = Allowance(free=10, first=5 * _SECONDS, longest=15 * _MINUTES, quiet=12 * _HOURS)
# Any other: so many for one account from one network address,
HERE = Allowance(free=5, first=5 * _SECONDS, longest=15 * _MINUTES, quiet=12 * _HOURS)
# from one network address for all accounts, where a whole hospital may be behind one address,
PLACE = Allowance(free=100, first=5 * _SECONDS, longest=1 * _MINUTES, quiet=1 * _HOURS)
# and for one account from everywhere: at most 50 and then some four an hour.
ACCOUNT = Allowance(free=50, first=1 * _MINUTES, longest=15 * _MINUTES, quiet=12 * _HOURS)
# Letters with a link to a new password: to one account, and from one place.
LETTERS = Allowance(free=3, first=15 * _MINUTES, longest=15 * _MINUTES, quiet=1 * _HOURS)
LETTERS_HERE = Allowance(free=20, first=1 * _MINUTES, longest=15 * _MINUTES, quiet=1 * _HOURS)


def in_words(wait: timedelta) -> str:
    """“8 seconds”, “2 minutes”: rounded up, so that whoever waits as long as they are told is let in."""
    seconds = -(-wait // timedelta(seconds=1))
    if seconds < 60:
        return f"{seconds} second{'' if seconds == 1 else 's'}"
    minutes = -(-seconds // 60)
    return f"{minutes} minute{'' if minutes == 1 else 's'}"

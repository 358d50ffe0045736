"""Counting tries that went wrong, in the database, under keys that nobody can read anything from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.utils.crypto import salted_hmac

from wraparound.signing_in.allowances import ACCOUNT, HERE, KNOWN_DEVICE, LETTERS, LETTERS_HERE, PLACE, Allowance
from wraparound.signing_in.models import Tries

LONGEST_KEPT = timedelta(days=1)


@dataclass(frozen=True)
class Count:
    """One thing that is counted: under which key, and how many tries are let."""

    key: str
    allowance: Allowance


def _key(*parts: object) -> str:
    return salted_hmac("wraparound.signing_in.tries", "\n".join(map(str, parts)), algorithm="sha256").hexdigest()


def counts_of(what: str, account: str, place: str, device: str) -> list[Count]:
    """What a try counts towards. `device` names a browser that this account has signed in with before; "" for none."""
    account = account.strip().casefold()
    if device:
        return [Count(_key(what, "device", account, device), KNOWN_DEVICE)]
    return [
        Count(_key(what, "here", account, place), HERE),
        Count(_key(what, "account", account), ACCOUNT),
        Count(_key(what, "place", place), PLACE),
    ]


def counts_of_letters(account: str, place: str) -> tuple[Count, Count]:
    """Of links to a new password: to the account, and from the place."""
    return (
        Count(_key("letters", "account", account.strip().casefold()), LETTERS),
        Count(_key("letters", "place", place), LETTERS_HERE),
    )


def wait_for(counts: Sequence[Count], now: datetime) -> timedelta:
    """How long until another try counts; nothing when it does at once."""
    rows = {row.key: row for row in Tries.objects.filter(pk__in=[count.key for count in counts])}
    waits = [
        each.allowance.wait(rows[each.key].tries, rows[each.key].last_at, now) for each in counts if each.key in rows
    ]
    return max(waits, default=timedelta())


def one_at_a_time(counts: Sequence[Count]) -> bool:
    """Whether nobody else is trying the first of these just now; holds it until the end of the transaction.

    What is counted afterwards could otherwise be passed by with many tries at once.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [counts[0].key])
        return bool(cursor.fetchone()[0])


def count_one(counts: Sequence[Count], now: datetime) -> None:
    """One more try in vain. In the order of the keys, so that two at once do not wait for each other in a circle."""
    with connection.cursor() as cursor:
        for each in sorted(counts, key=lambda count: count.key):
            cursor.execute(
                """
                INSERT INTO signing_in_tries AS known (key, tries, last_at) VALUES (%s, 1, %s)
                ON CONFLICT (key) DO UPDATE SET last_at = excluded.last_at,
                    tries = CASE WHEN excluded.last_at - known.last_at >= %s::interval THEN 1 ELSE known.tries + 1 END
                """,
                [each.key, now, f"{each.allowance.quiet.total_seconds()} seconds"],
            )


def forget(counts: Sequence[Count]) -> None:
    """It went right: what was counted for this account here is over. What came from elsewhere stays."""
    Tries.objects.filter(pk=counts[0].key).delete()


def tidy(now: datetime) -> int:
    """Remove counts that no allowance looks at any more; how many."""
    removed, _ = Tries.objects.filter(last_at__lt=now - LONGEST_KEPT).delete()
    return removed

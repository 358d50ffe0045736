"""`wraparound audit`: prove that the audit trail is whole, and print the seal that stands for all before it."""

import time
from collections.abc import Callable
from datetime import date, datetime
from itertools import chain
from typing import TYPE_CHECKING

from wraparound.cli.database import database
from wraparound.cli.problem import Problem

if TYPE_CHECKING:
    from wraparound.audit.verifying import Verifying

Say = Callable[[str], None]


def verify(since: str | None, kept: str | None, *, say: Say = print) -> int:
    """0 if every sealed row is as it was, 1 if one is not. `since` is a day; `kept` a line of `newest_seal`.

    Problem where the seals cannot be read or there are none, so that nothing is proved.
    """
    import django

    with database():
        django.setup()
        from django.db import connections

        from wraparound.audit.verifying import Kept, Verifying, newest, sees_everything

        owner = connections["owner"]
        try:
            wanted = Verifying(owner, since=_day(since), kept=Kept.read(kept) if kept else None)
        except ValueError:
            raise Problem(f"“{kept}” is no seal: give a line that `wraparound audit newest` printed.") from None
        if not sees_everything(owner):
            raise Problem("Rows are hidden from this role: set DATABASE_OWNER_URL to the owner's address.")
        if not newest(owner) and not wanted.kept:
            raise Problem("Nothing is sealed: the worker has not run yet, or every seal was removed.")
        return _verify(wanted, say)


def newest_seal(*, say: Say = print) -> None:
    import django

    with database():
        django.setup()
        from django.db import connections

        from wraparound.audit.verifying import newest

        found = newest(connections["owner"])
        if found is None:
            raise Problem("Nothing is sealed yet.")
        say(str(found))


def _verify(wanted: "Verifying", say: Say) -> int:
    from django.utils import timezone

    from wraparound.audit.sealing import sealing_stopped
    from wraparound.privacy.proving import Proving

    began = time.monotonic()
    whole = True
    proving = Proving(wanted.connection)
    for fault in chain(wanted.faults(), proving.faults()):
        whole = False
        say(fault)
    seconds = max(time.monotonic() - began, 0.001)
    read = f"{wanted.seals:,} seals over {wanted.rows:,} rows, {wanted.rows / seconds:,.0f} rows a second."
    if wanted.removed or proving.proofs:
        say(f"{wanted.removed:,} sealed rows are gone and accounted for, by {proving.proofs:,} removals.")
    say(f"{'Whole' if whole else 'Not whole'}: {read}")
    # Said, and no fault of what is sealed: a copy that is proved elsewhere seals nothing either.
    if stopped := sealing_stopped(timezone.now(), wanted.connection):
        say(f"Sealing has stopped: nothing since {timezone.localtime(stopped):%-d %B %Y %H:%M} is sealed.")
    return 0 if whole else 1


def _day(said: str | None) -> datetime | None:
    from django.utils import timezone

    if said is None:
        return None
    try:
        day = date.fromisoformat(said)
    except ValueError:
        raise Problem(f"“{said}” is no day: write it like 2026-11-23.") from None
    return datetime(day.year, day.month, day.day, tzinfo=timezone.get_default_timezone())

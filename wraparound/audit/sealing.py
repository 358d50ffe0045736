"""Sealing new rows in batches, so that `wraparound audit verify` can prove that none was removed, added or changed.

Numbers are drawn before their rows are committed, so a row may appear below one that is there already. Whoever draws a
number has locked the table for writing before, until the end of the transaction. So: note how far numbers are drawn,
then who is writing, and seal that far once all of these have ended. Nobody is made to wait for it.
"""

import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

AT_MOST = 10_000
# As many batches in one run: other jobs wait for its end. What is left is sealed by the next runs.
BATCHES = 20
PATIENCE_SECONDS = 3.0

# Of the numbers drawn, not of the rows seen: these are hidden from whoever seals.
_DRAWN = """
    SELECT name, pg_sequence_last_value(pg_get_serial_sequence(format('public.%I', name), columns[1])::regclass)
    FROM audit_sealed() ORDER BY name
"""
_SEALING = "SELECT waiting, sealed FROM audit_sealing()"
# A worker that was stopped for a night is started again in the morning.
TOO_LONG = timedelta(days=1)
_WRITING = """
    SELECT relation::regclass::text, virtualtransaction FROM pg_locks
    WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND pid IS DISTINCT FROM pg_backend_pid()
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND relation IN (SELECT format('public.%I', name)::regclass FROM audit_sealed())
"""
Writing = Mapping[str, set[str]]


def seal(patience: float = PATIENCE_SECONDS) -> int:
    """Seal what nobody can add below any more; how many rows. Safe to run twice at once.

    A table that somebody writes to for longer than `patience` (seconds) is left to the next time.
    """
    drawn = _drawn()
    writing = _writing()
    until = time.monotonic() + patience
    rows = batches = 0
    while drawn and batches < BATCHES:
        for table in [table for table in drawn if not writing.get(table)]:
            sealed = [*islice(_batches(table, drawn.pop(table)), BATCHES - batches)]
            rows += sum(sealed)
            batches += len(sealed)
        if not drawn or time.monotonic() > until:
            break
        time.sleep(0.05)
        still = _writing()
        writing = {table: writing.get(table, set()) & still.get(table, set()) for table in drawn}
    return rows


def sealing_stopped(now: datetime, by: BaseDatabaseWrapper | None = None) -> datetime | None:
    """Since when nothing that happened is sealed, where that is longer than a day; else None. Reads `by`, the owner's
    connection, or the web's own.
    """
    with (by or connection).cursor() as cursor:
        waiting, sealed = cursor.execute(_SEALING).fetchone()
    return stopped_since(waiting, sealed, now)


def stopped_since(waiting: datetime | None, sealed: datetime | None, now: datetime) -> datetime | None:
    """`waiting` is when the first thing was written that no seal covers, `sealed` when the newest seal was made.

    Either alone says nothing: a row may be of long ago, and nothing may have happened since the newest seal.
    """
    if waiting is None or now - waiting <= TOO_LONG or (sealed is not None and now - sealed <= TOO_LONG):
        return None
    return waiting


def _batches(table: str, up_to: int) -> Iterator[int]:
    """Seal one batch of the table after another: how many rows each had."""
    sealed = AT_MOST
    while sealed == AT_MOST:
        with connection.cursor() as cursor:
            [sealed] = cursor.execute("SELECT audit_seal_rows(%s, %s, %s)", [table, up_to, AT_MOST]).fetchone()
        if sealed:
            yield sealed


def _drawn() -> dict[str, int]:
    with connection.cursor() as cursor:
        return {table: last for table, last in cursor.execute(_DRAWN).fetchall() if last is not None}


def _writing() -> Writing:
    """Of each table, the transactions that have begun to write to it and have not ended."""
    writing = defaultdict(set)
    with connection.cursor() as cursor:
        for table, transaction in cursor.execute(_WRITING).fetchall():
            writing[table].add(transaction)
    return writing

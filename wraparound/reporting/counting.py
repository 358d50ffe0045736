"""Keeping the figures up to date: what events touched is counted anew, and everything when somebody asks for it."""

import time
from datetime import datetime

from django.db import connection
from django.utils import timezone

from wraparound.organisations.actor import acting_as
from wraparound.reporting.models import Counted

MOST_AT_ONCE = 2_000
ROUNDS = 500
# An event has its number a moment before its transaction has one: so many may be drawn in that moment at the most.
DRAWN_AHEAD = 100
PATIENCE_SECONDS = 20.0

_RUNNING = "SELECT pg_snapshot_xmin(at)::text::bigint, pg_snapshot_xmax(at)::text::bigint FROM pg_current_snapshot() at"
# Of the numbers drawn, not of the events seen: these are hidden from whoever counts.
_LAST = "SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence('events_event', 'id')::regclass), 0)"


def counted_at() -> datetime | None:
    """When the figures were last brought up to date; None before the first time."""
    return Counted.objects.values_list("counted_at", flat=True).first()


def count() -> int:
    """Count what events touched since the last time; how many days of a sender that were. Safe to run twice at once."""
    began = timezone.now()
    with acting_as(None):
        mark = Counted.objects.first() or Counted(pk=1)
        oldest, _ = _running()
    position, days = mark.to_event, 0
    for _ in range(ROUNDS):
        with acting_as(None), connection.cursor() as cursor:
            cursor.execute("SELECT last_event, days FROM reporting_count(%s, %s)", [position, MOST_AT_ONCE])
            reached, touched = cursor.fetchone()
        days += touched
        if reached == position:
            break
        position = reached
    with acting_as(None):
        _, next_one = _running()
        # Whoever could still have brought in an event below the last mark had ended before this run began.
        to_event = mark.seen_event if oldest >= mark.seen_before else mark.to_event
        _note(began, to_event, max(to_event, position - DRAWN_AHEAD), next_one)
    return days


def recount() -> int:
    """Count everything anew from the rows; how many senders there are."""
    with acting_as(None), connection.cursor() as cursor:
        [last] = cursor.execute(_LAST).fetchone()
        _, next_one = _running()
        mark = Counted.objects.first() or Counted(pk=1)
    # Within a transaction of our own nobody can wait for its end: the watermark stays where it is.
    settled = not connection.in_atomic_block and _wait_for(next_one)
    began = timezone.now()
    with acting_as(None), connection.cursor() as cursor:
        [senders] = cursor.execute("SELECT reporting_recount()").fetchone()
        if settled:
            mark.to_event = mark.seen_event = max(0, last - DRAWN_AHEAD)
            mark.seen_before = next_one
        _note(began, mark.to_event, mark.seen_event, mark.seen_before)
    return int(senders)


def _note(began: datetime, to_event: int, seen_event: int, seen_before: int) -> None:
    """Each such note is true by itself, so of two at once either may be the last."""
    columns = {"counted_at": began, "to_event": to_event, "seen_event": seen_event, "seen_before": seen_before}
    Counted.objects.bulk_create(
        [Counted(pk=1, **columns)], update_conflicts=True, unique_fields=["id"], update_fields=list(columns)
    )


def _running() -> tuple[int, int]:
    """PostgreSQL's numbers of the oldest transaction that has not ended, and of the next to begin."""
    with connection.cursor() as cursor:
        oldest, next_one = cursor.execute(_RUNNING).fetchone()
    return oldest, next_one


def _wait_for(next_one: int) -> bool:
    """Until every transaction before this one has ended: whether that came in time."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        with acting_as(None):
            oldest, _ = _running()
        if oldest >= next_one:
            return True
        if time.monotonic() > until:
            return False
        time.sleep(0.05)

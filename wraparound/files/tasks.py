"""Jobs of documents: looking through what was given, and looking again at what waits."""

from collections.abc import Callable

from django.conf import settings
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from wraparound.events.action import Refused
from wraparound.files.apart import make_apart
from wraparound.files.checking import find_harmful, find_unreadable, make_ready, wait_for_scanner
from wraparound.files.clamd import Clamd, ScannerAway
from wraparound.files.models import File, FileContent, Part
from wraparound.files.states import FileStatus
from wraparound.files.unreadable import Unreadable
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.organisations.jobs import job

MOST_AT_ONCE = 200


@job(queue="documents")
def look_through(*, by: Actor, file_id: int) -> None:
    """Have it scanned, then make the document. Run again, it changes nothing; what was done meanwhile stands."""
    file = File.objects.visible_to(by).filter(pk=file_id, status=FileStatus.WAITING).first()
    if file is None:
        return
    outcome = _came_of(file, by)
    try:
        outcome(by)
    except Refused as refused:
        if refused.code != "too_late":
            raise


def _came_of(file: File, by: Actor) -> Callable[[Actor], object]:
    """What is to be written down of it. The row is not held meanwhile, so that nobody waits for a scanner."""
    rows = FileContent.objects.visible_to(by).kept().filter(file=file, part__in=[Part.GIVEN, Part.DOCUMENT])
    parts = [(each.kind, bytes(each.data)) for each in rows.order_by("part", "number")]
    # Pages are put in another order from the document, which was scanned when it came.
    scanned = bool(settings.CLAMD_ADDRESS) and not file.arranged
    try:
        verdict = _scanned([data for _, data in parts]) if scanned else ""
    except ScannerAway:
        return lambda by: wait_for_scanner(by=by, file=file)
    if verdict:
        return lambda by: find_harmful(by=by, file=file, verdict=verdict)
    try:
        made = make_apart(parts, file.arranged, file.turned)
    except Unreadable as fault:
        why = str(fault)
        return lambda by: find_unreadable(by=by, file=file, why=why)
    return lambda by: make_ready(by=by, file=file, made=made, scanned=scanned)


def _scanned(every: list[bytes]) -> str:
    scanner = Clamd(settings.CLAMD_ADDRESS)
    return next(filter(None, map(scanner.scan, every)), "")


def look_through_later(file: File, by: Actor) -> None:
    """Queue it in the open transaction, as the product itself in the organisation that the document is of."""
    look_through.later(by=system(by.scheme_id, by.organisation_id), file_id=file.pk)


def sweep() -> int:
    """Queue what waits for a scanner that was away, or for a job that was lost; how many. Only ids come out here."""
    with acting_as(None), connection.cursor() as cursor:
        rows = cursor.execute(
            "SELECT file, scheme, organisation FROM files_to_look_at(%s, %s)", [timezone.now(), MOST_AT_ONCE]
        ).fetchall()
        for file, scheme, organisation in rows:
            look_through.later(by=system(scheme, organisation), file_id=file)
    return len(rows)


@app.periodic(cron="* * * * *")
@app.task(queue="clock", queueing_lock="files.sweep", name="files.sweep")
def sweep_often(timestamp: int) -> None:
    sweep()

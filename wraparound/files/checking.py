"""What the job that looks through a document writes down of it. Only the product itself does these."""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta

from wraparound.events.action import action
from wraparound.files.apart import Made
from wraparound.files.kinds import Kind
from wraparound.files.models import File, FileContent, Part
from wraparound.files.moving import hold, move
from wraparound.organisations.actor import Actor

# At first soon, then every hour: a scanner that is away for a night finds what waits in the morning.
LONGEST_WAIT = timedelta(hours=1)


@action
def make_ready(*, by: Actor, file: File, made: Made, scanned: bool) -> File:
    """Keep the document and its pictures, and let go of what it was made from. `scanned`: nothing harmful was found."""
    held = hold(file, "make_ready", by=by)
    _let_go(held, by)
    if held.replaces_id:
        File.objects.visible_to(by).filter(pk=held.replaces_id).update(latest=False)
    _keep(held, Part.DOCUMENT, Kind.PDF, [made.document])
    _keep(held, Part.PAGE, Kind.JPEG, made.pages)
    _keep(held, Part.SMALL, Kind.JPEG, [made.small])
    scanned_at = by.now() if scanned else held.scanned_at
    said = list(dict.fromkeys([*held.said, *made.said]))
    return move(
        held, "make_ready", by=by, pages=made.count, size=len(made.document), said=said,
        scanned_at=scanned_at, arranged=[], turned=[], try_at=None, tries=0,
    )  # fmt: skip


@action
def find_unreadable(*, by: Actor, file: File, why: str) -> File:
    """It cannot be kept, with a sentence that says what to do. What was given is let go."""
    held = hold(file, "find_unreadable", by=by)
    _let_go(held, by)
    return move(held, "find_unreadable", by=by, said=[why], try_at=None)


@action
def find_harmful(*, by: Actor, file: File, verdict: str) -> File:
    """The scanner found something: its name and the file's are kept, the file is not."""
    held = hold(file, "find_harmful", by=by)
    _let_go(held, by)
    return move(held, "find_harmful", by=by, verdict=verdict[:200], scanned_at=by.now(), try_at=None)


@action
def wait_for_scanner(*, by: Actor, file: File) -> File:
    """The scanner did not answer: try again, each time a little later."""
    held = hold(file, "wait", by=by)
    return move(held, "wait", by=by, tries=held.tries + 1, try_at=next_try(by.now(), held.tries))


def next_try(now: datetime, tries: int) -> datetime:
    """When to try again after so many tries in vain before this one."""
    return now + min(timedelta(minutes=2 ** min(tries, 10)), LONGEST_WAIT)


def _let_go(held: File, by: Actor) -> None:
    FileContent.objects.visible_to(by).filter(file=held).let_go()


def _keep(held: File, part: Part, kind: Kind, every: Sequence[bytes]) -> None:
    scope = {name: getattr(held, name) for name in ("scheme_id", "organisation_id", "person_id", "legal")}
    for number, data in enumerate(every, 1):
        kept = {"kind": kind, "sha256": hashlib.sha256(data).hexdigest(), "data": data}
        FileContent.objects.update_or_create(
            file=held, part=part, number=number, defaults=kept, create_defaults=kept | scope
        )

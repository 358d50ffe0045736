"""The one function that moves a document, under a lock; and what every move tells."""

from typing import Any

from wraparound.events.action import Refused
from wraparound.events.recording import record
from wraparound.files.models import File
from wraparound.files.states import FILE_MOVES, FileStatus
from wraparound.organisations.actor import Actor


def hold(file: File, verb: str, *, by: Actor) -> File:
    """The row, locked, for whoever may make this move now.

    Refused: `not_allowed`, `too_late`. File.DoesNotExist when it is not the actor's to see.
    """
    rule = FILE_MOVES[verb]
    by.require(rule.capability)
    rows = File.objects.visible_to(by).select_related("case", "person").select_for_update(of=("self",))
    held: File = rows.get(pk=file.pk)
    if FileStatus(held.status) not in rule.from_:
        raise Refused("too_late", f"This cannot be done now. The document is: {_how(held)}.")
    return held


def move(held: File, verb: str, *, by: Actor, **changes: Any) -> File:
    """Make one move of the table on a row that is held, with what changes with it, and write down that it was made."""
    to = FILE_MOVES[verb].to
    if to is not None:
        changes["status"] = to
    for name, value in changes.items():
        setattr(held, name, value)
    if changes:
        held.save(update_fields=list(changes))
    tell(f"document_{verb}", held, by=by)
    return held


def tell(name: str, held: File, *, by: Actor) -> None:
    """Seen by this organisation alone. Says nothing of what the document is."""
    record(
        name,
        by=by,
        person_id=held.person_id,
        journey_id=held.case.journey_id,
        referral_id=held.case.referral_id,
        data={"document": held.pk},
    )


def _how(held: File) -> str:
    return FileStatus(held.status).label.lower()

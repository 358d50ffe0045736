"""The one function that moves a review, under a lock."""

from typing import Any

from wraparound.events.action import Refused
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.supervision.models import Review
from wraparound.supervision.states import MOVES, ReviewStatus


def hold(review: Review, verb: str, *, by: Actor) -> Review:
    """The row, locked, where the table allows this move now.

    Refused `too_late`. Review.DoesNotExist when it is not the actor's to see.
    """
    rows = Review.objects.visible_to(by).select_related("case", "adviser", "checklist")
    held: Review = rows.select_for_update(of=("self",)).get(pk=review.pk)
    if ReviewStatus(held.status) not in MOVES[verb].from_:
        raise Refused("too_late", f"This cannot be done now. It stands at: {ReviewStatus(held.status).label.lower()}.")
    return held


def move(held: Review, verb: str, *, by: Actor, **changes: Any) -> Review:
    """Make one move of the table on a row from `hold`, with what changes with it, and write down that it was made."""
    rule = MOVES[verb]
    if rule.to is not None:
        changes["status"] = rule.to
    for name, value in changes.items():
        setattr(held, name, value)
    held.save(update_fields=list(changes))
    note_moved(held, rule.event, by=by)
    return held


def note_moved(held: Review, event: str, *, by: Actor) -> None:
    """Names the person and no journey: who reviewed what is on nobody's timeline."""
    record(event, by=by, person_id=held.person_id, data={"file_review": held.pk})

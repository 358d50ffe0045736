"""An organisation's own checklist: each change is a version, and a review keeps the one it was begun with."""

from django.db import IntegrityError, transaction

from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.supervision.access import require_reviewer
from wraparound.supervision.checklist import Questions, shipped, to_json
from wraparound.supervision.models import Checklist

LONGEST_WHAT = 200


@action
def change_checklist(*, by: Actor, seen: int, questions: Questions, what: str) -> Checklist:
    """Make these the questions from now on. `seen` is the number of the version on the page; `what` says what changed.

    Refused `changed_meanwhile` where another version came in between, `already_saved` where nothing is new.
    """
    require_reviewer(by)
    latest = in_force(by=by)
    if latest.number != seen:
        raise changed_meanwhile()
    new = to_json(questions)
    if new == latest.questions:
        raise Refused("already_saved", "This is so already.")
    return _make(by, latest.number + 1, new, note=latest.note, what=what[:LONGEST_WHAT])


def in_force(*, by: Actor) -> Checklist:
    """The latest version; the first is what ships with the product."""
    latest = Checklist.objects.visible_to(by).order_by("-number").first()
    if latest is not None:
        return latest
    questions, note = shipped()
    return _make(by, 1, to_json(questions), note=note, what="As it ships")


def changed_meanwhile() -> Refused:
    return Refused("changed_meanwhile", "Somebody else changed the checklist meanwhile. Look at it again.")


def _make(by: Actor, number: int, questions: list[dict[str, str]], *, note: str, what: str) -> Checklist:
    try:
        with transaction.atomic():
            made: Checklist = Checklist.objects.create(
                scheme_id=by.scheme_id,
                organisation_id=by.organisation_id,
                number=number,
                questions=questions,
                note=note,
                what=what,
                made_by_id=by.user_id if number > 1 else None,
                made_at=by.now(),
            )
    except IntegrityError:
        raise changed_meanwhile() from None
    record("checklist_changed", by=by, data={"checklist": made.pk, "number": number})
    return made

"""The one function that moves a letter, under a lock; and what every move tells: ids, and nothing that it says."""

from typing import Any

from wraparound.events.action import Refused
from wraparound.events.recording import record
from wraparound.letters.models import Letter, LetterVersion
from wraparound.letters.states import LETTER_MOVES, LetterStatus
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability

CHANGED = "This letter was changed after you opened this page. Read it again."


def hold(letter: Letter, verb: str, *, by: Actor) -> Letter:
    """The row, locked, for whoever may make this move now.

    Refused: `not_allowed`, `too_late`, `case_closed`. Letter.DoesNotExist when it is not the actor's to see.
    """
    by.require(Capability.GIVE_ADVICE)
    rows = Letter.objects.visible_to(by).select_related("case", "matter", "person")
    held: Letter = rows.select_for_update(of=("self",)).get(pk=letter.pk)
    if LetterStatus(held.status) not in LETTER_MOVES[verb].from_:
        raise Refused(
            "too_late", f"This cannot be done now. The letter stands at: {held.get_status_display().lower()}."
        )
    if held.case.closed_at:
        raise Refused("case_closed", "This work is closed. Open the referral again first.")
    return held


def move(held: Letter, verb: str, *, by: Actor, **changes: Any) -> Letter:
    """Make one move of a letter that `hold` gave, with what changes with it, and write down that it was made."""
    changes["status"] = LETTER_MOVES[verb].to
    for name, value in changes.items():
        setattr(held, name, value)
    held.save(update_fields=list(changes))
    tell(f"letter_{verb}", held, by)
    return held


def tell(name: str, held: Letter, by: Actor) -> None:
    """Seen by the one organisation alone."""
    case = held.case
    record(
        name,
        by=by,
        person_id=held.person_id,
        journey_id=case.journey_id,
        referral_id=case.referral_id,
        data={"letter": held.pk},
    )


def latest(held: Letter, by: Actor, *, shown: int | None = None) -> LetterVersion:
    """The letter as it stands. Refused `changed` where `shown` was another version."""
    if shown is not None and shown != held.version:
        raise Refused("changed", CHANGED)
    found: LetterVersion = LetterVersion.objects.visible_to(by).get(letter=held, number=held.version)
    return found

"""Requests that end before a letter is used: withdrawn, or told honestly that it is unlikely to help."""

from wraparound.events.action import Refused, action
from wraparound.evidence.models import EvidenceRequest
from wraparound.evidence.moving import move
from wraparound.evidence.states import OPEN, EvidenceStatus
from wraparound.organisations.actor import Actor
from wraparound.people.models import Involvement
from wraparound.people.recording import end_involvement

LONGEST = 2000
_SIGNED = (EvidenceStatus.SIGNED, EvidenceStatus.AGREED, EvidenceStatus.USED, EvidenceStatus.ENDED)


@action
def withdraw(*, by: Actor, request: EvidenceRequest, why: str) -> EvidenceRequest:
    """Take it back, with why. Refused: `not_allowed`, `not_yours`, `too_late`, `no_words` (field `why`)."""
    moved = move(request, "withdraw", by=by, ending=_said(why, "why", "Write why it is withdrawn."), ended_at=by.now())
    return _let_go(moved, by)


@action
def tell_unlikely(*, by: Actor, request: EvidenceRequest, else_helps: str) -> EvidenceRequest:
    """The person was told that they are unlikely to qualify, and what else may help them.

    Refused as `withdraw`, with the field `else_helps`.
    """
    said = _said(else_helps, "else_helps", "Write what else may help them, and who does it with them.")
    return _let_go(move(request, "tell_unlikely", by=by, ending=said, ended_at=by.now()), by)


@action
def withdraw_without_mandate(*, by: Actor, request: EvidenceRequest) -> EvidenceRequest:
    """The mandate that it rests on was taken back or ran out."""
    said = "The mandate was taken back or ran out."
    return _let_go(move(request, "mandate_ended", by=by, ending=said, ended_at=by.now()), by)


def _said(words: str, field: str, missing: str) -> str:
    said = words.strip()
    if not said:
        raise Refused("no_words", missing, field)
    if len(said) > LONGEST:
        raise Refused("too_long", f"Write {LONGEST:,} characters or fewer; this has {len(said):,}.", field)
    return said


def _let_go(ended: EvidenceRequest, by: Actor) -> EvidenceRequest:
    """Whoever was asked has no more to do with the person, unless something of theirs waits or was signed."""
    if ended.to_organisation_id is None or ended.asked_at is None:
        return ended
    others = EvidenceRequest.objects.visible_to(by).filter(
        person_id=ended.person_id, to_organisation_id=ended.to_organisation_id, status__in=[*OPEN, *_SIGNED]
    )
    if not others.exists() and not ended.letters.exists():
        end_involvement(ended.person_id, ended.to_organisation_id, Involvement.Reason.ASKED, by=by)
    return ended

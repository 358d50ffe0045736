"""The one function that moves a request, under a lock; and what every move tells."""

from typing import Any

from wraparound.events.action import Refused
from wraparound.events.recording import record
from wraparound.evidence.models import EvidenceRequest
from wraparound.evidence.states import EVIDENCE_MOVES, OVER, WITH_CLINICIAN, End, EvidenceStatus
from wraparound.organisations.actor import Actor


def hold(request: EvidenceRequest, verb: str, *, by: Actor) -> EvidenceRequest:
    """The row, locked, for whoever may make this move now.

    Refused: `not_allowed`, `not_yours`, `too_late`. EvidenceRequest.DoesNotExist when it is not the actor's to see.
    """
    rule = EVIDENCE_MOVES[verb]
    by.require(rule.whose.capability)
    rows = EvidenceRequest.objects.visible_to(by).select_related("person__practice", "organisation", "to_organisation")
    held: EvidenceRequest = rows.select_for_update(of=("self",)).get(pk=request.pk)
    ends = {End.ASKING: held.organisation_id, End.ASKED: held.to_organisation_id}
    if rule.whose in ends and ends[rule.whose] != by.organisation_id:
        raise Refused("not_yours", "This is for the other end to do. Speak with them.")
    if EvidenceStatus(held.status) not in rule.from_:
        raise Refused("too_late", _why_not(held))
    return held


def move(request: EvidenceRequest, verb: str, *, by: Actor, **changes: Any) -> EvidenceRequest:
    """Make one move of the table with what changes with it, and write down that it was made."""
    held, to = hold(request, verb, by=by), EVIDENCE_MOVES[verb].to
    if to is not None:
        changes["status"] = to
    for name, value in changes.items():
        setattr(held, name, value)
    held.save(update_fields=list(changes))
    note_moved(held, verb, by=by)
    return held


def note_moved(held: EvidenceRequest, verb: str, *, by: Actor) -> None:
    told = [*held.organisation_ids]
    record(f"evidence_{verb}", by=by, told=told, person_id=held.person_id, data={"evidence": held.pk})


def _why_not(held: EvidenceRequest) -> str:
    status = EvidenceStatus(held.status)
    if status in OVER:
        return "This has ended already."
    if status in WITH_CLINICIAN:
        return "This is with whoever was asked. Wait for their answer, or withdraw it."
    return f"This cannot be done now. It stands at: {status.label.lower()}."

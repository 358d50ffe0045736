"""How a journey came in: what its way in asked, and the clinical reason, for the two ends of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.pathways.clinical import CLINICAL
from wraparound.pathways.vocabulary import ClinicalReason
from wraparound.referrals.entries import Said, labelled, leaves_hospital_soon
from wraparound.referrals.letters import letter_of, said_of
from wraparound.referrals.models import Journey
from wraparound.web.formats import full_date


@dataclass(frozen=True)
class CameIn:
    """`clinical` is the reason in plain words, `code` the SNOMED CT code that carries it; "" where there is none."""

    details: Sequence[Said]
    clinical: str
    code: str


def came_in(actor: Actor, journey: Journey) -> CameIn | None:
    """None for who may not see a reason, for others than the two ends, and where there is nothing to say."""
    if not (actor.can(Capability.SEE_REASON) and _an_end(actor, journey)):
        return None
    reason = CLINICAL[ClinicalReason(journey.clinical_reason)] if journey.clinical_reason else None
    details = (*_letter(journey), *labelled(journey.entry_details, actor.today()))
    if not (details or reason):
        return None
    return CameIn(details, reason.label if reason else "", reason.code.code if reason and reason.code else "")


def _letter(journey: Journey) -> tuple[Said, ...]:
    held = letter_of(journey)
    if held is None:
        return ()
    on_it = "names" if held.letter.names_its_day else "dated"
    return (
        Said("A letter that may run out", f"{held.letter.label}, {on_it} {full_date(held.day)}"),
        Said("By when", said_of(held.reckoned)),
    )


def leaves_soon(actor: Actor, journey: Journey) -> bool:
    """Whether the person leaves hospital within seven days, for who may see why they were referred."""
    if not journey.entry_details or not actor.can(Capability.SEE_REASON):
        return False
    return leaves_hospital_soon(journey.entry_details, actor.today())


def _an_end(actor: Actor, journey: Journey) -> bool:
    """The organisation that began it, or one that it was sent to from there."""
    own = actor.organisation_id
    sent_to = {
        referral.to_organisation_id
        for referral in journey.referrals.all()
        if referral.from_organisation_id == journey.from_organisation_id
    }
    return own == journey.from_organisation_id or own in sent_to

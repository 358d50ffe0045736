"""That another organisation was sent something about a person: written down where it is sent."""

from collections.abc import Collection

from wraparound.audit.models import What, Why
from wraparound.consent.agreed import AgreedHow
from wraparound.consent.models import Agreement
from wraparound.organisations.actor import Actor
from wraparound.people.disclosing import note_disclosure

# What stands in place of the person's word says so, or is said to nobody.
_INSTEAD = {AgreedHow.BEST_INTERESTS: Why.BEST_INTERESTS, AgreedHow.SAFEGUARDING: Why.SAFEGUARDING}


def note_asked(person_id: int, organisation_ids: Collection[int], agreement: Agreement, *, by: Actor) -> None:
    """These organisations were asked to help. What one asks of itself reached nobody else."""
    why = _INSTEAD.get(AgreedHow(agreement.how), Why.AGREED)
    if others := {*organisation_ids} - {by.organisation_id}:
        note_disclosure(by, [person_id], What.REFERRAL, "referral-sent", why=why, to_organisation_ids=others)


def note_told(person_id: int, organisation_id: int, page: str, *, by: Actor) -> None:
    """This organisation was sent a message that speaks of the person."""
    note_disclosure(by, [person_id], What.MESSAGE, page, to_organisation_ids=[organisation_id])

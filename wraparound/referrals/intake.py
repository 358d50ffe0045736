"""What every door (page, FHIR, file) hands to `referrals.actions.refer`: checked values, no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from wraparound.consent.agreed import REFERRAL, AgreedHow, Capacity, GivenBy, Wording
from wraparound.consent.asking import Agreed
from wraparound.pathways.conditions import Facts
from wraparound.pathways.vocabulary import ClinicalReason, ConsentFor, Entry, Need, UrgentFlag
from wraparound.people.details import PersonDetails


@dataclass(frozen=True, kw_only=True)
class Sender:
    """The sending system's own name for this referral, so that the same one sent twice makes one.

    `body_sha256` is the hex digest of the request's canonical content: same identifier with another digest is
    refused.
    """

    system: str
    identifier: str
    body_sha256: str


@dataclass(frozen=True, kw_only=True)
class Intake:
    """One referral as it comes in, before the pathway decides which services it reaches.

    `person` is what the sender says of the person; `person_id` names one already known to the sender's
    organisation instead. `agreed_how` is None when no agreement is recorded, which the action refuses;
    `exception_reason` is needed with the two exceptions. `reason` is one free line, at most 500 characters; `told` is
    what the person has already told, so that nobody asks again. `session` is a `SessionWanted`, where one is asked
    for. `entry_details` is what only this entry asks. `signpost` is the code of the slip that led the person here.
    `known` is False where anybody could have written the details: then nothing of a record is filled in from them.
    `wording` is what the person agreed to; `permits` and what follows it are as in `consent.asking.Agreed`.
    """

    entry: Entry
    person: PersonDetails | None = None
    person_id: int | None = None
    needs: frozenset[Need] = field(default_factory=frozenset)
    urgent_flags: frozenset[UrgentFlag] = field(default_factory=frozenset)
    advice_ticked: bool = False
    agreed_how: AgreedHow | None = None
    exception_reason: str = ""
    reason: str = ""
    hide_from_online_view: bool = False
    sender: Sender | None = None
    clinical_reason: ClinicalReason | None = None
    told: str = ""
    session: str = ""
    entry_details: Mapping[str, Any] = field(default_factory=dict)
    signpost: str = ""
    known: bool = True
    wording: Wording = REFERRAL
    permits: frozenset[ConsentFor] | None = None
    language: str = "en"
    given_by: GivenBy = GivenBy.PERSON
    representative: str = ""
    capacity: Capacity = Capacity.NO_DOUBT
    capacity_note: str = ""

    @property
    def agreed(self) -> Agreed:
        """What the person, or whoever stands for them, agreed to."""
        return Agreed(
            how=self.agreed_how,
            wording=self.wording,
            exception_reason=self.exception_reason,
            permits=self.permits,
            language=self.language,
            given_by=self.given_by,
            representative=self.representative,
            capacity=self.capacity,
            capacity_note=self.capacity_note,
        )

    @property
    def facts(self) -> Facts:
        """What the pathway decides by."""
        return Facts(self.entry, self.needs, self.urgent_flags, self.advice_ticked, self.clinical_reason)

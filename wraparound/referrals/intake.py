"""What every door (page, FHIR, file) hands to `referrals.actions.refer`: checked values, no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wraparound.consent.agreed import REFERRAL
from wraparound.consent.asking import Agreed
from wraparound.pathways.conditions import Facts
from wraparound.pathways.vocabulary import ClinicalReason, Entry, Need, UrgentFlag
from wraparound.people.details import PersonDetails
from wraparound.time_limits.letters import Letter

# Nobody wrote down that the person was asked.
NOT_ASKED = Agreed(how=None, wording=REFERRAL)


@dataclass(frozen=True, kw_only=True)
class Sender:
    """The sending system's own name for this referral, so that the same one sent twice makes one.

    `body_sha256` is the hex digest of the request's canonical content: same identifier with another digest is
    refused.
    """

    system: str
    identifier: str
    body_sha256: str


@dataclass(frozen=True)
class LetterSaid:
    """A letter that the person has: `day` is the one by which to act where it names one, else the day on it."""

    letter: Letter
    day: date


@dataclass(frozen=True, kw_only=True)
class Intake:
    """One referral as it comes in, before the pathway decides which services it reaches.

    `person` is what the sender says of the person; `person_id` names one already known to the sender's
    organisation instead. `agreed` is what they, or whoever stands for them, agreed to: where nothing is recorded the
    action refuses. `reason` is one free line, at most 500 characters; `told` is what the person has already told, so
    that nobody asks again. `session` is a `SessionWanted`, where one is asked for. `entry_details` is what only this
    entry asks. `letter` is one that may run out. `signpost` is the code of the slip that led the person here. `known`
    is False where anybody could have written the details: then nothing of a record is filled in from them.
    """

    entry: Entry
    person: PersonDetails | None = None
    person_id: int | None = None
    needs: frozenset[Need] = field(default_factory=frozenset)
    urgent_flags: frozenset[UrgentFlag] = field(default_factory=frozenset)
    advice_ticked: bool = False
    agreed: Agreed = NOT_ASKED
    reason: str = ""
    hide_from_online_view: bool = False
    sender: Sender | None = None
    clinical_reason: ClinicalReason | None = None
    told: str = ""
    session: str = ""
    entry_details: Mapping[str, Any] = field(default_factory=dict)
    letter: LetterSaid | None = None
    signpost: str = ""
    known: bool = True

    @property
    def facts(self) -> Facts:
        """What the pathway decides by."""
        return Facts(self.entry, self.needs, self.urgent_flags, self.advice_ticked, self.clinical_reason)

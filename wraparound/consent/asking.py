"""Who may agree to what: the rules for the answers that a worker writes down. Pure values, no database."""

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from wraparound.consent.agreed import ASKS, AgreedHow, Capacity, GivenBy, Wording
from wraparound.pathways.vocabulary import ConsentFor

# From this birthday on, a person is taken to decide about themselves like any adult (Family Law Reform Act 1969, s. 8).
DECIDES_FROM = 16
# Written by somebody whom no worker has spoken with: who they are is asked at the first contact.
NOT_ASKED_BY_A_WORKER = (AgreedHow.ONLINE, AgreedHow.SAID_BY_HELPER)


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """What was said when the person was asked, and by whom.

    `how` is None where nobody wrote down that they were asked. `permits` are the purposes of the wording that they
    agreed to; None is all of them. `representative` says who agreed for the person and how that was checked.
    """

    how: AgreedHow | None
    wording: Wording
    exception_reason: str = ""
    permits: frozenset[ConsentFor] | None = None
    language: str = "en"
    given_by: GivenBy = GivenBy.PERSON
    representative: str = ""
    capacity: Capacity = Capacity.NO_DOUBT
    capacity_note: str = ""

    @property
    def routine(self) -> bool:
        """Goes to another organisation by a data-sharing agreement alone: see `AgreedHow.needs_no_agreement`."""
        return self.how is None or not self.how.needs_no_agreement

    @property
    def purposes(self) -> frozenset[ConsentFor]:
        """What is permitted: nothing, where an exception stands instead of an agreement."""
        if self.how is None or self.how.is_exception:
            return frozenset()
        return self.wording.permits if self.permits is None else self.wording.permits & self.permits


@dataclass(frozen=True)
class Against:
    """What stands against an agreement as it was written down: a code, a sentence, the field it is about, and what to
    ask the person."""

    code: str
    sentence: str
    field: str
    asks: tuple[Wording, ...] = ()


def age_on(born: date | None, today: date) -> int | None:
    return relativedelta(today, born).years if born else None


def against(agreed: Agreed, *, age: int | None, needed: frozenset[ConsentFor]) -> Against | None:
    """The first thing that stands against it, or None. `needed` is what the pathway does not do without."""
    if agreed.how is None:
        sentence = "Ask the person first, and record how they agreed. Without that the referral cannot be sent."
        return Against("no_agreement", sentence, "agreed_how", (agreed.wording,))
    if agreed.how.is_exception:
        if not agreed.exception_reason.strip():
            sentence = "Write why this referral is made without the person's agreement."
            return Against("no_reason", sentence, "exception_reason")
        return _unsaid(agreed)
    return _unsaid(agreed) or _of_whom(agreed, age) or _of_needed(agreed, needed)


def _unsaid(agreed: Agreed) -> Against | None:
    """What has to be written down and is not."""
    if agreed.given_by is not GivenBy.PERSON and not agreed.representative.strip():
        return Against("no_representative", "Write who agreed, and how you know that they may.", "representative")
    if agreed.capacity is not Capacity.NO_DOUBT and not agreed.capacity_note.strip():
        return Against("no_capacity_note", "Write what the doubt was and what came of it.", "capacity_note")
    return None


def _of_whom(agreed: Agreed, age: int | None) -> Against | None:
    """What stands against who agreed."""
    by_another = agreed.given_by is not GivenBy.PERSON
    if agreed.given_by is GivenBy.PARENT and age is not None and age >= DECIDES_FROM:
        sentence = f"They are {age}: from 16 on they decide this themselves. Ask them."
        return Against("decides_themselves", sentence, "given_by")
    if agreed.capacity is Capacity.CANNOT_DECIDE and agreed.given_by in (GivenBy.PERSON, GivenBy.APPOINTEE):
        sentence = (
            "Who cannot decide this cannot agree to it. Choose an attorney or deputy, or a best-interests decision."
        )
        return Against("cannot_decide", sentence, "capacity")
    young = age is not None and age < DECIDES_FROM and agreed.how not in NOT_ASKED_BY_A_WORKER
    if young and not by_another and agreed.capacity is not Capacity.CAN_DECIDE:
        sentence = (
            f"They are {age}. Say that they understand and can decide this, and why you think so; or ask a parent or "
            "guardian."
        )
        return Against("under_sixteen", sentence, "capacity")
    return None


def _of_needed(agreed: Agreed, needed: frozenset[ConsentFor]) -> Against | None:
    # What a wording does not speak of is asked with its own, when it is needed.
    missing = (needed & agreed.wording.permits) - agreed.purposes
    if not missing:
        return None
    asks = tuple(ASKS[purpose] for purpose in sorted(missing))
    sentence = f"Ask also: {' '.join(ask.words for ask in asks)} Nobody can help without it."
    return Against("consent_needed", sentence, "permits", asks)

"""The words of time limits: what a rule may ask, how it says what it found, and where the law stands.

Days are whole days in London; a month is a calendar month. Nothing here knows today: a past last day is still a day.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from wraparound.pathways.vocabulary import Nation


class Family(StrEnum):
    """The sort of problem that a time limit belongs to."""

    BENEFIT_DECISION = "benefit_decision"
    BENEFIT_APPEAL = "benefit_appeal"
    HOUSING_BENEFIT = "housing_benefit"
    HOMELESSNESS = "homelessness"
    POSSESSION = "possession"
    BREATHING_SPACE = "breathing_space"
    EMPLOYMENT = "employment"
    IMMIGRATION = "immigration"
    BENEFIT_FORM = "benefit_form"
    MONEY_COUNTS_FROM = "money_counts_from"

    @property
    def label(self) -> str:
        return _FAMILIES[self]


class Fact(StrEnum):
    """A day that a rule may ask for."""

    LETTER_DATED = "letter_dated"
    LETTER_SENT = "letter_sent"
    LETTER_RECEIVED = "letter_received"
    REASONS_SENT = "reasons_sent"
    MR_NOTICE_SENT = "mr_notice_sent"
    REFUSAL_SENT = "refusal_sent"
    NOTICE_SERVED = "notice_served"
    NOTICE_ENDS = "notice_ends"
    TENANCY_BEGAN = "tenancy_began"
    CLAIM_SERVED = "claim_served"
    REGISTERED_ON = "registered_on"
    TREATMENT_ENDED = "treatment_ended"
    EVENT_ON = "event_on"
    ACAS_NOTIFIED = "acas_notified"
    ACAS_CERTIFICATE = "acas_certificate"
    LEFT_UK = "left_uk"
    RANG_ON = "rang_on"
    FORM_SENT = "form_sent"
    ENTITLED_FROM = "entitled_from"

    @property
    def label(self) -> str:
        return _FACTS[self]


class Choice(StrEnum):
    """Something that is so or not, which changes how a rule counts."""

    OUT_OF_COUNTRY = "out_of_country"
    STATEMENT_OF_REASONS_ASKED = "statement_of_reasons_asked"
    GROUND_1 = "ground_1"
    GROUND_1A = "ground_1a"
    GROUND_2 = "ground_2"
    GROUND_6 = "ground_6"
    GROUND_7 = "ground_7"
    GROUND_7A = "ground_7a"
    GROUND_7B = "ground_7b"
    GROUND_8 = "ground_8"
    GROUND_9 = "ground_9"
    GROUND_10 = "ground_10"
    GROUND_11 = "ground_11"
    GROUND_12 = "ground_12"
    GROUND_13 = "ground_13"
    GROUND_14 = "ground_14"
    GROUND_14A = "ground_14a"
    GROUND_15 = "ground_15"
    GROUND_16 = "ground_16"
    GROUND_17 = "ground_17"
    REDUNDANCY_PAY = "redundancy_pay"
    EQUAL_PAY = "equal_pay"
    BACKDATING_REASON = "backdating_reason"
    INTRODUCTORY_CONTRACT = "introductory_contract"
    CONVERTED_CONTRACT = "converted_contract"
    NOTICE_28_DAYS = "notice_28_days"
    NOTICE_84_DAYS = "notice_84_days"

    @property
    def label(self) -> str:
        return _CHOICES[self]


class Tenure(StrEnum):
    """Whom somebody rents from, where the law differs by it."""

    PRIVATE = "private"
    SOCIAL = "social"
    COUNCIL = "council"

    @property
    def label(self) -> str:
        return _TENURES[self]


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known about one letter: its days, where the person lives, whom they rent from and what else is so."""

    dates: Mapping[Fact, date]
    nation: Nation
    tenure: Tenure | None = None
    choices: frozenset[Choice] = frozenset()


@dataclass(frozen=True, slots=True)
class Source:
    """Where the law says so, and the day its words were read; None: nobody has read them, so no date rests on it."""

    citation: str
    address: str
    seen_on: date | None

    @property
    def verified(self) -> bool:
        return self.seen_on is not None


@dataclass(frozen=True, slots=True)
class LateRoute:
    """What may still be done after the last day, and until when, if the law has an end to it."""

    says: str
    last_day: date | None
    source: Source


@dataclass(frozen=True, slots=True)
class Answer:
    """What a rule found for some facts.

    `how` shows the working in sentences. `asks` says what to find out, and is never empty without a `last_day`.
    `counted_from` is the day counting began from. With `received_by` it must have arrived by the last day, else it must
    have been sent by then. `act_as_if` is a day to be safe by when there is no `last_day`; it is not the law's.
    """

    rule: str
    last_day: date | None
    how: tuple[str, ...]
    source: Source
    asks: tuple[str, ...]
    late: tuple[LateRoute, ...]
    counted_from: date | None
    received_by: bool
    act_as_if: date | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What the working of a version found: an `Answer` without the rule's name and the version's source."""

    last_day: date | None = None
    how: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    late: tuple[LateRoute, ...] = ()
    counted_from: date | None = None
    received_by: bool = False
    act_as_if: date | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """How a rule counts when the day that starts it lies from `starts` to `ends`, both included; None is open.

    `counts` says it in words for the generated page. `working` is called with facts that hold each day in the rule's
    `asks_dates`, in a nation and tenure of the rule.
    """

    counts: str
    source: Source
    working: Callable[[Facts], Found]
    starts: date | None = None
    ends: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether this version is the law for something that began on this day."""
        return (self.starts is None or day >= self.starts) and (self.ends is None or day <= self.ends)


@dataclass(frozen=True, slots=True)
class Rule:
    """One time limit: what starts it, which days it needs and may use, and for whom it holds.

    The first of `asks_dates` is the day that chooses among `versions`. Empty `tenures`: the same for every tenure.
    """

    key: str
    family: Family
    title: str
    nations: frozenset[Nation]
    tenures: frozenset[Tenure]
    asks_dates: tuple[Fact, ...]
    may_ask: tuple[Fact, ...]
    may_choose: tuple[Choice, ...]
    letter: str
    versions: tuple[Version, ...] = field(repr=False, compare=False)


_FAMILIES = {
    Family.BENEFIT_DECISION: "Asking for a benefit decision to be looked at again",
    Family.BENEFIT_APPEAL: "Appealing about a benefit",
    Family.HOUSING_BENEFIT: "Housing Benefit",
    Family.HOMELESSNESS: "Homelessness",
    Family.POSSESSION: "A landlord who wants the home back",
    Family.BREATHING_SPACE: "Breathing space from debts",
    Family.EMPLOYMENT: "Work",
    Family.IMMIGRATION: "Immigration",
    Family.BENEFIT_FORM: "Sending a benefit form back",
    Family.MONEY_COUNTS_FROM: "The day money counts from",
}

_FACTS = {
    Fact.LETTER_DATED: "What is the date on the letter?",
    Fact.LETTER_SENT: "On what day was the letter sent?",
    Fact.LETTER_RECEIVED: "On what day did the person get the letter?",
    Fact.REASONS_SENT: "On what day was the written statement of reasons sent?",
    Fact.MR_NOTICE_SENT: "On what day was the mandatory reconsideration notice sent?",
    Fact.REFUSAL_SENT: "On what day did the council send its refusal to change the decision?",
    Fact.NOTICE_SERVED: "On what day was the notice given to the person?",
    Fact.NOTICE_ENDS: "Which day does the notice give?",
    Fact.TENANCY_BEGAN: "On what day did the tenancy begin?",
    Fact.CLAIM_SERVED: "On what day were the court papers served?",
    Fact.REGISTERED_ON: "On what day was the breathing space put on the register?",
    Fact.TREATMENT_ENDED: "On what day did the crisis treatment end?",
    Fact.EVENT_ON: "On what day did it happen: the last day of work, or the last of the things complained of?",
    Fact.ACAS_NOTIFIED: "On what day was Acas, or the Labour Relations Agency, told (Day A on the certificate)?",
    Fact.ACAS_CERTIFICATE: "On what day did the certificate of early conciliation come (Day B)?",
    Fact.LEFT_UK: "On what day did the person leave the United Kingdom?",
    Fact.RANG_ON: "On what day did the person ring, ask for the form, or finish part 1 of it?",
    Fact.FORM_SENT: "On what day was the form sent to the person?",
    Fact.ENTITLED_FROM: "From what day could the person have had the benefit?",
}

_GROUNDS = {
    Choice.GROUND_1: "Ground 1: the landlord or their family will live there",
    Choice.GROUND_1A: "Ground 1A: the landlord will sell",
    Choice.GROUND_2: "Ground 2: the lender sells the home",
    Choice.GROUND_6: "Ground 6: redevelopment",
    Choice.GROUND_7: "Ground 7: the tenant has died",
    Choice.GROUND_7A: "Ground 7A: serious antisocial behaviour",
    Choice.GROUND_7B: "Ground 7B: no right to rent",
    Choice.GROUND_8: "Ground 8: serious rent arrears",
    Choice.GROUND_9: "Ground 9: another suitable home",
    Choice.GROUND_10: "Ground 10: some rent arrears",
    Choice.GROUND_11: "Ground 11: rent often late",
    Choice.GROUND_12: "Ground 12: the tenancy agreement was broken",
    Choice.GROUND_13: "Ground 13: the home was damaged",
    Choice.GROUND_14: "Ground 14: antisocial behaviour",
    Choice.GROUND_14A: "Ground 14A: domestic abuse",
    Choice.GROUND_15: "Ground 15: the furniture was damaged",
    Choice.GROUND_16: "Ground 16: the home went with a job",
    Choice.GROUND_17: "Ground 17: a false statement got the tenancy",
}

_CHOICES = _GROUNDS | {
    Choice.OUT_OF_COUNTRY: "The person is outside the United Kingdom",
    Choice.STATEMENT_OF_REASONS_ASKED: "A written statement of reasons was asked for",
    Choice.REDUNDANCY_PAY: "It is about statutory redundancy pay",
    Choice.EQUAL_PAY: "It is about equal pay",
    Choice.BACKDATING_REASON: "One of the reasons for backdating holds",
    Choice.INTRODUCTORY_CONTRACT: "It is an introductory or prohibited conduct standard contract",
    Choice.CONVERTED_CONTRACT: "It began as a tenancy before 1 December 2022",
    Choice.NOTICE_28_DAYS: "It is a notice of 28 days",
    Choice.NOTICE_84_DAYS: "It is a notice of 84 days",
}

_TENURES = {
    Tenure.PRIVATE: "Rents from a private landlord",
    Tenure.SOCIAL: "Rents from a housing association",
    Tenure.COUNCIL: "Rents from the council",
}

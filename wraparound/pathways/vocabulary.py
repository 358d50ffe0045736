"""The closed words that pathways, referrals and pages share. They are only ever added to.

Published pathway versions and stored referrals keep these values for ever: never rename or remove one.
"""

from enum import StrEnum


class Service(StrEnum):
    """A kind of service that a referral can reach."""

    SOCIAL_PRESCRIBING = "social_prescribing"
    WELFARE_ADVICE = "welfare_advice"

    @property
    def label(self) -> str:
        return {
            Service.SOCIAL_PRESCRIBING: "Social prescribing",
            Service.WELFARE_ADVICE: "Welfare advice",
        }[self]


class Entry(StrEnum):
    """Where a referral comes in."""

    CLINICIAN = "clinician"
    RECEPTION = "reception"
    SELF = "self"
    WORKER = "worker"
    ON_BEHALF = "on_behalf"
    HEALTH_VISITOR = "health_visitor"
    HOSPITAL_WARD = "hospital_ward"
    COUNCIL = "council"
    VOLUNTARY = "voluntary"
    CALL_LIST = "call_list"


class Need(StrEnum):
    """What the person would like help with, as a referrer sees it; the service finds out the rest."""

    BENEFITS = "benefits"
    DEBT = "debt"
    HOUSING = "housing"
    FOOD_OR_FUEL = "food_or_fuel"
    EMPLOYMENT = "employment"
    IMMIGRATION = "immigration"
    LONELINESS = "loneliness"
    WELLBEING = "wellbeing"
    ACTIVITY = "activity"
    CARING = "caring"
    BEREAVEMENT = "bereavement"
    OTHER = "other"


class UrgentFlag(StrEnum):
    """Something that cannot wait its turn. The first three are same-day: see a pathway's `same_day`."""

    IMMEDIATE_DANGER = "immediate_danger"
    HOMELESS_TONIGHT = "homeless_tonight"
    NO_FOOD = "no_food"
    EVICTION_WITHIN_14_DAYS = "eviction_date_within_14_days"
    INCOME_STOPPED = "income_stopped"
    BAILIFFS_DUE = "bailiffs_due"
    LEGAL_DEADLINE_NEAR = "legal_deadline_near"


class Status(StrEnum):
    """Where one service's referral is. The moves between them are `referrals.states`."""

    SENT = "sent"
    CLAIMED = "claimed"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    DECLINED = "declined"
    LOST_CONTACT = "lost_contact"
    NOT_ANSWERED = "not_answered"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    WAITING = "waiting"
    ASKED = "asked"
    PAUSED = "paused"

    @property
    def final(self) -> bool:
        return self in (Status.CLOSED, Status.WITHDRAWN)


class Turn(StrEnum):
    """Who has to do the next thing."""

    RECEIVING_TEAM = "receiving_team"
    WORKER = "worker"
    SUPERVISOR = "supervisor"
    REFERRER = "referrer"
    OTHER_TEAM = "other_team"
    NOBODY = "nobody"


class Model(StrEnum):
    """How a scheme's two services stand to each other: a scheme's parameter, never a pathway's."""

    SEPARATE = "separate"
    CO_LOCATED = "co_located"
    CO_FUNDED = "co_funded"
    SINGLE = "single"


class WhenFull(StrEnum):
    """What is tried, in the order that the pathway gives, when a service has no place for somebody."""

    OFFER_NEXT_NEAREST = "offer_next_nearest"
    SPOT_PURCHASE = "spot_purchase"
    WAITING_LIST = "waiting_list"
    TELL_REFERRER = "tell_referrer"


class ClinicalReason(StrEnum):
    """A condition or event of a clinical pathway that a referral belongs to."""

    CANCER = "cancer"
    DEMENTIA = "dementia"
    MATERNITY = "maternity"
    CARER = "carer"
    SPINAL_INJURY = "spinal_injury"
    MAJOR_TRAUMA = "major_trauma"
    MENTAL_HEALTH_CRISIS = "mental_health_crisis"
    END_OF_LIFE = "end_of_life"


class Nation(StrEnum):
    """The nation whose bank holidays and limits hold."""

    ENGLAND = "england"
    WALES = "wales"
    SCOTLAND = "scotland"
    NORTHERN_IRELAND = "northern_ireland"


class HandoverAt(StrEnum):
    """The moment at which one service hands the person over to the other."""

    AT_ONCE = "at_once"
    PREPARED = "prepared"
    FIRST_APPOINTMENT_DONE = "first_appointment_done"
    ISSUE_RESOLVED = "issue_resolved"


class ConsentFor(StrEnum):
    """What a person may agree to, each apart from the others; a pathway says which of them it needs."""

    SHARE_BETWEEN_SERVICES = "share_between_services"
    TELL_REFERRER_OUTCOME = "tell_referrer_outcome"
    READ_HEALTH_RECORD = "read_health_record"
    ONWARD_REFERRAL = "onward_referral"
    CONTACT_FOR_FEEDBACK = "contact_for_feedback"
    USE_IN_RESEARCH = "use_in_research"

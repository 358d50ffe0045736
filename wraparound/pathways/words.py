"""How pathways speak: services, flags and moments in plain English."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from wraparound.pathways.calendar import CLOSES, local
from wraparound.pathways.conditions import Condition
from wraparound.pathways.vocabulary import ClinicalReason, Entry, HandoverAt, Service, UrgentFlag, WhenFull

WORKERS = {Service.SOCIAL_PRESCRIBING: "link worker", Service.WELFARE_ADVICE: "adviser"}
HYBRID = "hybrid worker"
ONE_WORKER = {Service.SOCIAL_PRESCRIBING: "a link worker", Service.WELFARE_ADVICE: "an adviser"}

FLAGS = {
    UrgentFlag.IMMEDIATE_DANGER: "immediate danger",
    UrgentFlag.HOMELESS_TONIGHT: "nowhere to sleep tonight",
    UrgentFlag.NO_FOOD: "no food",
    UrgentFlag.EVICTION_WITHIN_14_DAYS: "an eviction date within 14 days",
    UrgentFlag.INCOME_STOPPED: "income that has stopped",
    UrgentFlag.BAILIFFS_DUE: "bailiffs due",
    UrgentFlag.LEGAL_DEADLINE_NEAR: "a legal deadline near",
}

ENTRIES = {
    Entry.CLINICIAN: "A clinician refers",
    Entry.RECEPTION: "Reception refers",
    Entry.SELF: "A person asks for help",
    Entry.WORKER: "A worker refers",
    Entry.ON_BEHALF: "Somebody asks on a person's behalf",
    Entry.HEALTH_VISITOR: "A health visitor refers",
    Entry.HOSPITAL_WARD: "A hospital ward refers",
    Entry.COUNCIL: "The council refers",
    Entry.VOLUNTARY: "A voluntary organisation refers",
    Entry.CALL_LIST: "Somebody is rung from a call list",
}

# As one of those who may refer, in the middle of a sentence.
FROM = {
    Entry.CLINICIAN: "clinicians",
    Entry.RECEPTION: "reception",
    Entry.SELF: "the person themselves",
    Entry.WORKER: "workers",
    Entry.ON_BEHALF: "somebody on their behalf",
    Entry.HEALTH_VISITOR: "health visitors",
    Entry.HOSPITAL_WARD: "hospital wards",
    Entry.COUNCIL: "the council",
    Entry.VOLUNTARY: "voluntary organisations",
    Entry.CALL_LIST: "call lists",
}

REASONS = {
    ClinicalReason.CANCER: "cancer",
    ClinicalReason.DEMENTIA: "dementia",
    ClinicalReason.MATERNITY: "maternity",
    ClinicalReason.CARER: "caring for somebody",
    ClinicalReason.SPINAL_INJURY: "a spinal injury",
    ClinicalReason.MAJOR_TRAUMA: "a major injury",
    ClinicalReason.MENTAL_HEALTH_CRISIS: "a mental health crisis",
    ClinicalReason.END_OF_LIFE: "the end of life",
}

WHEN_FULL = {
    WhenFull.OFFER_NEXT_NEAREST: "offers the next nearest team",
    WhenFull.SPOT_PURCHASE: "buys a place elsewhere where the two services are paid for together",
    WhenFull.WAITING_LIST: "puts the person on the waiting list",
    WhenFull.TELL_REFERRER: "tells the referrer",
}

WHEN = {
    Condition.ALWAYS: "every referral",
    Condition.ADVICE_TICKED: "when “welfare advice” is ticked",
    Condition.NEEDS_ADVICE: "when a need for advice is named",
    Condition.NEEDS_SOCIAL: "when a need for a link worker is named",
    Condition.NEEDS_BOTH: "when needs for both are named",
    Condition.NEEDS_ONLY_ADVICE: "when only needs for advice are named",
    Condition.NO_NEED_NAMED: "when no need is named",
    Condition.ADVICE_WANTED: "when advice is ticked or needed",
    Condition.ANY_URGENT_FLAG: "when anything urgent is raised",
    Condition.ANY_CLINICAL_REASON: "when it belongs to a clinical pathway",
}
WHEN |= {Condition(flag.value): f"when this is raised: {phrase}" for flag, phrase in FLAGS.items()}
WHEN |= {Condition(f"clinical_{reason}"): f"when the reason is {phrase}" for reason, phrase in REASONS.items()}

MOMENTS = {
    HandoverAt.AT_ONCE: "at once",
    HandoverAt.PREPARED: "once the person is prepared",
    HandoverAt.FIRST_APPOINTMENT_DONE: "after the first appointment",
    HandoverAt.ISSUE_RESOLVED: "when the problem is resolved",
}

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def listed(words: Sequence[str]) -> str:
    """“a”, “a and b”, “a, b and c”."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def either(words: Sequence[str]) -> str:
    """“a”, “a or b”, “a, b or c”."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} or {words[-1]}"


def flags(raised: Iterable[UrgentFlag]) -> str:
    """The raised flags in the vocabulary's order, as one phrase."""
    found = frozenset(raised)
    return listed([FLAGS[flag] for flag in UrgentFlag if flag in found])


def sentence(phrase: str) -> str:
    """The phrase with a capital and a full stop."""
    return f"{phrase[:1].upper()}{phrase[1:]}."


def day(moment: datetime) -> str:
    """The day in London: “Friday 27 November”."""
    here = local(moment)
    return f"{_DAYS[here.weekday()]} {here.day} {_MONTHS[here.month - 1]}"


def by(moment: datetime) -> str:
    """A due time: the day alone when it is the close of the day, else “3:20pm on Monday 23 November”."""
    here = local(moment)
    if here.time() == CLOSES:
        return day(moment)
    return f"{clock(moment)} on {day(moment)}"


def clock(moment: datetime) -> str:
    """The time in London: “9am”, “3:20pm”, “midday”, “midnight”."""
    here = local(moment)
    if here.minute == 0 and here.hour in (0, 12):
        return "midday" if here.hour else "midnight"
    minutes = f":{here.minute:02}" if here.minute else ""
    return f"{here.hour % 12 or 12}{minutes}{'am' if here.hour < 12 else 'pm'}"

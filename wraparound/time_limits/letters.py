"""Letters that somebody who is no adviser may speak of: which it is, and its day. It says how urgent a referral is.

The last day that comes out is nobody's advice: it is not confirmed, and who gives advice works it out anew. Where a day
is counted from when a letter arrived, it is counted from the day on it, which is never later.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from wraparound.pathways.vocabulary import Nation
from wraparound.time_limits.definition import Fact, Facts
from wraparound.time_limits.working_out import RULES, work_out

# From here on it is urgent, as a time limit of an adviser's is.
NEAR = timedelta(days=14)
# A letter older than this is no reason to hurry, and a day further off is a slip of the pen.
OLDEST = timedelta(days=2 * 366)
FURTHEST = timedelta(days=366)


class Letter(StrEnum):
    """What somebody calls a letter who has it in their hand."""

    BENEFIT_DECISION = "benefit_decision"
    RECONSIDERATION = "reconsideration"
    HOUSING_BENEFIT = "housing_benefit"
    PIP_FORM = "pip_form"
    WORK_FORM = "work_form"
    HOMELESSNESS = "homelessness"
    NOTICE = "notice"
    COURT = "court"
    HOME_OFFICE = "home_office"
    JOB_ENDED = "job_ended"
    OTHER = "other"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def names_its_day(self) -> bool:
        """The day asked for is the one by which to act, as the letter names it; else the day on the letter."""
        return self in _NAMED


_LABELS: Mapping[Letter, str] = {
    Letter.BENEFIT_DECISION: "A benefit refused, stopped or cut",
    Letter.RECONSIDERATION: "A benefit decision looked at again, and the answer",
    Letter.HOUSING_BENEFIT: "A Housing Benefit decision",
    Letter.PIP_FORM: "The PIP form, “How your disability affects you”",
    Letter.WORK_FORM: "The form about being able to work (UC50 or ESA50)",
    Letter.HOMELESSNESS: "A decision about being homeless",
    Letter.NOTICE: "A notice to leave their home",
    Letter.COURT: "Court papers",
    Letter.HOME_OFFICE: "A refusal from the Home Office",
    Letter.JOB_ENDED: "The end of a job",
    Letter.OTHER: "Another letter that names a day to act by",
}
_NAMED = frozenset({Letter.NOTICE, Letter.COURT, Letter.OTHER})
_ALL = tuple(Nation)
_BRITAIN = (Nation.ENGLAND, Nation.WALES, Nation.SCOTLAND)
_ENGLAND_WALES = (Nation.ENGLAND, Nation.WALES)
_NI = (Nation.NORTHERN_IRELAND,)
_FROM: tuple[tuple[Letter, tuple[Nation, ...], str, Fact], ...] = (
    (Letter.BENEFIT_DECISION, _BRITAIN, "mandatory_reconsideration", Fact.LETTER_DATED),
    (Letter.BENEFIT_DECISION, _NI, "mandatory_reconsideration_northern_ireland", Fact.LETTER_DATED),
    (Letter.RECONSIDERATION, _BRITAIN, "benefit_appeal", Fact.MR_NOTICE_SENT),
    (Letter.RECONSIDERATION, _NI, "benefit_appeal_northern_ireland", Fact.LETTER_DATED),
    (Letter.HOUSING_BENEFIT, _BRITAIN, "housing_benefit_appeal", Fact.LETTER_SENT),
    (Letter.HOUSING_BENEFIT, _NI, "housing_benefit_appeal_northern_ireland", Fact.LETTER_SENT),
    (Letter.PIP_FORM, _ENGLAND_WALES, "pip2_form", Fact.LETTER_DATED),
    (Letter.PIP_FORM, _NI, "pip2_form_northern_ireland", Fact.LETTER_DATED),
    (Letter.WORK_FORM, _BRITAIN, "uc50_form", Fact.LETTER_DATED),
    (Letter.HOMELESSNESS, (Nation.ENGLAND,), "homelessness_review_england", Fact.LETTER_RECEIVED),
    (Letter.HOMELESSNESS, (Nation.WALES,), "homelessness_review_wales", Fact.LETTER_RECEIVED),
    (Letter.HOMELESSNESS, (Nation.SCOTLAND,), "homelessness_review_scotland", Fact.LETTER_RECEIVED),
    (Letter.HOMELESSNESS, _NI, "homelessness_review_northern_ireland", Fact.LETTER_RECEIVED),
    (Letter.HOME_OFFICE, _ALL, "immigration_appeal", Fact.LETTER_SENT),
    (Letter.JOB_ENDED, _BRITAIN, "employment_tribunal", Fact.EVENT_ON),
    (Letter.JOB_ENDED, _NI, "industrial_tribunal_northern_ireland", Fact.EVENT_ON),
)
_RULES = {(letter, nation): (rule, fact) for letter, nations, rule, fact in _FROM for nation in nations}


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What a letter comes to. `last_day` is None where nobody can say without asking; `rule` is a key of `RULES`, or
    empty where the letter names its day, or no rule is known of; `facts` is what the rule is worked out from."""

    last_day: date | None
    rule: str
    facts: Facts

    @property
    def what(self) -> str:
        """What has to be done, in the rule's words; empty without a rule."""
        return RULES[self.rule].title if self.rule else ""

    def near(self, today: date) -> bool:
        """Whether it cannot wait. A letter without a day that is known counts as near: nobody knows that it is not."""
        return self.last_day is None or self.last_day <= today + NEAR


def reckon(letter: Letter, day: date, nation: Nation) -> Reckoned:
    """What one letter with this day on it comes to in a nation. Never raises for odd days."""
    if letter.names_its_day:
        return Reckoned(day, "", Facts(dates={}, nation=nation))
    if (letter, nation) not in _RULES:
        return Reckoned(None, "", Facts(dates={}, nation=nation))
    rule, fact = _RULES[letter, nation]
    facts = Facts(dates={fact: day}, nation=nation)
    return Reckoned(work_out(rule, facts).last_day, rule, facts)


def fault(letter: Letter, day: date, today: date) -> str:
    """What is wrong with the day of a letter, in words; empty when nothing is."""
    if today - day > OLDEST:
        return "This day is more than 2 years ago. Check the year"
    if letter.names_its_day:
        return "This day is more than a year away. Check the year" if day - today > FURTHEST else ""
    return "The day on the letter must be today or in the past" if day > today else ""

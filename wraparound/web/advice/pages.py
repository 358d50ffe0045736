"""What the pages of matters and time limits show, put together for one reader."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wraparound.advice.limits import facts_of
from wraparound.advice.matter_types import CATEGORIES
from wraparound.advice.models import Matter, TimeLimit
from wraparound.advice.reading import letter_to_work_out, limits_on, matters_on
from wraparound.advice.states import LIMIT_MOVES, MATTER_MOVES, LimitStatus, MatterStatus
from wraparound.casework.models import Case
from wraparound.organisations.actor import Actor
from wraparound.organisations.pathways import pathway_of
from wraparound.organisations.roles import Capability
from wraparound.pathways.vocabulary import Nation, Service
from wraparound.referrals.letters import letter_of, said_of
from wraparound.time_limits.counting import working_day_by
from wraparound.time_limits.definition import Answer, Family, Rule
from wraparound.time_limits.letters import Letter
from wraparound.time_limits.working_out import RULES, rules_for, work_out
from wraparound.web.formats import counted

NEAR_DAYS = 14
FAMILIES: Mapping[str, tuple[Family, ...]] = {
    "benefits": (
        Family.BENEFIT_DECISION, Family.BENEFIT_APPEAL, Family.HOUSING_BENEFIT, Family.BENEFIT_FORM,
        Family.MONEY_COUNTS_FROM,
    ),
    "debt": (Family.BREATHING_SPACE, Family.POSSESSION),
    "housing": (Family.POSSESSION, Family.HOMELESSNESS, Family.HOUSING_BENEFIT),
    "employment": (Family.EMPLOYMENT,),
    "discrimination": (Family.EMPLOYMENT,),
    "immigration": (Family.IMMIGRATION,),
}  # fmt: skip

CATEGORY_OF: Mapping[Letter, str] = {
    Letter.BENEFIT_DECISION: "benefits", Letter.RECONSIDERATION: "benefits", Letter.HOUSING_BENEFIT: "benefits",
    Letter.PIP_FORM: "benefits", Letter.WORK_FORM: "benefits", Letter.HOMELESSNESS: "housing",
    Letter.NOTICE: "housing", Letter.HOME_OFFICE: "immigration", Letter.JOB_ENDED: "employment",
}  # fmt: skip


@dataclass(frozen=True)
class LimitShown:
    """One time limit in a list. `left` says how long there is; `colour` of its tag, empty once it has ended."""

    limit: TimeLimit
    status: str
    left: str
    colour: str


@dataclass(frozen=True)
class MatterShown:
    """One matter in a list, with its running time limits, the nearest first."""

    matter: Matter
    category: str
    status: str
    limits: Sequence[LimitShown]


def limit_shown(limit: TimeLimit, today: date) -> LimitShown:
    """How long there is, as somebody reads it who has to act."""
    status = LimitStatus(limit.status)
    if not status.running:
        return LimitShown(limit, status.label, "", "")
    if limit.last_day is None:
        return LimitShown(limit, status.label, "Check this", "orange")
    left = (limit.last_day - today).days
    said = "Today" if left == 0 else f"{counted(left, 'day')} left" if left > 0 else f"{counted(-left, 'day')} over"
    return LimitShown(limit, status.label, said, "red" if left <= 3 else "orange" if left <= NEAR_DAYS else "blue")


def matters_shown(actor: Actor, cases: Iterable[Case]) -> dict[int, list[MatterShown]]:
    """The matters of these cases by the case's id, for those who give advice. Two questions, or none."""
    held = list(cases)
    if not held or not actor.can(Capability.GIVE_ADVICE):
        return {}
    rows = matters_on(actor, held)
    running: dict[int, list[LimitShown]] = {}
    for limit in limits_on(actor, [row for row in rows if row.live]) if rows else ():
        if limit.running:
            running.setdefault(limit.matter_id, []).append(limit_shown(limit, actor.today()))
    found: dict[int, list[MatterShown]] = {}
    for row in rows:
        shown = MatterShown(row, CATEGORIES[row.category].name, MatterStatus(row.status).label, running.get(row.pk, ()))
        found.setdefault(row.case_id, []).append(shown)
    return found


def is_advice(case: Case) -> bool:
    """Whether the case's work is advice (its referral is read)."""
    return Service.WELFARE_ADVICE in (case.referral.service, *case.referral.joined)


def moves_of(matter: Matter) -> set[str]:
    """The verbs that the matter's status allows."""
    status = MatterStatus(matter.status)
    return {verb for verb, rule in MATTER_MOVES.items() if status in rule.from_}


def moves_of_limit(limit: TimeLimit) -> set[str]:
    """The verbs that the time limit's status allows."""
    status = LimitStatus(limit.status)
    return {verb for verb, rule in LIMIT_MOVES.items() if status in rule.from_ and rule.label}


def nation_of(case: Case) -> Nation:
    """The nation whose law the journey's pathway names (the journey is read)."""
    return Nation(pathway_of(case.journey.pathway_version_id).nation)


@dataclass(frozen=True)
class LetterHint:
    """What the referral said of a letter that nobody here has worked out yet: in words, the rule and the category that
    fit (empty where none is known), and the day that it names, if it names one."""

    letter: str
    day: date
    names_its_day: bool
    comes_to: str
    rule: str
    category: str


def letter_hint(actor: Actor, case: Case) -> LetterHint | None:
    """None where the referral spoke of no letter, or a time limit is here already."""
    held = letter_to_work_out(actor, case) if actor.can(Capability.GIVE_ADVICE) else None
    if held is None:
        return None
    return LetterHint(
        held.letter.label, held.day, held.letter.names_its_day, said_of(held.reckoned), held.reckoned.rule,
        CATEGORY_OF.get(held.letter, ""),
    )  # fmt: skip


def days_of_letter(case: Case, rule: str) -> dict[str, date]:
    """The days that the referral's letter gives for a rule, by the names of its form's fields."""
    held = letter_of(case.journey)
    if held is None or held.reckoned.rule != rule:
        return {}
    return {fact.value: day for fact, day in held.reckoned.facts.dates.items()}


Offered = list[tuple[str, list[Rule]]]


def rules_offered(category: str, nation: Nation) -> tuple[Offered, Offered]:
    """Rules by family in words: those of the category, and the others. All of them where the category has none."""
    own = FAMILIES.get(category) or tuple(Family)
    rules = rules_for(nation)

    def of(families: Iterable[Family]) -> Offered:
        found = [(family.label, [rule for rule in rules if rule.family is family]) for family in families]
        return [(label, those) for label, those in found if those]

    return of(own), of(family for family in Family if family not in own)


def answer_of(limit: TimeLimit) -> Answer | None:
    """What the rule says of it as the law stands in the product now; None where an adviser set it."""
    facts = facts_of(limit)
    return work_out(limit.rule, facts) if facts is not None and limit.rule in RULES else None


def there_by(limit: TimeLimit) -> date | None:
    """By when it has to be there so that somebody takes it in; None when that is the last day, or posting is enough."""
    facts, answer = facts_of(limit), answer_of(limit)
    if limit.last_day is None or facts is None or answer is None or not answer.received_by:
        return None
    open_on = working_day_by(limit.last_day, facts.nation)
    return open_on if open_on < limit.last_day else None

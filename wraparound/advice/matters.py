"""Opening a matter, and what happens to it until it is closed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wraparound.advice.competence import require_competence
from wraparound.advice.conflicts import plain_name, require_no_conflict
from wraparound.advice.matter_types import CATEGORIES
from wraparound.advice.models import Matter, TimeLimit
from wraparound.advice.states import MATTER_MOVES, Level, MatterStatus, Stage, stages_of
from wraparound.casework.models import Case
from wraparound.casework.to_do import colleague
from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.pathways.vocabulary import Service
from wraparound.referrals.moves import worked_on

LONGEST = {"title": 120, "opponent": 120, "their_reference": 60}
LONGEST_WHY = 500


@dataclass(frozen=True, kw_only=True)
class About:
    """What is said of a matter. Matter types may be empty until it is closed; `opponent` where there is none."""

    title: str
    category: str
    level: Level
    stage: Stage
    first_type: str = ""
    second_type: str = ""
    opponent: str = ""
    their_reference: str = ""


@action
def open_matter(
    *, by: Actor, case: Case, about: About, conflict_looked_at: str = "", worker_id: int | None = None
) -> Matter:
    """Open a matter on one's own organisation's case, for oneself or for the colleague `worker_id` who may take it.

    `conflict_looked_at`: what was found where names are alike.
    """
    by.require(Capability.GIVE_ADVICE)
    held = _case(case, by)
    values = _checked(about)
    whose = by.user() if worker_id is None else worker_id
    require_competence(by, worker_id=whose, about=about)
    require_no_conflict(by, person_id=held.person_id, opponent=about.opponent, looked_at=conflict_looked_at)
    worked_on(held.referral, by=by)
    matter = Matter.objects.create(
        scheme_id=by.scheme_id,
        organisation_id=by.organisation_id,
        case=held,
        person_id=held.person_id,
        worker_id=whose,
        opened_at=by.now(),
        conflict_looked_at=conflict_looked_at.strip(),
        **values,
    )
    _record("matter_opened", matter, by)
    return matter


@action
def change_matter(*, by: Actor, matter: Matter, about: About, conflict_looked_at: str = "") -> Matter:
    """Change what is said of a matter: what it is, how much is done, and how far it has come."""
    held = _locked(matter, "change", by)
    values = _checked(about)
    require_competence(by, worker_id=held.worker_id, about=about)
    if plain_name(about.opponent) != held.opponent_plain:
        require_no_conflict(by, person_id=held.person_id, opponent=about.opponent, looked_at=conflict_looked_at)
        values["conflict_looked_at"] = conflict_looked_at.strip()
    return _move(held, "change", by, **values)


@action
def give_matter(*, by: Actor, matter: Matter, worker_id: int) -> Matter:
    """Give a matter to a colleague (the id of a user) who may take it."""
    held = _locked(matter, "give", by)
    given = colleague(by, worker_id)
    if given.user_id == held.worker_id:
        raise Refused("same_worker", f"{given.user.name} has it already.", "worker")
    require_competence(by, worker_id=given.user_id, about=about_of(held), field="worker")
    return _move(held, "give", by, worker_id=given.user_id)


@action
def split_matter(*, by: Actor, matter: Matter, about: About) -> Matter:
    """Split a part off a matter: another matter of the same case, which goes its own way."""
    held = _locked(matter, "split", by)
    require_competence(by, worker_id=held.worker_id, about=about)
    part = Matter.objects.create(
        scheme_id=by.scheme_id,
        organisation_id=by.organisation_id,
        case_id=held.case_id,
        person_id=held.person_id,
        worker_id=held.worker_id,
        opened_at=by.now(),
        split_from=held,
        **_checked(about),
    )
    _record("matter_opened", part, by)
    _move(held, "split", by)
    return part


@action
def join_matters(*, by: Actor, matter: Matter, to: Matter) -> Matter:
    """Join a matter to another of the same case: it ends, and its time limits run on there. Answers the other."""
    first, second = sorted((matter, to), key=lambda each: each.pk)
    if first.pk == second.pk:
        raise Refused("same_matter", "Choose another matter.", "to")
    locked = {each.pk: _locked(each, "join" if each.pk == matter.pk else "change", by) for each in (first, second)}
    joined, kept = locked[matter.pk], locked[to.pk]
    if joined.case_id != kept.case_id:
        raise Refused("other_case", "Only matters of one person's case can be joined.", "to")
    TimeLimit.objects.visible_to(by).filter(matter=joined, ended_at=None).update(matter=kept)
    _move(joined, "join", by, joined_to=kept, closed_at=by.now())
    return kept


@action
def move_matter(*, by: Actor, matter: Matter, verb: str) -> Matter:
    """Say whom a matter waits for, or that it is worked on again: a verb of the table that needs nothing more."""
    if verb not in ("wait_for_person", "wait_for_decision", "go_on"):
        raise Refused("unknown", "Choose what happened.", "verb")
    return _move(_locked(matter, verb, by), verb, by)


@action
def close_matter(*, by: Actor, matter: Matter, why: str) -> Matter:
    """Close a matter, with what came of it. One with a running time limit stays open."""
    held = _locked(matter, "close", by)
    if not why.strip():
        raise Refused("no_reason", "Write what came of it.", "why")
    if len(why) > LONGEST_WHY:
        raise Refused("too_long", f"Write it in {LONGEST_WHY} characters or fewer; this has {len(why)}.", "why")
    if not held.first_type and CATEGORIES[held.category].first:
        raise Refused("no_type", "Choose the matter type first, so that it is counted rightly.", "first_type")
    if running := TimeLimit.objects.visible_to(by).filter(matter=held, ended_at=None).first():
        raise Refused("limit_runs", f"A time limit still runs: {running.what}. Say first what came of it.")
    return _move(held, "close", by, closed_at=by.now(), closed_why=why.strip())


@action
def reopen_matter(*, by: Actor, matter: Matter) -> Matter:
    """Open a closed matter again."""
    held = _locked(matter, "reopen", by)
    require_competence(by, worker_id=held.worker_id, about=about_of(held))
    return _move(held, "reopen", by, closed_at=None, closed_why="")


def about_of(matter: Matter) -> About:
    """What is said of a matter now."""
    return About(
        title=matter.title,
        category=matter.category,
        level=Level(matter.level),
        stage=Stage(matter.stage),
        first_type=matter.first_type,
        second_type=matter.second_type,
        opponent=matter.opponent,
        their_reference=matter.their_reference,
    )


def locked_matter(matter: Matter, by: Actor) -> Matter:
    """A matter that is worked on, held until the transaction ends; Refused when it has ended."""
    return _locked(matter, "change", by)


def _case(case: Case, by: Actor) -> Case:
    held: Case = Case.objects.visible_to(by).select_related("referral").get(pk=case.pk)
    if held.closed_at:
        raise Refused("case_closed", "This work is closed. Open the referral again first.")
    if Service.WELFARE_ADVICE not in (held.referral.service, *held.referral.joined):
        raise Refused("not_advice", "Matters are for advice work. Hand the person over to an advice service.")
    return held


def _locked(matter: Matter, verb: str, by: Actor) -> Matter:
    by.require(Capability.GIVE_ADVICE)
    held: Matter = (
        Matter.objects.visible_to(by).select_for_update(of=("self",)).select_related("case__referral").get(pk=matter.pk)
    )
    if MatterStatus(held.status) not in MATTER_MOVES[verb].from_:
        raise Refused("too_late", f"This matter is {MatterStatus(held.status).label.lower()} by now.")
    if held.case.closed_at:
        raise Refused("case_closed", "This work is closed. Open the referral again first.")
    return held


def _move(matter: Matter, verb: str, by: Actor, **changes: Any) -> Matter:
    rule = MATTER_MOVES[verb]
    before = matter.status
    if rule.to is not None:
        changes["status"] = rule.to
    for name, value in changes.items():
        setattr(matter, name, value)
    if changes:
        matter.save(update_fields=list(changes))
    worked_on(matter.case.referral, by=by)
    _record(rule.event, matter, by, {"from": before, "to": str(matter.status)})
    return matter


def _record(name: str, matter: Matter, by: Actor, data: Mapping[str, object] | None = None) -> None:
    """Seen by the one organisation alone, and without what the matter is."""
    case = matter.case
    record(
        name,
        by=by,
        person_id=matter.person_id,
        journey_id=case.journey_id,
        referral_id=case.referral_id,
        data={"matter": matter.pk, **(data or {})},
    )


def _checked(about: About) -> dict[str, Any]:
    """The columns, once they make sense together."""
    category = CATEGORIES.get(about.category)
    if category is None:
        raise Refused("no_category", "Choose what the matter is about.", "category")
    said = {name: " ".join(getattr(about, name).split()) for name in LONGEST}
    if not said["title"]:
        raise Refused("no_title", "Say in a few words what it is.", "title")
    for name, most in LONGEST.items():
        if len(said[name]) > most:
            raise Refused("too_long", f"Use {most} characters or fewer; this has {len(said[name])}.", name)
    for name, known in (("first_type", category.first), ("second_type", category.second)):
        if (chosen := getattr(about, name)) and chosen not in known:
            raise Refused("wrong_type", f"Choose a matter type of “{category.name}”.", name)
    if about.stage not in stages_of(about.category):
        raise Refused("wrong_stage", f"Choose a stage of “{category.name}”.", "stage")
    return said | {
        "category": about.category,
        "first_type": about.first_type,
        "second_type": about.second_type,
        "level": about.level,
        "stage": about.stage,
        "opponent_plain": plain_name(about.opponent),
    }

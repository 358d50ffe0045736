"""Time limits of a matter: worked out from a letter, confirmed by an adviser, and ended only with what came of it."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from wraparound.advice.matters import locked_matter
from wraparound.advice.models import Matter, TimeLimit
from wraparound.advice.nearest import keep_nearest
from wraparound.advice.states import LIMIT_MOVES, LimitStatus
from wraparound.casework.models import Case
from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.pathways.vocabulary import Nation
from wraparound.referrals.moves import worked_on
from wraparound.time_limits.definition import Answer, Choice, Fact, Facts, Tenure
from wraparound.time_limits.working_out import RULES, work_out

LONGEST_WHAT, LONGEST_WHY = 120, 500
# A day further off than this is a slip of the pen.
FURTHEST = timedelta(days=5 * 366)


@action
def add_limit(*, by: Actor, matter: Matter, rule: str, facts: Facts) -> TimeLimit:
    """Work out a last day by a rule. It is provisional; where the rule has no date, what to find out is kept."""
    by.require(Capability.GIVE_ADVICE)
    if rule not in RULES:
        raise Refused("no_rule", "Choose what the letter is.", "rule")
    held = locked_matter(matter, by)
    for fact in RULES[rule].asks_dates:
        if fact not in facts.dates:
            raise Refused("no_date", "Enter this day: the last day is counted from it.", fact)
    answer = work_out(rule, facts)
    return _make(held, by, rule=rule, what=RULES[rule].title, facts=facts_to_json(facts), **_worked_out(answer))


@action
def add_day(*, by: Actor, matter: Matter, what: str, last_day: date, why: str) -> TimeLimit:
    """Write down a last day that an adviser knows, such as one that a court has set; `why` says from where."""
    by.require(Capability.GIVE_ADVICE)
    held = locked_matter(matter, by)
    said = _said(what, LONGEST_WHAT, "Write what has to be done by then.", "what")
    limit = _make(
        held,
        by,
        what=said,
        last_day=_day(last_day, by),
        day_why=_said(why, LONGEST_WHY, "Write where this day comes from.", "why"),
        status=LimitStatus.CONFIRMED,
        confirmed_by_id=by.user(),
        confirmed_at=by.now(),
    )
    return limit


@action
def confirm_limit(*, by: Actor, limit: TimeLimit, seen_day: date) -> TimeLimit:
    """Confirm the day that was worked out. `seen_day` is the one on the page: another is not confirmed unseen."""
    held = _locked(limit, "confirm", by)
    if held.last_day != seen_day:
        raise Refused("changed", "This day was changed meanwhile. Look at it again.")
    return _move(held, "confirm", by, confirmed_by_id=by.user(), confirmed_at=by.now())


@action
def set_day(*, by: Actor, limit: TimeLimit, last_day: date, why: str) -> TimeLimit:
    """Set another day than was worked out, or the first; `why` says on what ground. It is confirmed with that."""
    held = _locked(limit, "set_day", by)
    changes = {
        "last_day": _day(last_day, by),
        "day_why": _said(why, LONGEST_WHY, "Write why it is this day.", "why"),
        "confirmed_by_id": by.user(),
        "confirmed_at": by.now(),
        "reminded": None,
    }
    return _move(held, "set_day", by, **changes)


@action
def meet_limit(*, by: Actor, limit: TimeLimit, how: str) -> TimeLimit:
    """What had to be done was done; `how` says what, and when."""
    held = _locked(limit, "meet", by)
    why = _said(how, LONGEST_WHY, "Write what was done, and when.", "how")
    return _move(held, "meet", by, ended_by_id=by.user(), ended_at=by.now(), ended_why=why)


@action
def set_limit_aside(*, by: Actor, limit: TimeLimit, why: str) -> TimeLimit:
    """It does not apply, or is not used; never without a reason."""
    held = _locked(limit, "set_aside", by)
    reason = _said(why, LONGEST_WHY, "Write why it does not apply, or why it is not used.", "why")
    return _move(held, "set_aside", by, ended_by_id=by.user(), ended_at=by.now(), ended_why=reason)


def facts_to_json(facts: Facts) -> dict[str, Any]:
    """As they are kept: days as ISO dates, by the names of the vocabulary."""
    return {
        "dates": {fact.value: day.isoformat() for fact, day in facts.dates.items()},
        "nation": facts.nation.value,
        "tenure": facts.tenure and facts.tenure.value,
        "choices": sorted(facts.choices),
    }


def facts_of(limit: TimeLimit) -> Facts | None:
    """What a limit was worked out from; None where an adviser set it."""
    kept: Mapping[str, Any] = limit.facts
    if not kept:
        return None
    return Facts(
        dates={Fact(name): date.fromisoformat(day) for name, day in kept["dates"].items()},
        nation=Nation(kept["nation"]),
        tenure=Tenure(kept["tenure"]) if kept["tenure"] else None,
        choices=frozenset(map(Choice, kept["choices"])),
    )


def _worked_out(answer: Answer) -> dict[str, Any]:
    return {
        "last_day": answer.last_day,
        "how": list(answer.how),
        "source": answer.source.citation,
        "asks": list(answer.asks),
        "status": LimitStatus.PROVISIONAL if answer.last_day else LimitStatus.TO_CHECK,
    }


def _make(matter: Matter, by: Actor, **values: Any) -> TimeLimit:
    twice = TimeLimit.objects.visible_to(by).filter(matter=matter, ended_at=None, what=values["what"])
    if twice.filter(last_day=values["last_day"], facts=values.get("facts", {})).exists():
        raise Refused("already_saved", "This time limit is here already.")
    _hold(matter.case, by)
    limit = TimeLimit.objects.create(
        scheme_id=by.scheme_id,
        organisation_id=by.organisation_id,
        matter=matter,
        case_id=matter.case_id,
        person_id=matter.person_id,
        made_by_id=by.user(),
        made_at=by.now(),
        **values,
    )
    _record("time_limit_added", limit, by)
    keep_nearest(matter.case_id, by=by)
    return limit


def _locked(limit: TimeLimit, verb: str, by: Actor) -> TimeLimit:
    by.require(Capability.GIVE_ADVICE)
    rows = TimeLimit.objects.visible_to(by).select_related("case__referral", "matter")
    held: TimeLimit = rows.select_for_update(of=("self",)).get(pk=limit.pk)
    if LimitStatus(held.status) not in LIMIT_MOVES[verb].from_:
        raise Refused("too_late", f"This time limit is already: {LimitStatus(held.status).label.lower()}.")
    return held


def _move(limit: TimeLimit, verb: str, by: Actor, **changes: Any) -> TimeLimit:
    rule = LIMIT_MOVES[verb]
    if rule.to is not None:
        changes["status"] = rule.to
    for name, value in changes.items():
        setattr(limit, name, value)
    limit.save(update_fields=list(changes))
    _hold(limit.case, by)
    _record(rule.event, limit, by)
    keep_nearest(limit.case_id, by=by)
    return limit


def _hold(case: Case, by: Actor) -> None:
    """The referral before the case, as whoever makes contact locks them."""
    worked_on(case.referral, by=by)


def _record(name: str, limit: TimeLimit, by: Actor) -> None:
    record(
        name,
        by=by,
        person_id=limit.person_id,
        journey_id=limit.case.journey_id,
        referral_id=limit.case.referral_id,
        data={"time_limit": limit.pk, "matter": limit.matter_id},
    )


def _day(day: date, by: Actor) -> date:
    """A past day is one too: it opens the late routes."""
    if abs(day - by.today()) > FURTHEST:
        raise Refused("wrong_day", "Check the year of this day.", "last_day")
    return day


def _said(text: str, most: int, missing: str, field: str) -> str:
    said = " ".join(text.split())
    if not said:
        raise Refused("empty", missing, field)
    if len(said) > most:
        raise Refused("too_long", f"Use {most} characters or fewer; this has {len(said)}.", field)
    return said

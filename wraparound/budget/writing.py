"""Writing down a household's income and outgoings, all at once, so that two who write together lose nothing."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal

from wraparound.advice.holding import hold, own, sum_of, tell
from wraparound.advice.sums import Often
from wraparound.budget.layout import layout
from wraparound.budget.models import Budget, Line
from wraparound.casework.models import Case
from wraparound.events.action import Refused, action
from wraparound.organisations.actor import Actor

MOST_CHILDREN, OLDEST_CHILD, MOST_PEOPLE = 15, 19, 30
LONGEST_REMARK = 2_000
# What is written of one line: its sum, None for none, and how often it comes.
Value = tuple[Decimal | None, Often]


@dataclass(frozen=True)
class Said:
    """One line as somebody writes it, beside what their page showed when they began: None where it was empty."""

    now: Value
    shown: Value | None = None


@dataclass(frozen=True, kw_only=True)
class Household:
    """Who lives on the budget. `children` are ages in years; None is not said."""

    adults: int | None = None
    children: Sequence[int] = ()
    others: int | None = None
    joint: bool = False
    remark: str = ""


@dataclass(frozen=True)
class Written:
    """What came of it. `clashes` are the lines where somebody else wrote something else meanwhile, which stay as they
    wrote them; `household_clashes` says that so it is with the household."""

    budget: Budget
    clashes: Mapping[str, Line]
    household_clashes: bool


@action
def write_budget(
    *, by: Actor, case: Case, household: Household, lines: Mapping[str, Said], seen: str | None = None
) -> Written:
    """Keep what the writer changed, line by line. What they left as they were shown it stays as it is now.

    A line that both changed, each to something else, is a clash: theirs stays, and the rest is kept; the household
    counts as one line. `seen` is the `digest_of_household` that the writer was shown; None: nothing was written yet.
    Refused `wrong_sum`, `no_line`, `wrong_household`, `too_long` with the field; `already_saved` where nothing is new.
    """
    held = hold(case, by=by)
    if unknown := lines.keys() - layout().lines.keys():
        raise Refused("no_line", f"There is no such line: {', '.join(sorted(unknown))}.")
    about = _checked(household)
    budget = Budget.objects.visible_to(by).filter(case=held).first()
    known = _checked(household_of(budget))
    there = {each.key: each for each in Line.objects.visible_to(by).filter(case=held).select_related("changed_by")}
    changed = {key: said for key, said in lines.items() if not _same(said.now, said.shown)}
    clashes = {key: there[key] for key, said in changed.items() if key in there and _clash(said, there[key])}
    new = {
        key: said.now
        for key, said in changed.items()
        if key not in clashes and not _same(said.now, value_of(there.get(key)))
    }
    was, seen = digest_of_household(known), seen or digest_of_household(Household())
    mine = digest_of_household(about) not in (was, seen)
    theirs = mine and was != seen
    if not (new or clashes or mine) and budget is not None:
        raise Refused("already_saved", "This is saved already.")
    kept = _keep_household(budget, about if mine and not theirs else known, held, by)
    for key, (pounds, often) in new.items():
        _keep(kept, there.get(key), key, (sum_of(pounds, f"sum_{key}"), often), held, by)
    tell("budget_changed" if budget else "budget_begun", held, by=by)
    return Written(kept, clashes, theirs)


def value_of(line: Line | None) -> Value | None:
    """What stands in a line; None where nothing was ever written."""
    return (line.pounds, Often(line.often)) if line else None


def household_of(budget: Budget | None) -> Household:
    """What is written of the household."""
    if budget is None:
        return Household()
    return Household(
        adults=budget.adults,
        children=tuple(budget.children),
        others=budget.others,
        joint=budget.joint,
        remark=budget.remark,
    )


def digest_of_household(about: Household) -> str:
    """A hash of a household, to find out whether it changed since somebody was shown it."""
    said = json.dumps(asdict(about) | {"children": sorted(about.children), "remark": about.remark.strip()})
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _same(one: Value | None, other: Value | None) -> bool:
    """Of a line without a sum, how often it comes says nothing."""
    first, second = one and one[0], other and other[0]
    return first == second and (first is None or one == other)


def _clash(said: Said, line: Line) -> bool:
    held = value_of(line)
    return not _same(held, said.shown) and not _same(held, said.now)


def _keep(budget: Budget, line: Line | None, key: str, value: Value, case: Case, by: Actor) -> None:
    row = line or Line(budget=budget, key=key, **own(case, by))
    row.pounds, row.often = value
    row.changed_by_id, row.changed_at = by.user(), by.now()
    row.save()


def _keep_household(budget: Budget | None, about: Household, case: Case, by: Actor) -> Budget:
    row = budget or Budget(**own(case, by))
    row.adults, row.children, row.others = about.adults, list(about.children), about.others
    row.joint, row.remark = about.joint, about.remark
    row.changed_by_id, row.changed_at = by.user(), by.now()
    row.save()
    return row


def _checked(about: Household) -> Household:
    """As it is kept: the youngest child first."""
    for name in ("adults", "others"):
        number = getattr(about, name)
        if number is not None and not 0 <= number <= MOST_PEOPLE:
            raise Refused("wrong_household", f"Write a number up to {MOST_PEOPLE}.", name)
    if len(about.children) > MOST_CHILDREN or any(not 0 <= age <= OLDEST_CHILD for age in about.children):
        raise Refused("wrong_household", f"Write ages up to {OLDEST_CHILD}, with commas between them.", "children")
    if len(about.remark) > LONGEST_REMARK:
        raise Refused("too_long", f"Write it in {LONGEST_REMARK:,} characters or fewer.", "remark")
    return Household(
        adults=about.adults,
        children=tuple(sorted(about.children)),
        others=about.others,
        joint=about.joint,
        remark=about.remark.strip(),
    )

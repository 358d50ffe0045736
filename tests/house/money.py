"""How to come to each action on money, on what came of matters, and on time."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from tests.factories import NOW, World
from tests.house.advice import a_matter, advised_in
from tests.house.trial import Recipe, Trial
from wraparound.advice.models import Matter
from wraparound.advice.sums import Often
from wraparound.budget.debts import AboutDebt, add_debt, digest_of
from wraparound.budget.models import Debt, Statement
from wraparound.budget.reading import budget_of
from wraparound.budget.statements import make_statement, print_statement
from wraparound.budget.states import DebtStatus, HowAgreed
from wraparound.budget.tasks import set_paper
from wraparound.budget.writing import Household, Said, write_budget
from wraparound.casework.models import Case
from wraparound.organisations.actor import Actor, acting_as
from wraparound.outcomes.models import Outcome
from wraparound.outcomes.recording import AboutOutcome, record_outcome, write_what_changed
from wraparound.outcomes.spending import Doing
from wraparound.outcomes.timing import Spent, confirm_time, pieces_of

HOME = Household(adults=1, children=(3, 7), others=0)
LINES = {
    "universal_credit": Said((Decimal("700.00"), Often.MONTH)),
    "rent": Said((Decimal("90.00"), Often.WEEK)),
    "food": Said((Decimal("40.00"), Often.WEEK)),
}
CARD = AboutDebt(creditor="Northmoor Bank", kind="credit_card", balance=Decimal("1200.00"), reference="4929 11")
RENT = AboutDebt(creditor="Eastmarsh Homes", kind="rent_arrears", balance=Decimal("640.00"), priority=True)
PIP = AboutOutcome(
    kind="ongoing_gain", on=NOW.date(), confirmed=True, pounds=Decimal("73.90"), often=Often.WEEK, starts=NOW.date(),
    seen="Award letter of 20 November",
)  # fmt: skip
WITHOUT = AboutOutcome(kind="award_reinstated", on=NOW.date())


def a_budget(world: World, case: Case | None = None) -> Case:
    """A case of the adviser's with a budget, written now where there is none."""
    held, by = case or advised_in(world).case, world.adviser
    with acting_as(by):
        if budget_of(by, held) is None:
            write_budget(by=by, case=held, household=HOME, lines=LINES)
    return held


def a_debt(world: World, case: Case | None = None, about: AboutDebt = CARD) -> Debt:
    by, held = world.adviser, case or advised_in(world).case
    with acting_as(by):
        same = Debt.objects.visible_to(by).filter(case=held, creditor=about.creditor).first()
        return same or add_debt(by=by, case=held, about=about)


def a_statement(world: World, case: Case | None = None) -> Statement:
    by, held = world.adviser, a_budget(world, case)
    with acting_as(by):
        return make_statement(by=by, case=held)


def an_outcome(world: World, matter: Matter | None = None, about: AboutOutcome = PIP) -> Outcome:
    by, held = world.adviser, matter or a_matter(world)
    with acting_as(by):
        return record_outcome(by=by, matter=held, about=about)


def the_statement(world: World) -> Statement:
    """One of the adviser's, made now where there is none."""
    with acting_as(world.adviser):
        held = Statement.objects.visible_to(world.adviser).first()
    return held or a_statement(world)


def the_outcome(world: World) -> Outcome:
    """One that counts, written down now where there is none."""
    with acting_as(world.adviser):
        held = Outcome.objects.visible_to(world.adviser).filter(replaced_by=None, withdrawn=False).first()
    return held or an_outcome(world)


def a_days_time(world: World, by: Actor | None = None) -> Spent:
    """Ten minutes on the first thing that the adviser did today."""
    a_matter(world)
    actor = by or world.adviser
    with acting_as(actor):
        first = pieces_of(actor, actor.today())[0]
    return Spent(minutes=10, doing=Doing.FOR, event=first.event)


def money_of(world: World) -> None:
    """One row in each table of money, outcomes and time."""
    by, case = world.adviser, advised_in(world).case
    a_debt(world, case)
    statement = a_statement(world, case)
    matter = a_matter(world)
    an_outcome(world, matter)
    with acting_as(by):
        paper = print_statement(by=by, statement=statement, agreed=HowAgreed.SAID)
        write_what_changed(by=by, matter=matter, different="I sleep again", able="", hard="")
    spent = a_days_time(world)
    with acting_as(by):
        confirm_time(by=by, on=by.today(), spent=[spent])
    set_paper.now(by=by, paper_id=paper.pk)


def _of(make: Any, name: str, **said: Any) -> Recipe:
    return lambda world: Trial(world.adviser, {name: make(world), **said})


def _change(world: World) -> Trial:
    debt = a_debt(world)
    about = replace(CARD, status=DebtStatus.HELD)
    return Trial(world.adviser, {"debt": debt, "about": about, "seen": digest_of(debt)})


def _confirm(world: World) -> Trial:
    return Trial(world.adviser, {"on": world.adviser.today(), "spent": [a_days_time(world)]})


MONEY: dict[str, Recipe] = {
    "wraparound.budget.writing.write_budget": lambda world: Trial(
        world.adviser, {"case": advised_in(world).case, "household": HOME, "lines": LINES}
    ),
    "wraparound.budget.debts.add_debt": lambda world: Trial(
        world.adviser, {"case": advised_in(world).case, "about": CARD}
    ),
    "wraparound.budget.debts.change_debt": _change,
    "wraparound.budget.statements.make_statement": _of(a_budget, "case"),
    "wraparound.budget.statements.print_statement": _of(a_statement, "statement", agreed=HowAgreed.SAID),
    "wraparound.outcomes.recording.record_outcome": _of(a_matter, "matter", about=PIP),
    "wraparound.outcomes.recording.correct_outcome": _of(an_outcome, "outcome", about=WITHOUT),
    "wraparound.outcomes.recording.withdraw_outcome": _of(an_outcome, "outcome", why="Of another person"),
    "wraparound.outcomes.recording.close_with_outcome": _of(
        a_matter, "matter", why="Award reinstated", kind="award_reinstated"
    ),
    "wraparound.outcomes.recording.write_what_changed": _of(
        a_matter, "matter", different="I sleep again", able="", hard=""
    ),
    "wraparound.outcomes.timing.confirm_time": _confirm,
}

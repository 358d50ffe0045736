"""Two write a budget at once and lose nothing; statements stay as they were made; nobody else sees any of it."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import Error, connection, transaction

from tests.advice.advising import Advised, advised, permit
from tests.factories import make_world
from tests.house.money import CARD, HOME, LINES, RENT, a_budget, a_debt, a_statement, money_of
from wraparound.advice.models import Permission
from wraparound.advice.states import Stage
from wraparound.advice.sums import Often
from wraparound.budget.debts import add_debt, change_debt, digest_of
from wraparound.budget.models import Budget, Debt, Statement, StatementPaper
from wraparound.budget.reading import budget_of, lines_of
from wraparound.budget.statements import digest_of as statement_digest
from wraparound.budget.statements import make_statement, print_statement
from wraparound.budget.states import DebtStatus, HowAgreed
from wraparound.budget.tasks import set_paper
from wraparound.budget.writing import Household, Said, digest_of_household, value_of, write_budget
from wraparound.casework.models import Case
from wraparound.demo.money import on_money
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as
from wraparound.outcomes.models import Outcome
from wraparound.people.models import Restriction
from wraparound.referrals.restricting import restrict

pytestmark = pytest.mark.django_db
WEEK, MONTH = Often.WEEK, Often.MONTH


@pytest.fixture
def found() -> Advised:
    return advised()


def refused(code: str) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, check=lambda each: each.code == code)


def stands(by: Actor, case: Case) -> dict[str, Decimal | None]:
    return {each.key: each.pounds for each in lines_of(by, case)}


def test_what_is_written_stands_and_what_is_left_empty_is_not_kept(found: Advised) -> None:
    case, by = a_budget(found.world, found.case), found.adviser
    with acting_as(by):
        assert stands(by, case) == {key: said.now[0] for key, said in LINES.items()}
        budget = budget_of(by, case)
        assert budget and (budget.adults, budget.children) == (1, [3, 7])


def test_of_two_who_write_different_lines_both_stand(found: Advised) -> None:
    case, by, other = a_budget(found.world, found.case), found.adviser, found.world.advice_supervisor
    rent = value_of(next(each for each in lines_of_as(by, case) if each.key == "rent"))
    digest = digest_of_household(HOME)
    with acting_as(other):
        write_budget(by=other, case=case, household=HOME, lines={"water": Said((Decimal(30), MONTH))}, seen=digest)
    with acting_as(by):
        lines = {"rent": Said((Decimal(95), WEEK), rent), "water": Said((None, MONTH))}
        written = write_budget(by=by, case=case, household=HOME, lines=lines, seen=digest)
        assert not written.clashes
        assert stands(by, case) | {"rent": Decimal(95), "water": Decimal(30)} == stands(by, case)


def lines_of_as(by: Actor, case: Case) -> list:  # type: ignore[type-arg]
    with acting_as(by):
        return lines_of(by, case)


def test_of_two_who_write_the_same_line_the_second_is_shown_the_first(found: Advised) -> None:
    case, by, other = a_budget(found.world, found.case), found.adviser, found.world.advice_supervisor
    rent = value_of(next(each for each in lines_of_as(by, case) if each.key == "rent"))
    digest = digest_of_household(HOME)
    with acting_as(other):
        write_budget(by=other, case=case, household=HOME, lines={"rent": Said((Decimal(95), WEEK), rent)}, seen=digest)
    with acting_as(by):
        lines = {"rent": Said((Decimal(99), WEEK), rent), "gas": Said((Decimal(12), WEEK))}
        written = write_budget(by=by, case=case, household=HOME, lines=lines, seen=digest)
        assert {key: each.pounds for key, each in written.clashes.items()} == {"rent": Decimal(95)}
        assert stands(by, case)["gas"] == Decimal(12) and stands(by, case)["rent"] == Decimal(95)


def test_a_household_that_both_changed_stays_as_the_first_wrote_it(found: Advised) -> None:
    case, by = a_budget(found.world, found.case), found.adviser
    with acting_as(by):
        write_budget(by=by, case=case, household=Household(adults=2), lines={}, seen=digest_of_household(HOME))
        written = write_budget(
            by=by, case=case, household=Household(adults=3), lines={}, seen=digest_of_household(HOME)
        )
        assert written.household_clashes and written.budget.adults == 2


def test_the_same_again_is_saved_already(found: Advised) -> None:
    case, by = a_budget(found.world, found.case), found.adviser
    with acting_as(by), refused("already_saved"):
        write_budget(by=by, case=case, household=HOME, lines=LINES)


@pytest.mark.parametrize(
    ("household", "lines", "code"),
    [
        (HOME, {"yacht": Said((Decimal(1), MONTH))}, "no_line"),
        (HOME, {"rent": Said((Decimal(-1), MONTH))}, "wrong_sum"),
        (HOME, {"rent": Said((Decimal("1.005"), MONTH))}, "wrong_sum"),
        (Household(adults=400), {}, "wrong_household"),
        (Household(children=(45,)), {}, "wrong_household"),
        (Household(remark="a" * 2001), {}, "too_long"),
    ],
)
def test_what_cannot_be_is_refused(found: Advised, household: Household, lines: dict[str, Said], code: str) -> None:
    with acting_as(found.adviser):
        with refused(code):
            write_budget(by=found.adviser, case=found.case, household=household, lines=lines)
        assert not Budget.objects.exists()


def test_a_priority_says_why_and_takes_the_reason_of_its_kind(found: Advised) -> None:
    assert a_debt(found.world, found.case, RENT).priority_why == "The home can be lost."
    with acting_as(found.adviser), refused("no_reason"):
        add_debt(by=found.adviser, case=found.case, about=replace(CARD, priority=True))


@pytest.mark.parametrize(
    ("change", "code"),
    [({"creditor": " "}, "empty"), ({"kind": "yacht"}, "no_kind"), ({"balance": Decimal(-1)}, "wrong_sum")],
)
def test_a_debt_that_cannot_be_is_refused(found: Advised, change: dict[str, object], code: str) -> None:
    with acting_as(found.adviser), refused(code):
        add_debt(by=found.adviser, case=found.case, about=replace(CARD, **change))  # type: ignore[arg-type]


def test_a_button_pressed_twice_adds_one_debt(found: Advised) -> None:
    a_debt(found.world, found.case)
    with acting_as(found.adviser), refused("already_saved"):
        add_debt(by=found.adviser, case=found.case, about=CARD)


def test_a_debt_changes_as_long_as_nobody_else_changed_it(found: Advised) -> None:
    debt, by = a_debt(found.world, found.case), found.adviser
    seen = digest_of(debt)
    with acting_as(by):
        changed = change_debt(by=by, debt=debt, about=replace(CARD, status=DebtStatus.PLAN), seen=seen)
        assert changed.status == DebtStatus.PLAN
        with refused("changed"):
            change_debt(by=by, debt=debt, about=replace(CARD, status=DebtStatus.HELD), seen=seen)


def test_a_statement_stays_as_it_was_made(found: Advised) -> None:
    statement, by = a_statement(found.world, found.case), found.adviser
    a_debt(found.world, found.case)
    with acting_as(by):
        second = make_statement(by=by, case=found.case)
        assert (statement.version, second.version) == (1, 2)
        assert statement.said["debts"] == [] and len(second.said["debts"]) == 1
        assert second.sha256 == statement_digest(second.said)
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE budget_statement SET version = 9")


def test_a_statement_of_nothing_or_of_nothing_new_is_none(found: Advised) -> None:
    with acting_as(found.adviser), refused("empty"):
        make_statement(by=found.adviser, case=found.case)
    a_statement(found.world, found.case)
    with acting_as(found.adviser), refused("already_saved"):
        make_statement(by=found.adviser, case=found.case)


def test_the_paper_waits_for_the_partner_too(found: Advised) -> None:
    by = found.adviser
    with acting_as(by):
        write_budget(by=by, case=found.case, household=replace(HOME, joint=True), lines=LINES)
        statement = make_statement(by=by, case=found.case)
        with refused("no_partner"):
            print_statement(by=by, statement=statement, agreed=HowAgreed.SIGNED)
        print_statement(by=by, statement=statement, agreed=HowAgreed.SIGNED, told="Both signed")


def test_the_paper_is_set_once_and_is_a_pdf(found: Advised) -> None:
    by = found.adviser
    a_debt(found.world, found.case)
    statement = a_statement(found.world, found.case)
    with acting_as(by):
        paper = print_statement(by=by, statement=statement, agreed=HowAgreed.SAID)
    set_paper.now(by=by, paper_id=paper.pk)
    with acting_as(by):
        first = bytes(StatementPaper.objects.get(pk=paper.pk).pdf or b"")
        assert first.startswith(b"%PDF")
    set_paper.now(by=by, paper_id=paper.pk)
    with acting_as(by), refused("already_saved"):
        print_statement(by=by, statement=statement, agreed=HowAgreed.SAID)


TABLES = (
    "budget_budget", "budget_line", "budget_debt", "budget_statement", "budget_statementpaper", "outcomes_outcome",
    "outcomes_whatchanged", "outcomes_timespent",
)  # fmt: skip


@pytest.mark.parametrize("chair", ["clinician", "receptionist", "link_worker", "commissioner", "practice_lead"])
def test_nobody_else_sees_any_of_it_by_the_filter_or_in_sql(chair: str) -> None:
    world = make_world()
    money_of(world)
    by = world.actors[chair]
    with acting_as(by), connection.cursor() as cursor:
        assert not Debt.objects.visible_to(by).exists()
        assert {table: cursor.execute(f"SELECT count(*) FROM {table}").fetchone() for table in TABLES} == dict.fromkeys(
            TABLES, (0,)
        )


def test_a_restricted_record_keeps_it_from_who_may_not_read() -> None:
    world = make_world()
    money_of(world)
    by, lead = world.adviser, world.advice_supervisor
    with acting_as(by):
        person = Debt.objects.get().person
    with acting_as(lead):
        restrict(by=lead, person=person, why=Restriction.Why.STAFF, readers=[], kept_from=[by.user()])
    with acting_as(by):
        assert not Debt.objects.exists() and not Budget.objects.exists()


@pytest.mark.parametrize(("category", "has"), [("debt", (1, 3, 0)), ("benefits", (0, 0, 1))])
def test_the_demo_has_money_on_its_matters(found: Advised, category: str, has: tuple[int, int, int]) -> None:
    by = found.adviser
    if category == "debt":
        permit(found.world, Permission.Kind.DEBT)
    kinds: dict[str, str] = (
        {"first_type": "DTOT", "second_type": "DSCH", "stage": Stage.CREDITORS} if category == "debt" else {}
    )
    matter = found.matter(category=category, **kinds)
    with acting_as(by):
        on_money(matter, by)
        assert (Statement.objects.count(), Debt.objects.count(), Outcome.objects.count()) == has

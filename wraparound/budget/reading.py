"""What pages read of a budget: each begins at `visible_to`."""

from wraparound.budget.models import Budget, Debt, Line, Statement, StatementPaper
from wraparound.casework.models import Case
from wraparound.organisations.actor import Actor

MOST_STATEMENTS = 50


def budget_of(actor: Actor, case: Case) -> Budget | None:
    """The household of a case, if anything is written of it."""
    return Budget.objects.visible_to(actor).filter(case=case).select_related("changed_by").first()


def lines_of(actor: Actor, case: Case) -> list[Line]:
    """Every line of which something was ever written."""
    return list(Line.objects.visible_to(actor).filter(case=case).select_related("changed_by"))


def debts_of(actor: Actor, case: Case) -> list[Debt]:
    """Every debt, the priorities first, then as they were written down."""
    return list(Debt.objects.visible_to(actor).filter(case=case).order_by("-priority", "pk"))


def debt_of(actor: Actor, pk: int) -> Debt:
    """One debt. Debt.DoesNotExist when it is not the actor's to see."""
    found: Debt = Debt.objects.visible_to(actor).select_related("case__referral", "case__journey", "person").get(pk=pk)
    return found


def statements_of(actor: Actor, case: Case) -> list[Statement]:
    """The statements of a case, the newest first; no more than `MOST_STATEMENTS`."""
    rows = Statement.objects.visible_to(actor).filter(case=case).select_related("made_by", "paper")
    return list(rows.order_by("-version")[:MOST_STATEMENTS])


def statement_of(actor: Actor, pk: int) -> Statement:
    """One statement. Statement.DoesNotExist when it is not the actor's to see."""
    rows = Statement.objects.visible_to(actor).select_related("case__referral", "case__journey", "person", "made_by")
    found: Statement = rows.get(pk=pk)
    return found


def statement_before(actor: Actor, statement: Statement) -> Statement | None:
    rows = Statement.objects.visible_to(actor).filter(case_id=statement.case_id, version__lt=statement.version)
    return rows.order_by("-version").first()


def paper_of(actor: Actor, statement: Statement) -> StatementPaper | None:
    """The paper that was asked for, whether or not it is set by now."""
    return StatementPaper.objects.visible_to(actor).filter(statement=statement).first()

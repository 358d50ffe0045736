"""Somebody's money: an overview, the budget on one page, and debts."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from wraparound.advice.models import Permission
from wraparound.advice.reading import matters_on, permissions
from wraparound.advice.sums import MONTH_RULE
from wraparound.budget import debts as of_debts
from wraparound.budget.layout import layout
from wraparound.budget.models import Debt
from wraparound.budget.reading import budget_of, debt_of, debts_of, lines_of, statements_of
from wraparound.budget.sharing import RULE
from wraparound.budget.working_out import work_out
from wraparound.budget.writing import household_of, write_budget
from wraparound.casework.models import Case
from wraparound.events.action import Refused
from wraparound.organisations.roles import Capability
from wraparound.outcomes.reading import summary_of
from wraparound.outcomes.spending import hours
from wraparound.outcomes.timing import minutes_on_case
from wraparound.web.access import Request, needs
from wraparound.web.money.forms import BudgetForm, DebtForm, household_words
from wraparound.web.money.found import advice_case_or_404, answer, draw
from wraparound.web.team.forms import posted


@needs(Capability.GIVE_ADVICE)
@require_GET
def money(request: Request, pk: int) -> HttpResponse:
    """What comes in, goes out and is owed; what could be offered; statements; and what came of the work."""
    case, actor = advice_case_or_404(request, pk), request.actor
    budget, debts = budget_of(actor, case), debts_of(actor, case)
    return draw(
        request, case, "money", budget=budget, household=household_words(household_of(budget)) if budget else "",
        worked=work_out(lines_of(actor, case), debts), debts=debts, kinds=layout().debts,
        statements=statements_of(actor, case), summary=summary_of(actor, case), matters=matters_on(actor, [case]),
        spent=hours(minutes_on_case(actor, case)), registered=_registered(request), rules=(MONTH_RULE, RULE),
        priority_source=layout().source,
    )  # fmt: skip


@needs(Capability.GIVE_ADVICE)
@require_http_methods(["GET", "POST"])
def budget(request: Request, pk: int) -> HttpResponse:
    """All lines on one page, in the order of a talk."""
    case, actor = advice_case_or_404(request, pk), request.actor
    held = {each.key: each for each in lines_of(actor, case)}
    form = BudgetForm(posted(request), budget=budget_of(actor, case), held=held)
    if form.is_bound and form.is_valid() and _write(request, case, form):
        messages.success(request, "Saved.")
        return redirect("money", pk=pk)
    return draw(request, case, "money-budget", form=form, rule=MONTH_RULE)


def _write(request: Request, case: Case, form: BudgetForm) -> bool:
    """Whether all of it is kept; else the form says what stands against the rest."""
    actor = request.actor
    try:
        written = write_budget(
            by=actor, case=case, household=form.household(), lines=form.lines(), seen=form.cleaned_data["seen"]
        )
    except Refused as refusal:
        if refusal.code != "already_saved":
            form.refuse(refusal)
        return refusal.code == "already_saved"
    if not written.clashes and not written.household_clashes:
        return True
    now = budget_of(actor, case) or written.budget
    held = {each.key: each for each in lines_of(actor, case)}
    form.show_clashes(written.clashes, now, held, household=written.household_clashes)
    return False


@needs(Capability.GIVE_ADVICE)
@require_http_methods(["GET", "POST"])
def debt_new(request: Request, pk: int) -> HttpResponse:
    """Write down a debt; then the next, or back to the overview."""
    case = advice_case_or_404(request, pk)
    form = DebtForm(posted(request))
    on = "debt-new" if "another" in request.POST else "money"
    return answer(
        request, case, "debt", form, "Debt saved.", reverse(on, kwargs={"pk": pk}),
        lambda _: of_debts.add_debt(by=request.actor, case=case, about=form.about()),
        kinds=layout().debts.values(), priority_source=layout().source,
    )  # fmt: skip


@needs(Capability.GIVE_ADVICE)
@require_http_methods(["GET", "POST"])
def debt_change(request: Request, pk: int) -> HttpResponse:
    """Say anew what a debt is and how it stands."""
    try:
        found = debt_of(request.actor, pk)
    except Debt.DoesNotExist:
        raise Http404 from None
    form = DebtForm(posted(request), debt=found)
    return answer(
        request, found.case, "debt", form, "Saved.", reverse("money", kwargs={"pk": found.case_id}),
        lambda said: of_debts.change_debt(by=request.actor, debt=found, about=form.about(), seen=said["seen"]),
        debt=found, kinds=layout().debts.values(), priority_source=layout().source,
    )  # fmt: skip


def _registered(request: Request) -> Permission | None:
    """The organisation's registration for the Standard Financial Statement, where it holds one today."""
    today = request.actor.today()
    held = [each for each in permissions(request.actor) if each.kind == Permission.Kind.STATEMENT]
    return next((each for each in held if each.starts <= today and (not each.ends or each.ends >= today)), None)

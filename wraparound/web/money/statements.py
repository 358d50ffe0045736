"""Statements: making one, reading it beside the one before, and the paper for creditors."""

from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wraparound.budget.differences import differences
from wraparound.budget.models import Statement
from wraparound.budget.reading import paper_of, statement_before, statement_of
from wraparound.budget.statements import make_statement, print_statement
from wraparound.events.action import Refused
from wraparound.organisations.roles import Capability
from wraparound.people.reading import note_access
from wraparound.web.access import Request, needs
from wraparound.web.money.forms import PaperForm
from wraparound.web.money.found import advice_case_or_404, answer
from wraparound.web.team.forms import posted


@needs(Capability.GIVE_ADVICE)
@require_POST
def make(request: Request, pk: int) -> HttpResponse:
    """Keep the budget as it stands now."""
    case = advice_case_or_404(request, pk)
    try:
        made = make_statement(by=request.actor, case=case)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return redirect("money", pk=pk)
    messages.success(request, f"Statement {made.version} is kept as it stands today.")
    return redirect("statement", pk=made.pk)


@needs(Capability.GIVE_ADVICE)
@require_http_methods(["GET", "POST"])
def statement(request: Request, pk: int) -> HttpResponse:
    """One statement, what changed since the one before, and the paper once the person agreed."""
    found = _or_404(request, pk)
    before, paper = statement_before(request.actor, found), paper_of(request.actor, found)
    form = PaperForm(posted(request))
    return answer(
        request, found.case, "statement", form, "The paper is being set.", reverse("statement", kwargs={"pk": pk}),
        lambda said: print_statement(by=request.actor, statement=found, **said),
        statement=found, said=found.said, earlier=before, paper=paper,
        changed=differences(before.said, found.said) if before else [], short=Decimal(found.said["sums"]["left"]) < 0,
    )  # fmt: skip


@needs(Capability.GIVE_ADVICE)
@require_GET
def statement_pdf(request: Request, pk: int) -> HttpResponse:
    """The paper for creditors."""
    found = _or_404(request, pk)
    paper = paper_of(request.actor, found)
    if paper is None or paper.pdf is None:
        shown = {"case": found.case, "person": found.person, "statement": found, "paper": paper}
        return render(request, "money/not_yet.jinja", shown, status=202 if paper else 200)
    note_access(request.actor, found.person, "statement-pdf")
    # The name says nothing of the person: it stands in the list of what was saved last.
    headers = {"Content-Disposition": f'inline; filename="statement-{found.pk}.pdf"'}
    return HttpResponse(bytes(paper.pdf), content_type="application/pdf", headers=headers)


def _or_404(request: Request, pk: int) -> Statement:
    try:
        return statement_of(request.actor, pk)
    except Statement.DoesNotExist:
        raise Http404 from None

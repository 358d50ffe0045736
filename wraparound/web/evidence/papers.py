"""Documents: a signed letter, for either end, and the questions for somebody outside the scheme."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from wraparound.evidence import using
from wraparound.evidence.models import EvidenceRequest
from wraparound.evidence.reading import paper_with
from wraparound.organisations.roles import Capability
from wraparound.people.reading import note_access
from wraparound.web.access import Request, needs
from wraparound.web.evidence.pages import asked_or_404, own_or_404, shown


@needs(Capability.GIVE_ADVICE)
@require_POST
def prepare(request: Request, pk: int) -> HttpResponse:
    """Have the questions set as a paper to answer by hand."""
    using.print_questions(by=request.actor, request=own_or_404(request, pk))
    return redirect("evidence-paper", pk=pk)


@needs(Capability.GIVE_ADVICE)
@require_GET
def questions(request: Request, pk: int) -> HttpResponse:
    """The questions, to be answered and signed by hand."""
    return _pdf(request, own_or_404(request, pk), "evidence-paper", signed=False)


@needs(Capability.GIVE_ADVICE)
@require_GET
def letter(request: Request, pk: int) -> HttpResponse:
    """The signed letter, for the adviser."""
    return _pdf(request, own_or_404(request, pk), "evidence-letter", signed=True)


@needs(Capability.SIGN_EVIDENCE)
@require_GET
def asked_letter(request: Request, pk: int) -> HttpResponse:
    """The signed letter, for the practice's own record."""
    return _pdf(request, asked_or_404(request, pk), "evidence-asked-letter", signed=True)


def _pdf(request: Request, found: EvidenceRequest, page: str, *, signed: bool) -> HttpResponse:
    paper = paper_with(request.actor, found, signed=signed)
    if paper is None or paper.pdf is None:
        context = {**shown(request, found), "paper": paper, "route": page}
        return render(request, "evidence/not_yet.jinja", context, status=202 if paper else 200)
    note_access(request.actor, found.person, page)
    headers = {"Content-Disposition": f'inline; filename="medical-evidence-{found.pk}.pdf"'}
    return HttpResponse(bytes(paper.pdf), content_type="application/pdf", headers=headers)

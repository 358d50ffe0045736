"""The adviser's pages: what was asked on a case, asking, and one request with what comes next."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from wraparound.events.action import Refused
from wraparound.evidence import asking
from wraparound.evidence.models import EvidenceRequest
from wraparound.evidence.points import Benefit, list_for
from wraparound.evidence.reading import listed, requests_on
from wraparound.evidence.resting import mandates_in_force, signed_mandate, who_can_be_asked
from wraparound.organisations.roles import Capability
from wraparound.people.reading import note_access, note_accesses
from wraparound.web.access import Request, needs
from wraparound.web.evidence.forms import AskForm
from wraparound.web.evidence.pages import own_or_404, render_own, row
from wraparound.web.finding import case_or_404
from wraparound.web.team.forms import posted


@require_GET
def evidence(request: Request) -> HttpResponse:
    """What is open at either end, for all of an organisation who may."""
    found = listed(request.actor)
    note_accesses(request.actor, [each.person_id for each in found], "evidence")
    return render(request, "evidence/list.jinja", {"rows": [row(each, request.actor) for each in found]})


@needs(Capability.GIVE_ADVICE)
@require_GET
def of_case(request: Request, pk: int) -> HttpResponse:
    """What was asked on a case, and the way to ask; or what stands against it, with the way to the mandate."""
    case = case_or_404(request, pk)
    against, consent = None, None
    try:
        signed_mandate(request.actor, case.person)
    except Refused as refusal:
        against = refusal
        consent = next(iter(mandates_in_force(request.actor, case.person)), None)
    note_access(request.actor, case.person, "evidence-of-case")
    rows = [row(each, request.actor) for each in requests_on(request.actor, case)]
    shown = {"case": case, "person": case.person, "rows": rows, "against": against, "consent": consent}
    return render(request, "evidence/of_case.jinja", {**shown, "benefits": list(Benefit)})


@needs(Capability.GIVE_ADVICE)
@require_http_methods(["GET", "POST"])
def ask(request: Request, pk: int) -> HttpResponse:
    """Ask for one benefit's letter, which the address names."""
    case, actor = case_or_404(request, pk), request.actor
    named = request.GET.get("benefit", "")
    benefit = Benefit(named) if named in set(Benefit) else Benefit.PIP
    form = AskForm(posted(request), benefit=benefit, may=who_can_be_asked(actor, case.person))
    made = list[EvidenceRequest]()
    if form.done(lambda _: made.append(asking.ask(by=actor, case=case, asked=form.asked()))):
        if not made:
            return redirect("evidence-of-case", pk=pk)
        if made[0].from_record:
            return redirect("evidence-record", pk=made[0].pk)
        messages.success(request, f"{made[0].asked_of} has been asked.")
        return redirect("evidence-request", pk=made[0].pk)
    note_access(actor, case.person, "evidence-ask")
    shown = {"case": case, "person": case.person, "form": form, "benefit": benefit, "list": list_for(benefit)}
    return render(request, "evidence/ask.jinja", shown)


@needs(Capability.GIVE_ADVICE)
@require_GET
def request_page(request: Request, pk: int) -> HttpResponse:
    """One request: where it stands, and what comes next."""
    return render_own(request, own_or_404(request, pk), "request", "evidence-request")

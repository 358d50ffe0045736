"""Telling somebody where to go: with nothing kept of them, and the slip that they take away."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from wraparound.organisations.roles import Capability
from wraparound.pathways.vocabulary import Service
from wraparound.people.reading import note_access
from wraparound.referrals.models import Signpost
from wraparound.referrals.signposting import services_to_tell, signpost_of, signpost_only
from wraparound.web.access import Request, needs

# What each service is for, as a person would say it, and what it helps to have there.
FOR: dict[Service, str] = {
    Service.WELFARE_ADVICE: "benefits, debt, housing, work or immigration",
    Service.SOCIAL_PRESCRIBING: "company, worry, caring, or finding things to do",
}
BRING: dict[Service, tuple[str, ...]] = {
    Service.WELFARE_ADVICE: (
        "Any letters, texts or emails about the problem, even if you have not opened them",
        "What you get and what you pay: benefit letters, payslips, bank statements, bills",
        "Your National Insurance number, if you know it",
        "Something with your name and address on it",
    ),
    Service.SOCIAL_PRESCRIBING: (
        "Nothing special. It helps to know what a good week would look like for you",
        "You may bring somebody with you",
    ),
}


@needs(Capability.REFER)
@require_http_methods(["GET", "POST"])
def only(request: Request) -> HttpResponse:
    """Choose where to send somebody, which makes the slip."""
    if request.method == "POST":
        if request.POST.get("service") not in set(Service):
            raise Http404
        made = signpost_only(by=request.actor, service=Service(request.POST["service"]))
        return redirect("signpost", reference=made.reference)
    services = [(service, team, FOR[service]) for service, team in services_to_tell(request.actor).items()]
    return render(request, "referring/signpost_only.jinja", {"services": services})


@needs(Capability.SEE_PRACTICE_REFERRALS)
@require_GET
def slip(request: Request, reference: str) -> HttpResponse:
    """One signpost, to print: where, when, what to bring, and the code to quote."""
    try:
        found = signpost_of(request.actor, reference)
    except Signpost.DoesNotExist:
        raise Http404 from None
    if found.person is not None:
        note_access(request.actor, found.person, "signpost")
    service = Service(found.service)
    page = {"signpost": found, "team": found.to_team, "help_with": FOR[service], "bring": BRING[service]}
    return render(request, "referring/slip.jinja", page)

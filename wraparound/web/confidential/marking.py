"""Marking that somebody may be hurt by a person close to them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from wraparound.events.action import Refused
from wraparound.organisations.roles import Capability
from wraparound.people.marking import end_abuse_marker, put_abuse_marker
from wraparound.people.reading import abuse_marker_of, note_access
from wraparound.web.access import Request, needs
from wraparound.web.confidential.forms import MarkerForm
from wraparound.web.finding import journey_or_404
from wraparound.web.team.forms import posted


@needs(Capability.SEE_ABUSE_MARKERS)
@require_http_methods(["GET", "POST"])
def marker(request: Request, reference: str) -> HttpResponse:
    """Write down what whoever makes contact must know, or change it."""
    found = journey_or_404(request, reference)
    held = abuse_marker_of(request.actor, found.person)
    initial = {"words": held.words, "shared": held.shared} if held else {}
    form = MarkerForm(posted(request), initial=initial)
    if form.done(lambda said: put_abuse_marker(by=request.actor, person=found.person, **said)):
        messages.success(request, "Saved.")
        return redirect("journey", reference=reference)
    note_access(request.actor, found.person, "contact-warning")
    shown = {"journey": found, "person": found.person, "form": form, "marker": held}
    return render(request, "confidential/marker.jinja", shown)


@needs(Capability.SEE_ABUSE_MARKERS)
@require_POST
def end(request: Request, reference: str) -> HttpResponse:
    """Take it away once it does not hold any more."""
    found = journey_or_404(request, reference)
    held = abuse_marker_of(request.actor, found.person)
    try:
        if held is not None:
            end_abuse_marker(by=request.actor, marker=held)
        messages.success(request, "Taken away.")
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("journey", reference=reference)

"""Requests to erase what is held: what may go, what stays and why."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from wraparound.organisations.roles import Capability
from wraparound.people.reading import find_people
from wraparound.privacy import erasing, kept_reading
from wraparound.privacy.models import ErasureRequest
from wraparound.privacy.rules import RULES
from wraparound.web.access import Request, needs
from wraparound.web.rights import forms
from wraparound.web.rights.keeping import MOST_FOUND, person_or_404
from wraparound.web.team.forms import posted


@needs(Capability.KEEP_RECORDS)
@require_http_methods(["GET", "POST"])
def erasures(request: Request) -> HttpResponse:
    """What was answered so far, and somebody who asks."""
    form, found = forms.FindForm(posted(request)), None
    if form.is_bound and form.is_valid():
        found = find_people(request.actor, words=form.cleaned_data["words"], most=MOST_FOUND)
    shown = {"form": form, "found": found, "answered": kept_reading.erasures_of(request.actor)}
    return render(request, "rights/erasures.jinja", shown)


@needs(Capability.KEEP_RECORDS)
@require_http_methods(["GET", "POST"])
def erase(request: Request, pk: int) -> HttpResponse:
    """What may go and what stays, before anything is answered."""
    person = person_or_404(request, pk)
    form = forms.EraseForm(posted(request))
    made: list[ErasureRequest] = []
    if form.done(lambda said: made.append(erasing.answer_erasure(by=request.actor, person=person, **said))):
        messages.success(request, "Answered. Tell the person in your own letter.")
        return redirect("erasure", pk=made[0].pk) if made else redirect("erasures")
    answer = erasing.answer_for(request.actor, person)
    goes = [(RULES[kind].label, count) for kind, count in answer.counts.items()]
    return render(request, "rights/erase.jinja", {"form": form, "person": person, "answer": answer, "goes": goes})


@needs(Capability.KEEP_RECORDS)
@require_GET
def erasure(request: Request, pk: int) -> HttpResponse:
    try:
        found = kept_reading.erasure_of(request.actor, pk)
    except ErasureRequest.DoesNotExist:
        raise Http404 from None
    return render(request, "rights/erasure.jinja", {"erasure": found})

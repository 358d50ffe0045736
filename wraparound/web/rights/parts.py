"""An organisation's own part of an answer: what is marked in it is decided, and it is released."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wraparound.organisations.roles import Capability
from wraparound.privacy import reading
from wraparound.privacy import subject_access as actions
from wraparound.privacy.marks import Mark
from wraparound.privacy.models import AccessPart, AccessRecord, ReleasedPart
from wraparound.privacy.models.subject_access import HandedOver
from wraparound.privacy.redacting import How
from wraparound.web.access import Request, needs
from wraparound.web.rights import forms
from wraparound.web.rights.views import looked
from wraparound.web.team.forms import posted

AT_ONCE = 10


@needs(Capability.ANSWER_RIGHTS)
@require_GET
def part(request: Request, pk: int) -> HttpResponse:
    """What is still to be decided, a page at a time, and what was."""
    found = _part(request, pk)
    looked(request, found.request, "access-part")
    shown = {
        "part": found,
        "asked": found.request,
        "waiting": reading.undecided(request.actor, found),
        "records": reading.records_to_decide(request.actor, found, AT_ONCE),
        "withheld": reading.decided_records(request.actor, found, 100),
        "counts": reading.counts_of(request.actor, found),
        "released": reading.released_of(request.actor, found),
        "why": {mark.value: mark.why for mark in Mark},
    }
    return render(request, "rights/part.jinja", shown)


@needs(Capability.ANSWER_RIGHTS)
@require_http_methods(["GET", "POST"])
def decide(request: Request, pk: int) -> HttpResponse:
    """Decide about one record: all of it where it is marked as a whole, else the first value not decided yet."""
    entry = _record(request, pk)
    asked = request.GET.get("field", "")
    values = [each for each in entry.marked if each.field == asked] or [
        each for each in entry.marked if each.field not in entry.decided
    ]
    if not values:
        values = entry.marked
    values = entry.marked if entry.whole else values[:1]
    form = forms.DecideForm(posted(request), whole=entry.whole)
    fields = [each.field for each in values]
    if form.done(lambda _: actions.decide(by=request.actor, entry=entry.record, fields=fields, **form.values())):
        return redirect("access-part", pk=entry.record.part_id)
    looked(request, entry.record.part.request, "access-decide")
    why = Mark(values[0].mark).why if values else ""
    return render(request, "rights/decide.jinja", {"form": form, "entry": entry, "marked": values, "why": why})


@needs(Capability.ANSWER_RIGHTS)
@require_POST
def show_all(request: Request, pk: int) -> HttpResponse:
    """Hand over all that is marked in one record."""
    entry = _record(request, pk)
    fields = [each.field for each in entry.marked]
    actions.decide(by=request.actor, entry=entry.record, fields=fields, how=How.SHOW)
    return redirect("access-part", pk=entry.record.part_id)


@needs(Capability.ANSWER_RIGHTS)
@require_http_methods(["GET", "POST"])
def names(request: Request, pk: int) -> HttpResponse:
    found = _part(request, pk)
    form = forms.NamesForm(posted(request))
    if form.done(lambda _: actions.decide_names(by=request.actor, part=found, **form.values())):
        messages.success(request, "Decided about names of workers.")
        return redirect("access-part", pk=pk)
    return render(request, "rights/names.jinja", {"form": form, "part": found, "asked": found.request})


@needs(Capability.ANSWER_RIGHTS)
@require_http_methods(["GET", "POST"])
def release(request: Request, pk: int) -> HttpResponse:
    found = _part(request, pk)
    form = forms.ReleaseForm(posted(request))
    if form.done(
        lambda said: actions.release(by=request.actor, part=found, handed_over=HandedOver(said["handed_over"]))
    ):
        messages.success(request, "Released. The document is ready in a moment.")
        return redirect("access-part", pk=pk)
    return render(request, "rights/release.jinja", {"form": form, "part": found, "asked": found.request})


@needs(Capability.ANSWER_RIGHTS)
@require_GET
def part_pdf(request: Request, pk: int) -> HttpResponse:
    found = _released(request, pk)
    if found.pdf is None:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="subject-access-part-{pk}.pdf"'}
    return HttpResponse(bytes(found.pdf), content_type="application/pdf", headers=headers)


@needs(Capability.ANSWER_RIGHTS)
@require_GET
def part_json(request: Request, pk: int) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="subject-access-part-{pk}.json"'}
    return JsonResponse(_released(request, pk).content, headers=headers)


def _released(request: Request, pk: int) -> ReleasedPart:
    found = _part(request, pk)
    released = reading.released_of(request.actor, found)
    if released is None:
        raise Http404
    looked(request, found.request, "access-part-paper")
    return released


def _part(request: Request, pk: int) -> AccessPart:
    try:
        return reading.part_of(request.actor, pk)
    except AccessPart.DoesNotExist:
        raise Http404 from None


def _record(request: Request, pk: int) -> reading.ToDecide:
    try:
        return reading.record_of(request.actor, pk)
    except AccessRecord.DoesNotExist:
        raise Http404 from None

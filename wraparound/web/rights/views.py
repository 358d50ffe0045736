"""Requests for what is held: taken, checked, followed and ended by the organisation that took them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from wraparound.organisations.roles import Capability
from wraparound.people.models import Person
from wraparound.people.reading import find_people, note_access, person_of
from wraparound.privacy import packing, reading
from wraparound.privacy import subject_access as actions
from wraparound.privacy.models import SubjectAccessRequest
from wraparound.privacy.models.subject_access import AskedHow, IdentityChecked
from wraparound.web.access import Request, needs
from wraparound.web.rights import forms
from wraparound.web.team.forms import ActionForm, posted

MOST_FOUND = 20


@needs(Capability.ANSWER_RIGHTS)
@require_GET
def rights(request: Request) -> HttpResponse:
    """What people asked of this organisation, the soonest due first."""
    today = request.actor.today()
    rows = [(each, reading.is_late(each, today)) for each in reading.open_requests(request.actor)]
    return render(request, "rights/rights.jinja", {"rows": rows, "ended": reading.ended_requests(request.actor)})


@needs(Capability.ANSWER_RIGHTS)
@require_http_methods(["GET", "POST"])
def find(request: Request) -> HttpResponse:
    """Who asks. Posted, since an address is kept by browsers, proxies and logs."""
    form, found = forms.FindForm(posted(request)), None
    if form.is_bound and form.is_valid():
        found = find_people(request.actor, words=form.cleaned_data["words"], most=MOST_FOUND)
    return render(request, "rights/find.jinja", {"form": form, "found": found})


@needs(Capability.ANSWER_RIGHTS)
@require_http_methods(["GET", "POST"])
def take(request: Request, pk: int) -> HttpResponse:
    try:
        person = person_of(request.actor, pk)
    except Person.DoesNotExist:
        raise Http404 from None
    form = forms.TakeForm(posted(request))
    made: list[SubjectAccessRequest] = []

    def act(said: dict[str, Any]) -> None:
        said = {**said, "asked_how": AskedHow(said["asked_how"])}
        made.append(actions.take_request(by=request.actor, person=person, **said))

    if form.done(act):
        messages.success(request, "Written down. Say next how it was checked who asked.")
        return redirect("access-request", pk=made[0].pk) if made else redirect("rights")
    note_access(request.actor, person, "access-take")
    return render(request, "rights/take.jinja", {"form": form, "person": person})


@needs(Capability.ANSWER_RIGHTS)
@require_GET
def request_page(request: Request, pk: int) -> HttpResponse:
    """How far a request is: whose part is released, and by when it is due."""
    found = request_or_404(request, pk)
    parts = reading.parts_of(request.actor, found)
    looked(request, found, "access-request")
    shown = {
        "asked": found,
        "parts": parts,
        "mine": found.organisation_id == request.actor.organisation_id,
        "late": reading.is_late(found, request.actor.today()),
        "packed": reading.pack_pdf_of(request.actor, found) is not None,
    }
    return render(request, "rights/request.jinja", shown)


@needs(Capability.ANSWER_RIGHTS)
@require_http_methods(["GET", "POST"])
def identity(request: Request, pk: int) -> HttpResponse:
    def act(found: SubjectAccessRequest, said: dict[str, Any]) -> None:
        actions.confirm_identity(
            by=request.actor, request=found, identity=IdentityChecked(said["identity"]), identity_on=said["identity_on"]
        )

    told = "The time to answer has begun. Each organisation’s part is being collected."
    return _ask(request, pk, "identity", forms.IdentityForm(posted(request)), told, act)


@needs(Capability.ANSWER_RIGHTS)
@require_http_methods(["GET", "POST"])
def extend(request: Request, pk: int) -> HttpResponse:
    def act(found: SubjectAccessRequest, said: dict[str, Any]) -> None:
        actions.extend(by=request.actor, request=found, **said)

    return _ask(request, pk, "extend", forms.ExtendForm(posted(request)), "It is due two months later now.", act)


@needs(Capability.ANSWER_RIGHTS)
@require_http_methods(["GET", "POST"])
def end(request: Request, pk: int) -> HttpResponse:
    def act(found: SubjectAccessRequest, said: dict[str, Any]) -> None:
        actions.end_request(by=request.actor, request=found, **said)

    return _ask(request, pk, "end", forms.EndForm(posted(request)), "Ended.", act)


@needs(Capability.ANSWER_RIGHTS)
@require_GET
def pack_pdf(request: Request, pk: int) -> HttpResponse:
    found = _taken_here(request, pk)
    pdf = reading.pack_pdf_of(request.actor, found)
    if pdf is None:
        raise Http404
    looked(request, found, "access-pack")
    headers = {"Content-Disposition": f'attachment; filename="subject-access-{found.pk}.pdf"'}
    return HttpResponse(pdf, content_type="application/pdf", headers=headers)


@needs(Capability.ANSWER_RIGHTS)
@require_GET
def pack_json(request: Request, pk: int) -> HttpResponse:
    found = _taken_here(request, pk)
    looked(request, found, "access-pack")
    headers = {"Content-Disposition": f'attachment; filename="subject-access-{found.pk}.json"'}
    return JsonResponse(packing.pack_of(found, request.actor).to_json(), headers=headers)


def request_or_404(request: Request, pk: int) -> SubjectAccessRequest:
    try:
        return reading.request_of(request.actor, pk)
    except SubjectAccessRequest.DoesNotExist:
        raise Http404 from None


def looked(request: Request, asked: SubjectAccessRequest, page: str) -> None:
    """Note the look. The person's own record may be closed to whoever still has a part to answer."""
    note_access(request.actor, Person(pk=asked.person_id), page)


def _taken_here(request: Request, pk: int) -> SubjectAccessRequest:
    found = request_or_404(request, pk)
    if found.organisation_id != request.actor.organisation_id:
        raise Http404
    return found


def _ask(
    request: Request,
    pk: int,
    page: str,
    form: ActionForm,
    told: str,
    act: Callable[[SubjectAccessRequest, dict[str, Any]], None],
) -> HttpResponse:
    """Do what the form says and go back to the request, or show the form with what stands against it."""
    found = _taken_here(request, pk)
    if form.done(lambda said: act(found, said)):
        messages.success(request, told)
        return redirect("access-request", pk=pk)
    return render(request, f"rights/{page}.jinja", {"asked": found, "form": form})

"""Two records of one person: found, compared, joined, and parted again."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wraparound.events.action import Refused
from wraparound.organisations.roles import Capability
from wraparound.people.models import Person
from wraparound.people.reading import find_people, note_access, person_of
from wraparound.privacy import joined_reading, joining
from wraparound.privacy.models import Joining
from wraparound.web.access import Request, needs
from wraparound.web.rights import forms
from wraparound.web.team.forms import posted

MOST_FOUND = 20


@needs(Capability.JOIN_RECORDS)
@require_http_methods(["GET", "POST"])
def joinings(request: Request) -> HttpResponse:
    """Records that were joined, and somebody who has two."""
    form, found = forms.FindForm(posted(request)), None
    first = request.POST.get("first", "")
    if form.is_bound and form.is_valid():
        found = find_people(request.actor, words=form.cleaned_data["words"], most=MOST_FOUND)
    shown = {
        "form": form,
        "found": found,
        "first": _person(request, int(first)) if first.isdecimal() and len(first) < 18 else None,
        "joinings": joined_reading.joinings_of(request.actor),
    }
    return render(request, "rights/joinings.jinja", shown)


@needs(Capability.JOIN_RECORDS)
@require_http_methods(["GET", "POST"])
def join(request: Request, pk: int, other: int) -> HttpResponse:
    """Both records side by side. `pk` is the one that stays."""
    kept, gone = _person(request, pk), _person(request, other)
    found = joining.differences(kept, gone)
    form = forms.JoinForm(posted(request), differences=found)
    made: list[Joining] = []
    if form.done(lambda _: made.append(joining.join_records(by=request.actor, kept=kept, gone=gone, **form.values()))):
        messages.success(request, "Joined. It can be undone here.")
        return redirect("joining", pk=made[0].pk) if made else redirect("joinings")
    for person in (kept, gone):
        note_access(request.actor, person, "join")
    return render(request, "rights/join.jinja", {"form": form, "kept": kept, "gone": gone})


@needs(Capability.JOIN_RECORDS)
@require_GET
def one(request: Request, pk: int) -> HttpResponse:
    found = _joining(request, pk)
    was = [(joined_reading.label(name), value) for name, value in found.gone_was.items() if name != "practice_id"]
    return render(request, "rights/joining.jinja", {"joining": found, "was": was, "moved": found.moved.count()})


@needs(Capability.JOIN_RECORDS)
@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    try:
        joining.undo_joining(by=request.actor, joining=_joining(request, pk))
        messages.success(request, "Undone. What was moved is back; what came since stays with the kept record.")
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("joining", pk=pk)


def _person(request: Request, pk: int) -> Person:
    try:
        return person_of(request.actor, pk)
    except Person.DoesNotExist:
        raise Http404 from None


def _joining(request: Request, pk: int) -> Joining:
    try:
        return joined_reading.joining_of(request.actor, pk)
    except Joining.DoesNotExist:
        raise Http404 from None

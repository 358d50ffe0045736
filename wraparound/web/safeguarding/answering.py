"""Answering a concern: read it, own it, hand it on, tell the practice, end it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from wraparound.events.action import Refused
from wraparound.people.reading import note_access
from wraparound.safeguarding import actions, reading
from wraparound.safeguarding.circumstances import practice_reached
from wraparound.safeguarding.models import Concern
from wraparound.web.access import Request
from wraparound.web.safeguarding import forms
from wraparound.web.safeguarding.views import concern_or_404
from wraparound.web.team.forms import ActionForm, posted


@require_POST
def acknowledge(request: Request, pk: int) -> HttpResponse:
    return _press(
        request, pk, actions.acknowledge, "Noted that you have read it. It stays open until somebody owns it."
    )


@require_POST
def own(request: Request, pk: int) -> HttpResponse:
    return _press(request, pk, actions.own, "It is yours now, until you end it or hand it on.")


@require_POST
def look_again(request: Request, pk: int) -> HttpResponse:
    return _press(request, pk, actions.look_again, "Noted that you have looked at it again. It stays open.")


@require_http_methods(["GET", "POST"])
def hand_on(request: Request, pk: int) -> HttpResponse:
    found = concern_or_404(request, pk)
    form = forms.HandOnForm(posted(request), others=reading.offered(request.actor, found).hand_on)
    return _ask(
        request, found, "hand_on", form, "Handed on. They find it on their home page.",
        lambda said: actions.hand_on(by=request.actor, concern=found, **said),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def practice(request: Request, pk: int) -> HttpResponse:
    """Decide whether the person's practice is told."""
    found = concern_or_404(request, pk)
    form = forms.PracticeForm(posted(request))
    return _ask(
        request, found, "practice", form, "Your decision is on record.",
        lambda _: actions.decide_gp(by=request.actor, concern=found, **form.values()),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def end(request: Request, pk: int) -> HttpResponse:
    found = concern_or_404(request, pk)
    return _ask(
        request, found, "end", forms.EndForm(posted(request)), "Ended.",
        lambda said: actions.end(by=request.actor, concern=found, **said),
    )  # fmt: skip


def _press(request: Request, pk: int, act: Callable[..., object], told: str) -> HttpResponse:
    found = concern_or_404(request, pk)
    try:
        act(by=request.actor, concern=found)
        messages.success(request, told)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("concern", pk=pk)


def _ask(
    request: Request, found: Concern, page: str, form: ActionForm, told: str, act: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    """Do what the form says and go back to the concern, or show the form with what stands against it."""
    if form.done(act):
        messages.success(request, told)
        return redirect("concern", pk=found.pk)
    note_access(request.actor, found.person, f"concern-{page.replace('_', '-')}")
    shown = {
        "concern": found,
        "form": form,
        "offered": reading.offered(request.actor, found),
        "reached": practice_reached(found),
    }
    return render(request, f"safeguarding/{page}.jinja", shown)

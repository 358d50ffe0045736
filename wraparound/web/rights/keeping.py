"""How long records are kept: the rules, what is due, removals that two people agree to, and holds that stop them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wraparound.events.action import Refused
from wraparound.organisations.roles import Capability
from wraparound.people.models import Person
from wraparound.people.reading import find_people, note_access, person_of
from wraparound.privacy import keeping, kept_reading
from wraparound.privacy.models import LegalHold, RemovalRun
from wraparound.privacy.rules import RULES
from wraparound.web.access import Request, needs
from wraparound.web.rights import forms
from wraparound.web.team.forms import ActionForm, posted

MOST_FOUND = 20


@needs(Capability.KEEP_RECORDS)
@require_GET
def retention(request: Request) -> HttpResponse:
    """Each kind of record with its time, what is due today, and the removals so far."""
    counts = keeping.due_counts(request.actor, request.actor.today())
    shown = {
        "rules": kept_reading.rules_of(request.actor, counts),
        "due": sum(counts.values()),
        "runs": kept_reading.runs_of(request.actor),
        "waiting": kept_reading.waiting_run(request.actor),
    }
    return render(request, "rights/retention.jinja", shown)


@needs(Capability.KEEP_RECORDS)
@require_http_methods(["GET", "POST"])
def longer(request: Request) -> HttpResponse:
    form = forms.LongerForm(posted(request), initial={"kind": request.GET.get("kind", "")})
    if form.done(lambda said: keeping.keep_longer(by=request.actor, **said)):
        messages.success(request, f"{RULES[form.cleaned_data['kind']].label}: kept so long from now on.")
        return redirect("retention")
    return render(request, "rights/longer.jinja", {"form": form})


@needs(Capability.KEEP_RECORDS)
@require_POST
def preview(request: Request) -> HttpResponse:
    """Count what is due and put it before a second person."""
    try:
        run = keeping.preview_removal(by=request.actor)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
        return redirect("retention")
    return redirect("removal", pk=run.pk)


@needs(Capability.KEEP_RECORDS)
@require_http_methods(["GET", "POST"])
def removal(request: Request, pk: int) -> HttpResponse:
    """One removal: its counts, the first of what it takes, who agreed, how far it is, and its proofs."""
    run = _run(request, pk)
    form = forms.AgreeForm(posted(request))
    if form.done(lambda said: keeping.agree_to_removal(by=request.actor, run=run, **said)):
        messages.success(request, "Agreed. The operator’s next run removes them for good.")
        return redirect("removal", pk=pk)
    shown = {
        "form": form,
        "run": run,
        "total": sum(run.counts.values()),
        "kinds": kept_reading.kinds_of(request.actor, run),
        "proofs": kept_reading.proofs_of(request.actor, run),
        "left": [(RULES[kind].label, why, count) for kind, whys in run.left.items() for why, count in whys.items()],
        "mine": run.previewed_by_id == request.actor.user_id,
    }
    return render(request, "rights/removal.jinja", shown)


@needs(Capability.KEEP_RECORDS)
@require_POST
def drop(request: Request, pk: int) -> HttpResponse:
    try:
        keeping.drop_removal(by=request.actor, run=_run(request, pk))
        messages.success(request, "Dropped. Nothing was removed.")
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("removal", pk=pk)


@needs(Capability.KEEP_RECORDS)
@require_http_methods(["GET", "POST"])
def holds(request: Request) -> HttpResponse:
    """Holds of this organisation, and somebody to place one on."""
    form, found = forms.FindForm(posted(request)), None
    if form.is_bound and form.is_valid():
        found = find_people(request.actor, words=form.cleaned_data["words"], most=MOST_FOUND)
    shown = {"form": form, "found": found, "holds": kept_reading.holds_of(request.actor)}
    return render(request, "rights/holds.jinja", shown)


@needs(Capability.KEEP_RECORDS)
@require_http_methods(["GET", "POST"])
def place(request: Request, pk: int) -> HttpResponse:
    person = person_or_404(request, pk)
    form = forms.HoldForm(posted(request))
    return _ask(
        request, form, {"person": person}, "rights/hold.jinja", "Nothing about them is removed until the hold ends.",
        lambda said: keeping.place_hold(by=request.actor, person=person, **said),
    )  # fmt: skip


@needs(Capability.KEEP_RECORDS)
@require_http_methods(["GET", "POST"])
def end_hold(request: Request, pk: int) -> HttpResponse:
    try:
        hold = kept_reading.hold_of(request.actor, pk)
    except LegalHold.DoesNotExist:
        raise Http404 from None
    form = forms.EndHoldForm(posted(request))
    return _ask(
        request, form, {"hold": hold}, "rights/hold_end.jinja", "The hold has ended.",
        lambda said: keeping.end_hold(by=request.actor, hold=hold, **said),
    )  # fmt: skip


def person_or_404(request: Request, pk: int) -> Person:
    try:
        person = person_of(request.actor, pk)
    except Person.DoesNotExist:
        raise Http404 from None
    note_access(request.actor, person, "legal-hold")
    return person


def _ask(
    request: Request,
    form: ActionForm,
    shown: dict[str, Any],
    template: str,
    told: str,
    act: Callable[[dict[str, Any]], object],
) -> HttpResponse:
    if form.done(act):
        messages.success(request, told)
        return redirect("legal-holds")
    return render(request, template, {**shown, "form": form})


def _run(request: Request, pk: int) -> RemovalRun:
    try:
        return kept_reading.run_of(request.actor, pk)
    except RemovalRun.DoesNotExist:
        raise Http404 from None

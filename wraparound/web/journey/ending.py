"""How a service's work ends, and how it begins again: closing, lost contact, a supervisor's decision, opening again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from wraparound.casework import actions, deciding
from wraparound.casework.actions import WHEN_TO_STOP, OtherService
from wraparound.casework.moments import asked_at_closing
from wraparound.casework.reading import stopping_of, tries_of
from wraparound.casework.reopening import reopen as reopen_case
from wraparound.casework.rules import Stopping
from wraparound.events.action import Refused
from wraparound.organisations.roles import Capability
from wraparound.web.access import Request, needs
from wraparound.web.finding import case_or_404
from wraparound.web.journey import forms
from wraparound.web.journey.forms import Decision
from wraparound.web.journey.working import answer
from wraparound.web.team.forms import posted


@needs(Capability.WORK_REFERRALS)
@require_http_methods(["GET", "POST"])
def close(request: Request, pk: int) -> HttpResponse:
    """End the work, with how it went for the person, and with the other service asked about where it is time."""
    case = case_or_404(request, pk)
    asked = asked_at_closing(case, case.referral, by=request.actor)
    form = forms.CloseForm(posted(request), asked=asked.to_service if asked else None)
    answered = answer(
        request, case, "close", form, "Closed. The referrer is told.",
        lambda said: actions.close(by=request.actor, case=case, **said),
    )  # fmt: skip
    wanted = form.is_bound and form.is_valid() and form.cleaned_data.get("other_service") is OtherService.WANTED
    return redirect("handover", pk=case.pk) if wanted and answered.status_code == 302 else answered


@needs(Capability.WORK_REFERRALS)
@require_http_methods(["GET", "POST"])
def lost_contact(request: Request, pk: int) -> HttpResponse:
    """End the work because the person cannot be reached, once there were tries enough."""
    case = case_or_404(request, pk)
    tries = tries_of(request.actor, case)
    may = stopping_of(case.referral, tries)
    return answer(
        request, case, "lost-contact", forms.LostContactForm(posted(request)),
        "Closed. The referrer is told that the person could not be reached.",
        lambda _: actions.lose_contact(by=request.actor, case=case),
        tries=tries, when_to_stop=WHEN_TO_STOP.format(tries.needed),
        supervisor_only=may is Stopping.SUPERVISOR and not request.actor.can(Capability.SUPERVISE),
    )  # fmt: skip


@needs(Capability.WORK_REFERRALS)
@require_http_methods(["GET", "POST"])
def decide(request: Request, pk: int) -> HttpResponse:
    """All tries are made and nobody may simply stop: the supervisor says how to go on."""
    case = case_or_404(request, pk)
    acts = {
        Decision.GO_ON: (deciding.go_on_trying, "The worker goes on trying."),
        Decision.WRITE: (deciding.write_instead, "The worker has a task to write to them, and goes on trying."),
        Decision.STOP: (actions.lose_contact, "Closed. The referrer is told that the person could not be reached."),
    }
    form = forms.DecideForm(posted(request))
    decision = Decision(form.cleaned_data["decision"]) if form.is_bound and form.is_valid() else Decision.GO_ON
    act, told = acts[decision]
    return answer(
        request, case, "decide", form, told, lambda _: act(by=request.actor, case=case),
        tries=tries_of(request.actor, case),
    )  # fmt: skip


@needs(Capability.WORK_REFERRALS)
@require_POST
def reopen(request: Request, pk: int) -> HttpResponse:
    """Take the person on again."""
    case = case_or_404(request, pk)
    try:
        reopen_case(by=request.actor, case=case)
        messages.success(request, "Opened again. It is yours: make contact, and write it down.")
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("journey", reference=case.journey.reference)

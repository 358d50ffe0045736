"""Answering a referral: claim, accept, decline, put back. Each is a button made from the table of moves."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wraparound.casework.actions import accept as accept_referral
from wraparound.events.action import Refused
from wraparound.organisations.roles import Capability
from wraparound.pathways import words
from wraparound.people.reading import note_access
from wraparound.referrals import actions
from wraparound.referrals.models import Referral
from wraparound.referrals.reading import possible_moves, referral_of
from wraparound.referrals.states import DECLINES
from wraparound.web.access import Request, needs
from wraparound.web.team.forms import DeclineForm, posted
from wraparound.web.team.pages import needs_said


@needs(Capability.SEE_PEOPLE)
@require_GET
def referral(request: Request, pk: int) -> HttpResponse:
    """A referral is answered on its journey's page."""
    found = _referral(request, pk)
    return HttpResponseRedirect(_journey(found) + f"#referral-{found.pk}")


@needs(Capability.WORK_REFERRALS)
@require_POST
def claim(request: Request, pk: int) -> HttpResponse:
    """Take a referral to answer. Back to where the button was pressed."""
    found = _referral(request, pk)
    _do(request, found, actions.claim, "Claimed. It is yours to accept or decline by {due}.")
    if "worklist" in request.POST:
        return HttpResponseRedirect(f"{reverse('worklist')}?{request.POST['worklist']}")
    return HttpResponseRedirect(_journey(found))


@needs(Capability.WORK_REFERRALS)
@require_POST
def release(request: Request, pk: int) -> HttpResponse:
    found = _referral(request, pk)
    _do(request, found, actions.release, "Put back. Anybody in your team can claim it now.")
    return HttpResponseRedirect(_journey(found))


@needs(Capability.WORK_REFERRALS)
@require_POST
def accept(request: Request, pk: int) -> HttpResponse:
    found = _referral(request, pk)
    _do(request, found, accept_referral, "Accepted. Make first contact by {due}.")
    return HttpResponseRedirect(_journey(found))


@needs(Capability.WORK_REFERRALS)
@require_POST
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take back a handover that nobody has accepted yet."""
    found = _referral(request, pk)
    _do(request, found, actions.withdraw, f"Withdrawn. {found.to_team.name} no longer has it.")
    return HttpResponseRedirect(_journey(found))


@needs(Capability.WORK_REFERRALS)
@require_POST
def seen(request: Request, pk: int) -> HttpResponse:
    """The handover's sender has read how it ended."""
    found = _referral(request, pk)
    _do(request, found, actions.acknowledge, f"Noted: you have seen what {found.to_team.name} said.")
    return HttpResponseRedirect(_journey(found))


@needs(Capability.WORK_REFERRALS)
@require_http_methods(["GET", "POST"])
def decline(request: Request, pk: int) -> HttpResponse:
    """Say no, for a reason that says who acts next."""
    found = _referral(request, pk)
    form = DeclineForm(posted(request))
    if form.done(lambda said: actions.decline(by=request.actor, referral=found, **said)):
        messages.success(request, f"Declined. The referrer is told: {DECLINES[form.cleaned_data['reason']].next}")
        return redirect("worklist")
    note_access(request.actor, found.person, "decline")
    may = "decline" in {move.verb for move in possible_moves(found, request.actor)}
    shown = {"referral": found, "person": found.person, "form": form, "may": may, "needs": needs_said(found)}
    return render(request, "team/decline.jinja", shown)


def _do(request: Request, found: Referral, act: Callable[..., Any], told: str) -> None:
    """Make one move and say so; a second press of the same button finds it done."""
    try:
        act(by=request.actor, referral=found)
    except Refused as refusal:
        already = refusal.code == "too_late" and found.worker_id == request.actor.user_id
        messages.warning(request, "You have already done this." if already else refusal.sentence)
    else:
        found.refresh_from_db()
        messages.success(request, told.format(due=words.by(found.due_at) if found.due_at else ""))


def _referral(request: Request, pk: int) -> Referral:
    try:
        return referral_of(request.actor, pk)
    except Referral.DoesNotExist:
        raise Http404 from None


def _journey(found: Referral) -> str:
    return reverse("journey", kwargs={"reference": found.journey.reference})

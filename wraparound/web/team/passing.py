"""Before a team answers, and while its work rests: sending on, asking the referrer, pausing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from wraparound.events.action import Refused
from wraparound.organisations.roles import Capability
from wraparound.people.reading import note_access
from wraparound.referrals import asking, pausing
from wraparound.referrals.capacity import capacity_of
from wraparound.referrals.models import Question, Referral
from wraparound.referrals.reading import possible_moves, question_of, referral_of
from wraparound.referrals.rerouting import can_go_to, reroute
from wraparound.web.access import Request, needs
from wraparound.web.formats import day
from wraparound.web.team import day_forms
from wraparound.web.team.forms import ActionForm, posted
from wraparound.web.team.pages import needs_said


@needs(Capability.WORK_REFERRALS)
@require_http_methods(["GET", "POST"])
def send_on(request: Request, pk: int) -> HttpResponse:
    """Another team of the scheme gets the referral, with why and what was told."""
    actor, found = request.actor, referral_to_work_on(request, pk)
    teams = can_go_to(actor, found)
    rooms = capacity_of(actor.scheme_id, team_ids=[team.pk for team in teams], today=actor.today())
    form = day_forms.RerouteForm(posted(request), teams=teams, rooms=rooms)
    if form.done(lambda said: reroute(by=actor, referral=found, **said)):
        team = form.cleaned_data["team"]
        messages.success(request, f"Sent on. {team.name} has it now, and the referrer can see that.")
        return redirect("worklist")
    return answer_with(request, found, "reroute", form, teams=teams, needs=needs_said(found))


@needs(Capability.WORK_REFERRALS)
@require_http_methods(["GET", "POST"])
def ask(request: Request, pk: int) -> HttpResponse:
    """Ask whoever referred the person; what cannot wait is rung about."""
    found = referral_to_work_on(request, pk)
    form = day_forms.AskForm(posted(request))
    if form.done(lambda said: asking.ask(by=request.actor, referral=found, **said)):
        messages.success(request, f"Asked. {found.from_organisation.name} is told, and the answer comes back to you.")
        return redirect("journey", reference=found.journey.reference)
    return answer_with(request, found, "ask", form, ring=asking.ring_whom(found) if asking.cannot_wait(found) else "")


@needs(Capability.FOLLOW_REFERRALS)
@require_http_methods(["GET", "POST"])
def question(request: Request, pk: int) -> HttpResponse:
    """What a team asked, for whoever sent it the person."""
    found = _question(request, pk)
    form = day_forms.AnswerForm(posted(request))
    if form.done(lambda said: asking.answer(by=request.actor, question=found, **said)):
        messages.success(request, f"Answered. {found.referral.to_team.name} can go on now.")
        page, _ = _back(request, found)
        return redirect(page, reference=found.referral.journey.reference)
    note_access(request.actor, found.referral.person, "question")
    mine = found.referral.from_organisation_id == request.actor.organisation_id
    shown = {
        "question": found,
        "person": found.referral.person,
        "journey": found.referral.journey,
        "form": form,
        "open": mine and not (found.answered_at or found.lapsed_at),
        "back": _back(request, found),
    }
    return render(request, "team/question.jinja", shown)


@needs(Capability.WORK_REFERRALS)
@require_http_methods(["GET", "POST"])
def pause(request: Request, pk: int) -> HttpResponse:
    """Let the work rest until a day."""
    found = referral_to_work_on(request, pk)
    form = day_forms.PauseForm(posted(request))
    if form.done(lambda said: pausing.pause(by=request.actor, referral=found, **said)):
        messages.success(request, f"Paused until {day(form.cleaned_data['until'])}. It goes on by itself then.")
        return redirect("journey", reference=found.journey.reference)
    held = found.urgent or found.supervisor_decides
    return answer_with(
        request, found, "pause", form, supervisor_only=held and not request.actor.can(Capability.SUPERVISE)
    )


@needs(Capability.WORK_REFERRALS)
@require_POST
def resume(request: Request, pk: int) -> HttpResponse:
    """End the pause now."""
    found = referral_to_work_on(request, pk)
    return do(request, found, lambda: pausing.resume(by=request.actor, referral=found), "Started again.")


def answer_with(request: Request, found: Referral, verb: str, form: ActionForm, **shown: Any) -> HttpResponse:
    """The page of a move, or that it cannot be made now."""
    note_access(request.actor, found.person, verb)
    may = verb in {move.verb for move in possible_moves(found, request.actor)}
    shown |= {"referral": found, "person": found.person, "journey": found.journey, "form": form, "may": may}
    return render(request, f"team/{verb}.jinja", shown)


def do(request: Request, found: Referral, act: Callable[[], object], told: str) -> HttpResponse:
    """Press a button of the journey page, and come back to it."""
    try:
        act()
        messages.success(request, told)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("journey", reference=found.journey.reference)


def referral_to_work_on(request: Request, pk: int) -> Referral:
    try:
        return referral_of(request.actor, pk)
    except Referral.DoesNotExist:
        raise Http404 from None


def _question(request: Request, pk: int) -> Question:
    try:
        return question_of(request.actor, pk)
    except Question.DoesNotExist:
        raise Http404 from None


def _back(request: Request, found: Question) -> tuple[str, str]:
    """Where the reader came from: a referrer's page of the journey, or that of those who work with the person."""
    began = found.referral.journey.from_organisation_id == request.actor.organisation_id
    if began and request.actor.can(Capability.SEE_PRACTICE_REFERRALS):
        return "referral", "Back to the referral"
    return "journey", "Back to the journey"

"""A service's own work on its case: contact attempts, notes, handing over, ending."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from wraparound.casework import actions
from wraparound.casework.models import Case
from wraparound.casework.reading import notes_of
from wraparound.consent.agreed import HANDOVER
from wraparound.consent.translating import spoken_by
from wraparound.organisations.roles import Capability
from wraparound.pathways.vocabulary import Need
from wraparound.people.reading import note_access, sees_address
from wraparound.referrals.capacity import capacity_of
from wraparound.referrals.handing_over import Receiver, other_service, receiver_of
from wraparound.referrals.models import Referral
from wraparound.referrals.reading import journey_of, possible_moves
from wraparound.web.access import Request, needs
from wraparound.web.finding import case_or_404
from wraparound.web.journey import forms, pages
from wraparound.web.journey.advice_issues import ALWAYS_BRING, ISSUES
from wraparound.web.money.fields import TookForm
from wraparound.web.money.found import ask_how_long, keep_how_long
from wraparound.web.team.forms import ActionForm, posted
from wraparound.web.wording import NEEDS


@needs(Capability.WORK_REFERRALS)
@require_http_methods(["GET", "POST"])
def contact_attempt(request: Request, pk: int) -> HttpResponse:
    """Write down one try at reaching the person or an appointment, with how to do it safely in view."""
    case = case_or_404(request, pk)
    form = forms.ContactForm(posted(request), person=case.person)
    ask_how_long(request, case, form)
    return answer(
        request, case, "contact-attempt", form, "Recorded.",
        lambda _: actions.record_contact(by=request.actor, case=case, **form.values()),
    )  # fmt: skip


@needs(Capability.WRITE_NOTES)
@require_http_methods(["GET", "POST"])
def note(request: Request, pk: int) -> HttpResponse:
    """Write a note that only the organisation sees."""
    case = case_or_404(request, pk)
    form = forms.NoteForm(posted(request))
    ask_how_long(request, case, form)
    return answer(
        request, case, "note", form, "Note saved.",
        lambda said: actions.write_note(by=request.actor, case=case, **said),
    )  # fmt: skip


@needs(Capability.SEE_REASON)
@require_GET
def notes(request: Request, pk: int) -> HttpResponse:
    """Every note of a case, newest first."""
    case = case_or_404(request, pk)
    note_access(request.actor, case.person, "notes")
    found = notes_of(request.actor, case, after=request.GET.get("after", ""), size=25)
    first = not request.GET.get("after")
    return render(request, "journey/notes.jinja", {"case": case, "person": case.person, "notes": found, "first": first})


@needs(Capability.WORK_REFERRALS)
@require_http_methods(["GET", "POST"])
def handover(request: Request, pk: int) -> HttpResponse:
    """Warm handover to the scheme's other team, which has to accept it."""
    case = case_or_404(request, pk)
    service = other_service(case.referral)
    if service is None:
        raise Http404
    wanted = [need for need in request.GET.getlist("need") if need in set(Need)] or case.referral.needs
    spoken = spoken_by(request.actor, case.person.preferred_language)
    usual = {"given_by": "person", "capacity": "no_doubt"}
    form = forms.HandoverForm(posted(request), spoken=spoken, initial={"needs": wanted, **usual})
    to = receiver_of(request.actor, case.referral, service)
    team_ids = [to.team.pk] if to.team else []
    rooms = capacity_of(request.actor.scheme_id, team_ids=team_ids, today=request.actor.today())
    return answer(
        request, case, "handover", form, _handed_over(to),
        lambda _: actions.hand_over(by=request.actor, case=case, service=service, **form.values()),
        to=to, team=to.team, room=rooms.get(team_ids[0]) if team_ids else None, wording=HANDOVER, spoken=spoken,
        already=_already(request, case),
    )  # fmt: skip


def _handed_over(to: Receiver) -> str:
    if to.team is None:
        return f"Written down that nobody can take this: {to.because} The manager is told. Your own work goes on."
    must = "has them on its waiting list" if to.waits else "must accept it"
    return f"Handed over. {to.team.name} {must}; your own work goes on until you close it."


@needs(Capability.WORK_REFERRALS)
@require_GET
def advice_issue(request: Request, pk: int) -> HttpResponse:
    """Prepare the person for an adviser: what to bring, what an adviser can do, and the way to refer."""
    case = case_or_404(request, pk)
    if not pages.spots_only(request.actor):
        raise Http404
    note_access(request.actor, case.person, "advice-issue")
    form = forms.IssueForm(request.GET)
    spotted = [Need(need) for need in form.cleaned_data["issue"]] if form.is_valid() else []
    shown = {
        "case": case,
        "person": case.person,
        "form": form,
        "spotted": [(NEEDS[need], ISSUES[need]) for need in spotted],
        "always_bring": ALWAYS_BRING,
        "query": "&".join(f"need={need}" for need in spotted),
        "already": _already(request, case),
        "may": "hand_over" in {move.verb for move in possible_moves(case.referral, request.actor)},
    }
    return render(request, "journey/advice_issue.jinja", shown)


def answer(
    request: Request, case: Case, page: str, form: ActionForm, told: str, act: Callable[[dict[str, Any]], object],
    **shown: object,
) -> HttpResponse:  # fmt: skip
    """Do what the form says and go back to the journey, or show the form with what stands against it."""
    if form.done(act):
        if isinstance(form, TookForm):
            keep_how_long(request, case, form)
        messages.success(request, told)
        return redirect("journey", reference=case.journey.reference)
    note_access(request.actor, case.person, page)
    address = sees_address(request.actor, case.person)
    shown |= {"case": case, "person": case.person, "form": form, "sees_address": address}
    return render(request, f"journey/{page.replace('-', '_')}.jinja", shown)


def _already(request: Request, case: Case) -> Referral | None:
    journey = journey_of(request.actor, case.journey.reference)
    return pages.already_with(case.referral, journey.referrals.all())

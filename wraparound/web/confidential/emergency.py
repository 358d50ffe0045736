"""Opening a record in an emergency, and looking at what others opened."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wraparound.events.action import Refused
from wraparound.organisations.roles import Capability
from wraparound.people.models import EmergencyOpening
from wraparound.referrals.emergency import end_opening, look_at_opening, open_in_emergency, opening_of, to_look_at
from wraparound.referrals.models import Journey
from wraparound.referrals.standing_on import journey_with
from wraparound.web.access import Request, needs
from wraparound.web.confidential.forms import EmergencyForm, LookForm
from wraparound.web.team.forms import posted


@needs(Capability.OPEN_IN_EMERGENCY)
@require_http_methods(["GET", "POST"])
def open_record(request: Request) -> HttpResponse:
    """Prove whose record it is, say why it is needed, and open it for some hours."""
    form = EmergencyForm(posted(request))
    made: list[EmergencyOpening] = []
    if form.done(lambda _: made.append(open_in_emergency(by=request.actor, emergency=form.emergency()))):
        return _opened(request, made[0])
    return render(request, "confidential/emergency.jinja", {"form": form})


def _opened(request: Request, opening: EmergencyOpening) -> HttpResponse:
    try:
        journey = journey_with(request.actor, opening.person_id)
    except Journey.DoesNotExist:
        messages.warning(request, "The record is open to you, and there is no referral of this person to be read.")
        return redirect("emergency")
    messages.success(request, "Opened. Everybody who has this record has been told.")
    return redirect("journey", reference=journey.reference)


@needs(Capability.LOOK_AT_OPENINGS)
@require_GET
def openings(request: Request) -> HttpResponse:
    """What was opened and nobody has looked at yet."""
    return render(request, "confidential/openings.jinja", {"openings": to_look_at(request.actor)})


@needs(Capability.LOOK_AT_OPENINGS)
@require_http_methods(["GET", "POST"])
def look(request: Request, pk: int) -> HttpResponse:
    """Who opened which record and why; and what somebody responsible finds."""
    opening = _opening(request, pk)
    form = LookForm(posted(request))
    if form.done(lambda said: look_at_opening(by=request.actor, opening=opening, **said)):
        messages.success(request, "Written down.")
        return redirect("openings")
    return render(
        request, "confidential/opening.jinja", {"opening": opening, "form": form, "of": _of(request, opening)}
    )


@needs(Capability.OPEN_IN_EMERGENCY)
@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """Close the record before its hours are over."""
    try:
        end_opening(by=request.actor, opening=_opening(request, pk))
        messages.success(request, "Closed. You do not see this record any more.")
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("now")


def _opening(request: Request, pk: int) -> EmergencyOpening:
    try:
        return opening_of(request.actor, pk)
    except EmergencyOpening.DoesNotExist:
        raise Http404 from None


def _of(request: Request, opening: EmergencyOpening) -> Journey | None:
    """Whose record it was, where the reader may know."""
    try:
        return journey_with(request.actor, opening.person_id)
    except Journey.DoesNotExist:
        return None

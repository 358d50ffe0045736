"""What no service could take: the manager's list, that the referrer has read it, and how it ended."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wraparound.events.action import Refused
from wraparound.organisations.roles import Capability
from wraparound.referrals.models import UnmetNeed
from wraparound.referrals.unmet import (
    end_unmet_need,
    may_end,
    names_of,
    see_unmet_need,
    unmet_of,
    unmet_to_manage,
)
from wraparound.web.access import Request, needs
from wraparound.web.team.forms import posted
from wraparound.web.waiting.forms import EndingForm
from wraparound.web.waiting.pages import not_met


@needs(Capability.SHARE_OUT)
@require_GET
def to_manage(request: Request) -> HttpResponse:
    """Open unmet needs of the services that the organisation manages, the longest unmet first."""
    page = unmet_to_manage(request.actor, after=request.GET.get("after", ""))
    names = names_of(request.actor, page.rows)
    shown = {
        "rows": not_met(request.actor, page.rows, names),
        "after": page.after,
        "first": not request.GET.get("after"),
    }
    return render(request, "waiting/unmet_needs.jinja", shown)


@needs(Capability.FOLLOW_REFERRALS)
@require_POST
def seen(request: Request, pk: int) -> HttpResponse:
    """The referrer has read that nobody could take it."""
    found = _unmet(request, pk)
    try:
        see_unmet_need(by=request.actor, unmet=found)
        messages.success(request, "Noted: you have read that no service could take this.")
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    if found.from_organisation_id == request.actor.organisation_id:
        return redirect("referral", reference=found.reference)
    return redirect("unmet-needs")


@needs(Capability.SEE_PEOPLE)
@require_http_methods(["GET", "POST"])
def end(request: Request, pk: int) -> HttpResponse:
    """Say how it ended: for the referrer, and whoever manages the service."""
    found = _unmet(request, pk)
    refers = found.from_organisation_id == request.actor.organisation_id
    form = EndingForm(posted(request))
    if form.done(lambda said: end_unmet_need(by=request.actor, unmet=found, **said)):
        messages.success(request, "Noted how this ended. Referrer and manager can both read it.")
        return redirect("referral", reference=found.reference) if refers else redirect("unmet-needs")
    [row] = not_met(request.actor, [found], names_of(request.actor, [found]))
    may = found.ended_at is None and may_end(request.actor, found)
    shown = {"row": row, "form": form, "refers": refers, "may": may}
    return render(request, "waiting/unmet_end.jinja", shown)


def _unmet(request: Request, pk: int) -> UnmetNeed:
    try:
        return unmet_of(request.actor, pk)
    except UnmetNeed.DoesNotExist:
        raise Http404 from None

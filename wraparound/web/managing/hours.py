"""When somebody works and is away: one's own page, and the same of a worker for those who manage them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wraparound.events.action import Refused
from wraparound.organisations.away import (
    hours_of,
    leave_from_now,
    leave_row,
    leave_to_cover,
    worker_of,
    workers_of,
)
from wraparound.organisations.models import Leave, Membership
from wraparound.organisations.roles import Capability
from wraparound.organisations.working_time import cancel_leave, set_leave, set_working_time
from wraparound.web.access import Request, needs
from wraparound.web.managing import pages
from wraparound.web.managing.forms import WEEKDAYS, HoursForm, LeaveForm
from wraparound.web.team.forms import posted


@needs(Capability.WORK_REFERRALS)
@require_GET
def mine(request: Request) -> HttpResponse:
    """My hours, my leave, and whom I look after."""
    return _shown(request, _worker(request, request.actor.membership_id or 0))


@needs(Capability.SEE_WORKLIST)
@require_GET
def worker(request: Request, pk: int) -> HttpResponse:
    return _shown(request, _worker(request, pk))


def _shown(request: Request, found: Membership) -> HttpResponse:
    today, hours = request.actor.today(), hours_of(found)
    days = zip((name.capitalize() for name in WEEKDAYS), hours.minutes, strict=True) if hours else []
    shown = {
        **_whose(request, found),
        "hours": hours,
        "days": [(name, pages.hours_said(minutes)) for name, minutes in days if minutes],
        "whole": pages.hours_said(sum(hours.minutes)) if hours else "",
        "leave": pages.leave_shown(leave_from_now(request.actor, found), today),
        "covers": pages.leave_shown(leave_to_cover(request.actor, found), today),
    }
    return render(request, "managing/worker.jinja", shown)


@needs(Capability.SEE_WORKLIST)
@require_http_methods(["GET", "POST"])
def change_hours(request: Request, pk: int) -> HttpResponse:
    """Set on which days somebody works, for how long, and with how many people."""
    found = _worker(request, pk)
    form = HoursForm(posted(request), held=hours_of(found))
    if form.done(lambda _: set_working_time(by=request.actor, membership=found, **form.values())):
        messages.success(request, "Hours saved.")
        return _back(request, found)
    return render(request, "managing/hours.jinja", {**_whose(request, found), "form": form})


@needs(Capability.SEE_WORKLIST)
@require_http_methods(["GET", "POST"])
def add_leave(request: Request, pk: int) -> HttpResponse:
    """Write down that somebody is away, and who looks after their people."""
    return _leave(request, _worker(request, pk), None)


@needs(Capability.SEE_WORKLIST)
@require_http_methods(["GET", "POST"])
def change_leave(request: Request, pk: int) -> HttpResponse:
    """Set other days, or another cover."""
    found = _leave_row(request, pk)
    return _leave(request, _worker(request, found.membership_id), found)


@needs(Capability.SEE_WORKLIST)
@require_POST
def end_leave(request: Request, pk: int) -> HttpResponse:
    """They are not away after all."""
    found = _leave_row(request, pk)
    whose = _worker(request, found.membership_id)
    try:
        cancel_leave(by=request.actor, leave=found)
        messages.success(request, f"Cancelled: {pages.days_said(found)}.")
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return _back(request, whose)


def _leave(request: Request, whose: Membership, held: Leave | None) -> HttpResponse:
    colleagues = [each for each in workers_of(request.actor) if each.user_id != whose.user_id]
    at_first = {"starts": held.starts, "ends": held.ends, "cover": str(held.cover_id or "")} if held else {}
    form = LeaveForm(posted(request), colleagues=colleagues, initial=at_first)
    if form.done(
        lambda _: set_leave(by=request.actor, membership=whose, instead_of=held, **form.values())
    ):  # fmt: skip
        messages.success(request, "Leave saved." if form.cleaned_data["cover"] else "Leave saved, without cover yet.")
        return _back(request, whose)
    return render(request, "managing/leave.jinja", {**_whose(request, whose), "form": form, "held": held})


def _whose(request: Request, found: Membership) -> dict[str, Any]:
    """Whose page it is, and where it leads back to."""
    own = found.pk == request.actor.membership_id
    return {"worker": found, "own": own, "back": reverse("my-hours") if own else reverse("worker", args=[found.pk])}


def _back(request: Request, found: Membership) -> HttpResponseRedirect:
    if found.pk == request.actor.membership_id:
        return redirect("my-hours")
    return redirect("worker", pk=found.pk)


def _worker(request: Request, pk: int) -> Membership:
    """Oneself; or any worker of the organisation for those who manage them."""
    manages = request.actor.can(Capability.SHARE_OUT) or request.actor.can(Capability.MANAGE_TEAM)
    if not manages and pk != request.actor.membership_id:
        raise Http404
    try:
        return worker_of(request.actor, pk)
    except Membership.DoesNotExist:
        raise Http404 from None


def _leave_row(request: Request, pk: int) -> Leave:
    try:
        return leave_row(request.actor, pk)
    except Leave.DoesNotExist:
        raise Http404 from None

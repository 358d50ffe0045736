"""The team's page for those who manage it: its room, its workers, and what it shares out."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wraparound.events.action import Refused
from wraparound.organisations.away import uncovered_leave
from wraparound.organisations.models import Team
from wraparound.organisations.roles import Capability
from wraparound.organisations.working_time import set_team_capacity
from wraparound.referrals import sharing_out
from wraparound.referrals.teams_now import TeamNow, team_row, teams_now
from wraparound.web.access import Request, needs
from wraparound.web.formats import counted
from wraparound.web.managing import pages
from wraparound.web.managing.forms import CapacityForm
from wraparound.web.team.forms import posted


@needs(Capability.SHARE_OUT)
@require_GET
def team(request: Request) -> HttpResponse:
    """Each team that the reader looks after: its room, who works when, and who is away without cover."""
    today = request.actor.today()
    shown = {
        "teams": [_team(each, today) for each in teams_now(request.actor)],
        "uncovered": pages.leave_shown(uncovered_leave(request.actor), today),
        "today": today,
    }
    return render(request, "managing/team.jinja", shown)


def _team(found: TeamNow, today: date) -> dict[str, object]:
    workers = [pages.worker_shown(each, today) for each in found.workers]
    return {"now": found, "workers": workers, "bar": pages.bar_of(found.room)}


@needs(Capability.SHARE_OUT)
@require_http_methods(["GET", "POST"])
def capacity(request: Request, pk: int) -> HttpResponse:
    """Set with how many people a team works, until when it is closed, and whether it shares out."""
    found = _found(request, pk)
    held = {name: getattr(found, name) for name in ("places", "closed_until", "shares_out")}
    if found.closed_until and found.closed_until <= request.actor.today():
        held["closed_until"] = None
    form = CapacityForm(posted(request), initial=held)
    if form.done(lambda said: set_team_capacity(by=request.actor, team=found, **said)):
        messages.success(request, f"Saved for {found.name}.")
        return redirect("team")
    return render(request, "managing/capacity.jinja", {"form": form, "team": found})


@needs(Capability.SHARE_OUT)
@require_POST
def share_out(request: Request, pk: int) -> HttpResponse:
    """Give what is unclaimed to the team's workers now."""
    found = _found(request, pk)
    try:
        given = sharing_out.share_out(by=request.actor, team=found)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    else:
        said = counted(len(given), "referral was", "referrals were")
        messages.success(request, f"{said} shared out. Each is the worker’s to accept or decline.")
    return redirect("team")


def _found(request: Request, pk: int) -> Team:
    try:
        return team_row(request.actor, pk)
    except Team.DoesNotExist:
        raise Http404 from None

"""A worker's own day, to be confirmed in one go; and a team's week, of nobody by name."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from wraparound.advice.matter_types import CATEGORIES
from wraparound.organisations.roles import Capability
from wraparound.outcomes import timing
from wraparound.outcomes.spending import Doing, hours
from wraparound.web.access import Request, needs
from wraparound.web.money.time_forms import DayForm, names_of
from wraparound.web.team.forms import posted


@needs(Capability.GIVE_ADVICE)
@require_http_methods(["GET", "POST"])
def my_day(request: Request) -> HttpResponse:
    """What the worker did on a day, with how long such things mostly take: what they send is confirmed."""
    actor = request.actor
    on = _day(request, latest=actor.today(), earliest=actor.today() - timing.BACK)
    pieces = timing.pieces_of(actor, on)
    form = DayForm(posted(request), pieces=pieces)
    if form.done(lambda _: timing.confirm_time(by=actor, on=on, spent=form.spent())):
        messages.success(request, "Confirmed.")
        return HttpResponseRedirect(f"{reverse('my-day')}?on={on.isoformat()}")
    shown = {
        "form": form, "rows": [(each, names_of(each)) for each in pieces], "on": on, "today": actor.today(),
        "others": timing.others_of(actor, on),
        "earlier": _if_shown(on - timedelta(days=1), actor.today() - timing.BACK),
        "after": on + timedelta(days=1) if on < actor.today() else None, "week": _said(timing.week_of(actor, on)),
        "confirmed": sum(1 for each in pieces if each.spent), "supervises": actor.can(Capability.SUPERVISE),
    }  # fmt: skip
    return render(request, "money/my_day.jinja", shown)


@needs(Capability.SUPERVISE)
@require_GET
def team_time(request: Request) -> HttpResponse:
    """A week of those who advise here, by what kind of work it was and what it was about."""
    actor = request.actor
    if not actor.can(Capability.GIVE_ADVICE):
        raise Http404
    on = _day(request, latest=actor.today(), earliest=date(2020, 1, 6))
    monday = on - timedelta(days=on.weekday())
    about = [(CATEGORIES[code].name, hours(minutes)) for code, minutes in timing.team_matters(actor, on)]
    shown = {
        "monday": monday, "earlier": monday - timedelta(days=7), "after": monday + timedelta(days=7),
        "today": actor.today(), "week": _said(timing.team_week(actor, on)), "about": about,
    }  # fmt: skip
    return render(request, "money/team_time.jinja", shown)


def _day(request: Request, *, latest: date, earliest: date) -> date:
    """The day in the address, held to those that can be shown; the latest where there is none."""
    try:
        asked = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return latest
    return min(max(asked, earliest), latest)


def _if_shown(day: date, earliest: date) -> date | None:
    return day if day >= earliest else None


def _said(rows: list[tuple[Doing, int]]) -> list[tuple[str, str]]:
    total = sum(minutes for _, minutes in rows)
    return [*((doing.label, hours(minutes)) for doing, minutes in rows), ("All of it", hours(total))] if rows else []

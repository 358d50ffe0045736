"""What addresses of money name, for whoever may see it; how its pages are drawn; and the time that a form was told."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from wraparound.advice.holding import advises
from wraparound.casework.models import Case
from wraparound.organisations.roles import Capability
from wraparound.outcomes.spending import THINGS
from wraparound.outcomes.timing import BACK, Spent, confirm_time, last_thing
from wraparound.pathways.calendar import LONDON
from wraparound.people.reading import note_access
from wraparound.web.access import Request
from wraparound.web.finding import case_or_404
from wraparound.web.money.fields import TookForm
from wraparound.web.team.forms import ActionForm


def advice_case_or_404(request: Request, pk: int) -> Case:
    """A case of advice work of the reader's organisation."""
    case = case_or_404(request, pk)
    if not advises(case.referral):
        raise Http404
    return case


def ask_how_long(request: Request, case: Case, form: TookForm) -> None:
    """Have a form about this case ask how long it took: advisers are asked, on advice work."""
    if request.actor.can(Capability.GIVE_ADVICE) and advises(case.referral):
        form.ask_how_long()


def keep_how_long(request: Request, case: Case, form: TookForm) -> None:
    """Keep what the form was told, with what was done just now."""
    minutes, actor = form.minutes(), request.actor
    event = last_thing(actor, case) if minutes else None
    if minutes and event:
        on = event.occurred_at.astimezone(LONDON).date()
        if actor.today() - BACK <= on <= actor.today():
            doing = THINGS[event.name].doing
            confirm_time(by=actor, on=on, spent=[Spent(minutes=minutes, doing=doing, event=event)])


def answer(
    request: Request, case: Case, page: str, form: ActionForm, told: str, to: str,
    act: Callable[[dict[str, Any]], object], **shown: object,
) -> HttpResponse:  # fmt: skip
    """Do what the form says and go to `to`, or show the form with what stands against it."""
    if form.done(act):
        if isinstance(form, TookForm):
            keep_how_long(request, case, form)
        messages.success(request, told)
        return HttpResponseRedirect(to)
    return draw(request, case, page, form=form, **shown)


def draw(request: Request, case: Case, page: str, **shown: object) -> HttpResponse:
    note_access(request.actor, case.person, page)
    context = {"case": case, "person": case.person, "writes": case.closed_at is None, **shown}
    return render(request, f"money/{page.replace('-', '_')}.jinja", context)

"""What addresses of a plan name, for whoever may see it; and how their pages are drawn."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from wraparound.casework.models import Case
from wraparound.organisations.roles import Capability
from wraparound.people.reading import note_access
from wraparound.social_prescribing.models import Goal
from wraparound.social_prescribing.reading import goal_of, prescribing_case
from wraparound.web.access import Request
from wraparound.web.team.forms import ActionForm


def case_or_404(request: Request, pk: int) -> Case:
    """A case of social prescribing of the reader's organisation."""
    try:
        return prescribing_case(request.actor, pk)
    except Case.DoesNotExist:
        raise Http404 from None


def goal_or_404(request: Request, pk: int) -> Goal:
    try:
        return goal_of(request.actor, pk)
    except Goal.DoesNotExist:
        raise Http404 from None


def may_write(request: Request, case: Case) -> bool:
    return request.actor.can(Capability.WRITE_NOTES) and case.closed_at is None


def answer(
    request: Request, case: Case, page: str, form: ActionForm, told: str, act: Callable[[dict[str, Any]], object],
    **shown: object,
) -> HttpResponse:  # fmt: skip
    """Do what the form says and go back to the plan, or show the form with what stands against it."""
    if form.done(act):
        messages.success(request, told)
        return redirect("plan", pk=case.pk)
    return draw(request, case, page, form=form, **shown)


def draw(request: Request, case: Case, page: str, **shown: object) -> HttpResponse:
    note_access(request.actor, case.person, page)
    context = {"case": case, "person": case.person, "writes": may_write(request, case), **shown}
    return render(request, f"plan/{page.replace('-', '_')}.jinja", context)

"""What happens to a matter: whom it waits for, who has it, what it becomes part of, and how it ends."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from wraparound.advice import matters as actions
from wraparound.advice.competence import could_take
from wraparound.advice.models import Matter
from wraparound.advice.reading import matters_on
from wraparound.events.action import Refused
from wraparound.organisations.roles import Capability
from wraparound.people.reading import note_access
from wraparound.web.access import Request, needs
from wraparound.web.advice.forms import ColleagueForm, JoinForm
from wraparound.web.finding import matter_or_404
from wraparound.web.money.closing import close_as_said, closing_form
from wraparound.web.team.forms import ActionForm, posted


@needs(Capability.GIVE_ADVICE)
@require_POST
def move(request: Request, pk: int) -> HttpResponse:
    """Whom it waits for, or that it is worked on again."""
    found = matter_or_404(request, pk)
    try:
        actions.move_matter(by=request.actor, matter=found, verb=request.POST.get("verb", ""))
        messages.success(request, "Saved.")
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("matter", pk=found.pk)


@needs(Capability.GIVE_ADVICE)
@require_POST
def reopen(request: Request, pk: int) -> HttpResponse:
    """Open it again."""
    found = matter_or_404(request, pk)
    try:
        actions.reopen_matter(by=request.actor, matter=found)
        messages.success(request, "Open again.")
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("matter", pk=found.pk)


@needs(Capability.GIVE_ADVICE)
@require_http_methods(["GET", "POST"])
def give(request: Request, pk: int) -> HttpResponse:
    """Give it to a colleague who may take it."""
    found = matter_or_404(request, pk)
    able = could_take(request.actor, actions.about_of(found))
    colleagues = [each for each in able if each.user_id != found.worker_id]
    form = ColleagueForm(posted(request), colleagues=colleagues)
    return _answer(
        request, found, form, "Give it to another adviser", "Give it to them",
        lambda said: actions.give_matter(by=request.actor, matter=found, worker_id=said["worker"]),
        nobody="" if colleagues else "Nobody else here may take a matter like this one.",
    )  # fmt: skip


@needs(Capability.GIVE_ADVICE)
@require_http_methods(["GET", "POST"])
def join(request: Request, pk: int) -> HttpResponse:
    """Make it part of another matter of the same person."""
    found = matter_or_404(request, pk)
    others = {
        each.pk: each.title
        for each in matters_on(request.actor, [found.case])
        if each.live and each.pk != found.pk
    }  # fmt: skip
    form = JoinForm(posted(request), others=others)
    return _answer(
        request, found, form, "Join it to another matter", "Join them",
        lambda said: actions.join_matters(
            by=request.actor, matter=found, to=matter_or_404(request, said["to"])
        ),
        nobody="" if others else "There is no other matter that is being worked on.",
    )  # fmt: skip


@needs(Capability.GIVE_ADVICE)
@require_http_methods(["GET", "POST"])
def close(request: Request, pk: int) -> HttpResponse:
    """Close it, with what came of it."""
    found = matter_or_404(request, pk)
    form = closing_form(request, found)
    return _answer(
        request, found, form, "Close the matter", "Close it",
        lambda said: close_as_said(request, found, form, said, actions.close_matter),
    )  # fmt: skip


def _answer(
    request: Request, found: Matter, form: ActionForm, heading: str, button: str,
    act: Callable[[dict[str, Any]], object], nobody: str = "",
) -> HttpResponse:  # fmt: skip
    if form.done(act):
        messages.success(request, "Saved.")
        return redirect("matter", pk=found.pk)
    note_access(request.actor, found.person, "matter")
    shown = {
        "matter": found, "case": found.case, "person": found.person, "form": form, "heading": heading,
        "press": button, "nobody": nobody, "back": "matter", "back_pk": found.pk, "about": found.title,
    }  # fmt: skip
    return render(request, "advice/act.jinja", shown)

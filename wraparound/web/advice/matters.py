"""A matter: opening it, its page, changing it, and splitting a part off."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from wraparound.advice import matters as actions
from wraparound.advice.competence import advisers
from wraparound.advice.matter_types import CATEGORIES
from wraparound.advice.models import Matter
from wraparound.advice.reading import limits_on
from wraparound.advice.states import MatterStatus
from wraparound.casework.models import Case
from wraparound.organisations.models import Membership
from wraparound.organisations.roles import Capability
from wraparound.people.reading import note_access
from wraparound.web.access import Request, needs
from wraparound.web.advice.forms import MatterForm
from wraparound.web.advice.pages import is_advice, letter_hint, limit_shown, moves_of
from wraparound.web.finding import case_or_404, matter_or_404
from wraparound.web.money.outcomes import came_of_it
from wraparound.web.team.forms import posted


@needs(Capability.GIVE_ADVICE)
@require_http_methods(["GET", "POST"])
def new(request: Request, pk: int) -> HttpResponse:
    """Open a matter: first what it is about, then what it is."""
    case = case_or_404(request, pk)
    if not is_advice(case):
        raise Http404
    return _about(
        request, case, None, "Open a matter",
        lambda form: actions.open_matter(
            by=request.actor, case=case, about=form.about(),
            conflict_looked_at=form.cleaned_data["conflict_looked_at"],
            worker_id=int(form.cleaned_data["worker"]) if form.cleaned_data.get("worker") else None,
        ),
        colleagues=[each for each in advisers(request.actor) if each.user_id != request.actor.user_id],
    )  # fmt: skip


@needs(Capability.GIVE_ADVICE)
@require_GET
def matter(request: Request, pk: int) -> HttpResponse:
    """What it is, by when something has to be done, and what can be done with it."""
    found = matter_or_404(request, pk)
    actor = request.actor
    note_access(actor, found.person, "matter")
    held = CATEGORIES[found.category]
    types = [held.says(each) for each in (found.first_type, found.second_type) if each]
    shown = {
        "matter": found, "case": found.case, "person": found.person, "category": held.name, "types": types,
        "status": MatterStatus(found.status).label, "moves": moves_of(found) if not found.case.closed_at else set(),
        "hint": letter_hint(actor, found.case),
        "came": came_of_it(actor, found),
        "limits": [limit_shown(each, actor.today()) for each in limits_on(actor, [found])],
    }  # fmt: skip
    return render(request, "advice/matter.jinja", shown)


@needs(Capability.GIVE_ADVICE)
@require_http_methods(["GET", "POST"])
def change(request: Request, pk: int) -> HttpResponse:
    """Change what is said of it."""
    found = matter_or_404(request, pk)
    return _about(
        request, found.case, found, "Change the matter",
        lambda form: actions.change_matter(
            by=request.actor, matter=found, about=form.about(),
            conflict_looked_at=form.cleaned_data["conflict_looked_at"],
        ),
        category=found.category,
    )  # fmt: skip


@needs(Capability.GIVE_ADVICE)
@require_http_methods(["GET", "POST"])
def split(request: Request, pk: int) -> HttpResponse:
    """Make a part of it a matter of its own."""
    found = matter_or_404(request, pk)
    return _about(
        request, found.case, found, "Split off a part",
        lambda form: actions.split_matter(by=request.actor, matter=found, about=form.about()),
        whole=True,
    )  # fmt: skip


def _about(
    request: Request, case: Case, held: Matter | None, heading: str, act: Callable[[MatterForm], Matter],
    *, category: str = "", whole: bool = False, colleagues: Sequence[Membership] = (),
) -> HttpResponse:  # fmt: skip
    """The form of one category, once that is chosen; `whole` begins a part like the matter that it is split from."""
    note_access(request.actor, case.person, "matter")
    shown: dict[str, Any] = {"case": case, "person": case.person, "matter": held, "heading": heading}
    chosen = category or request.GET.get("category", "")
    if chosen not in CATEGORIES:
        listed = [each for each in CATEGORIES.values() if each.code not in ("crime", "clinneg", "pi")]
        return render(request, "advice/category.jinja", {**shown, "categories": listed})
    initial = _initial(held, chosen, whole)
    form = MatterForm(posted(request), category=chosen, colleagues=colleagues, initial=initial)
    made: list[Matter] = []
    if form.done(lambda _: made.append(act(form))):
        messages.success(request, "Saved.")
        return redirect("matter", pk=made[0].pk) if made else redirect("journey", reference=case.journey.reference)
    return render(request, "advice/about.jinja", {**shown, "form": form, "category": CATEGORIES[chosen]})


def _initial(held: Matter | None, category: str, whole: bool) -> dict[str, Any]:
    if held is None or held.category != category:
        return {}
    said = asdict(actions.about_of(held))
    return said | ({"title": ""} if whole else {"conflict_looked_at": held.conflict_looked_at})

"""Keeping a record for named readers, changing who they are, and opening it again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from wraparound.events.action import Refused
from wraparound.organisations.roles import Capability
from wraparound.people.models import Restriction
from wraparound.people.reading import note_access
from wraparound.referrals.models import Journey
from wraparound.referrals.restricting import (
    change_readers,
    colleagues,
    lift_restriction,
    restrict,
    restriction_of,
)
from wraparound.web.access import Request, needs
from wraparound.web.confidential.forms import RestrictForm
from wraparound.web.finding import journey_or_404
from wraparound.web.team.forms import posted


@needs(Capability.RESTRICT_RECORDS)
@require_http_methods(["GET", "POST"])
def restricted(request: Request, reference: str) -> HttpResponse:
    """Restrict the record, or change who of one's own organisation reads it."""
    found = journey_or_404(request, reference)
    held = restriction_of(request.actor, found.person)
    here = {pk: name for pk, name in colleagues(request.actor).items() if pk != request.actor.user_id}
    form = RestrictForm(here, posted(request), change=held is not None, initial=_initial(held))
    if form.done(lambda _: _save(request, found, held, form)):
        messages.success(request, "Saved. Everybody else finds no such record with their next press.")
        return redirect("journey", reference=reference)
    note_access(request.actor, found.person, "restrict")
    shown = {"journey": found, "person": found.person, "form": form, "restriction": held}
    return render(request, "confidential/restrict.jinja", shown)


@needs(Capability.RESTRICT_RECORDS)
@require_POST
def lift(request: Request, reference: str) -> HttpResponse:
    """Open the record again to everybody whose work it is."""
    found = journey_or_404(request, reference)
    held = restriction_of(request.actor, found.person)
    try:
        if held is not None:
            lift_restriction(by=request.actor, restriction=held)
        messages.success(request, "This record is not restricted any more.")
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("journey", reference=reference)


def _initial(held: Restriction | None) -> dict[str, list[str]]:
    if held is None:
        return {}
    return {"readers": [str(pk) for pk in held.reader_ids], "kept_from": [str(pk) for pk in held.kept_from]}


def _save(request: Request, found: Journey, held: Restriction | None, form: RestrictForm) -> Restriction:
    if held is None:
        return restrict(by=request.actor, person=found.person, **form.values())
    return change_readers(by=request.actor, restriction=held, **form.values())

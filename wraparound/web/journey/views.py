"""The one page of a journey, for those who work with the person."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from wraparound.organisations.roles import Capability
from wraparound.people.actions import change_contact, describe_self
from wraparound.people.models import Person
from wraparound.people.reading import (
    abuse_marker_of,
    contact_digest,
    note_access,
    person_of,
    sees_address,
    self_description_of,
)
from wraparound.referrals.emergency import opening_now
from wraparound.referrals.models import Journey
from wraparound.referrals.reading import alerts_for, timeline
from wraparound.referrals.restricting import restriction_of
from wraparound.web.access import Request, needs
from wraparound.web.came_in import came_in
from wraparound.web.consents.pages import notices
from wraparound.web.finding import journey_or_404
from wraparound.web.journey import pages
from wraparound.web.journey.contact_forms import ContactDetailsForm, SelfDescriptionForm
from wraparound.web.journey.timeline import lines
from wraparound.web.team.forms import posted
from wraparound.web.team.pages import age, flags_said


@needs(Capability.SEE_PEOPLE)
@require_GET
def journey(request: Request, reference: str) -> HttpResponse:
    """Who it is, where every service is, and the reader's own organisation's work."""
    actor, found = request.actor, journey_or_404(request, reference)
    note_access(actor, found.person, "journey")
    address = sees_address(actor, found.person)
    parts = pages.parts(actor, found, sees_address=address)
    shown = {
        **_person(request, found),
        "sees_address": address,
        "alerts": alerts_for(actor, found),
        "parts": parts,
        "works": pages.own_work(actor, found, parts),
        "lines": lines(timeline(actor, found)),
        "pathway": pages.pathway_picture(found.pathway_version_id),
        "described": self_description_of(actor, found.person),
        "flags_said": flags_said,
        "today": actor.today(),
        "came_in": came_in(actor, found),
        "notices": notices(actor, found.person),
        "marker": abuse_marker_of(actor, found.person),
        "restriction": restriction_of(actor, found.person),
        "opening": opening_now(actor, found.person_id) if actor.can(Capability.OPEN_IN_EMERGENCY) else None,
    }
    return render(request, "journey/journey.jinja", shown)


@needs(Capability.SEE_PEOPLE)
@require_http_methods(["GET", "POST"])
def contact(request: Request, reference: str) -> HttpResponse:
    """Change how the person may be reached."""
    found = journey_or_404(request, reference)
    held = found.person
    form = ContactDetailsForm(posted(request), person=held, sees_address=sees_address(request.actor, held))
    if form.done(lambda said: change_contact(
        by=request.actor, person=held, changes=form.changes(), opened_with=said["opened_with"]
    )):  # fmt: skip
        messages.success(request, "Contact details saved.")
        return redirect("journey", reference=reference)
    note_access(request.actor, held, "journey-contact")
    stale = form.is_bound and form.data.get("opened_with") != contact_digest(held)
    held_now = form.compare(_as_it_is(request, held.pk)) if stale and hasattr(form, "cleaned_data") else []
    return render(request, "journey/contact.jinja", {**_person(request, found), "form": form, "held_now": held_now})


@needs(Capability.SEE_SELF_DESCRIPTION)
@require_http_methods(["GET", "POST"])
def self_description(request: Request, reference: str) -> HttpResponse:
    """How the person describes themselves: optional, and kept apart."""
    found = journey_or_404(request, reference)
    described = self_description_of(request.actor, found.person)
    fields = ("ethnicity", "gender", "disability")
    initial = {name: getattr(described, name) for name in fields} if described else {}
    form = SelfDescriptionForm(posted(request), initial=initial)
    if form.done(lambda said: describe_self(by=request.actor, person=found.person, **said)):
        messages.success(request, "Saved.")
        return redirect("journey", reference=reference)
    note_access(request.actor, found.person, "self-description")
    return render(request, "journey/self_description.jinja", {**_person(request, found), "form": form})


def _as_it_is(request: Request, pk: int) -> Person:
    """The person anew, with the address where the reader may see it."""
    found = person_of(request.actor, pk)
    sees_address(request.actor, found)
    return found


def _person(request: Request, found: Journey) -> dict[str, Any]:
    today = request.actor.today()
    return {"journey": found, "person": found.person, "age": age(found.person.date_of_birth, today)}

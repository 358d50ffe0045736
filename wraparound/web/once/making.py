"""Making a one-time page for an organisation outside the scheme, and ending it."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wraparound.consent.agreed import AgreedHow
from wraparound.consent.models import Consent
from wraparound.consent.purposes import Category
from wraparound.consent.reading import consent_of
from wraparound.events.action import Refused
from wraparound.organisations.roles import Capability
from wraparound.people.reading import note_access
from wraparound.referrals.models import Journey, OneTimePage
from wraparound.referrals.one_time import (
    LASTS,
    MadePage,
    consents_for_one_time,
    end_one_time_page,
    make_one_time_page,
    one_time_page_of,
    one_time_pages_of,
)
from wraparound.referrals.standing_on import journey_with
from wraparound.web.access import Request, needs
from wraparound.web.finding import journey_or_404
from wraparound.web.once.forms import MakeForm
from wraparound.web.team.forms import posted


@needs(Capability.RECORD_CONSENT)
@require_GET
def pages(request: Request, reference: str) -> HttpResponse:
    """Those that were made for this journey, and whom one can be made for."""
    found = journey_or_404(request, reference)
    now = request.actor.now()
    made = [(each, _standing(each, now)) for each in one_time_pages_of(request.actor, found)]
    can = [
        (each, AgreedHow(each.agreement.how).needs_no_agreement)
        for each in consents_for_one_time(request.actor, found.person)
    ]
    note_access(request.actor, found.person, "one-time-pages")
    return render(request, "once/pages.jinja", {"journey": found, "person": found.person, "made": made, "can": can})


@needs(Capability.RECORD_CONSENT)
@never_cache
@require_http_methods(["GET", "POST"])
def make(request: Request, pk: int) -> HttpResponse:
    """Say what a consent's organisation is asked. The answer shows the link and the code, this once."""
    try:
        consent = consent_of(request.actor, pk)
        found = journey_with(request.actor, consent.person_id)
    except (Consent.DoesNotExist, Journey.DoesNotExist):
        raise Http404 from None
    if consent not in consents_for_one_time(request.actor, found.person):
        raise Http404
    form, made = MakeForm(posted(request)), list[MadePage]()
    note_access(request.actor, found.person, "one-time-page-make")
    shown = {"journey": found, "person": found.person, "consent": consent, "lasts": LASTS.days}
    if form.done(
        lambda said: made.append(make_one_time_page(by=request.actor, journey=found, consent=consent, **said))
    ):
        return render(request, "once/made.jinja", {**shown, "made": made[0], "address": request.build_absolute_uri})
    covers = [Category(each).label for each in consent.categories]
    return render(request, "once/make.jinja", {**shown, "form": form, "covers": covers})


@needs(Capability.RECORD_CONSENT)
@require_POST
def end(request: Request, pk: int) -> HttpResponse:
    """Its link opens nothing any more."""
    try:
        page = one_time_page_of(request.actor, pk)
    except OneTimePage.DoesNotExist:
        raise Http404 from None
    try:
        end_one_time_page(by=request.actor, page=page)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "Ended. Its link opens nothing any more.")
    return redirect("one-time-pages", reference=page.journey.reference)


def _standing(page: OneTimePage, now: datetime) -> str:
    if page.opened_at is not None:
        return "opened"
    if page.ended_at is not None:
        return "ended"
    return "waits" if page.expires_at > now else "ran_out"

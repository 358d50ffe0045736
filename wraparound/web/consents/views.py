"""What a person has agreed to: read, asked, confirmed again, taken back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wraparound.consent import actions
from wraparound.consent.agreed import ASKED_APART
from wraparound.consent.mandates import signed
from wraparound.consent.models import Consent
from wraparound.consent.purposes import PURPOSES
from wraparound.consent.reading import consent_of, consents_of, ended_since, names_of
from wraparound.consent.translating import spoken_by
from wraparound.events.action import Refused
from wraparound.organisations.reading import partners_of
from wraparound.organisations.roles import Capability
from wraparound.pathways.vocabulary import ConsentFor
from wraparound.people.reading import note_access
from wraparound.referrals.models import Journey
from wraparound.referrals.standing_on import deadline_runs, journey_with
from wraparound.web.access import Request, needs
from wraparound.web.consents import pages
from wraparound.web.consents.forms import AskForm, TakeBackForm
from wraparound.web.finding import journey_or_404
from wraparound.web.team.forms import posted


@needs(Capability.SEE_PEOPLE)
@require_GET
def consents(request: Request, reference: str) -> HttpResponse:
    """Everything that they permitted and that concerns the reader's organisation."""
    found = journey_or_404(request, reference)
    note_access(request.actor, found.person, "consents")
    held = consents_of(request.actor, found.person, deadline_runs=deadline_runs(request.actor, found.person))
    signatures = signed(request.actor, [each.consent for each in held])
    return _render(request, "consents", found, rows=pages.rows(held, signatures), asks=pages.asks(held))


@needs(Capability.RECORD_CONSENT)
@require_http_methods(["GET", "POST"])
def ask(request: Request, reference: str, purpose: str) -> HttpResponse:
    """Ask for one thing by itself, in the words that are shown, and write down that they agreed."""
    found = journey_or_404(request, reference)
    if purpose not in ASKED_APART:
        raise Http404
    wanted, spoken = ConsentFor(purpose), spoken_by(request.actor, found.person.preferred_language)
    form = AskForm(
        posted(request),
        wording=ASKED_APART[wanted],
        spoken=spoken,
        organisations=partners_of(request.actor),
        needs_one=PURPOSES[wanted].needs_one,
        initial={"given_by": "person", "capacity": "no_doubt"},
    )
    if form.done(lambda said: actions.agree_to(by=request.actor, person=found.person, **form.values())):
        messages.success(request, "Written down.")
        return redirect("consents", reference=reference)
    note_access(request.actor, found.person, "consent-ask")
    shown = {"terms": PURPOSES[wanted], "wording": ASKED_APART[wanted], "spoken": spoken}
    return _render(request, "ask", found, form=form, **shown)


@needs(Capability.RECORD_CONSENT)
@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """They were asked again and still agree."""
    consent, found = _consent(request, pk)
    try:
        actions.confirm(by=request.actor, consent=consent)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, "Confirmed. You are asked again in half a year.")
    return redirect("consents", reference=found.reference)


@needs(Capability.RECORD_CONSENT)
@require_http_methods(["GET", "POST"])
def take_back(request: Request, pk: int) -> HttpResponse:
    """They take it back: what follows is said before it is done."""
    consent, found = _consent(request, pk)
    form = TakeBackForm(posted(request))
    if form.done(lambda said: actions.take_back(by=request.actor, consent=consent, **said)):
        messages.success(request, "Taken back. It holds from now on.")
        return redirect("consents", reference=found.reference)
    note_access(request.actor, found.person, "consent-take-back")
    purpose = ConsentFor(consent.purpose)
    shown = {"form": form, "consent": consent, "terms": PURPOSES[purpose], "to": names_of(consent)}
    return _render(request, "take_back", found, **shown, follows=pages.FOLLOWS[purpose])


@require_GET
def still(request: Request, reference: str) -> HttpResponse:
    """For a page that is open: 204 while what it shows may be read, 205 once something was taken back since, or 404."""
    found = journey_or_404(request, reference)
    try:
        since = parse_datetime(request.GET.get("since", ""))
    except ValueError:
        since = None
    if since is None or since.tzinfo is None:
        return HttpResponse(status=205)
    return HttpResponse(status=205 if ended_since(request.actor, found.person, since) else 204)


def _render(request: Request, name: str, found: Journey, **context: Any) -> HttpResponse:
    return render(request, f"consents/{name}.jinja", {"journey": found, "person": found.person, **context})


def _consent(request: Request, pk: int) -> tuple[Consent, Journey]:
    """The consent, and the latest journey of the person that the reader can go back to."""
    try:
        consent = consent_of(request.actor, pk)
        return consent, journey_with(request.actor, consent.person_id)
    except (Consent.DoesNotExist, Journey.DoesNotExist):
        raise Http404 from None

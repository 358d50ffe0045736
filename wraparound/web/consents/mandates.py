"""A mandate to read the health record: read, printed, signed on the screen or on paper, handed on."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wraparound.consent import signing
from wraparound.consent.agreed import MANDATE
from wraparound.consent.mandates import (
    as_json,
    content_of,
    digest_of,
    document_of,
    ended,
    mandate_of,
    signature_of,
    signatures_under,
    text_of,
)
from wraparound.consent.models import Consent, MandateDocument, Signature
from wraparound.consent.reading import names_of, standing_of
from wraparound.consent.rules import Standing
from wraparound.consent.translating import spoken_by
from wraparound.organisations.roles import Capability
from wraparound.people.reading import note_access
from wraparound.referrals.models import Journey
from wraparound.referrals.standing_on import deadline_runs, journey_with
from wraparound.web.access import Request, needs
from wraparound.web.consents.mandate_forms import PaperForm, SignForm
from wraparound.web.team.forms import posted


@dataclass(frozen=True)
class Found:
    """A mandate as the reader finds it today; `signature` where one under it is meant."""

    consent: Consent
    journey: Journey
    standing: Standing
    signature: Signature | None = None

    @property
    def may_be_signed(self) -> bool:
        return self.standing.holds and self.consent.ended_at is None

    def document(self, request: Request) -> MandateDocument | None:
        """What says just what is so now."""
        content = content_of(request.actor, self.consent, self.standing, self.signature)
        return document_of(request.actor, self.consent, self.signature, content)


@needs(Capability.SEE_PEOPLE)
@require_GET
def mandate(request: Request, pk: int) -> HttpResponse:
    """Its words, how it stands, and every signature under it."""
    found = _found(request, pk)
    note_access(request.actor, found.consent.person, "mandate")
    signatures = signatures_under(request.actor, found.consent)
    return _render(request, "mandate", found, said=text_of(request.actor, found.consent), signatures=signatures,
                   ended=ended(found.consent, found.standing))  # fmt: skip


@needs(Capability.RECORD_CONSENT)
@require_http_methods(["GET", "POST"])
def sign(request: Request, pk: int) -> HttpResponse:
    """The text, and a name under it: typed, or drawn by whoever likes to."""
    found = _found(request, pk)
    said = text_of(request.actor, found.consent)
    initial = {"signed_by": found.consent.agreement.given_by, "shown": digest_of(as_json(said))}
    form = SignForm(posted(request), initial=initial)
    if form.done(lambda _: signing.sign(by=request.actor, consent=found.consent, **form.values())):
        messages.success(request, "Signed.")
        return redirect("mandate", pk=pk)
    note_access(request.actor, found.consent.person, "mandate-sign")
    return _render(request, "mandate_sign", found, form=form, said=said, shown=initial["shown"])


@needs(Capability.RECORD_CONSENT)
@require_http_methods(["GET", "POST"])
def paper(request: Request, pk: int) -> HttpResponse:
    """A paper was signed by hand, and is kept somewhere."""
    found = _found(request, pk)
    form = PaperForm(posted(request), initial={"signed_by": found.consent.agreement.given_by})
    if form.done(lambda _: signing.sign_on_paper(by=request.actor, consent=found.consent, **form.values())):
        messages.success(request, "Written down.")
        return redirect("mandate", pk=pk)
    note_access(request.actor, found.consent.person, "mandate-paper")
    return _render(request, "mandate_paper", found, form=form)


@needs(Capability.RECORD_CONSENT)
@require_POST
def prepare(request: Request, pk: int) -> HttpResponse:
    """Have the mandate set as a document, to be signed by hand."""
    found = _found(request, pk)
    signing.prepare_document(by=request.actor, consent=found.consent, standing=found.standing)
    return redirect("mandate-pdf", pk=pk)


@needs(Capability.RECORD_CONSENT)
@require_POST
def prepare_signed(request: Request, pk: int) -> HttpResponse:
    """Have the mandate set as a document with the signature under it."""
    found = _signed(request, pk)
    signing.prepare_document(
        by=request.actor, consent=found.consent, standing=found.standing, signature=found.signature
    )
    return redirect("signature-pdf", pk=pk)


@needs(Capability.SEE_PEOPLE)
@require_GET
def pdf(request: Request, pk: int) -> HttpResponse:
    """The mandate to be signed by hand."""
    return _pdf(request, _found(request, pk), f"mandate-{pk}.pdf")


@needs(Capability.SEE_PEOPLE)
@require_GET
def signed_pdf(request: Request, pk: int) -> HttpResponse:
    """The mandate with a signature under it, to print or to hand to the practice."""
    return _pdf(request, _signed(request, pk), f"mandate-signed-{pk}.pdf")


def _pdf(request: Request, found: Found, name: str) -> HttpResponse:
    """What is so no more is not handed out: it is made anew, and says so."""
    document = found.document(request)
    if document is None or document.pdf is None:
        return _render(request, "mandate_not_yet", found, document=document, status=202 if document else 200)
    note_access(request.actor, found.consent.person, "mandate-pdf")
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(bytes(document.pdf), content_type="application/pdf", headers=headers)


def _render(request: Request, name: str, found: Found, *, status: int = 200, **context: Any) -> HttpResponse:
    consent = found.consent
    page = {"journey": found.journey, "person": consent.person, "found": found, "consent": consent,
            "to": names_of(consent), "spoken": spoken_by(request.actor, consent.person.preferred_language),
            "wording": MANDATE, **context}  # fmt: skip
    return render(request, f"consents/{name}.jinja", page, status=status)


def _found(request: Request, pk: int) -> Found:
    """The mandate, and the latest journey of the person that the reader can go back to."""
    try:
        consent = mandate_of(request.actor, pk)
        journey = journey_with(request.actor, consent.person_id)
    except (Consent.DoesNotExist, Journey.DoesNotExist):
        raise Http404 from None
    runs = deadline_runs(request.actor, consent.person)
    return Found(consent, journey, standing_of(request.actor, consent, deadline_runs=runs))


def _signed(request: Request, pk: int) -> Found:
    try:
        signature = signature_of(request.actor, pk)
    except Signature.DoesNotExist:
        raise Http404 from None
    found = _found(request, signature.consent_id)
    return Found(found.consent, found.journey, found.standing, signature)

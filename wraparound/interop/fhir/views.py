"""The receive half of the FHIR interface: one Bundle in, one action, an OperationOutcome or an answering Bundle out."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from wraparound.audit.models import What
from wraparound.events.action import Refused
from wraparound.interop.fhir.answer import answer
from wraparound.interop.fhir.capability import capability_statement
from wraparound.interop.fhir.http import (
    Answered,
    body_of,
    check_headers,
    in_fhir,
    not_allowed,
    outcome,
    response_with,
    sender,
)
from wraparound.interop.fhir.intake import Understood, from_fhir, today
from wraparound.interop.fhir.reading import Read, read_bundle
from wraparound.interop.fhir.refusals import as_issue
from wraparound.organisations.actor import Actor, acting_as
from wraparound.people.disclosing import note_disclosure
from wraparound.referrals.actions import refer


@csrf_exempt  # A bearer token is not sent by a browser on its own.
@in_fhir
def receive(request: HttpRequest) -> HttpResponse:
    """POST a Bundle: 201 with what was made, 200 when it was made before; see `Answered` and the errors above."""
    if request.method != "POST":
        return not_allowed("POST")
    actor = sender(request)
    check_headers(request)
    read = read_bundle(body_of(request))
    understood = from_fhir(read, today(actor.now()))
    return _refer(actor, read, understood, request)


@csrf_exempt
@in_fhir
def metadata(request: HttpRequest) -> HttpResponse:
    if request.method not in ("GET", "HEAD"):
        return not_allowed("GET")
    return response_with(200, capability_statement(_base(request)))


@csrf_exempt
@in_fhir
def elsewhere(request: HttpRequest) -> HttpResponse:
    raise Answered(404, "There is nothing here: POST a Bundle to the base, or GET metadata", "not-found")


def _refer(actor: Actor, read: Read, understood: Understood, request: HttpRequest) -> HttpResponse:
    try:
        with acting_as(actor):
            journey = refer(by=actor, intake=understood.intake)
            note_disclosure(actor, [journey.person_id], What.SYSTEM, "fhir-bundle")
            # The clock of this request stands still, so a journey opened at another moment was made before.
            made = journey.opened_at == actor.now()
            # Made inside the transaction: an answer that fails leaves no referral that the sender does not know of.
            response = response_with(
                201 if made else 200, answer(read.bundle, journey.reference, made, understood.remarks)
            )
            response["Location"] = f"{_base(request)}/ServiceRequest/{journey.reference}"
            return response
    except Refused as refused:
        status, issue = as_issue(refused, read.bundle)
        return outcome(status, [issue])


def _base(request: HttpRequest) -> str:
    return request.build_absolute_uri("/fhir/R4")

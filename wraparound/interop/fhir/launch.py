"""A GP system hands over a patient: POST a Patient, and get the address of the referral page with it filled in."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from wraparound.events.action import Refused
from wraparound.interop.fhir import patient as patients
from wraparound.interop.fhir.http import body_of, check_headers, in_fhir, not_allowed, sender
from wraparound.interop.fhir.intake import today
from wraparound.interop.fhir.operation_outcome import Issue, Malformed, Place
from wraparound.interop.fhir.reading import read_resource
from wraparound.interop.fhir.structs.resources import Patient
from wraparound.organisations.actor import acting_as
from wraparound.people.details import PersonDetails
from wraparound.referrals.launching import start_launch, token_of


@csrf_exempt  # A bearer token is not sent by a browser on its own.
@in_fhir
def launch(request: HttpRequest) -> HttpResponse:
    """POST a Patient as the practice's system: 201 with the `url` for a user of the practice to open."""
    if request.method != "POST":
        return not_allowed("POST")
    actor = sender(request)
    check_headers(request)
    details = _details(body_of(request), actor.now())
    try:
        with acting_as(actor):
            token = token_of(start_launch(by=actor, details=details))
    except Refused as refusal:
        raise Malformed([Issue("Patient", refusal.sentence, "business-rule")]) from None
    response = JsonResponse({"url": request.build_absolute_uri(reverse("refer-launch", args=[token]))}, status=201)
    response["Cache-Control"] = "no-store"
    return response


def _details(body: bytes, now: datetime) -> PersonDetails:
    """What the Patient says, or every reason why it cannot be taken."""
    patient = read_resource(body)
    if not isinstance(patient, Patient):
        raise Malformed([Issue("", "The body must be a Patient", "structure")])
    at = Place("Patient")
    if b"modifierExtension" in body:
        at.refuse("has a modifierExtension, which may change its meaning and is not known here", "extension")
    details = patients.from_fhir(patient, at, today(now), lambda _: None)
    at.stop_if_refused()
    assert details is not None  # without a name it was refused
    return details

"""A Bundle to an `Intake`: the one place where the resources of a referral meet."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from wraparound.consent.agreed import REFERRAL
from wraparound.consent.asking import Agreed
from wraparound.interop.fhir import bundle as bundles
from wraparound.interop.fhir import consent as consents
from wraparound.interop.fhir import patient as patients
from wraparound.interop.fhir import service_request as requests
from wraparound.interop.fhir.contact import no_telephone
from wraparound.interop.fhir.operation_outcome import Issue, Place
from wraparound.interop.fhir.reading import Read
from wraparound.interop.fhir.structs.datatypes import Identifier
from wraparound.interop.fhir.structs.resources import Consent, Patient, ServiceRequest
from wraparound.pathways.vocabulary import Entry, Service
from wraparound.referrals.intake import Intake, Sender

_LONDON = ZoneInfo("Europe/London")
_LONGEST_REASON = 500
_NO_TELEPHONE = "Asks for no telephone contact"


@dataclass(frozen=True)
class Understood:
    """A referral as it was understood, and what the sender should know of how: warnings and information."""

    intake: Intake
    remarks: tuple[Issue, ...]


def today(now: datetime) -> date:
    """The day it is for the person, by whose calendar names, addresses and consents end."""
    return now.astimezone(_LONDON).date()


def from_fhir(read: Read, on: date) -> Understood:
    """Raises NotAcceptable with every reason why the Bundle is not a referral that can be taken."""
    at = Place("Bundle")
    contents = bundles.from_fhir(read.bundle, at)
    for path in bundles.modifier_extensions(read.tree, "Bundle") if read.may_modify else ():
        Place(path, at.issues).refuse("may change the meaning of what it stands in, and is not known here", "extension")
    at.stop_if_refused()
    patient = contents.one(Patient, "who the referral is for")
    request = contents.one(ServiceRequest, "what is asked for")
    consent = contents.one(Consent, "how the person agreed")
    at.stop_if_refused()
    assert patient and request and consent  # each was refused otherwise
    return _understand(read, contents, patient, request, consent, on)


def _understand(
    read: Read,
    contents: bundles.Contents,
    patient: tuple[Patient, Place],
    request: tuple[ServiceRequest, Place],
    consent: tuple[Consent, Place],
    on: date,
) -> Understood:
    details = patients.from_fhir(*patient, on, contents.find)
    asked = requests.from_fhir(*request)
    how, exception_reason = consents.from_fhir(*consent, on)
    if contents.find(request[0].subject) is not patient[0]:
        request[1].at("subject").refuse("must be a reference to the Patient in this Bundle")
    if contents.find(consent[0].patient) is not patient[0]:
        consent[1].at("patient").refuse("must be a reference to the Patient in this Bundle")
    if no_telephone(patient[0]):
        asked.says[_NO_TELEPHONE] = None
    if len(asked.reason) > _LONGEST_REASON:
        request[1].at("note").refuse(
            f"and reasonCode together say more than the {_LONGEST_REASON} characters that a referral holds", "too-long"
        )
    sender = _sender(read, request)
    contents.at.stop_if_refused()
    intake = Intake(
        entry=Entry.CLINICIAN,
        person=details,
        needs=frozenset(asked.needs),
        urgent_flags=frozenset(asked.urgent_flags),
        advice_ticked=Service.WELFARE_ADVICE in asked.services,
        agreed=Agreed(how=how, wording=REFERRAL, exception_reason=exception_reason),
        reason=asked.reason,
        hide_from_online_view=asked.hide,
        sender=sender,
    )
    return Understood(intake, tuple(contents.at.issues))


def _sender(read: Read, request: tuple[ServiceRequest, Place]) -> Sender | None:
    """The sender's own name for this referral, without which the same one sent twice would make two."""
    name: Identifier | None = requests.identifier_of(request[0]) or read.bundle.identifier
    if name and requests.is_whole(name):
        return Sender(system=name.system or "", identifier=name.value or "", body_sha256=bundles.fingerprint(read.tree))
    request[1].at("identifier").refuse(
        "must have a system and a value, of at most 200 characters each, or the Bundle must", "required"
    )
    return None

"""Taking in one file with a FHIR Bundle, through the same mapping and the same action as a request."""

from collections.abc import Callable
from pathlib import Path

from django.utils import timezone

from wraparound.events.action import Refused
from wraparound.interop.fhir.bundle import Contents
from wraparound.interop.fhir.codes import ODS_CODE
from wraparound.interop.fhir.intake import from_fhir, today
from wraparound.interop.fhir.operation_outcome import Issue, Malformed, Place
from wraparound.interop.fhir.reading import Read, read_bundle
from wraparound.interop.fhir.refusals import as_issue
from wraparound.interop.fhir.structs.resources import Organization, ServiceRequest
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.credentials import actors_of_organisation
from wraparound.referrals.actions import refer

Say = Callable[[str], None]


def receive_file(path: Path | str, sender_ods: str | None = None, *, say: Say = print) -> int:
    """Refer what the file holds, and say on one line each what was made or what is wrong. 0, or 1 when refused.

    The sender is the organisation with the ODS code `sender_ods`, else the one that the request names as requester.
    """
    try:
        body = Path(path).read_bytes()
    except OSError as fault:
        say(f"{path}: {fault.strerror}.")
        return 1
    try:
        reference, made, remarks = _receive(body, sender_ods)
    except Malformed as fault:
        for issue in fault.issues:
            say(f"{issue.severity}: {issue.sentence}")
        return 1
    say(f"Referral {reference} was {'made' if made else 'made from this before'}.")
    for issue in remarks:
        say(f"{issue.severity}: {issue.sentence}")
    return 0


def _receive(body: bytes, sender_ods: str | None) -> tuple[str, bool, tuple[Issue, ...]]:
    read = read_bundle(body)
    now = timezone.now()
    understood = from_fhir(read, today(now))
    actor = _actor(sender_ods or _requester(read)).at(now)
    try:
        with acting_as(actor):
            journey = refer(by=actor, intake=understood.intake)
            return journey.reference, journey.opened_at == now, understood.remarks
    except Refused as refused:
        raise Malformed([as_issue(refused, read.bundle)[1]]) from None


def _requester(read: Read) -> str:
    """The ODS code of the request's requester, or of the Organization in the Bundle that it refers to."""
    contents = Contents(read.bundle, Place("Bundle"))
    for entry, _ in contents.entries():
        if isinstance(entry.resource, ServiceRequest) and entry.resource.requester:
            found = contents.find(entry.resource.requester)
            named = (found.identifier or []) if isinstance(found, Organization) else []
            for identifier in (entry.resource.requester.identifier, *named):
                if identifier and identifier.system == ODS_CODE and identifier.value:
                    return identifier.value
    return ""


def _actor(ods_code: str) -> Actor:
    """The organisation as an actor of the one scheme that it is a partner in. Raises Malformed."""
    if not ods_code:
        raise Malformed([Issue("", "Say by its ODS code which organisation sends this", "required")])
    actors = actors_of_organisation(ods_code)
    if len(actors) != 1:
        found = "is in more than one scheme" if actors else "is in no scheme"
        raise Malformed([Issue("", f"The organisation {ods_code} {found}", "not-found")])
    return actors[0]

"""What this server offers, as a CapabilityStatement (R4)."""

from typing import Any

from wraparound.interop.fhir.codes import AGREED_HOW, NEEDS, OURS, SERVICES, URGENT_FLAGS
from wraparound.interop.fhir.consent import AGREED
from wraparound.pathways.vocabulary import UrgentFlag

OWN = [table.system for table in (SERVICES, NEEDS, URGENT_FLAGS, AGREED_HOW)]
FLAGS = [flag.value for flag in UrgentFlag]
PUBLISHED = "2026-11-23"


def capability_statement(base: str) -> dict[str, Any]:
    """The statement of the server at `base`. It takes referrals in, and gives nothing out."""
    return {
        "resourceType": "CapabilityStatement",
        "url": f"{OURS}/CapabilityStatement/receive",
        "name": "WraparoundReceive",
        "title": "Wraparound: referrals in",
        "status": "active",
        "date": PUBLISHED,
        "kind": "instance",
        "software": {"name": "Wraparound"},
        "implementation": {"description": "Referrals to social prescribing and welfare advice", "url": base},
        "fhirVersion": "4.0.1",
        "format": ["application/fhir+json"],
        "rest": [
            {
                "mode": "server",
                "documentation": (
                    "POST a Bundle of type transaction or collection with one Patient, one ServiceRequest and one "
                    "Consent. The whole Bundle is taken or none of it. The same ServiceRequest.identifier again makes "
                    f"no second referral. Codes of our own are in {', '.join(OWN)}: {', '.join(FLAGS)} are the flags "
                    f"without which a priority other than routine is refused, and {AGREED} holds how the person agreed."
                ),
                "security": {
                    "cors": False,
                    "service": [{"text": "A bearer token of the sending organisation, which was given “refer”"}],
                },
                "interaction": [{"code": "transaction"}],
            }
        ],
    }

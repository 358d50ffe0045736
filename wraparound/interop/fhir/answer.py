"""What the sender gets back when a referral was taken."""

from collections.abc import Sequence

from wraparound.interop.fhir.operation_outcome import Issue, to_fhir
from wraparound.interop.fhir.structs.resources import (
    Bundle,
    BundleEntry,
    BundleEntryResponse,
    OperationOutcome,
    ServiceRequest,
)


def answer(sent: Bundle, reference: str, made: bool, remarks: Sequence[Issue]) -> Bundle | OperationOutcome:
    """To a transaction, a transaction-response with an entry for each; to a collection, an OperationOutcome.

    Both say the referral's reference, and every remark on what was read otherwise than it was sent.
    """
    said = "Referral {} was made" if made else "Referral {} was made from this before; nothing was made again"
    outcome = to_fhir([Issue("", said.format(reference), "informational", "information"), *remarks])
    if sent.type != "transaction":
        return outcome
    status = "201 Created" if made else "200 OK"
    return Bundle(
        type="transaction-response",
        entry=[
            BundleEntry(
                response=BundleEntryResponse(status=status, location=f"ServiceRequest/{reference}", outcome=outcome)
                if isinstance(entry.resource, ServiceRequest)
                else BundleEntryResponse(status="200 OK")
            )
            for entry in sent.entry or ()
        ],
    )

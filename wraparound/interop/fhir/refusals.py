"""A refusal of the action, told as a FHIR issue with an HTTP status."""

from wraparound.events.action import Refused
from wraparound.interop.fhir.operation_outcome import Issue, IssueCode
from wraparound.interop.fhir.structs.resources import Bundle, Consent, Patient, ServiceRequest

# The action's word for a refusal: the status and the kind of issue. Any other is a rule of the scheme.
_KINDS: dict[str, tuple[int, IssueCode]] = {
    "not_allowed": (403, "forbidden"),
    "already_sent_changed": (409, "conflict"),
}
# The action's word for a field: the resource and the element that it came from.
_ELEMENTS = {
    "agreed_how": (Consent, ""),
    "exception_reason": (Consent, ".extension"),
    "person": (Patient, ""),
    "needs": (ServiceRequest, ".reasonCode"),
    "urgent_flags": (ServiceRequest, ".priority"),
    "reason": (ServiceRequest, ".note"),
}


def as_issue(refused: Refused, bundle: Bundle) -> tuple[int, Issue]:
    """The HTTP status, and the issue at the element of `bundle` that the refusal is about."""
    status, code = _KINDS.get(refused.code, (422, "business-rule"))
    expression = "Bundle"
    kind, element = _ELEMENTS.get(refused.field.partition(".")[0], (None, ""))
    if refused.code == "already_sent_changed":
        kind, element = ServiceRequest, ".identifier"
    for index, entry in enumerate(bundle.entry or ()):
        if kind is not None and isinstance(entry.resource, kind):
            expression = f"Bundle.entry[{index}].resource{element}"
    return status, Issue(expression, refused.sentence.rstrip("."), code)

"""Consent to how the person agreed to be referred.

How is said by our extension `AGREED`, a CodeableConcept of the code system `AGREED_HOW`; for the two exceptions its
text is the reason, which must be there. Without the extension, a signed paper (`source`) is agreement in writing.
Anything else says that somebody wrote a consent down, not that the person was asked; so it is refused.
"""

from datetime import date

from wraparound.consent.agreed import AgreedHow
from wraparound.interop.fhir.codes import ACT_CODE, ACT_REASON, AGREED_HOW, CONSENT_SCOPE, OURS, has, pairs
from wraparound.interop.fhir.elements import ended, extensions, not_begun, plain, say_what_is_not_kept
from wraparound.interop.fhir.operation_outcome import Place
from wraparound.interop.fhir.structs.datatypes import CodeableConcept
from wraparound.interop.fhir.structs.resources import Consent, ConsentProvision

AGREED = f"{OURS}/StructureDefinition/agreed-how"

_KEPT = frozenset({
    "status", "scope", "category", "patient", "date_time", "source_attachment", "source_reference", "policy_rule",
    "provision",
})  # fmt: skip
_SCOPE = (CONSENT_SCOPE, "patient-privacy")
_CATEGORIES = ((ACT_CODE, "IDSCL"), (ACT_CODE, "INFA"))
_PURPOSES = frozenset((ACT_REASON, code) for code in ("TREAT", "CAREMGT", "COC", "PATRQT"))
# Limits on who, what and which records: they cannot be kept here, so a consent that sets them is not taken for more.
_LIMITS = {name: name for name in ("actor", "action", "code", "data", "provision")} | {
    "security_label": "securityLabel",
    "class_": "class",
    "data_period": "dataPeriod",
}
_LONGEST_REASON = 500


def from_fhir(consent: Consent, at: Place, today: date) -> tuple[AgreedHow | None, str]:
    """How the person agreed, or which exception stands and why. Faults go to `at`."""
    say_what_is_not_kept(consent, _KEPT, at, frozenset({AGREED}))
    if consent.status != "active":
        at.at("status").refuse("must be active for a referral to be made")
    if not has(consent.scope, _SCOPE):
        at.at("scope").refuse("must be patient-privacy", "not-supported")
    if not has(consent.category, *_CATEGORIES):
        at.at("category").refuse("must be information disclosure (IDSCL) or information access (INFA)", "not-supported")
    if consent.date_time is not None and consent.date_time[:10] > today.isoformat()[: len(consent.date_time)]:
        at.at("dateTime").refuse("is in the future", "value")
    for system, code in pairs(consent.policy_rule or CodeableConcept()):
        if system == ACT_CODE and code != "OPTIN":
            at.at("policyRule").refuse("says something other than that the person agreed")
    if consent.provision is not None:
        _check_provision(consent.provision, at.at("provision"), today)
    return _how(consent, at)


def _check_provision(provision: ConsentProvision, at: Place, today: date) -> None:
    if provision.type == "deny":
        at.at("type").refuse("is deny: the person has not agreed")
    if ended(provision.period, today) or not_begun(provision.period, today):
        at.at("period").refuse("does not hold today")
    for index, purpose in enumerate(provision.purpose or ()):
        if (purpose.system or "", purpose.code or "") not in _PURPOSES:
            at.at(f"purpose[{index}]").refuse("is not one that a referral serves", "not-supported")
    for name in _LIMITS:
        if getattr(provision, name):
            json_name = {"security_label": "securityLabel", "class_": "class", "data_period": "dataPeriod"}.get(
                name, name
            )
            at.at(json_name).refuse("limits the consent in a way that cannot be kept here", "not-supported")


def _how(consent: Consent, at: Place) -> tuple[AgreedHow | None, str]:
    for one in extensions(consent, AGREED):
        concept = one.value_codeable_concept or CodeableConcept()
        row = AGREED_HOW.read_concept(concept)
        if row is None:
            at.at("extension").refuse(f"must have a code of {AGREED_HOW.system}", "code-invalid")
            return None, ""
        reason = plain(concept.text) if row.value.is_exception else ""
        if row.value.is_exception and not reason:
            at.at("extension").refuse("must say in its text why the person was not asked", "required")
        if len(reason) > _LONGEST_REASON:
            at.at("extension").refuse(f"has a text longer than {_LONGEST_REASON} characters", "too-long")
        return row.value, reason
    if consent.source_attachment or consent.source_reference:
        return AgreedHow.IN_WRITING, ""
    at.refuse(f"must say how the person agreed: by a source, or by the extension {AGREED}", "required")
    return None, ""

"""ServiceRequest to what a referral asks for; only requests for social prescribing or welfare advice are taken.

How urgency is said: a code of `URGENT_FLAGS` in `reasonCode` or in UK Core's extension PriorityReason on `priority`.
`priority` alone says that something is urgent but not what, and nobody can then act on it in time; so `urgent`, `asap`
and `stat` are refused unless a flag says what it is, and `stat` unless the flag is one that cannot wait until tomorrow.
"""

from dataclasses import dataclass, field

from wraparound.interop.fhir.codes import (
    NEEDS,
    PLAIN_CATEGORIES,
    SDOHCC,
    SERVICES,
    SOCIAL_SERVICE,
    URGENT_FLAGS,
    has,
    pairs,
)
from wraparound.interop.fhir.elements import extensions, plain, say_what_is_not_kept
from wraparound.interop.fhir.operation_outcome import Place
from wraparound.interop.fhir.structs.datatypes import CodeableConcept, Identifier
from wraparound.interop.fhir.structs.resources import ServiceRequest
from wraparound.pathways.vocabulary import Need, Service, UrgentFlag

PRIORITY_REASON = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-PriorityReason"
DO_NOT_CONTACT = (SDOHCC, "contacting-subject-prohibited")
SAME_DAY = frozenset({UrgentFlag.IMMEDIATE_DANGER, UrgentFlag.HOMELESS_TONIGHT, UrgentFlag.NO_FOOD})

_INTENTS = frozenset({"proposal", "plan", "order", "original-order", "filler-order"})
_KEPT = frozenset({
    "identifier", "replaces", "status", "intent", "category", "priority", "do_not_perform", "code", "order_detail",
    "subject", "reason_code", "note", "as_needed_boolean", "as_needed_codeable_concept",
})  # fmt: skip
_NOT_OURS = "does not ask for social prescribing or welfare advice with a code that is known here"


@dataclass
class Asked:
    """What a request asks for, filled as it is read. `says` makes the reason line, in order and each once."""

    services: set[Service] = field(default_factory=set)
    needs: set[Need] = field(default_factory=set)
    urgent_flags: set[UrgentFlag] = field(default_factory=set)
    says: dict[str, None] = field(default_factory=dict)
    hide: bool = False
    social: bool = False

    @property
    def reason(self) -> str:
        return ". ".join(one.rstrip(". ") for one in self.says if one)


def from_fhir(request: ServiceRequest, at: Place) -> Asked:
    """What is asked for. Faults go to `at`."""
    asked = Asked()
    _check_whether_to_act(request, at)
    say_what_is_not_kept(request, _KEPT, at)
    for index, concept in enumerate(request.category or ()):
        _read_category(concept, asked, at.at(f"category[{index}]"))
    _read_code(request.code, asked, at.at("code"))
    for index, concept in enumerate(request.reason_code or ()):
        _read_reason(concept, asked, at.at(f"reasonCode[{index}]"))
    for note in request.note or ():
        asked.says[plain(note.text)] = None
    _read_priority(request, asked, at)
    if asked.services or asked.needs or asked.social:
        _read_no_need(asked, at.at("reasonCode"))
    elif not pairs(request.code or CodeableConcept()):
        at.at("code").refuse(_NOT_OURS, "not-supported")
    return asked


def identifier_of(request: ServiceRequest) -> Identifier | None:
    """The sender's own name for the request: the first identifier that is whole and not an old one."""
    return next((one for one in request.identifier or () if is_whole(one)), None)


def is_whole(identifier: Identifier) -> bool:
    system, value = identifier.system or "", identifier.value or ""
    return identifier.use != "old" and min(len(system), len(value)) > 0 and max(len(system), len(value)) <= 200


def _check_whether_to_act(request: ServiceRequest, at: Place) -> None:
    if request.status != "active":
        at.at("status").refuse("must be active for a referral to be made")
    if request.intent not in _INTENTS:
        at.at("intent").refuse(f"must be one of {', '.join(sorted(_INTENTS))}", "not-supported")
    if request.do_not_perform:
        at.at("doNotPerform").refuse("asks that this is not done")
    if request.replaces:
        at.at("replaces").refuse("asks to replace another request: withdraw that one first", "not-supported")
    if request.as_needed_boolean or request.as_needed_codeable_concept:
        at.at("asNeeded").refuse("makes the request depend on something: refer when it is needed", "not-supported")
    for index, concept in enumerate(request.order_detail or ()):
        if has(concept, DO_NOT_CONTACT):
            at.at(f"orderDetail[{index}]").refuse(
                "says not to contact the person, which a referral cannot carry safely yet: telephone the service",
                "not-supported",
            )
        else:
            at.at(f"orderDetail[{index}]").refuse("has a detail that is not known here", "code-invalid")


def _read_known(concept: CodeableConcept, asked: Asked) -> bool:
    """Take what a code table knows of the concept; False when none does."""
    if service := SERVICES.read_concept(concept):
        asked.services.add(service.value)
    if flag := URGENT_FLAGS.read_concept(concept):
        asked.urgent_flags.add(flag.value)
    if need := NEEDS.read_concept(concept):
        asked.needs.add(need.value)
        asked.says[need.words] = None
        asked.hide |= need.hide
    return bool(service or need or flag)


def _read_category(concept: CodeableConcept, asked: Asked, at: Place) -> None:
    asked.social |= has(concept, SOCIAL_SERVICE)
    if not _read_known(concept, asked) and not has(concept, *PLAIN_CATEGORIES):
        at.refuse("has a category that is not known here", "code-invalid")


def _read_code(concept: CodeableConcept | None, asked: Asked, at: Place) -> None:
    """What is asked for exactly, so a code that is not known is not passed over for a category that is."""
    if concept is None:
        return
    known = _read_known(concept, asked) or has(concept, *PLAIN_CATEGORIES)
    asked.social |= has(concept, SOCIAL_SERVICE)
    if not known and pairs(concept):
        at.refuse(_NOT_OURS, "not-supported")
    elif not known:
        asked.says[plain(concept.text)] = None


def _read_reason(concept: CodeableConcept, asked: Asked, at: Place) -> None:
    """A reason in words is passed on as it is; one in a code alone must be a code that is known."""
    known = _read_known(concept, asked)
    asked.says[plain(concept.text)] = None
    if known or not pairs(concept):
        return
    if concept.text:
        at.warn("has a code that is not known here, so only its text is kept")
    else:
        at.refuse("has a code that is not known here, and no text", "code-invalid")


def _read_no_need(asked: Asked, at: Place) -> None:
    """A referral that names no need is passed on as `other` when words say what it is about."""
    if asked.needs:
        return
    if asked.reason:
        asked.needs.add(Need.OTHER)
    else:
        at.refuse("must say what the person would like help with, as a code that is known here or in words", "required")


def _read_priority(request: ServiceRequest, asked: Asked, at: Place) -> None:
    for one in extensions(request.priority_element, PRIORITY_REASON):
        flag = URGENT_FLAGS.read_concept(one.value_codeable_concept or CodeableConcept())
        if flag:
            asked.urgent_flags.add(flag.value)
        else:
            at.at("priority.extension").refuse("has a reason for urgency that is not known here", "code-invalid")
    if request.priority in (None, "routine"):
        return
    if not asked.urgent_flags:
        at.at("priority").refuse(
            f"is not routine, and no reasonCode says why with a code of {URGENT_FLAGS.system}: "
            + ", ".join(flag.value for flag in UrgentFlag)
        )
    elif request.priority == "stat" and not asked.urgent_flags & SAME_DAY:
        at.at("priority").refuse(
            "is stat, and no reasonCode names something that cannot wait until tomorrow: " + ", ".join(sorted(SAME_DAY))
        )

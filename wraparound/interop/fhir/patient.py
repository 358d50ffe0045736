"""Patient (UK Core) to the details of a person."""

from collections.abc import Callable
from datetime import date

from wraparound.interop.fhir.codes import (
    NHS_NUMBER,
    NHS_NUMBER_ABSENT,
    ODS_CODE,
    VERIFIED,
    Verified,
    pairs,
)
from wraparound.interop.fhir.contact import Contact, address_of, contact_of
from wraparound.interop.fhir.elements import Find, ended, extensions, in_use, plain, say_what_is_not_kept
from wraparound.interop.fhir.operation_outcome import Place
from wraparound.interop.fhir.structs.datatypes import CodeableConcept, HumanName, Identifier
from wraparound.interop.fhir.structs.resources import Organization, Patient
from wraparound.people import codes
from wraparound.people.details import NhsNumberAbsent, PersonDetails

_UK = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-"
VERIFICATION = f"{_UK}NHSNumberVerificationStatus"
UNAVAILABLE = f"{_UK}NHSNumberUnavailableReason"
COMMUNICATION = f"{_UK}NHSCommunication"
INTERPRETER = "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired"

_KEPT = frozenset({
    "identifier", "active", "name", "telecom", "birth_date", "deceased_boolean", "deceased_date_time", "address",
    "communication", "general_practitioner", "link",
})  # fmt: skip
_KEPT_EXTENSIONS = frozenset({UNAVAILABLE, COMMUNICATION, INTERPRETER})
_NAMES = ("official", "usual", None, "temp", "nickname")
_LONGEST_NAME = 200
_LONGEST_LANGUAGE = 60


def from_fhir(patient: Patient, at: Place, today: date, find: Find) -> PersonDetails | None:
    """What the sender says of the person, or None without a name. Faults go to `at`; the details hold what was good.

    `find` gives the resource of the Bundle that a reference names.
    """
    _check_whether_to_read(patient, at)
    say_what_is_not_kept(patient, _KEPT, at, _KEPT_EXTENSIONS)
    family, given, known_as = _names(patient, at.at("name"), today)
    number, absent = _nhs_number(patient, at, today)
    where = address_of(patient.address, at.at("address"), today)
    contact: Contact = contact_of(patient, at, today)
    language, interpreter = _language(patient, at)
    born = _date_of_birth(patient, at.at("birthDate"), today)
    practice = _practice(patient, at.at("generalPractitioner"), find)
    if not (family or given):
        return None
    return PersonDetails(
        family_name=family,
        given_names=given,
        known_as=known_as,
        date_of_birth=born,
        nhs_number=number,
        nhs_number_absent_reason=absent,
        address=where.address,
        postcode=where.postcode,
        no_fixed_abode=where.no_fixed_abode,
        mobile=contact.mobile,
        landline=contact.landline,
        email=contact.email,
        preferred_language=language,
        interpreter_needed=interpreter,
        practice_ods_code=practice,
    )


def _check_whether_to_read(patient: Patient, at: Place) -> None:
    if patient.active is False:
        at.at("active").refuse("says that this record is not in use: send the one that is")
    if patient.deceased_boolean or patient.deceased_date_time is not None:
        at.at("deceased").refuse("says that the person has died")
    for index, link in enumerate(patient.link or ()):
        if link.type == "replaced-by":
            at.at(f"link[{index}]").refuse("says that another record replaces this one: send that")


def _names(patient: Patient, at: Place, today: date) -> tuple[str, str, str]:
    """Family name, given names and what the person is known as. A name in one text is not taken apart."""
    names = [name for _, name in in_use(patient.name, _NAMES, today)]
    best = next((parts for parts in map(_parts, names) if any(parts)), None)
    if best is None:
        at.refuse("has no name in use", "required")
        return "", "", ""
    family, given = best
    known_as = next((_called(name) for name in names if name.use == "nickname"), "")
    if not known_as and names[0].use == "official":
        known_as = next((_called(name) for name in names if name.use == "usual" and _parts(name) != best), "")
    if max(map(len, (family, given, known_as))) > _LONGEST_NAME:
        at.refuse(f"has a name longer than {_LONGEST_NAME} characters", "too-long")
    return family, given, "" if known_as in (given, f"{given} {family}".strip()) else known_as


def _parts(name: HumanName) -> tuple[str, str]:
    family, given = plain(name.family), plain(" ".join(part for part in name.given or () if part))
    return (family, given) if family or given else (plain(name.text), "")


def _called(name: HumanName) -> str:
    family, given = _parts(name)
    return plain(name.text) or given or family


def _date_of_birth(patient: Patient, at: Place, today: date) -> date | None:
    if patient.birth_date is None:
        return None
    born = patient.birth_date.day
    if born is None:
        at.warn("is not a whole date, so no date of birth is kept")
    elif born > today:
        at.refuse("is in the future", "value")
    return born


def _nhs_number(patient: Patient, at: Place, today: date) -> tuple[str, str]:
    """The number, or "" and why there is none."""
    numbers: dict[str, Verified] = {}
    for index, identifier in enumerate(patient.identifier or ()):
        if identifier.system != NHS_NUMBER or identifier.use == "old" or ended(identifier.period, today):
            continue
        here = at.at(f"identifier[{index}]")
        value = identifier.value or ""
        if _good(codes.nhs_number, value) == value:
            numbers[value] = _verified(identifier, here)
        else:
            here.at("value").refuse("is not an NHS number: ten digits of which the last checks the others", "value")
    if len(numbers) > 1:
        at.at("identifier").refuse("has two NHS numbers in use", "duplicate")
    for number, verified in numbers.items():
        if verified is Verified.DOUBTFUL:
            at.at("identifier").warn("has an NHS number marked as not this person's for sure, so it is not used")
            return "", NhsNumberAbsent.TO_BE_CHECKED.value
        return number, ""
    return "", _why_absent(patient, at).value


def _good(check: Callable[[str], str], value: str) -> str | None:
    """The code in its one form, or None when it cannot be one."""
    try:
        return check(value)
    except ValueError:
        return None


def _verified(identifier: Identifier, at: Place) -> Verified:
    answers = [one.value_codeable_concept for one in extensions(identifier, VERIFICATION)]
    for concept in answers:
        known = [VERIFIED[pair] for pair in pairs(concept or CodeableConcept()) if pair in VERIFIED]
        if known:
            return known[0]
        at.at("extension").refuse("has a verification status that is not known here", "code-invalid")
    return Verified.NOT_YET


def _why_absent(patient: Patient, at: Place) -> NhsNumberAbsent:
    for one in extensions(patient, UNAVAILABLE):
        row = NHS_NUMBER_ABSENT.read_concept(one.value_codeable_concept or CodeableConcept())
        if row:
            return row.value
        at.at("extension").refuse("has a reason for no NHS number that is not known here", "code-invalid")
    return NhsNumberAbsent.NOT_KNOWN


def _language(patient: Patient, at: Place) -> tuple[str, bool]:
    """The language to speak with the person, where that is sure, and whether an interpreter is needed."""
    spoken = [(one.language, bool(one.preferred)) for one in patient.communication or ()]
    interpreter = any(one.value_boolean for one in extensions(patient, INTERPRETER))
    for one in extensions(patient, COMMUNICATION):
        parts = {part.url: part for part in one.extension or ()}
        if "language" in parts and parts["language"].value_codeable_concept:
            preferred = "preferred" in parts and bool(parts["preferred"].value_boolean)
            spoken.append((parts["language"].value_codeable_concept, preferred))
        interpreter |= "interpreterRequired" in parts and bool(parts["interpreterRequired"].value_boolean)
    chosen = {_spoken(concept) for concept, preferred in spoken if preferred} or {_spoken(one) for one, _ in spoken}
    if len(chosen) > 1:
        at.at("communication").warn("has several languages and no one preferred, so no language is kept")
        return "", interpreter
    return next(iter(chosen), "")[:_LONGEST_LANGUAGE], interpreter


def _spoken(concept: CodeableConcept) -> str:
    words = [concept.text, *(word for coding in concept.coding or () for word in (coding.display, coding.code))]
    return plain(next((word for word in words if word), ""))


def _practice(patient: Patient, at: Place, find: Find) -> str:
    """The ODS code of the practice, said in the reference or in an Organization of the Bundle."""
    for index, reference in enumerate(patient.general_practitioner or ()):
        found = find(reference) if reference.reference else None
        identifiers = [reference.identifier, *((found.identifier or ()) if isinstance(found, Organization) else ())]
        for identifier in identifiers:
            if identifier and identifier.system == ODS_CODE and identifier.value:
                if code := _good(codes.ods_code, identifier.value):
                    return code
                at.item(index).refuse("has an ODS code that cannot be one: three to ten letters and digits", "value")
    return ""

"""Codes of other people and our own words, both ways. A code that is not in its table is an error, never a guess.

Every row is read; the first row of a value is the one written. Ours come first: they alone say exactly what we mean.
SNOMED CT rows are the few that published guidance or examples confirm; those with 1000124 in them are the United
States' extension, which the SDOH Clinical Care guide's examples use.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from wraparound.consent.agreed import AgreedHow
from wraparound.interop.fhir.structs.datatypes import CodeableConcept, Coding
from wraparound.pathways.vocabulary import Need, Service, UrgentFlag
from wraparound.people.details import NhsNumberAbsent

OURS = "https://wraparound.example/fhir"
SNOMED = "http://snomed.info/sct"
SDOHCC = "http://hl7.org/fhir/us/sdoh-clinicalcare/CodeSystem/SDOHCC-CodeSystemTemporaryCodes"
ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
ACT_REASON = "http://terminology.hl7.org/CodeSystem/v3-ActReason"
CONSENT_SCOPE = "http://terminology.hl7.org/CodeSystem/consentscope"
CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
LANGUAGE = "urn:ietf:bcp:47"
_UK = "https://fhir.hl7.org.uk/CodeSystem/UKCore-"

NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
ODS_CODE = "https://fhir.nhs.uk/Id/ods-organization-code"
REFERENCE = f"{OURS}/Id/referral"

Value = TypeVar("Value", bound=StrEnum)


@dataclass(frozen=True)
class Row(Generic[Value]):
    """`words` go into the reason line where the value alone would lose what the code says.

    `hide` is for what somebody else with sight of the person's online record must not read.
    """

    system: str
    code: str
    value: Value
    words: str = ""
    hide: bool = False


class Table(Generic[Value]):
    """Codes of one meaning, read and written. `ours` names our own code system of these values."""

    def __init__(self, ours: str, values: Iterable[Value], *others: Row[Value], written: str = "") -> None:
        self.system = f"{OURS}/CodeSystem/{ours}"
        own = [Row(self.system, value.value, value) for value in values]
        self.rows = (*others, *own) if written == "theirs" else (*own, *others)
        self._read = {(row.system, row.code): row for row in self.rows}
        self._write: dict[Value, Row[Value]] = {}
        for row in self.rows:
            self._write.setdefault(row.value, row)

    def read(self, coding: Coding) -> Row[Value] | None:
        return self._read.get((coding.system or "", coding.code or ""))

    def read_concept(self, concept: CodeableConcept) -> Row[Value] | None:
        """The first of the concept's codings that is known; its codings are all one meaning."""
        return next((row for row in map(self.read, concept.coding or []) if row), None)

    def write(self, value: Value) -> Coding:
        row = self._write[value]
        return Coding(system=row.system, code=row.code)

    def codings(self) -> Iterator[Coding]:
        return (Coding(system=row.system, code=row.code) for row in self.rows)


def _sdohcc(code: str, need: Need, words: str = "", *, hide: bool = False) -> Row[Need]:
    return Row(SDOHCC, code, need, words, hide)


def _snomed(code: str, need: Need, words: str = "", *, hide: bool = False) -> Row[Need]:
    return Row(SNOMED, code, need, words, hide)


# `protective-factor` is not here: it is a strength, not something to help with.
NEEDS: Table[Need] = Table(
    "need",
    Need,
    _sdohcc("financial-insecurity", Need.BENEFITS),
    _sdohcc("housing-instability", Need.HOUSING),
    _sdohcc("homelessness", Need.HOUSING, "Homelessness"),
    _sdohcc("inadequate-housing", Need.HOUSING),
    _sdohcc("food-insecurity", Need.FOOD_OR_FUEL),
    _sdohcc("utility-insecurity", Need.FOOD_OR_FUEL),
    _sdohcc("employment-status", Need.EMPLOYMENT),
    _sdohcc("social-connection", Need.LONELINESS),
    _sdohcc("stress", Need.WELLBEING),
    _sdohcc("sdoh-category-unspecified", Need.OTHER),
    _sdohcc("transportation-insecurity", Need.OTHER, "Transport"),
    _sdohcc("material-hardship", Need.OTHER, "Going without basic things"),
    _sdohcc("educational-attainment", Need.OTHER, "Education"),
    _sdohcc("veteran-status", Need.OTHER, "Veteran"),
    _sdohcc("intimate-partner-violence", Need.OTHER, "Violence by a partner", hide=True),
    _sdohcc("elder-abuse", Need.OTHER, "Abuse of an older person", hide=True),
    _sdohcc("personal-health-literacy", Need.OTHER, "Understanding health information"),
    _sdohcc("health-insurance-coverage-status", Need.OTHER, "Health insurance"),
    _sdohcc("medical-cost-burden", Need.OTHER, "Cost of health care"),
    _sdohcc("digital-literacy", Need.OTHER, "Digital skills"),
    _sdohcc("digital-access", Need.OTHER, "Digital access"),
    _sdohcc("incarceration-status", Need.OTHER, "Prison", hide=True),
    _sdohcc("language-access", Need.OTHER, "Language"),
    _snomed("733423003", Need.FOOD_OR_FUEL),
    _snomed("710925007", Need.FOOD_OR_FUEL),
    _snomed("467681000124101", Need.FOOD_OR_FUEL),
    _snomed("467751000124104", Need.FOOD_OR_FUEL),
    _snomed("467771000124109", Need.FOOD_OR_FUEL),
    _snomed("32911000", Need.HOUSING, "Homeless"),
    _snomed("73438004", Need.EMPLOYMENT, "Unemployed"),
    _snomed("160695008", Need.OTHER, "Transport too expensive"),
    _snomed("707087005", Need.OTHER, "At risk of domestic violence", hide=True),
    _snomed("697950003", Need.OTHER, "Suspected domestic abuse", hide=True),
    _snomed("881081000000100", Need.OTHER, "Domestic abuse in the household", hide=True),
)
SERVICES: Table[Service] = Table(
    "service", Service, Row(SNOMED, "871731000000106", Service.SOCIAL_PRESCRIBING), written="theirs"
)
URGENT_FLAGS: Table[UrgentFlag] = Table("urgent-flag", UrgentFlag)
AGREED_HOW: Table[AgreedHow] = Table("agreed-how", AgreedHow)
NHS_NUMBER_ABSENT: Table[NhsNumberAbsent] = Table(
    "nhs-number-absent",
    NhsNumberAbsent,
    Row(f"{_UK}NHSNumberUnavailableReason", "nhs-number-not-known", NhsNumberAbsent.NOT_KNOWN),
    Row(f"{_UK}NHSNumberUnavailableReason", "overseas-patient", NhsNumberAbsent.OVERSEAS_PATIENT),
    Row(f"{_UK}NHSNumberUnavailableReason", "devolved-nation", NhsNumberAbsent.DEVOLVED_NATION),
    written="theirs",
)

# Categories that say "a referral" or "social help" and no more.
SOCIAL_SERVICE = (SNOMED, "410606002")
PLAIN_CATEGORIES = frozenset(
    {
        SOCIAL_SERVICE,
        (SNOMED, "3457005"),
        ("https://fhir.nhs.uk/CodeSystem/message-category-servicerequest", "referral"),
    }
)


class Verified(StrEnum):
    """What the sender says of an NHS number it gives."""

    YES = "yes"
    NOT_YET = "not_yet"
    DOUBTFUL = "doubtful"


_VERIFICATION = {
    "01": ("number-present-and-verified", Verified.YES),
    "02": ("number-present-but-not-traced", Verified.NOT_YET),
    "03": ("trace-required", Verified.NOT_YET),
    "04": ("trace-attempted", Verified.DOUBTFUL),
    "05": ("trace-needs-to-be-resolved", Verified.DOUBTFUL),
    "06": ("trace-in-progress", Verified.NOT_YET),
    "07": ("number-not-present-and-trace-not-required", Verified.DOUBTFUL),
    "08": ("trace-postponed", Verified.NOT_YET),
}
VERIFIED: dict[tuple[str, str], Verified] = {
    **{(f"{_UK}NHSNumberVerificationStatusEngland", code): verified for code, (_, verified) in _VERIFICATION.items()},
    **{(f"{_UK}NHSNumberVerificationStatusWales", code): verified for code, (_, verified) in _VERIFICATION.items()},
    **{(f"{_UK}NHSNumberVerificationStatus", old): verified for old, verified in _VERIFICATION.values()},
    (f"{_UK}NHSNumberVerificationStatusWales", "nn"): Verified.YES,
}
NO_TELEPHONE = (f"{_UK}PreferredContactMethod", "8")


def has(concepts: Iterable[CodeableConcept] | CodeableConcept | None, *wanted: tuple[str, str]) -> bool:
    """Does any coding of `concepts` have one of the wanted (system, code) pairs?"""
    many = [concepts] if isinstance(concepts, CodeableConcept) else concepts or ()
    return any(pair in wanted for concept in many for pair in pairs(concept))


def pairs(concept: CodeableConcept) -> list[tuple[str, str]]:
    return [(coding.system or "", coding.code or "") for coding in concept.coding or []]

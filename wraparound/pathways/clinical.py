"""The clinical reasons of a referral: what people call each, and the SNOMED CT UK code that carries it.

A code is given only where it could be looked up in a published code list; a reason without one is sent as words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from stdnum import verhoeff

from wraparound.pathways.vocabulary import ClinicalReason


@dataclass(frozen=True, slots=True)
class ClinicalCode:
    """A SNOMED CT UK concept; ValueError when its check digit is wrong or its term is missing."""

    code: str
    term: str

    def __post_init__(self) -> None:
        if not (6 <= len(self.code) <= 18 and self.code.isascii() and verhoeff.is_valid(self.code)):
            raise ValueError(f"{self.code!r} is not a SNOMED CT code.")
        if not self.term:
            raise ValueError(f"SNOMED CT code {self.code} needs its term.")


@dataclass(frozen=True, slots=True)
class Clinical:
    """How a clinical reason is said and coded. `code` is None where none could be verified."""

    label: str
    code: ClinicalCode | None


CLINICAL: Mapping[ClinicalReason, Clinical] = MappingProxyType(
    {
        ClinicalReason.CANCER: Clinical("Cancer", ClinicalCode("363346000", "Malignant neoplastic disease (disorder)")),
        ClinicalReason.DEMENTIA: Clinical("Dementia", ClinicalCode("52448006", "Dementia (disorder)")),
        # The codes of pregnancy would be wrong of a mother whose child is born.
        ClinicalReason.MATERNITY: Clinical("Pregnancy or a new baby", None),
        ClinicalReason.CARER: Clinical(
            "Caring for somebody who is ill or disabled",
            ClinicalCode("224484003", "Patient themselves providing care"),
        ),
        ClinicalReason.SPINAL_INJURY: Clinical("Injury of the spine", ClinicalCode("262521009", "Spinal injury")),
        ClinicalReason.MAJOR_TRAUMA: Clinical("Major injury", None),
        ClinicalReason.MENTAL_HEALTH_CRISIS: Clinical("Mental health crisis", None),
        ClinicalReason.END_OF_LIFE: Clinical(
            "Nearing the end of life",
            ClinicalCode("847771000000100", "End of life care pathway (regime/therapy)"),
        ),
    }
)


def reason_of(code: str) -> ClinicalReason | None:
    """The reason that a code carries, or None for a code that carries none."""
    return next((reason for reason, said in CLINICAL.items() if said.code and said.code.code == code), None)

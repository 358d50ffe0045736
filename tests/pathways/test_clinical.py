"""Clinical reasons have plain labels, and codes that pass their check and lead back to the reason."""

import pytest

from wraparound.pathways.clinical import CLINICAL, ClinicalCode, reason_of
from wraparound.pathways.vocabulary import ClinicalReason


def test_every_reason_has_a_label_of_its_own():
    assert set(CLINICAL) == set(ClinicalReason)
    assert len({said.label for said in CLINICAL.values()}) == len(ClinicalReason)


@pytest.mark.parametrize(
    ("reason", "code"),
    [
        (ClinicalReason.CANCER, "363346000"),
        (ClinicalReason.DEMENTIA, "52448006"),
        (ClinicalReason.CARER, "224484003"),
        (ClinicalReason.SPINAL_INJURY, "262521009"),
        (ClinicalReason.END_OF_LIFE, "847771000000100"),
    ],
)
def test_a_published_code_keeps_its_reason(reason, code):
    assert CLINICAL[reason].code.code == code
    assert reason_of(code) is reason


@pytest.mark.parametrize("code", ["", "52448005", "none"])
def test_a_code_that_is_none_carries_no_reason(code):
    assert reason_of(code) is None
    with pytest.raises(ValueError, match="not a SNOMED CT code"):
        ClinicalCode(code, "Something")


def test_a_code_needs_its_term():
    with pytest.raises(ValueError, match="needs its term"):
        ClinicalCode("52448006", "")

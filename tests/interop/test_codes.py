"""Code tables, both ways."""

from enum import StrEnum

import pytest

from wraparound.consent.agreed import AgreedHow
from wraparound.interop.fhir.codes import (
    AGREED_HOW,
    NEEDS,
    NHS_NUMBER_ABSENT,
    OURS,
    SDOHCC,
    SERVICES,
    SNOMED,
    URGENT_FLAGS,
    VERIFIED,
    Table,
    Verified,
)
from wraparound.interop.fhir.structs.datatypes import Coding
from wraparound.pathways.vocabulary import Need, Service, UrgentFlag
from wraparound.people.details import NhsNumberAbsent

TABLES: list[tuple[Table, type[StrEnum]]] = [
    (NEEDS, Need),
    (SERVICES, Service),
    (URGENT_FLAGS, UrgentFlag),
    (AGREED_HOW, AgreedHow),
    (NHS_NUMBER_ABSENT, NhsNumberAbsent),
]


@pytest.mark.parametrize(("table", "values"), TABLES)
def test_every_value_is_written_as_a_code_that_is_read_back(table: Table, values: type[StrEnum]) -> None:
    for value in values:
        row = table.read(table.write(value))
        assert row is not None
        assert row.value == value


@pytest.mark.parametrize(("table", "values"), TABLES)
def test_every_code_is_read_once_and_its_value_written_in_the_table(table: Table, values: type[StrEnum]) -> None:
    codings = list(table.codings())
    assert len({(coding.system, coding.code) for coding in codings}) == len(codings)
    for coding in codings:
        row = table.read(coding)
        assert row is not None
        assert table.write(row.value) in codings


@pytest.mark.parametrize(("table", "values"), TABLES)
def test_our_own_code_system_has_every_value(table: Table, values: type[StrEnum]) -> None:
    assert table.system.startswith(f"{OURS}/CodeSystem/")
    for value in values:
        row = table.read(Coding(system=table.system, code=value.value))
        assert row is not None
        assert row.value == value


@pytest.mark.parametrize(
    "coding",
    [
        Coding(),
        Coding(code="debt"),
        Coding(system=NEEDS.system),
        Coding(system=NEEDS.system, code="DEBT"),
        Coding(system=SDOHCC, code="debt"),
        Coding(system=SDOHCC, code="protective-factor"),
        Coding(system=SNOMED, code="73761001"),
    ],
)
def test_a_code_that_is_not_in_the_table_means_nothing(coding: Coding) -> None:
    assert NEEDS.read(coding) is None


def test_what_a_wider_word_would_lose_is_said_in_words() -> None:
    for row in NEEDS.rows:
        unspecified = row.code == "sdoh-category-unspecified" or row.system == NEEDS.system
        assert row.words or unspecified or row.value is not Need.OTHER, row.code


def test_all_categories_of_the_guide_but_the_strength_are_read() -> None:
    assert len([row for row in NEEDS.rows if row.system == SDOHCC]) == 23


def test_both_names_of_a_verification_status_agree() -> None:
    england = {code: verified for (system, code), verified in VERIFIED.items() if system.endswith("StatusEngland")}
    assert england["01"] is Verified.YES
    assert england["02"] is england["08"] is Verified.NOT_YET
    assert england["04"] is england["05"] is england["07"] is Verified.DOUBTFUL
    assert len(england) == 8

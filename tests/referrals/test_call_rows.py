"""People in a file: every row is used, or reported with its line and every reason."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wraparound.referrals.call_rows import HEADER, MOST_ROWS, Read, decoded, read_people

TODAY = date(2026, 11, 23)
TOP = "name,birth date,NHS number,phone,language\n"


def read(*rows: str, top: str = TOP) -> Read:
    return read_people(top + "\n".join(rows), today=TODAY, practice="Y00001")


def test_a_row_becomes_somebody_with_their_details() -> None:
    [row] = read('"Rosa Maria Duarte",29/02/1980,943 476 5919,07700 900123,Portuguese').good
    person = row.details
    assert (row.line, person.given_names, person.family_name) == (2, "Rosa Maria", "Duarte")
    assert (person.date_of_birth, person.nhs_number) == (date(1980, 2, 29), "9434765919")
    assert (person.mobile, person.landline, person.preferred_language) == ("07700 900123", "", "Portuguese")
    assert person.practice_ods_code == "Y00001"


@pytest.mark.parametrize(
    ("name", "given_names", "family_name"),
    [("Rosa Duarte", "Rosa", "Duarte"), ('"Duarte, Rosa"', "Rosa", "Duarte"), ("Suharto", "Suharto", "")],
)
def test_one_column_of_names_is_taken_apart(name: str, given_names: str, family_name: str) -> None:
    [row] = read(f"{name},1/2/1980,,07700900123,").good
    assert (row.details.given_names, row.details.family_name) == (given_names, family_name)


@pytest.mark.parametrize(
    "born", ["27/03/1980", "27-3-1980", "1980-03-27", "27 Mar 1980", "27.03.1980", "27 March 1980"]
)
def test_a_birth_date_is_read_as_it_is_written_here(born: str) -> None:
    assert read(f"Rosa Duarte,{born},,07700900123,").good[0].details.date_of_birth == date(1980, 3, 27)


def test_a_phone_number_that_a_spreadsheet_spoilt_is_put_right() -> None:
    rows = read("A B,1/2/1980,,7700900123,", "C D,1/2/1981,,2079460001,English").good
    assert (rows[0].details.mobile, rows[1].details.landline) == ("07700900123", "02079460001")
    assert rows[1].details.preferred_language == ""


@pytest.mark.parametrize(
    ("row", "reasons"),
    [
        (",1/2/1980,,07700900123,", ["There is no name."]),
        ("Rosa,31/2/1980,,07700900123,", ["The birth date must be like 27/03/1980."]),
        ("Rosa,1/2/80,,07700900123,", ["The birth date must be like 27/03/1980."]),
        ("Rosa,1/2/2027,,07700900123,", ["The birth date cannot be right."]),
        ("Rosa,1/2/1980,9434765918,07700900123,", ["This is not a valid NHS number. Check each digit."]),
        ("Rosa,1/2/1980,9.43477E+09,07700900123,", ["An NHS number has 10 digits."]),
        ("Rosa,1/2/1980,,,", ["There is no phone number."]),
        ("Rosa,1/2/1980,,999,", ["Enter a phone number, like 07700 900123."]),
        ("Rosa,1/2/1980,,7946 0001,", ["The phone number is too short."]),
        ("Rosa,,,07700900123,", ["There is no birth date and no NHS number."]),
        ("Rosa", ["There is no phone number.", "There is no birth date and no NHS number."]),
    ],
)
def test_a_bad_row_is_reported_with_its_line_and_every_reason(row: str, reasons: list[str]) -> None:
    found = read("Ngozi Adichie,3/7/1968,,07700900456,", row)
    assert [good.line for good in found.good] == [2]
    [bad] = found.bad
    assert (bad.line, list(bad.reasons)) == (3, reasons)


@pytest.mark.parametrize(
    "again",
    [
        "Rosa Duarte,29/02/1980,9434765919,07700900123,",
        "R Duarte,,943 476 5919,07700900999,",
        "duarte rosá,29/2/1980,,07700900123,",
    ],
)
def test_the_same_person_twice_is_once(again: str) -> None:
    found = read("Rosa Duarte,29/2/1980,9434765919,07700900123,", again)
    assert (len(found.good), found.repeated, found.bad) == (1, ((3, 2),), ())


def test_two_people_of_one_name_and_birth_date_with_numbers_of_their_own_are_two() -> None:
    found = read("Rosa Duarte,29/2/1980,9434765919,07700900123,", "Rosa Duarte,29/2/1980,9990000018,07700900123,")
    assert len(found.good) == 2


def test_a_line_is_counted_as_an_editor_counts_it() -> None:
    found = read('"Rosa\nMaria Duarte",29/2/1980,,07700900123,', "", "Nobody,,,,")
    assert ([row.line for row in found.good], [row.line for row in found.bad]) == ([2], [5])


@pytest.mark.parametrize("top", ["", "who,when\n", "name,birth date\n", "a\x00b\n"])
def test_a_file_without_its_columns_says_what_it_needs(top: str) -> None:
    assert read("Rosa,1/2/1980", top=top).fault == HEADER


def test_a_file_of_nobody_and_one_of_too_many_say_so() -> None:
    assert "nobody" in read().fault
    assert "at most 1,000" in read(*["Rosa,1/2/1980,,07700900123,"] * (MOST_ROWS + 1)).fault


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_whatever_a_spreadsheet_writes_is_read(separator: str, encoding: str) -> None:
    rows = ["surname,first names,dob,telephone", "Nuñez,José,1/2/1980,07700900123"]
    content = "\r\n".join(rows).replace(",", separator).encode(encoding)
    [row] = read_people(decoded(content), today=TODAY).good
    assert (row.details.family_name, row.details.given_names) == ("Nuñez", "José")


@settings(max_examples=100, deadline=None)
@given(rows=st.lists(st.lists(st.text(max_size=12), min_size=5, max_size=5), max_size=8))
def test_every_row_with_anything_in_it_is_accounted_for_once(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    found = read_people(TOP + out.getvalue(), today=TODAY)
    kept = [row for row in rows if any("".join(c if c.isprintable() else " " for c in cell).strip() for cell in row)]
    if kept:
        assert not found.fault
        assert len(found.good) + len(found.bad) + len(found.repeated) == len(kept)
        assert all(row.reasons for row in found.bad)


@settings(max_examples=100, deadline=None)
@given(content=st.binary(max_size=200))
def test_no_file_at_all_breaks_it(content: bytes) -> None:
    assert isinstance(read_people(decoded(content), today=TODAY), Read)

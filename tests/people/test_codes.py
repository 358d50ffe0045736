"""Codes are put into one form, or refused with a sentence."""

import pytest

from tests.factories import details
from wraparound.people.codes import nhs_number, ods_code, postcode


@pytest.mark.parametrize("text", ["9990000018", "999 000 0018", "999-000-0018", "\t999\u00a0000 0018 "])
def test_an_nhs_number_is_ten_digits(text: str) -> None:
    assert nhs_number(text) == "9990000018"


@pytest.mark.parametrize(
    "text", ["", "999000001", "9990000017", "0000000000", "99900000181", "९९९००००018", "999OOOOO18"]
)
def test_what_cannot_be_an_nhs_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        nhs_number(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("e34qx", "E3 4QX"),
        ("  E3  4QX", "E3 4QX"),
        ("sw1a1aa", "SW1A 1AA"),
        ("GIR 0AA", "GIR 0AA"),
        ("zz993vz", "ZZ99 3VZ"),
    ],
)
def test_a_postcode_has_capitals_and_one_space(text: str, code: str) -> None:
    assert postcode(text) == code


@pytest.mark.parametrize("text", ["", "E3", "E3 4Q", "E3 44X", "12345", "E3 4QX E3 4QX", "Е3 4QX"])
def test_what_cannot_be_a_postcode_is_refused(text: str) -> None:
    """The last looks right and begins with a Cyrillic letter."""
    with pytest.raises(ValueError, match="full UK postcode"):
        postcode(text)


def test_an_organisation_code_is_in_capitals() -> None:
    assert ods_code(" f84123 ") == "F84123"
    for text in ("", "F8", "F84123456789", "F84-12"):
        with pytest.raises(ValueError, match="organisation code"):
            ods_code(text)


def test_details_are_checked_when_made() -> None:
    made = details(nhs_number="999 000 0018", postcode="e34qx")
    assert (made.nhs_number, made.postcode) == ("9990000018", "E3 4QX")
    for wrong in ({"nhs_number": "1"}, {"postcode": "E3"}, {"given_names": " ", "family_name": ""}):
        with pytest.raises(ValueError, match=r"\.$"):
            details(**wrong)

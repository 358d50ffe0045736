"""Codes that identify people and places, checked when they are made."""

import re

from stdnum.gb import nhs

from wraparound.organisations.codes import ods_code, postcode

__all__ = ["NO_FIXED_ABODE", "nhs_number", "ods_code", "own_phone", "postcode"]

# The pseudo-postcode by which the health service records "no fixed abode".
NO_FIXED_ABODE = "ZZ99 3VZ"


def nhs_number(text: str) -> str:
    """The ten digits of an NHS number. ValueError with a sentence when it cannot be one."""
    digits = re.sub(r"[\s-]", "", text)
    if not re.fullmatch(r"[0-9]{10}", digits):
        raise ValueError("An NHS number has 10 digits.")
    if digits == "0000000000" or not nhs.is_valid(digits):
        raise ValueError("This is not a valid NHS number. Check each digit.")
    return digits


def own_phone(text: str) -> str:
    """A number at which somebody can be reached, as it was written. ValueError with a sentence when it cannot be."""
    number = " ".join(text.split())
    if not (re.fullmatch(r"[0-9+() -]{1,20}", number) and 7 <= sum(map(str.isdigit, number)) <= 15):
        raise ValueError("Enter a phone number, like 07700 900123")
    return number

"""Codes that identify people and places, checked when they are made."""

import re

from stdnum.gb import nhs

# The pseudo-postcode by which the health service records "no fixed abode".
NO_FIXED_ABODE = "ZZ99 3VZ"
_POSTCODE = re.compile(r"^(GIR|[A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})$")


def nhs_number(text: str) -> str:
    """The ten digits of an NHS number. ValueError with a sentence when it cannot be one."""
    digits = re.sub(r"[\s-]", "", text)
    if not re.fullmatch(r"[0-9]{10}", digits):
        raise ValueError("An NHS number has 10 digits.")
    if digits == "0000000000" or not nhs.is_valid(digits):
        raise ValueError("This is not a valid NHS number. Check each digit.")
    return digits


def postcode(text: str) -> str:
    """A UK postcode in capitals with one space, as `E3 4QX`. ValueError with a sentence when it cannot be one."""
    found = _POSTCODE.match(re.sub(r"\s+", "", text.upper()))
    if not found:
        raise ValueError("Enter a full UK postcode, like E3 4QX.")
    return f"{found[1]} {found[2]}"


def ods_code(text: str) -> str:
    """An Organisation Data Service code. ValueError with a sentence when it cannot be one."""
    code = text.strip().upper()
    if not re.fullmatch(r"[A-Z0-9]{3,10}", code):
        raise ValueError("An organisation code is 3 to 10 letters and digits, like F84123.")
    return code


def phone(text: str) -> str:
    """A phone number as it was written. ValueError with a sentence when nobody could ring it."""
    number = text.strip()
    if not (re.fullmatch(r"[0-9+() -]+", number) and 7 <= sum(map(str.isdigit, number)) <= 15):
        raise ValueError("Enter a phone number, like 07700 900123")
    return number

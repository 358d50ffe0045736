"""Codes of organisations and places, checked when they are made."""

import re

_POSTCODE = re.compile(r"^(GIR|[A-Z]{1,2}[0-9][A-Z0-9]?) ?([0-9][A-Z]{2})$")
_PHONE = re.compile(r"\+?[0-9 ()-]{3,20}")


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
    """A phone number as it was written, at most 20 characters; "999" is one. ValueError with a sentence otherwise."""
    number = " ".join(text.split())
    if not (_PHONE.fullmatch(number) and len(number) <= 20 and re.search(r"[0-9]{2}", number)):
        raise ValueError("Enter a phone number, like 020 7946 0000.")
    return number

"""A patient's telephone numbers, email and address: how to reach the person, and how not to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wraparound.interop.fhir.codes import NO_TELEPHONE, has
from wraparound.interop.fhir.elements import extensions, in_use, plain
from wraparound.interop.fhir.operation_outcome import Place
from wraparound.interop.fhir.structs.datatypes import Address, ContactPoint
from wraparound.interop.fhir.structs.resources import Patient
from wraparound.people import codes

PREFERENCE = "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-ContactPreference"
_CONTACT_USES = ("mobile", "home", None, "temp", "work")
_ADDRESS_USES = ("home", None, "temp", "work")
_TELEPHONE = re.compile(r"(?=(\D*\d){6})\+?[0-9 ()\-.]+( ?(x|ext\.?|#) ?[0-9]+)?\Z", re.IGNORECASE)
_LONGEST_TELEPHONE = 20
_EMAIL = re.compile(r"(?=.{5,254}\Z)[^@\s]+@[^@\s]+\.[^@\s.]+\Z")
_UK_MOBILE = re.compile(r"(\+44|0044|0)7")
# Postcodes that stand for "no fixed abode", "not known" and the like: nobody lives there, and two people who share
# one share nothing.
_NOT_A_PLACE = "ZZ99"
_THE_UK = frozenset(
    ("", "GB", "GBR", "UK", "UNITED KINGDOM", "GREAT BRITAIN", "ENGLAND", "WALES", "SCOTLAND", "NORTHERN IRELAND")
)


@dataclass(frozen=True)
class Contact:
    mobile: str = ""
    landline: str = ""
    email: str = ""


@dataclass(frozen=True)
class Where:
    address: str = ""
    postcode: str = ""
    no_fixed_abode: bool = False


def no_telephone(patient: Patient) -> bool:
    """Has the person asked not to be telephoned?"""
    return any(
        has(part.value_codeable_concept, NO_TELEPHONE)
        for preference in extensions(patient, PREFERENCE)
        for part in preference.extension or ()
    )


def contact_of(patient: Patient, at: Place, today: date) -> Contact:
    """The first number and email of the best use. Nobody can ring a number that is not handed on."""
    telephones: dict[str, str] = {}
    emails: list[str] = []
    for index, point in sorted(in_use(patient.telecom, _CONTACT_USES, today), key=lambda one: one[1].rank or 99):
        here = at.at(f"telecom[{index}]")
        value = plain(point.value)
        if value and point.system is None:
            here.at("system").refuse("is required beside a value", "required")
        elif value and point.system in ("phone", "sms"):
            _telephone(point, value, telephones, here)
        elif value and point.system == "email":
            emails.append(_email(value, here))
        elif value:
            here.inform("is not kept")
    if telephones and no_telephone(patient):
        at.at("telecom").warn("has telephone numbers that are not kept: the person asks for no telephone contact")
        telephones = {}
    return Contact(telephones.get("mobile", ""), telephones.get("landline", ""), next(iter(emails), ""))


def _telephone(point: ContactPoint, value: str, found: dict[str, str], at: Place) -> None:
    if not _TELEPHONE.match(value) or len(value) > _LONGEST_TELEPHONE:
        at.at("value").refuse("is not a telephone number of at most 20 characters", "value")
        return
    digits = re.sub(r"[^0-9+]", "", value)
    mobile = point.use == "mobile" or point.system == "sms" or _UK_MOBILE.match(digits)
    found.setdefault("mobile" if mobile else "landline", value)


def _email(value: str, at: Place) -> str:
    if not _EMAIL.match(value):
        at.at("value").refuse("is not an email address", "value")
    return value


def address_of(addresses: Sequence[Address] | None, at: Place, today: date) -> Where:
    """The address of the best use. What is not a postcode of the UK stays in the address, so that nothing is lost."""
    for index, address in in_use(addresses, _ADDRESS_USES, today):
        code = plain(address.postal_code).upper()
        abroad = plain(address.country).upper() not in _THE_UK
        postcode = "" if abroad else _postcode(code)
        left_over = "" if postcode else code
        if left_over and not abroad:
            at.item(index).at("postalCode").warn("is not a postcode of the UK, so it is kept as part of the address")
        if postcode.startswith(_NOT_A_PLACE):
            postcode = ""
        parts = [*(line for line in address.line or () if line), address.city, address.district, address.state]
        if address.text and not (address.line or address.city):
            parts = list(address.text.splitlines())
        parts += [left_over, address.country if abroad else ""]
        written = [line for line in map(plain, parts) if line]
        return Where("\n".join(dict.fromkeys(written)), postcode, _postcode(code) == codes.NO_FIXED_ABODE)
    return Where()


def _postcode(text: str) -> str:
    try:
        return codes.postcode(text)
    except ValueError:
        return ""

"""FHIR R4's primitive types as msgspec reads them from JSON (hl7.org/fhir/R4/datatypes.html).

What a pattern can hold is a `Meta`; what it cannot (a date that exists, base64 that decodes) is a class made by
`decode_primitive`, the `dec_hook` of every decoder here. Both refuse by raising ValueError with a sentence.
"""

import base64
import binascii
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any

import msgspec

# Control characters are outside FHIR's strings, and the database cannot keep NUL.
_TEXT = r"^[^\x00-\x08\x0B\x0C\x0E-\x1F]*[^\s\x00-\x1F][^\x00-\x08\x0B\x0C\x0E-\x1F]*\Z"
_LARGEST = 2_147_483_647

String = Annotated[str, msgspec.Meta(pattern=_TEXT)]
Markdown = Annotated[str, msgspec.Meta(pattern=_TEXT)]
Code = Annotated[str, msgspec.Meta(pattern=r"^[^\s\x00-\x1F]+( [^\s\x00-\x1F]+)*\Z")]
Id = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9\-.]{1,64}\Z")]
Uri = Annotated[str, msgspec.Meta(pattern=r"^[^\s\x00-\x1F]+\Z")]
Url = Uri
Canonical = Uri
Oid = Annotated[str, msgspec.Meta(pattern=r"^urn:oid:[0-2](\.(0|[1-9][0-9]*))+\Z")]
Uuid = Annotated[str, msgspec.Meta(pattern=r"^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")]
Boolean = bool
Decimal = float
Integer = Annotated[int, msgspec.Meta(ge=-_LARGEST - 1, le=_LARGEST)]
UnsignedInt = Annotated[int, msgspec.Meta(ge=0, le=_LARGEST)]
PositiveInt = Annotated[int, msgspec.Meta(ge=1, le=_LARGEST)]

_DATE = r"(?P<day>(?!0000)[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)"
_TIME = r"([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\.[0-9]{1,9})?"
_ZONE = r"(Z|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)"
_DATES = re.compile(rf"{_DATE}\Z")
_DATE_TIMES = re.compile(rf"{_DATE}((?<=-[0-9][0-9]-[0-9][0-9])T{_TIME}{_ZONE})?\Z")
_INSTANTS = re.compile(rf"(?P<day>(?!0000)[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})T{_TIME}{_ZONE}\Z")
_TIMES = re.compile(rf"{_TIME}\Z")
_DIV = re.compile(r'\s*<div\s[^>]*xmlns="http://www\.w3\.org/1999/xhtml"[^>]*(/>|>.*</div>)\s*\Z', re.DOTALL)


class Date(str):
    """A year, a month of a year, or a day that exists: `1970`, `1970-09`, `1970-09-11`."""

    __slots__ = ()

    @property
    def day(self) -> date | None:
        """The day, or None when only the month or the year is said."""
        return date.fromisoformat(self[:10]) if len(self) >= 10 else None


class DateTime(Date):
    """A `Date`, or a moment with its offset: `2026-11-23T09:30:00+00:00`."""

    __slots__ = ()

    @property
    def moment(self) -> datetime | None:
        """The moment, or None when no time of day is said. A leap second is the second before it."""
        if "T" not in self:
            return None
        clock = self.replace(":60", ":59", 1) if self[17:19] == "60" else str(self)
        return datetime.fromisoformat(clock)


class Instant(DateTime):
    """A moment, always whole."""

    __slots__ = ()


class Time(str):
    """A time of day without a zone: `14:30:00`."""

    __slots__ = ()


class Base64Binary(str):
    """Bytes in base64, white space between them allowed."""

    __slots__ = ()


class Xhtml(str):
    """The `div` of a narrative. It is never shown, so no more is asked of it than that it is one."""

    __slots__ = ()


def decode_primitive(kind: type, value: Any) -> Any:
    """Make `kind` (a class of this module) of `value`; msgspec's `dec_hook`. Raises ValueError."""
    if not isinstance(value, str):
        raise TypeError("must be a string")
    _CHECKS[kind](value)
    return kind(value)


def _check_day(found: re.Match[str] | None, wanted: str) -> None:
    if found is None:
        raise ValueError(f"is not {wanted}")
    day = found["day"]
    try:
        date.fromisoformat(day + "0001-01-01"[len(day) :])
    except ValueError:
        raise ValueError("is not a day that exists") from None


def _check_date(value: str) -> None:
    _check_day(_DATES.match(value), "a date: YYYY, YYYY-MM or YYYY-MM-DD")


def _check_date_time(value: str) -> None:
    _check_day(_DATE_TIMES.match(value), "a date, or a date and time with seconds and an offset from UTC")


def _check_instant(value: str) -> None:
    _check_day(_INSTANTS.match(value), "a date and time with seconds and an offset from UTC")


def _check_time(value: str) -> None:
    if not _TIMES.match(value):
        raise ValueError("is not a time of day: hh:mm:ss")


def _check_base64(value: str) -> None:
    try:
        decoded = base64.b64decode("".join(value.split()), validate=True)
    except binascii.Error:
        raise ValueError("is not base64") from None
    if not decoded:
        raise ValueError("is empty")


def _check_xhtml(value: str) -> None:
    if not _DIV.match(value):
        raise ValueError("is not an XHTML div")


_CHECKS: dict[type, Callable[[str], None]] = {
    Date: _check_date,
    DateTime: _check_date_time,
    Instant: _check_instant,
    Time: _check_time,
    Base64Binary: _check_base64,
    Xhtml: _check_xhtml,
}

"""Dates, times and other values that a pattern cannot hold."""

from datetime import UTC, date, datetime

import pytest

from wraparound.interop.fhir.primitives import Base64Binary, Date, DateTime, Instant, Time, Xhtml, decode_primitive

GOOD: list[tuple[type, list[str]]] = [
    (Date, ["1970", "1970-09", "1970-09-11", "2024-02-29", "0001-01-01", "9999-12-31"]),
    (
        DateTime,
        [
            "1970",
            "1970-09",
            "1970-09-11",
            "2026-11-23T09:30:00Z",
            "2026-11-23T09:30:00.123456789+05:45",
            "2016-12-31T23:59:60Z",
            "2026-11-23T23:59:59-14:00",
        ],
    ),
    (Instant, ["2026-11-23T09:30:00Z", "2026-11-23T09:30:00.5+00:00"]),
    (Time, ["00:00:00", "23:59:59.999"]),
    (Base64Binary, ["aGVsbG8=", "aGVs\nbG8=", "base64Binary"]),
    (
        Xhtml,
        ['<div xmlns="http://www.w3.org/1999/xhtml"><p>x</p></div>', '<div xmlns="http://www.w3.org/1999/xhtml"/>'],
    ),
]
BAD: list[tuple[type, list[str]]] = [
    (
        Date,
        [
            *("", "70", "1970-9", "1970-09-31", "2026-02-29", "2026-02-30", "0000", "0000-01-01", "1970-00", "1970-13"),
            *("1970-09-11T00:00:00Z", "19700911", "1970-09-11 ", "١٩٧٠", "1970-09-11\n", "12026"),
        ],
    ),
    (
        DateTime,
        [
            *(
                "2026-11-23T09:30",
                "2026-11-23T09:30:00",
                "2026-11-23T24:00:00Z",
                "2026-11-23T09:60:00Z",
                "2026-11T09:30:00Z",
            ),
            *("2026-02-30T09:30:00Z", "2026-11-23T09:30:00+15:00", "2026-11-23T09:30:00+14:30", "2026-11-23t09:30:00Z"),
            *("2026-11-23T09:30:61Z", "2026-11-23 09:30:00Z", "2026-11-23T09:30:00.Z", "2026-11-23T"),
        ],
    ),
    (Instant, ["2026", "2026-11-23", "2026-11-23T09:30:00", "2026-02-30T09:30:00Z"]),
    (Time, ["24:00:00", "9:30:00", "09:30", "09:30:00Z"]),
    (Base64Binary, ["", "a", "a===", "!", "aGVsbG8", "   "]),
    (Xhtml, ["", "<p/>", "<div></div>", '<div xmlns="http://www.w3.org/1999/xhtml">']),
]


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in GOOD for value in values])
def test_good(kind: type, value: str) -> None:
    made = decode_primitive(kind, value)
    assert made == value
    assert type(made) is kind


@pytest.mark.parametrize(("kind", "value"), [(kind, value) for kind, values in BAD for value in values])
def test_bad(kind: type, value: str) -> None:
    with pytest.raises(ValueError, match=r"^is "):
        decode_primitive(kind, value)


def test_a_day_is_known_only_when_it_is_said() -> None:
    assert Date("1970-09").day is None
    assert Date("1970-09-11").day == date(1970, 9, 11)
    assert DateTime("2026-11-23T09:30:00Z").day == date(2026, 11, 23)


def test_moments() -> None:
    assert DateTime("2026-11-23").moment is None
    assert DateTime("2026-11-23T10:30:00.25+01:00").moment == datetime(2026, 11, 23, 9, 30, 0, 250_000, UTC)
    assert Instant("2016-12-31T23:59:60.5Z").moment == datetime(2016, 12, 31, 23, 59, 59, 500_000, UTC)
    assert DateTime("2026-11-23T09:30:00.123456789Z").moment == datetime(2026, 11, 23, 9, 30, 0, 123_456, UTC)

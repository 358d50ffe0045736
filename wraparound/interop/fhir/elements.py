"""Small questions that every mapper asks of FHIR's elements."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, TypeVar

from wraparound.interop.fhir.codes import CONFIDENTIALITY
from wraparound.interop.fhir.operation_outcome import Place
from wraparound.interop.fhir.structs.datatypes import Extension, Period, Reference
from wraparound.interop.fhir.structs.resources import CHOICE_NAMES

Item = TypeVar("Item")
Find = Callable[[Reference], Any]

# Labels that ask for no more care than every record here gets.
_ORDINARY = {(CONFIDENTIALITY, code) for code in "UNLM"}


def plain(text: str | None) -> str:
    """One line, single spaces, and letters with their accents as one character, so that equal names are equal."""
    return unicodedata.normalize("NFC", " ".join((text or "").split()))


def ended(period: Period | None, today: date) -> bool:
    """Is the last day of the period past? A partial date lasts to its end: `2026` has not ended in 2026."""
    if period is None or period.end is None:
        return False
    end = period.end[:10]
    return end < today.isoformat()[: len(end)]


def not_begun(period: Period | None, today: date) -> bool:
    if period is None or period.start is None:
        return False
    start = period.start[:10]
    return start > today.isoformat()[: len(start)]


def in_use(items: Iterable[Item] | None, uses: tuple[str | None, ...], today: date) -> list[tuple[int, Item]]:
    """The items with one of `uses` that have not ended, each with its index, in the order of `uses`."""
    found = [
        (index, item)
        for index, item in enumerate(items or ())
        if item.use in uses and not ended(item.period, today)  # type: ignore[attr-defined]
    ]
    return sorted(found, key=lambda pair: uses.index(pair[1].use))  # type: ignore[attr-defined]


def extensions(element: Any, url: str) -> Iterator[Extension]:
    return (one for one in (element.extension if element else None) or () if one.url == url)


def say_what_is_not_kept(resource: Any, kept: frozenset[str], at: Place, urls: frozenset[str] = frozenset()) -> None:
    """Tell the sender of each element that nobody will see.

    `kept` has the names of the fields that are read, `urls` those of the extensions.
    """
    for index, extension in enumerate(resource.extension or ()):
        if extension.url not in urls:
            at.at(f"extension[{index}]").inform("is not kept")
    names = zip(resource.__struct_fields__, resource.__struct_encode_fields__, strict=True)
    for name, json_name in names:
        if name in kept or name in _UNSAID or name.endswith("_element") or getattr(resource, name) is None:
            continue
        at.at(CHOICE_NAMES.get(json_name, json_name)).inform("is not kept")


_UNSAID = frozenset({"id", "meta", "language", "text", "extension", "implicit_rules", "modifier_extension"})


def check_rules_of_reading(resource: Any, at: Place) -> None:
    """Refuse what changes the meaning of the whole and is not understood here, or asks for more than is done here."""
    if resource.implicit_rules is not None:
        at.at("implicitRules").refuse("names rules that are not known here", "not-supported")
    for index, label in enumerate((resource.meta.security if resource.meta else None) or ()):
        if (label.system, label.code) not in _ORDINARY:
            at.at(f"meta.security[{index}]").refuse(
                "asks for handling that cannot be promised here; refer by telephone", "not-supported"
            )

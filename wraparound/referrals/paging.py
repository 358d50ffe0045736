"""Paging by key: a page says after which row the next begins, so a list may grow meanwhile and be of any length."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeVar

from django.db import models
from django.db.models import Func, Value
from django.db.models.lookups import GreaterThan, LessThan

PAGE = 25
Rows = TypeVar("Rows", bound="models.QuerySet[Any]")


@dataclass(frozen=True)
class Page:
    """Some rows of a list, and the key to ask for those after them ("" at the end)."""

    rows: Sequence[Any]
    after: str


def page_of(found: Sequence[Any], size: int, columns: Sequence[str]) -> Page:
    """The first `size` of one row more than that; the key is what the last of them holds in `columns`."""
    if len(found) <= size:
        return Page(found, "")
    parts = (getattr(found[size - 1], column) for column in columns)
    return Page(found[:size], "~".join(p.isoformat() if isinstance(p, datetime) else str(p) for p in parts))


def past(
    rows: Rows, columns: Sequence[str], key: str, *types: Callable[[str], Any], newest_first: bool = False
) -> Rows:
    """Rows after `key` in the order of `columns`, by one row comparison, where an index can begin.

    A key that is none of ours gives all rows.
    """
    try:
        held = [make(part) for make, part in zip(types, key.split("~"), strict=True)]
    except (ValueError, OverflowError):
        return rows
    row, given = (Func(*of, function="ROW", output_field=models.TextField()) for of in (columns, map(Value, held)))
    return rows.filter(LessThan(row, given) if newest_first else GreaterThan(row, given))


def moment(text: str) -> datetime:
    """A time with its zone. ValueError for anything else, OverflowError beyond the years that there are."""
    read = datetime.fromisoformat(text)
    if read.tzinfo is None:
        raise ValueError("A key's time has a zone.")
    # The database knows fewer zones than may be written.
    return read.astimezone(UTC)

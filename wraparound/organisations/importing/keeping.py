"""Keeping the rows of a file: all of them, or the good ones where that was asked for, or none."""

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction

from wraparound.events.action import Refused
from wraparound.organisations.importing.table import Bad, Checked, Row, checked

T = TypeVar("T")


class BadRows(Refused):
    """Some rows are bad, and nobody said to keep the others: each with its line and reason."""

    def __init__(self, bad: Sequence[Bad], good: int, same: int) -> None:
        lines = "1 line is wrong" if len(bad) == 1 else f"{len(bad)} lines are wrong"
        super().__init__("bad_rows", f"{lines}. Nothing was kept.", "file")
        self.bad, self.good, self.same = bad, good, same


def keep(rows: Sequence[Row], bad: Sequence[Bad], write: Callable[[Row], T | None], *, keep_good: bool) -> Checked[T]:
    """Write each row, and undo what a bad one began. Raises BadRows, which undoes all, unless `keep_good`.

    `write` gives what it made, or None where the row says what is so already.
    """

    def written(row: Row) -> T | None:
        with transaction.atomic():
            return write(row)

    return look(rows, bad, written, keep_good=keep_good)


def look(rows: Sequence[Row], bad: Sequence[Bad], make: Callable[[Row], T | None], *, keep_good: bool) -> Checked[T]:
    """The same for rows that are written later, all at once: `make` asks the database nothing."""

    def made(row: Row) -> T | None:
        try:
            return make(row)
        except Refused as refusal:
            raise ValueError(refusal.sentence) from None
        except ObjectDoesNotExist:
            raise ValueError("It names something that is not in this scheme.") from None

    found = checked(rows, bad, made)
    if found.bad and not keep_good:
        raise BadRows(found.bad, len(found.good), found.same)
    return found


class Named(Generic[T]):
    """Things that a file may name, each by several names, whatever the case. `what` says what they are."""

    def __init__(self, what: str, pairs: Iterable[tuple[str, T]]) -> None:
        self.what = what
        self._found: dict[str, list[T]] = {}
        for name, thing in pairs:
            if name and thing not in (held := self._found.setdefault(_folded(name), [])):
                held.append(thing)

    def one(self, name: str) -> T:
        """The one thing of this name. ValueError with a sentence."""
        things = self._found.get(_folded(name), [])
        if len(things) == 1:
            return things[0]
        if not name:
            raise ValueError(f"It names no {self.what}.")
        if things:
            raise ValueError(f"“{name}” names more than one {self.what}: use the code.")
        raise ValueError(f"There is no {self.what} “{name}” in this scheme.")

    def each(self, names: str) -> frozenset[T]:
        """The things of names with semicolons between them."""
        return frozenset(self.one(name.strip()) for name in names.split(";") if name.strip())


def _folded(name: str) -> str:
    return " ".join(name.replace("_", " ").split()).casefold()

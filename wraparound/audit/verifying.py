"""Proving the audit trail: every sealed row is read again, as the owner, and compared with its seal."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

AT_ONCE = 50

_FIRST = "SELECT min(number) FROM audit_seal WHERE sealed_at >= %s"
_BEFORE = "SELECT number, digest FROM audit_seal WHERE number < %s ORDER BY number DESC LIMIT 1"
_REACHED = """
    SELECT DISTINCT ON (table_name) table_name, to_id FROM audit_seal WHERE number < %s
    ORDER BY table_name, number DESC
"""
_SEALS = """
    SELECT seal.number, seal.table_name, seal.from_id, seal.to_id, seal.row_count AS sealed_count, seal.rows_digest,
           seal.previous, seal.digest, seal.sealed_at, audit_seal_digest(seal) AS own_digest,
           found.row_count AS found_count, found.digest AS found_digest, found.removed
    FROM (SELECT number FROM audit_seal WHERE number > %s ORDER BY number LIMIT %s) few
    JOIN audit_seal seal ON seal.number = few.number
    CROSS JOIN LATERAL audit_proved(seal) found
    ORDER BY seal.number
"""
_NEWEST = "SELECT number, digest FROM audit_seal ORDER BY number DESC LIMIT 1"


class Found(NamedTuple):
    """A seal, with what it would be now."""

    number: int
    table_name: str
    from_id: int
    to_id: int
    sealed_count: int
    rows_digest: str
    previous: str
    digest: str
    sealed_at: datetime
    own_digest: str
    found_count: int | None
    found_digest: str | None
    removed: int


class Kept(NamedTuple):
    """The newest seal of some day, as it was written down elsewhere."""

    number: int
    digest: str

    def __str__(self) -> str:
        return f"{self.number}:{self.digest}"

    @classmethod
    def read(cls, text: str) -> "Kept":
        """ValueError when the text is not `number:digest`."""
        number, _, digest = text.strip().partition(":")
        if len(digest) != 64:
            raise ValueError(text)
        return cls(int(number), digest)


@dataclass
class Verifying:
    """One reading through the seals. `faults` says each fault in a sentence, the first one first; the counts grow.

    `rows` are those read, `removed` those that are gone and accounted for.
    """

    connection: BaseDatabaseWrapper
    since: datetime | None = None
    kept: Kept | None = None
    seals: int = 0
    rows: int = 0
    removed: int = 0
    _last: int = 0
    _digest: str = ""
    _reached: dict[str, int] = field(default_factory=dict)

    def faults(self) -> Iterator[str]:
        if self.kept:
            yield from self._of_kept(self.kept)
        if self.since:
            [(first,)] = self._ask(_FIRST, self.since)
            if first is None:
                return
            if before := self._ask(_BEFORE, first):
                [(self._last, self._digest)] = before
                self._reached = dict(self._ask(_REACHED, first))
        while found := [Found(*row) for row in self._ask(_SEALS, self._last, AT_ONCE)]:
            for seal in found:
                yield from self._of_chain(seal)
                yield from self._of_rows(seal)
                self._last, self._digest, self._reached[seal.table_name] = seal.number, seal.digest, seal.to_id
                self.seals += 1
                self.rows += (seal.found_count or 0) - seal.removed
                self.removed += seal.removed

    def _of_kept(self, kept: Kept) -> Iterator[str]:
        here = self._ask("SELECT digest FROM audit_seal WHERE number = %s", kept.number)
        if not here:
            yield f"The chain was cut: seal {kept.number}, which was kept elsewhere, is not there."
        elif here != [(kept.digest,)]:
            yield f"The chain was made anew: seal {kept.number} is not the one that was kept elsewhere."

    def _of_chain(self, seal: Found) -> Iterator[str]:
        if seal.number != self._last + 1:
            yield f"The chain was cut before {_said(seal)}: the seal before it is {self._last or 'none'}."
        elif seal.previous != self._digest:
            yield f"The chain was cut before {_said(seal)}: it does not continue the seal before it."
        if seal.digest != seal.own_digest:
            yield f"{_said(seal)} was changed itself."
        reached = self._reached.get(seal.table_name)
        if seal.from_id != (-(2**63) if reached is None else reached + 1):
            yield f"The chain was cut before {_said(seal)}: it does not begin where the table's last seal ends."

    def _of_rows(self, seal: Found) -> Iterator[str]:
        if seal.found_count is None:
            yield f"{_said(seal)}: the table or a column of it is no longer there."
        elif seal.found_count < seal.sealed_count:
            yield f"{_said(seal)}: {seal.sealed_count - seal.found_count} of {seal.sealed_count} rows were removed."
        elif seal.found_count > seal.sealed_count:
            yield f"{_said(seal)}: {seal.found_count - seal.sealed_count} rows were added to {seal.sealed_count}."
        elif seal.found_digest != seal.rows_digest:
            yield f"{_said(seal)}: of {seal.sealed_count} rows at least one was edited."

    def _ask(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        with self.connection.cursor() as cursor:
            rows: list[tuple[Any, ...]] = cursor.execute(statement, values).fetchall()
        return rows


def newest(connection: BaseDatabaseWrapper) -> Kept | None:
    """The seal that stands for all before it; None before the first."""
    with connection.cursor() as cursor:
        row = cursor.execute(_NEWEST).fetchone()
    return Kept(*row) if row else None


def sees_everything(connection: BaseDatabaseWrapper) -> bool:
    """Whether row-level security leaves this connection alone: to any other, all rows would look removed."""
    with connection.cursor() as cursor:
        [hidden] = cursor.execute("SELECT bool_or(row_security_active(name)) FROM audit_sealed()").fetchone()
    return not hidden


def _said(seal: Found) -> str:
    at = timezone.localtime(seal.sealed_at)
    return f"Seal {seal.number} ({seal.table_name} up to {seal.to_id}, {at:%-d %B %Y %H:%M})"

"""Where a list goes on: the key of its last row, as something that nobody needs to read."""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from wraparound.referrals.paging import moment


@dataclass(frozen=True)
class After:
    """The moment and the number of the last row that was told."""

    at: datetime
    pk: int

    @property
    def key(self) -> str:
        """As `referrals.paging.past` reads it."""
        return f"{self.at.isoformat()}~{self.pk}"

    def text(self) -> str:
        return base64.urlsafe_b64encode(self.key.encode()).decode().rstrip("=")


def after(text: str) -> After:
    """What a cursor says. ValueError for one that was never made here."""
    try:
        at, pk = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().split("~")
        found = After(moment(at), int(pk))
    except (ValueError, OverflowError, binascii.Error):
        raise ValueError("This is no cursor of ours: leave it out to begin at the beginning.") from None
    if not 0 <= found.pk < 2**63 or found.text() != text:
        raise ValueError("This is no cursor of ours: leave it out to begin at the beginning.")
    return found


def since(text: str) -> datetime:
    """A moment as RFC 3339 writes it. ValueError for anything else."""
    try:
        return moment(text.upper())
    except (ValueError, OverflowError):
        raise ValueError("A moment is written with its zone, like 2026-11-23T09:30:00Z.") from None


def _checked(check: Any) -> Any:
    def checked(text: str) -> str:
        check(text)
        return text

    return AfterValidator(checked)


Cursor = Annotated[str, _checked(after), Field(max_length=100, json_schema_extra={"format": "cursor"})]
Moment = Annotated[str, _checked(since), Field(max_length=40, json_schema_extra={"format": "date-time"})]

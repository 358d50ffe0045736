"""A day and a time in four boxes."""

import re
from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from django import forms

from wraparound.pathways.calendar import LONDON
from wraparound.web.nhsuk.dates import PARTS, DateField, ThreeBoxes
from wraparound.web.nhsuk.fields import Bound

_TIME = re.compile(r"([0-9]{1,2})(?:[:.]?([0-9]{2}))? ?(am|pm)?")
_WIDTHS = {"day": 2, "month": 2, "year": 4, "time": 5}


class FourBoxes(ThreeBoxes):
    """Reads day, month, year and time as they were typed."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> tuple[str, ...]:
        return (*super().value_from_datadict(data, files, name), str(data.get(f"{name}-time") or "").strip())


class MomentField(DateField):
    """A moment in London."""

    widget = FourBoxes

    def clean(self, value: Any) -> Any:
        day = super().clean(value[: len(PARTS)] if any(value) else ())
        if day is None:
            return None
        return datetime.combine(day, self._time(value[-1]), LONDON)

    def _time(self, typed: str) -> time:
        found = read_time(typed)
        if found is None:
            raise forms.ValidationError(f"{self.label} must include a time, such as 14:30 or 2:30pm", code="time")
        return found

    def params(self, bound: Bound) -> dict[str, Any]:
        typed = dict(zip(_WIDTHS, bound.value() or ("", "", "", ""), strict=True))
        items = [
            {
                "name": f"{bound.html_name}-{part}", "id": f"{bound.auto_id}-{part}", "label": part.capitalize(),
                "value": typed[part], "width": width, "inputmode": "text" if part == "time" else "numeric",
            }
            for part, width in _WIDTHS.items()
        ]  # fmt: skip
        return {"id": bound.auto_id, "fieldset": {"legend": self.heading()}, "items": items}


def read_time(typed: str) -> time | None:
    """“14:30”, “1430”, “2:30pm” or “2pm”; None for anything else."""
    found = _TIME.fullmatch(typed.lower())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half and not 1 <= hour <= 12:
        return None
    hour = hour % 12 + (12 if half == "pm" else 0) if half else hour
    return time(hour, minute) if hour < 24 and minute < 60 else None

"""A month in two boxes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wraparound.web.nhsuk.dates import DateField, ThreeBoxes
from wraparound.web.nhsuk.fields import Bound


class TwoBoxes(ThreeBoxes):
    """Reads month and year as they were typed."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> tuple[str, ...]:
        _, *typed = super().value_from_datadict(data, files, name)
        return tuple(typed)


class MonthField(DateField):
    """A month: its first day."""

    widget = TwoBoxes

    def clean(self, value: Any) -> date | None:
        return super().clean(("1", *value) if any(value) else ())

    def first_id(self, bound: Bound) -> str:
        return f"{bound.auto_id}-month"

    def params(self, bound: Bound) -> dict[str, Any]:
        month, year = bound.value() or ("", "")
        items = [
            {"name": f"{bound.html_name}-{part}", "id": f"{bound.auto_id}-{part}", "label": part.capitalize(),
             "value": typed, "width": width}
            for part, typed, width in (("month", month, 2), ("year", year, 4))
        ]  # fmt: skip
        return {"id": bound.auto_id, "fieldset": {"legend": self.heading()}, "items": items}

"""A date in three boxes."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from wraparound.web.nhsuk.fields import Bound, Drawn

PARTS = ("day", "month", "year")


class ThreeBoxes(forms.Widget):
    """Reads day, month and year as they were typed."""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> tuple[str, ...]:
        return tuple(str(data.get(f"{name}-{part}") or "").strip() for part in PARTS)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return not any(f"{name}-{part}" in data for part in PARTS)


class DateField(Drawn, forms.Field):
    """A date that is in the calendar; `past` and `future` hold it to one side of today, which counts for both.

    `called` is its name inside an error's sentence, where the label is none that fits.
    """

    component = "date-input"
    widget = ThreeBoxes

    def __init__(
        self, label: str, *, past: bool = False, future: bool = False, called: str = "", **options: Any
    ) -> None:
        super().__init__(label, **options)
        self.past, self.future, self.called = past, future, called or label

    def to_python(self, value: Any) -> Any:
        return value or None

    def clean(self, value: Any) -> date | None:
        if not any(value):
            if self.required:
                raise forms.ValidationError(self.error_messages["required"], code="required")
            return None
        found = self._date(value)
        if self.past and found > timezone.localdate():
            raise forms.ValidationError(f"{self.called} must be in the past", code="not_past")
        if self.future and found < timezone.localdate():
            raise forms.ValidationError(f"{self.called} must be today or later", code="not_future")
        return found

    def _date(self, value: tuple[str, ...]) -> date:
        missing = [part for part, typed in zip(PARTS, value, strict=True) if not typed]
        if missing:
            raise forms.ValidationError(f"{self.called} must include a {' and a '.join(missing)}", code="incomplete")
        if not (value[2].isdecimal() and len(value[2]) == 4):
            raise forms.ValidationError(f"{self.called} must have a year of 4 numbers, such as 1980", code="year")
        try:
            found = date(int(value[2]), int(value[1]), int(value[0]))
        except (ValueError, OverflowError):
            raise forms.ValidationError(f"{self.called} must be a real date", code="not_real") from None
        if found.year < 1890:
            raise forms.ValidationError(f"{self.called} must be after 1890", code="too_old")
        if found.year >= 2200:
            raise forms.ValidationError(f"{self.called} must be before 2200", code="too_far")
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        return any(data)

    def first_id(self, bound: Bound) -> str:
        return f"{bound.auto_id}-day"

    def params(self, bound: Bound) -> dict[str, Any]:
        value = bound.value()
        if isinstance(value, date):
            value = (str(value.day), str(value.month), str(value.year))
        values = dict(zip(PARTS, value or ("", "", ""), strict=True))
        items = [
            {
                "name": f"{bound.html_name}-{part}", "id": f"{bound.auto_id}-{part}",
                "label": part.capitalize(), "value": values[part], "width": 4 if part == "year" else 2,
            }
            for part in PARTS
        ]  # fmt: skip
        return {"id": bound.auto_id, "fieldset": {"legend": self.heading()}, "items": items}

"""Fields of money and time, and the row that asks how long something took."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from wraparound.advice.sums import MOST, Often
from wraparound.outcomes.models import LEAST_MINUTES, MOST_MINUTES
from wraparound.outcomes.spending import CHOICES
from wraparound.web.nhsuk import NumberField, RadiosField, SelectField, TextField
from wraparound.web.nhsuk.fields import Bound
from wraparound.web.team.forms import ActionForm

OFTEN = [(each.value, each.label) for each in Often]
HIDDEN = "nhsuk-u-visually-hidden"
OTHER = "other"


class PoundsField(TextField):
    """Pounds and pence, as people type them: “12”, “12.50”, “£1,204.50”."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(
            label, **{"width": 10, "inputmode": "decimal", "spellcheck": False, "max_length": 20, **options}
        )
        self.drawing["prefix"] = "£"

    def to_python(self, value: Any) -> Any:
        typed = (super().to_python(value) or "").replace("£", "").replace(",", "").replace(" ", "")
        if not typed:
            return None
        try:
            found = Decimal(typed)
        except InvalidOperation:
            found = Decimal("NaN")
        if not found.is_finite() or found != round(found, 2):
            raise forms.ValidationError(f"{self.label} must be pounds and pence, like 12.50")
        if not 0 <= found <= MOST:
            raise forms.ValidationError(f"{self.label} must be between £0 and £{MOST:,}")
        return round(found, 2)

    def run_validators(self, value: Any) -> None:
        """The sum was looked at as it was read."""

    def params(self, bound: Bound) -> dict[str, Any]:
        return {**super().params(bound), "value": shown(bound.value())}


class OftenField(SelectField):
    """How often a sum comes; its label is read out and not shown, because the sum stands beside it."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, choices=OFTEN, **options)

    def params(self, bound: Bound) -> dict[str, Any]:
        return {**super().params(bound), "label": {"text": self.label, "classes": HIDDEN}}


class MinutesField(NumberField):
    """Whole minutes."""

    def __init__(self, label: str, **options: Any) -> None:
        said = f"{label} must be between {LEAST_MINUTES} and {MOST_MINUTES} minutes"
        super().__init__(label, validators=within(LEAST_MINUTES, MOST_MINUTES, said), **options)


class TookForm(ActionForm):
    """A form that may ask how long it took."""

    def ask_how_long(self) -> None:
        """One optional row, at the end."""
        choices = [(str(each), str(each)) for each in CHOICES]
        self.fields["took"] = RadiosField(
            "How many minutes did it take? (optional)", choices=[*choices, (OTHER, "Other")], required=False,
            small=True, inline=True, reveals={OTHER: "took_other"}, size="s",
        )  # fmt: skip
        self.fields["took_other"] = MinutesField("Minutes that it took", required=False)

    def done(self, act: Callable[[dict[str, Any]], object]) -> bool:
        """The action is told what was written, and not how long that took."""
        return super().done(lambda said: act({name: said[name] for name in said if not name.startswith("took")}))

    def minutes(self) -> int | None:
        """What was answered; None where nobody asked or answered."""
        typed = self.cleaned_data.get("took")
        if not typed:
            return None
        return int(self.cleaned_data["took_other"] if typed == OTHER else typed)


def within(least: int, most: int, said: str) -> list[Callable[[Any], None]]:
    """What holds a number to its bounds, in one sentence."""
    return [MinValueValidator(least, said), MaxValueValidator(most, said)]


def shown(sum_: object) -> str:
    """A sum as it stands in its input: what was typed, or pounds and pence."""
    return "" if sum_ is None else str(sum_)

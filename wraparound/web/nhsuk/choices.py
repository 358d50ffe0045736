"""Fields that are chosen from."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from wraparound.web.nhsuk.fields import Bound, Drawn, in_sentence

Choices = Iterable[tuple[str, str]]


class _Items(Drawn):
    """Radios and checkboxes: `hints` by value, `reveals` value → field shown once chosen, `dividers` before a value."""

    def __init__(
        self, label: str, *, choices: Choices, hints: Mapping[str, str] | None = None,
        reveals: Mapping[str, str] | None = None, dividers: Mapping[str, str] | None = None,
        small: bool = False, inline: bool = False, hide_label: bool = False, missing: str = "", **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(label, choices=choices, missing=missing or f"Select {in_sentence(label)}", **options)
        self.error_messages["invalid_choice"] = self.error_messages["required"]
        self.hints, self.reveals, self.dividers = hints or {}, reveals or {}, dividers or {}
        self.small, self.inline, self.hide_label = small, inline, hide_label

    def params(self, bound: Bound) -> dict[str, Any]:
        legend = self.heading()
        if self.hide_label:
            legend["classes"] = "nhsuk-u-visually-hidden"
        drawn = {"idPrefix": bound.auto_id, "fieldset": {"legend": legend}, "items": list(self._items(bound))}
        return {**drawn, "id": None, "small": self.small, "inline": self.inline}

    def _items(self, bound: Bound) -> Iterable[dict[str, Any]]:
        chosen = {str(value) for value in self._chosen(bound)}
        for value, label in self.choices:  # type: ignore[attr-defined]
            if value in self.dividers:
                yield {"divider": self.dividers[value]}
            item: dict[str, Any] = {"value": value, "text": label, "checked": str(value) in chosen}
            if value in self.hints:
                item["hint"] = {"text": self.hints[value]}
            if value in self.reveals:
                item["conditional"] = {"html": bound.form[self.reveals[value]].render()}
            yield item

    def _chosen(self, bound: Bound) -> Iterable[Any]:
        value = bound.value()
        return [] if value in (None, "") else value if isinstance(value, list | tuple | set | frozenset) else [value]


class RadiosField(_Items, forms.ChoiceField):
    component = "radios"
    widget = forms.RadioSelect


class CheckboxesField(_Items, forms.MultipleChoiceField):
    component = "checkboxes"
    widget = forms.CheckboxSelectMultiple


class TickField(Drawn, forms.BooleanField):
    """One box. `label` stands beside it; `reveals` names a field shown once it is ticked."""

    component = "checkboxes"
    widget = forms.CheckboxInput

    def __init__(self, label: str, *, small: bool = False, reveals: str = "", **options: Any) -> None:
        super().__init__(label, **{"required": False, **options})
        self.small = small
        self.reveals = {"yes": reveals} if reveals else {}

    def params(self, bound: Bound) -> dict[str, Any]:
        item: dict[str, Any] = {"value": "yes", "text": self.label, "checked": bool(bound.value())}
        if self.help_text:
            item["hint"] = {"text": self.help_text}
        if self.reveals:
            item["conditional"] = {"html": bound.form[self.reveals["yes"]].render()}
        return {"idPrefix": bound.auto_id, "id": None, "hint": None, "items": [item], "small": self.small}


class SelectField(Drawn, forms.ChoiceField):
    """A list to pull down: for more choices than fit as radios."""

    component = "select"
    widget = forms.Select

    def __init__(self, label: str, *, choices: Choices, missing: str = "", **options: Any) -> None:
        super().__init__(label, choices=list(choices), missing=missing or f"Select {in_sentence(label)}", **options)
        self.error_messages["invalid_choice"] = self.error_messages["required"]

    def params(self, bound: Bound) -> dict[str, Any]:
        items = [{"value": value, "text": label} for value, label in list(self.widget.choices)]
        drawn = super().params(bound)
        # The macro marks the item whose value is the same, and a number is not the same as its digits.
        return {**drawn, "value": str(drawn["value"]), "items": items}

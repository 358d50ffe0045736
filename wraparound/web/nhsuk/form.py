"""A form whose errors can be linked to and whose revealed fields are asked only when shown."""

from typing import Any

from django import forms

from wraparound.events.action import Refused


class Form(forms.Form):
    """The base of every form. The page's layout shows `error_list` above the page's heading.

    A field that another's choice reveals (`reveals=`) is declared `required=False`; once its choice is made it is
    asked for (unless `optional_when_revealed` names it), and otherwise it is blank whatever was typed.
    """

    optional_when_revealed: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "%s", "label_suffix": "", **kwargs})
        self.use_required_attribute = False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, field in self.fields.items():
            for value, revealed in getattr(field, "reveals", {}).items():
                self._clean_revealed(revealed, shown=self._is_chosen(name, value))
        return cleaned

    def revealed(self, name: str) -> bool:
        """Whether another field's choice shows this one, so that a page does not draw it by itself."""
        return any(name in getattr(field, "reveals", {}).values() for field in self.fields.values())

    def _is_chosen(self, name: str, value: str) -> bool:
        chosen = self.cleaned_data.get(name)
        if isinstance(chosen, bool):
            return chosen
        return value in chosen if isinstance(chosen, list) else chosen == value

    def _clean_revealed(self, name: str, *, shown: bool) -> None:
        if not shown:
            self.errors.pop(name, None)
            self.cleaned_data[name] = self.fields[name].to_python("")
        elif not self.cleaned_data.get(name) and name not in self.errors and name not in self.optional_when_revealed:
            self.add_error(name, self.fields[name].error_messages["required"])

    def refuse(self, refusal: Refused) -> None:
        """Show an action's refusal beside the field it names, or above the form when it names none of these."""
        self.add_error(refusal.field if refusal.field in self.fields else None, refusal.sentence)

    @property
    def error_list(self) -> list[dict[str, str]]:
        """The error summary: each error with a link to its input, in the order of the page."""
        found = [{"text": str(each), "href": ""} for each in self.non_field_errors()]
        for name in self.fields:
            if name in self.errors:
                said = " ".join(map(str, self.errors[name]))
                found.append({"text": said, "href": f"#{self[name].first_id}"})  # type: ignore[attr-defined]
        return found

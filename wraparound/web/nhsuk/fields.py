"""What every field has, and the fields that are written into."""

from typing import Any, ClassVar

from django import forms
from django.forms.boundfield import BoundField
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe


def in_sentence(label: str) -> str:
    """The label inside a sentence: “Date of birth” → “date of birth”, but “NHS number” stays."""
    first = label.split(" ", 1)[0]
    return label if first.isupper() and len(first) > 1 else label[:1].lower() + label[1:]


class Bound(BoundField):
    """A field with its form's values and errors, drawn by its component's macro."""

    field: "Drawn"

    @property
    def first_id(self) -> str:
        """The input that the error summary leads to."""
        return self.field.first_id(self)

    def params(self) -> dict[str, Any]:
        """What the macro is given."""
        shared: dict[str, Any] = {"name": self.html_name, "id": self.auto_id, "classes": self.field.classes}
        if self.field.help_text:
            shared["hint"] = {"text": self.field.help_text}
        if self.errors:
            shared["errorMessage"] = {"text": " ".join(map(str, self.errors))}
        return {**shared, **self.field.params(self)}

    def render(self, *_: Any, **__: Any) -> SafeString:
        template = get_template("parts/field.jinja")
        return mark_safe(template.render({"component": self.field.component, "params": self.params()}))

    __str__ = render
    __html__ = render


class Drawn(forms.Field):
    """A form field that names its component and how it is asked for.

    `missing` is what a person reads who left it out. `size` is the label's: s, m, l or xl.
    """

    component: ClassVar[str] = "input"

    def __init__(
        self, label: str, *, hint: str = "", missing: str = "", size: str = "", classes: str = "", **options: Any
    ) -> None:
        super().__init__(label=label, help_text=hint, **options)
        self.error_messages["required"] = missing or f"Enter {in_sentence(label)}"
        self.size = size
        self.classes = classes

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> Bound:
        return Bound(form, self, field_name)

    def first_id(self, bound: Bound) -> str:
        return str(bound.auto_id)

    def heading(self) -> dict[str, Any]:
        """The label or legend; a large one is its page's heading."""
        if not self.size:
            return {"text": self.label}
        return {"text": self.label, "size": self.size, "isPageHeading": self.size == "l"}

    def params(self, bound: Bound) -> dict[str, Any]:
        value = bound.value()
        return {"label": self.heading(), "value": "" if value is None else value}


class TextField(Drawn, forms.CharField):
    """One line. `width` is 2, 3, 4, 5, 10, 20 or 30 characters; other options go to the input macro as they are."""

    def __init__(
        self, label: str, *, width: int | None = None, autocomplete: str = "off", inputmode: str = "",
        spellcheck: bool | None = None, max_length: int = 200, **options: Any,
    ) -> None:  # fmt: skip
        super().__init__(label, max_length=max_length, **options)
        self.error_messages["max_length"] = f"{label} must be {max_length} characters or fewer"
        self.drawing: dict[str, Any] = {"autocomplete": autocomplete}
        if width:
            self.drawing["width"] = width
        if inputmode:
            self.drawing["inputmode"] = inputmode
        if spellcheck is not None:
            self.drawing["spellcheck"] = spellcheck

    def params(self, bound: Bound) -> dict[str, Any]:
        return {**super().params(bound), **self.drawing}


class EmailField(TextField):
    default_validators = forms.EmailField.default_validators

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(label, **{"max_length": 254, "spellcheck": False, **options})
        self.error_messages["invalid"] = f"{label} must be like name@example.com"
        self.drawing["type"] = "email"

    def run_validators(self, value: Any) -> None:
        try:
            super().run_validators(value)
        except forms.ValidationError:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from None


# What OWASP ASVS 4.0.3 asks for in 2.1.2: longer ones only cost time to hash.
LONGEST_PASSWORD = 128


class PasswordField(TextField):
    component = "password"
    widget = forms.PasswordInput

    def __init__(self, label: str, *, autocomplete: str = "current-password", **options: Any) -> None:
        super().__init__(label, autocomplete=autocomplete, strip=False, max_length=LONGEST_PASSWORD, **options)

    def params(self, bound: Bound) -> dict[str, Any]:
        return {**super().params(bound), "value": ""}


class NumberField(Drawn, forms.IntegerField):
    """A whole number."""

    widget = forms.TextInput

    def __init__(self, label: str, *, width: int = 4, **options: Any) -> None:
        super().__init__(label, **options)
        self.error_messages["invalid"] = f"{label} must be a whole number"
        self.width = width

    def params(self, bound: Bound) -> dict[str, Any]:
        return {**super().params(bound), "inputmode": "numeric", "width": self.width, "autocomplete": "off"}


class LongTextField(Drawn, forms.CharField):
    """Several lines, with a count of what is left."""

    component = "character-count"
    widget = forms.Textarea

    def __init__(self, label: str, *, rows: int = 3, max_length: int = 500, **options: Any) -> None:
        super().__init__(label, max_length=max_length, **options)
        self.error_messages["max_length"] = f"{label} must be {max_length} characters or fewer"
        self.rows = rows

    def params(self, bound: Bound) -> dict[str, Any]:
        return {**super().params(bound), "rows": self.rows, "maxlength": str(self.max_length), "threshold": "50"}

    def to_python(self, value: Any) -> str:
        # A browser counts a line's end as one character and sends two.
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value) or ""


class HiddenField(Drawn, forms.CharField):
    """Something the page keeps for itself."""

    component = "hidden"
    widget = forms.HiddenInput

    def __init__(self, **options: Any) -> None:
        super().__init__("", **{"required": False, "max_length": 200, **options})

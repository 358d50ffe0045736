"""Form fields as the design system draws them, declared once: a template writes `{{ form["name"] }}` and arranges."""

from wraparound.web.nhsuk.choices import CheckboxesField, RadiosField, SelectField, TickField
from wraparound.web.nhsuk.dates import DateField
from wraparound.web.nhsuk.fields import EmailField, HiddenField, LongTextField, NumberField, PasswordField, TextField
from wraparound.web.nhsuk.files import FileField
from wraparound.web.nhsuk.form import Form
from wraparound.web.nhsuk.months import MonthField

__all__ = [
    "CheckboxesField", "DateField", "EmailField", "FileField", "Form", "HiddenField", "LongTextField", "MonthField",
    "NumberField", "PasswordField", "RadiosField", "SelectField", "TextField", "TickField",
]  # fmt: skip

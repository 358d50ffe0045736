"""How to reach a person safely, and how they describe themselves."""

import re
from typing import Any, ClassVar, cast

from django.http import QueryDict

from wraparound.people.models import Contact, DigitalAccess, Person, YesNo
from wraparound.people.reading import ADDRESS_FIELDS, CONTACT_FIELDS, contact_digest
from wraparound.web.nhsuk import EmailField, HiddenField, LongTextField, RadiosField, TextField, TickField
from wraparound.web.team.forms import ActionForm

_PHONE = re.compile(r"\+?[0-9 ()-]{7,20}")
_SMALL: dict[str, Any] = {"small": True, "inline": True}


class ContactDetailsForm(ActionForm):
    """Every field is a column of the record; `opened_with` tells what the record held when the page was opened."""

    opened_with = HiddenField()
    safe_times = TextField(
        "When is it safe to make contact?", required=False, hint="For example, weekdays before 3pm, not evenings"
    )
    voicemail = RadiosField("May you leave a voicemail?", choices=YesNo.choices, **_SMALL)
    may_say_who_is_calling = RadiosField(
        "May you say who is calling, if somebody else answers?", choices=YesNo.choices, **_SMALL
    )
    contact_notes = LongTextField("Anything else needed to make contact safely", required=False, rows=3)
    known_as = TextField("What they like to be called", required=False, width=20)
    mobile = TextField("Mobile number", required=False, width=20, inputmode="tel", max_length=20)
    mobile_calls = RadiosField("May you call the mobile?", choices=Contact.choices, **_SMALL)
    mobile_texts = RadiosField("May you send texts?", choices=Contact.choices, **_SMALL)
    landline = TextField("Landline number", required=False, width=20, inputmode="tel", max_length=20)
    landline_calls = RadiosField("May you call the landline?", choices=Contact.choices, **_SMALL)
    email = EmailField("Email address", required=False)
    email_messages = RadiosField("May you send email?", choices=Contact.choices, **_SMALL)
    address = LongTextField("Address", required=False, rows=3)
    postcode = TextField("Postcode", required=False, width=10, max_length=20)
    no_fixed_abode = TickField("They have no fixed address", small=True)
    letters = RadiosField("May you send letters?", choices=Contact.choices, **_SMALL)
    address_withheld = TickField(
        "Withhold the address", small=True, hint="Only organisations that work with them see it."
    )
    preferred_language = TextField("Preferred language", required=False, width=20, max_length=60)
    interpreter_needed = TickField("They need an interpreter", small=True)
    access_needs = LongTextField("What they need so that they can take part", required=False, rows=3)
    digital_access = RadiosField("Do they use the internet?", choices=DigitalAccess.choices, small=True)

    ADDRESS: ClassVar = ADDRESS_FIELDS

    def __init__(self, *args: Any, person: Person, sees_address: bool, **kwargs: Any) -> None:
        held = {name: getattr(person, name) for name in CONTACT_FIELDS} | {"opened_with": contact_digest(person)}
        super().__init__(*args, initial=held, **kwargs)
        if not sees_address:
            for name in self.ADDRESS:
                del self.fields[name]

    def clean_mobile(self) -> str:
        return self._phone("mobile")

    def clean_landline(self) -> str:
        return self._phone("landline")

    def _phone(self, name: str) -> str:
        typed: str = self.cleaned_data[name]
        if typed and not _PHONE.fullmatch(typed):
            self.add_error(name, f"{self.fields[name].label} must be a phone number, like 07700 900123")
        return typed

    def compare(self, held: Person) -> list[tuple[str, str]]:
        """What the record holds now where something else was typed; saving again means to overwrite that."""
        self.data = data = cast(QueryDict, self.data).copy()
        data["opened_with"] = contact_digest(held)
        differs = [name for name, typed in self.changes().items() if getattr(held, name) != typed]
        return [(str(self.fields[name].label), said(held, name)) for name in differs]

    def changes(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "opened_with"}


def said(person: Person, name: str) -> str:
    """A contact detail as a page shows it."""
    value = getattr(person, name)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    display = getattr(person, f"get_{name}_display", None)
    return str(display() if display else value) or "Nothing"


class SelfDescriptionForm(ActionForm):
    """All optional, in the person's own words."""

    ethnicity = TextField("How do you describe your ethnic group?", required=False)
    gender = TextField("How do you describe your gender?", required=False)
    disability = LongTextField(
        "Do you have a disability or health condition? How would you describe it?", required=False
    )

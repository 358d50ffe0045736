"""The one page of a referral, and finding whom it is for."""

import hashlib
import json
import uuid
from typing import Any

from django import forms
from django.http import QueryDict

from wraparound.consent.agreed import REFERRAL, Capacity, GivenBy
from wraparound.consent.translating import Spoken
from wraparound.pathways.vocabulary import UrgentFlag
from wraparound.people import codes
from wraparound.people.details import NhsNumberAbsent, PersonDetails
from wraparound.referrals.intake import Intake, LetterSaid, Sender
from wraparound.time_limits.letters import Letter
from wraparound.web.agreement import (
    SomebodyElseForm,
    agreed,
    ask_language,
    best_interests_field,
    how_field,
    language_field,
    safeguarding_field,
)
from wraparound.web.nhsuk import (
    CheckboxesField,
    DateField,
    EmailField,
    Form,
    HiddenField,
    LongTextField,
    RadiosField,
    SelectField,
    TextField,
    TickField,
)
from wraparound.web.referring.entry_fields import Asking, EntryFields
from wraparound.web.wording import FLAGS, NEEDS

HAS_NUMBER = "has_number"
# The sending system that a page of ours is.
PAGE = "urn:wraparound:page"


def new_submission() -> str:
    return str(uuid.uuid4())


class FindForm(Form):
    """Somebody the organisation already knows."""

    words = TextField("Name or NHS number", required=False, width=20)
    born = DateField("Date of birth", required=False, past=True, hint="If you have it")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not cleaned.get("words") and not cleaned.get("born"):
            self.add_error("words", "Enter a name, an NHS number or a date of birth")
        return cleaned


class ReferForm(SomebodyElseForm, EntryFields):
    """A referral of somebody whose details are known: as few answers as a good referral from this way in needs."""

    submission = HiddenField()
    needs = CheckboxesField(
        "What would they like help with?",
        choices=[(need.value, said) for need, said in NEEDS.items()],
        missing="Select at least one thing that they would like help with",
        size="m",
        small=True,
    )
    advice = TickField(
        "They also want welfare advice",
        hint="Help with rights: benefits, debt, housing, work or immigration.",
    )
    urgent_flags = CheckboxesField(
        "Is any of this true today?",
        choices=[(flag.value, said) for flag, said in FLAGS.items()],
        required=False,
        small=True,
    )
    letter = SelectField(
        "Which letter is it?", choices=[("", "None"), *((each.value, each.label) for each in Letter)], required=False,
    )  # fmt: skip
    letter_day = DateField(
        "The day on it", required=False,
        hint="For a notice, court papers or another letter that names a day to act by: that day.",
    )  # fmt: skip
    agreed_how = how_field(
        missing="Select how they agreed. Ask them first; without that the referral cannot be sent", small=True
    )
    best_interests_reason = best_interests_field()
    safeguarding_reason = safeguarding_field()
    language = language_field()
    reason = TextField(
        "Anything the services need to know (optional)", hint="One line. Leave out the medical history.",
        required=False, max_length=500,
    )  # fmt: skip
    hide_from_online_view = TickField(
        "Keep the replies out of their online record",
        hint="Tick this if somebody else may see their record online. You still get every reply.",
        small=True,
    )

    # As on the page, and so in the error summary; whatever is not named comes between these two lines.
    field_order = "told needs broad advice urgent_flags letter letter_day clinical_reason".split()
    last = (
        "session signpost agreed_how best_interests_reason safeguarding_reason language given_by representative "
        "capacity capacity_note reason hide_from_online_view"
    ).split()

    def __init__(self, *args: Any, spoken: Spoken, **kwargs: Any) -> None:
        """`spoken` is what there is in the language that the person prefers."""
        super().__init__(*args, **kwargs)
        ask_language(self, spoken, REFERRAL)
        if not self.asking.sees_reason:
            del self.fields["letter"], self.fields["letter_day"]
        # Of nearly everybody there is nothing to say here.
        for name in ("given_by", "capacity"):
            self.fields[name].required = False
        for name in self.last:
            if name in self.fields:
                self.fields[name] = self.fields.pop(name)

    @classmethod
    def kept(cls, data: QueryDict, asking: Asking, spoken: Spoken) -> "ReferForm":
        """The form as typed so far, with nothing said yet about what is missing."""
        typed = {name: field.widget.value_from_datadict(data, {}, name) for name, field in cls.base_fields.items()}
        return cls(initial=typed, asking=asking, spoken=spoken)

    @classmethod
    def new(cls, submission: str, asking: Asking, spoken: Spoken, **known: str) -> "ReferForm":
        """A form with what is `known` filled in, which makes one referral however often it is sent.

        `submission` comes with the page's address: who goes back to the page and sends it again sends the same one.
        """
        usual = {"given_by": GivenBy.PERSON.value, "capacity": Capacity.NO_DOUBT.value}
        return cls(initial={"submission": submission[:100], **usual, **known}, asking=asking, spoken=spoken)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("letter") and not cleaned.get("letter_day") and "letter_day" not in self.errors:
            self.add_error("letter_day", "Enter the day on the letter, or the day that it names")
        if cleaned.get("letter_day") and not cleaned.get("letter"):
            self.add_error("letter", "Select which letter it is")
        return cleaned

    def intake(self, *, practice: str, **whom: Any) -> Intake:
        """What goes to `refer`: `whom` is `person_id` or `person`, where the page did not ask who it is."""
        said = self.cleaned_data
        return Intake(
            entry=self.asking.way.entry,
            urgent_flags=frozenset(UrgentFlag(value) for value in said["urgent_flags"]),
            agreed=agreed(said, REFERRAL),
            letter=LetterSaid(Letter(said["letter"]), said["letter_day"]) if said.get("letter") else None,
            **self.further(),
            sender=self._sender(whom),
            **(whom or {"person": self.details(practice)}),
        )

    def details(self, practice: str) -> PersonDetails | None:
        """Who it is, where the form asks."""
        return None

    def _sender(self, whom: dict[str, Any]) -> Sender | None:
        submission = self.cleaned_data["submission"]
        if not submission:
            return None
        content = json.dumps([self.cleaned_data, whom], sort_keys=True, default=str)
        digest = hashlib.sha256(content.encode()).hexdigest()
        return Sender(system=PAGE, identifier=submission, body_sha256=digest)


class NewPersonReferForm(ReferForm):
    """A referral of somebody whom the practice does not have here yet."""

    given_names = TextField("First names", required=False, width=20, hint="As they are known to the NHS")
    family_name = TextField("Last name", required=False, width=20, hint="If they have one name, write it in either box")
    date_of_birth = DateField("Date of birth", required=False, past=True, hint="For example, 27 3 1980")
    nhs_number_known = RadiosField(
        "Do you have their NHS number?",
        choices=[(HAS_NUMBER, "Yes")]
        + [(value, label) for value, label in NhsNumberAbsent.choices if value != NhsNumberAbsent.TO_BE_CHECKED],
        reveals={HAS_NUMBER: "nhs_number"},
        dividers={NhsNumberAbsent.NOT_KNOWN.value: "or why not"},
        missing="Select whether you have their NHS number, or why not",
        small=True,
    )
    nhs_number = TextField(
        "NHS number", required=False, width=10, inputmode="numeric", missing="Enter their NHS number", max_length=20
    )
    mobile = TextField("Mobile phone", required=False, width=20, inputmode="tel", max_length=20)
    landline = TextField("Other phone", required=False, width=20, inputmode="tel", max_length=20)
    email = EmailField("Email address", required=False)
    address = LongTextField("Address", required=False, rows=3)
    postcode = TextField("Postcode", required=False, width=10, max_length=10)
    no_fixed_abode = TickField("No fixed address", small=True)
    preferred_language = TextField("Language they prefer, if not English", required=False, width=20, max_length=60)
    interpreter_needed = TickField("They need an interpreter", small=True)

    # Who it is comes first on the page, and so in the error summary.
    person_fields = (
        "given_names family_name date_of_birth nhs_number_known nhs_number mobile landline email address postcode "
        "no_fixed_abode preferred_language interpreter_needed"
    ).split()
    field_order = [*person_fields, *ReferForm.field_order]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("given_names") and not cleaned.get("family_name"):
            self.add_error("given_names", "Enter at least one name")
        return cleaned

    def clean_nhs_number(self) -> str:
        return _checked(codes.nhs_number, self.cleaned_data["nhs_number"])

    def clean_postcode(self) -> str:
        return _checked(codes.postcode, self.cleaned_data["postcode"])

    def clean_mobile(self) -> str:
        return _checked(codes.own_phone, self.cleaned_data["mobile"])

    def clean_landline(self) -> str:
        return _checked(codes.own_phone, self.cleaned_data["landline"])

    def details(self, practice: str) -> PersonDetails:
        said = self.cleaned_data
        known = said["nhs_number_known"]
        same = {name: said[name] for name in self.person_fields if name != "nhs_number_known"}
        return PersonDetails(
            **same, practice_ods_code=practice, nhs_number_absent_reason="" if known == HAS_NUMBER else known
        )


def _checked(check: Any, typed: str) -> str:
    if not typed:
        return ""
    try:
        return str(check(typed))
    except ValueError as fault:
        raise forms.ValidationError(str(fault)) from None

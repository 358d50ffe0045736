"""The questions that the public is asked, one to a page. What is answered travels with the page and is kept nowhere."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict

from wraparound.pathways.vocabulary import Entry, Need, UrgentFlag
from wraparound.people import codes
from wraparound.referrals.models import SessionWanted
from wraparound.web.nhsuk import (
    CheckboxesField,
    DateField,
    EmailField,
    Form,
    LongTextField,
    RadiosField,
    SelectField,
    TextField,
    TickField,
)

ME, SOMEBODY = "me", "somebody"
NEEDS = (
    (Need.BENEFITS, "Benefits"),
    (Need.DEBT, "Debt or bills"),
    (Need.HOUSING, "My home"),
    (Need.FOOD_OR_FUEL, "Food or heating"),
    (Need.EMPLOYMENT, "Work"),
    (Need.IMMIGRATION, "Being allowed to stay in the UK"),
    (Need.LONELINESS, "Meeting people"),
    (Need.WELLBEING, "Stress, worry or feeling low"),
    (Need.ACTIVITY, "Being more active"),
    (Need.CARING, "Looking after somebody"),
    (Need.BEREAVEMENT, "Somebody has died"),
    (Need.OTHER, "Something else, or I am not sure"),
)
FLAGS = (
    (UrgentFlag.IMMEDIATE_DANGER, "I am in danger, or might hurt myself"),
    (UrgentFlag.HOMELESS_TONIGHT, "I have nowhere to sleep tonight"),
    (UrgentFlag.NO_FOOD, "I have no food and no money for food"),
    (UrgentFlag.EVICTION_WITHIN_14_DAYS, "I have to leave my home in the next 2 weeks"),
    (UrgentFlag.INCOME_STOPPED, "My money has stopped"),
    (UrgentFlag.BAILIFFS_DUE, "Bailiffs are coming"),
    (UrgentFlag.LEGAL_DEADLINE_NEAR, "I have a letter with a date by which I must act"),
)
THEIR_NEEDS = {Need.HOUSING: "Their home", Need.OTHER: "Something else, or I am not sure"}
THEIR_FLAGS = (
    (UrgentFlag.IMMEDIATE_DANGER, "They are in danger, or might hurt themselves"),
    (UrgentFlag.HOMELESS_TONIGHT, "They have nowhere to sleep tonight"),
    (UrgentFlag.NO_FOOD, "They have no food and no money for food"),
    (UrgentFlag.EVICTION_WITHIN_14_DAYS, "They have to leave their home in the next 2 weeks"),
    (UrgentFlag.INCOME_STOPPED, "Their money has stopped"),
    (UrgentFlag.BAILIFFS_DUE, "Bailiffs are coming to them"),
    (UrgentFlag.LEGAL_DEADLINE_NEAR, "They have a letter with a date by which they must act"),
)
SESSIONS = [(each.value, "Any of these" if each is SessionWanted.ANY else each.label) for each in SessionWanted]
RELATIONSHIPS = ("Partner", "Family", "Friend or neighbour", "Carer", "Support worker", "Somebody else")
YES_NO = (("yes", "Yes"), ("no", "No"))


class QuestionForm(Form):
    """One page's question. `theirs` are the labels when it is asked about somebody else."""

    theirs: ClassVar[Mapping[str, str]] = {}
    their_choices: ClassVar[Mapping[str, Any]] = {}

    def __init__(self, *args: Any, for_somebody: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if for_somebody:
            for name, label in self.theirs.items():
                self.fields[name].label = label
            for name, choices in self.their_choices.items():
                self.fields[name].choices = choices  # type: ignore[attr-defined]


class WhoForm(QuestionForm):
    who = RadiosField(
        "Who needs help?", choices=[(ME, "I do"), (SOMEBODY, "Somebody else, and I am asking for them")], size="l",
        missing="Select who needs help",
    )  # fmt: skip


class KnowsForm(QuestionForm):
    knows = RadiosField(
        "Do they know that you are asking?",
        choices=[("yes", "Yes, and they want help"), ("cannot", "They are not able to decide this themselves"),
                 ("no", "No, not yet")],
        reveals={"cannot": "cannot_why"}, size="l", missing="Select whether they know that you are asking",
    )  # fmt: skip
    cannot_why = LongTextField(
        "Why they cannot decide, and why help would be right for them", required=False, rows=3,
        missing="Enter why they cannot decide, and why help would be right for them",
    )  # fmt: skip

    def clean_knows(self) -> str:
        if self.cleaned_data["knows"] == "no":
            raise forms.ValidationError(
                "Talk to them first, and ask again when they say yes. If you are worried that they are not safe, "
                "ring the number at the top of this page; in danger, ring 999"
            )
        return str(self.cleaned_data["knows"])


class HelperForm(QuestionForm):
    helper_name = TextField("Your name", width=20, autocomplete="name")
    relationship = SelectField(
        "You are their …",
        choices=[("", "Choose one"), *((each, each) for each in RELATIONSHIPS)],
        missing="Select what you are to them",
    )  # fmt: skip
    helper_phone = TextField("Your phone number", width=20, inputmode="tel", max_length=20, autocomplete="tel")

    def clean_helper_phone(self) -> str:
        return phone(self.cleaned_data["helper_phone"])


class NeedsForm(QuestionForm):
    theirs = {"needs": "What would they like help with?"}
    their_choices = {"needs": [(need.value, THEIR_NEEDS.get(need, said)) for need, said in NEEDS]}
    needs = CheckboxesField(
        "What would you like help with?", choices=[(need.value, said) for need, said in NEEDS], size="l",
        hint="Choose all that fit", missing="Select at least one thing",
    )  # fmt: skip


class TodayForm(QuestionForm):
    theirs = {"urgent_flags": "Is any of this true for them now?"}
    their_choices = {"urgent_flags": [(flag.value, said) for flag, said in THEIR_FLAGS]}
    urgent_flags = CheckboxesField(
        "Is any of this true for you now?", choices=[(flag.value, said) for flag, said in FLAGS], size="l",
        hint="Leave it empty if none of it is", required=False,
    )  # fmt: skip


class NameForm(QuestionForm):
    theirs = {"given_names": "Their first name", "family_name": "Their last name"}
    given_names = TextField("First name", required=False, width=20, autocomplete="given-name")
    family_name = TextField(
        "Last name", required=False, width=20, autocomplete="family-name",
        hint="With one name only, write it in either box",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not cleaned.get("given_names") and not cleaned.get("family_name"):
            self.add_error("given_names", "Enter a name")
        return cleaned


class BornForm(QuestionForm):
    theirs = {"date_of_birth": "Their date of birth"}
    date_of_birth = DateField(
        "Date of birth", past=True, required=False, size="l",
        hint="For example, 27 3 1980. You can leave it empty; it helps us not to mix people up",
    )  # fmt: skip


class ReachForm(QuestionForm):
    theirs = {"mobile": "Their mobile phone", "landline": "Their other phone", "email": "Their email address"}
    mobile = TextField(
        "Mobile phone", required=False, width=20, inputmode="tel", max_length=20, autocomplete="tel"
    )  # fmt: skip
    landline = TextField("Other phone", required=False, width=20, inputmode="tel", max_length=20)
    email = EmailField("Email address", required=False, autocomplete="email")
    no_phone = TickField("No phone and no email: ask at the GP practice", small=True)

    def clean_mobile(self) -> str:
        return phone(self.cleaned_data["mobile"])

    def clean_landline(self) -> str:
        return phone(self.cleaned_data["landline"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.errors and not any(cleaned.get(way) for way in ("mobile", "landline", "email", "no_phone")):
            self.add_error("mobile", "Enter a phone number or an email address, or tick that there is none")
        return cleaned


class SafeForm(QuestionForm):
    theirs = {
        "voicemail": "Is it safe to leave a message for them?",
        "may_say_who_is_calling": "If somebody else answers, may we say who is calling?",
        "safe_times": "When is it safe to ring them?",
    }
    voicemail = RadiosField(
        "Is it safe to leave a message?", choices=YES_NO, inline=True, missing="Select whether we may leave a message"
    )
    may_say_who_is_calling = RadiosField(
        "If somebody else answers, may we say who is calling?", choices=YES_NO, inline=True,
        missing="Select whether we may say who is calling",
    )  # fmt: skip
    safe_times = TextField("When is it safe to ring you?", required=False, hint="For example, weekdays before 3pm")


class SessionForm(QuestionForm):
    theirs = {"session": "Which appointment would suit them?"}
    session = RadiosField(
        "Which appointment would suit you?", choices=SESSIONS, size="l",
        hint="This is not booked yet: the service tells you the day and the time", missing="Select what would suit you",
    )  # fmt: skip


class HomeForm(QuestionForm):
    theirs = {"postcode": "Their postcode", "no_fixed_abode": "They have no fixed address"}
    postcode = TextField("Postcode", required=False, width=10, max_length=10, autocomplete="postal-code")
    no_fixed_abode = TickField("I have no fixed address", small=True)

    def clean_postcode(self) -> str:
        return _checked(codes.postcode, self.cleaned_data["postcode"])


class PracticeForm(QuestionForm):
    theirs = {"practice": "Which GP practice are they with?"}
    practice = SelectField(
        "Which GP practice are you with?", choices=[], required=False, size="l",
        hint="We do not tell the practice that you asked",
    )  # fmt: skip

    def __init__(self, *args: Any, practices: list[tuple[str, str]] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["practice"]
        field.choices = [("", "Another, or I am not sure"), *(practices or [])]  # type: ignore[attr-defined]


class LanguageForm(QuestionForm):
    theirs = {
        "preferred_language": "Which language do they like to speak?",
        "interpreter_needed": "They need an interpreter",
        "access_needs": "What would make it easier for them?",
    }
    preferred_language = TextField(
        "Which language do you like to speak?", required=False, width=20, max_length=60, hint="If it is not English"
    )
    interpreter_needed = TickField("I need an interpreter", small=True)
    access_needs = TextField(
        "What would make it easier for you?", required=False, max_length=500,
        hint="For example, large print, sign language, more time, somebody with me",
    )  # fmt: skip


class WordsForm(QuestionForm):
    theirs = {"reason": "Is there anything else we should know?"}
    reason = LongTextField(
        "Is there anything else we should know?", required=False, rows=4, size="l",
        hint="You can leave it empty. Nobody will decide anything from it before they have talked with you",
    )  # fmt: skip
    code = TextField(
        "If somebody gave you a slip with a code, what is the code?", required=False, width=10, max_length=12
    )

    def clean_reason(self) -> str:
        typed = str(self.cleaned_data["reason"])
        if re.search(r"https?://|www\.", typed, re.IGNORECASE):
            raise forms.ValidationError("Take out the web address: we cannot open links that are sent here")
        return typed


def phone(typed: str) -> str:
    """The number as typed; ValidationError when nobody could ring it."""
    return _checked(codes.own_phone, typed)


def _checked(check: Callable[[str], str], typed: str) -> str:
    try:
        return check(typed) if typed else ""
    except ValueError as fault:
        raise forms.ValidationError(str(fault)) from None


def _always(answers: QueryDict) -> bool:
    return True


def entry_of(answers: Mapping[str, Any]) -> Entry:
    return Entry.ON_BEHALF if for_somebody(answers) else Entry.SELF


def for_somebody(answers: Mapping[str, Any]) -> bool:
    return answers.get("who") == SOMEBODY


@dataclass(frozen=True)
class Question:
    """One page: its name in the flow, its form, a heading where the form has several fields, and when it is asked.

    `books`: only where the scheme's pathway books a session with who asks.
    """

    name: str
    form: type[QuestionForm]
    heading: str = ""
    their_heading: str = ""
    asked: Callable[[QueryDict], bool] = _always
    books: bool = False


QUESTIONS: tuple[Question, ...] = (
    Question("who", WhoForm),
    Question("knows", KnowsForm, asked=for_somebody),
    Question("helper", HelperForm, "About you", "About you", asked=for_somebody),
    Question("needs", NeedsForm),
    Question("today", TodayForm),
    Question("name", NameForm, "What is your name?", "What is their name?"),
    Question("born", BornForm),
    Question("reach", ReachForm, "How can we reach you?", "How can we reach them?"),
    Question("safe", SafeForm, "How can we contact you safely?", "How can we contact them safely?"),
    Question("session", SessionForm, books=True),
    Question("home", HomeForm, "Where do you live?", "Where do they live?"),
    Question("practice", PracticeForm),
    Question("language", LanguageForm, "How can we make it easier for you?", "How can we make it easier for them?"),
    Question("words", WordsForm),
)

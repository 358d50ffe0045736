"""What a service writes down of its own work."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from wraparound.casework.actions import LONGEST_NOTE, OtherService
from wraparound.casework.models import ContactBy, ContactResult
from wraparound.consent.agreed import HANDOVER
from wraparound.consent.translating import Spoken
from wraparound.organisations.models import Team
from wraparound.pathways import words
from wraparound.pathways.vocabulary import Need, Service
from wraparound.people.models import Contact, Person
from wraparound.referrals.states import Outcome
from wraparound.web.agreement import (
    SomebodyElseForm,
    agreed,
    ask_language,
    best_interests_field,
    how_field,
    language_field,
    safeguarding_field,
)
from wraparound.web.journey.moments import MomentField
from wraparound.web.money.fields import TookForm
from wraparound.web.nhsuk import CheckboxesField, LongTextField, RadiosField, TextField
from wraparound.web.team.forms import ActionForm
from wraparound.web.wording import NEEDS


class Decision(StrEnum):
    """What a supervisor may decide."""

    GO_ON = "go_on"
    WRITE = "write"
    STOP = "stop"


DECISIONS = {
    Decision.GO_ON: ("Go on trying", "The tries are counted anew."),
    Decision.WRITE: ("Write to them, and go on trying", "The worker gets a task to write by the next working day."),
    Decision.STOP: ("Stop trying", "The referrer is told that the person could not be reached."),
}


class ContactForm(TookForm):
    """One try at reaching the person, or an appointment."""

    channel = RadiosField(
        "How did you try, or meet?", choices=ContactBy.choices, missing="Select how you tried or met", size="s"
    )
    result = RadiosField("What came of it?", choices=ContactResult.choices, missing="Select what came of it", size="s")
    when = RadiosField(
        "When was it?",
        choices=[("now", "Just now"), ("earlier", "Earlier")],
        reveals={"earlier": "occurred_at"},
        missing="Select when it was",
        initial="now",
        size="s",
    )
    occurred_at = MomentField(
        "Day and time", required=False, past=True, missing="Enter the day and time", hint="For example, 9 3 2026 14:30"
    )
    remark = TextField(
        "Anything your team needs to know about it (optional)",
        required=False,
        max_length=500,
        hint="Only your organisation sees this.",
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(RadiosField, self.fields["channel"]).hints = permissions(person)

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        at: datetime | None = said["occurred_at"]
        return {
            "channel": ContactBy(said["channel"]),
            "result": ContactResult(said["result"]),
            "remark": said["remark"],
            "occurred_at": at,
        }


def permissions(person: Person) -> dict[str, str]:
    """What the person said of each channel, for the channels that they were asked about."""
    told = {
        ContactBy.PHONE: [
            ("Do not call the mobile", person.mobile_calls),
            ("Do not call the landline", person.landline_calls),
        ],
        ContactBy.TEXT: [("Do not send texts", person.mobile_texts)],
        ContactBy.EMAIL: [("Do not email", person.email_messages)],
        ContactBy.LETTER: [("Do not send letters", person.letters)],
    }
    said = {way.value: ". ".join(words for words, may in each if may == Contact.NO) for way, each in told.items()}
    return {way: words for way, words in said.items() if words}


class NoteForm(TookForm):
    text = LongTextField(
        "Note",
        hint="Only your organisation sees it. It cannot be changed afterwards: put a mistake right in another note.",
        missing="Write the note first",
        rows=12,
        max_length=LONGEST_NOTE,
        size="s",
    )


class HandoverForm(ActionForm, SomebodyElseForm):
    """A warm handover to the other team."""

    needs = CheckboxesField(
        "What do they want help with?",
        choices=[(need.value, said) for need, said in NEEDS.items()],
        missing="Select at least one thing that they want help with",
        small=True,
        size="s",
    )
    told = LongTextField(
        "What have they already told you?",
        hint="The other team reads this, so that nobody asks again. Choose with the person what to pass on. Your notes "
        "stay with you.",
        missing="Enter what they have already told you",
        rows=8,
        max_length=5_000,
        size="s",
    )
    agreed_how = how_field(missing="Select how they agreed. Ask them first: without that you cannot hand over")
    best_interests_reason = best_interests_field()
    safeguarding_reason = safeguarding_field()
    language = language_field()

    def __init__(self, *args: Any, spoken: Spoken, **kwargs: Any) -> None:
        """`spoken` is what there is in the language that the person prefers."""
        super().__init__(*args, **kwargs)
        ask_language(self, spoken, HANDOVER)

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "needs": frozenset(Need(need) for need in said["needs"]),
            "told": said["told"],
            "agreed": agreed(said, HANDOVER),
        }


class SpecialistForm(HandoverForm):
    """A partner's advisers are asked in beside the worker."""

    needs = None  # type: ignore[assignment]
    team = RadiosField("Who is asked?", choices=(), missing="Select who is asked", size="s")
    field_order = ("team", "told")

    def __init__(self, *args: Any, teams: Iterable[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(RadiosField, self.fields["team"])
        field.choices = [(str(each.pk), f"{each.organisation.name}: {each.name}") for each in teams]

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"told": said["told"], "agreed": agreed(said, HANDOVER)}


class CloseForm(ActionForm):
    outcome = RadiosField(
        "How did it end for the person?",
        choices=[(each.value, each.label) for each in Outcome if each not in (Outcome.NOT_RECORDED, Outcome.SENT_ON)],
        hint="The referrer reads exactly these words.",
        missing="Select how it ended for the person",
        size="m",
    )

    other_service = RadiosField("", choices=(), size="m")

    def __init__(self, *args: Any, asked: Service | None, **kwargs: Any) -> None:
        """`asked` is the other service that the pathway asks about now."""
        super().__init__(*args, **kwargs)
        if asked is None:
            del self.fields["other_service"]
            return
        worker = words.ONE_WORKER[asked]
        field = cast(RadiosField, self.fields["other_service"])
        field.label = f"Could {worker} help with the rest?"
        field.help_text = "Ask them. With their agreement you hand over next."
        field.error_messages["required"] = f"Select whether they would like {worker} to help with the rest"
        field.choices = [
            (OtherService.WANTED.value, "Yes, hand over next"),
            (OtherService.NOT_WANTED.value, "No, they do not want that"),
            (OtherService.NOT_ASKED.value, "Not asked yet: keep it as a task"),
        ]

    def clean_outcome(self) -> Outcome:
        return Outcome(self.cleaned_data["outcome"])

    def clean_other_service(self) -> OtherService:
        return OtherService(self.cleaned_data["other_service"])


class LostContactForm(ActionForm):
    """Nothing is asked: the tries are on record already."""


class DecideForm(ActionForm):
    """A supervisor says how to go on when all tries are made."""

    decision = RadiosField(
        "What should happen?",
        choices=[(each.value, label) for each, (label, _) in DECISIONS.items()],
        hints={each.value: hint for each, (_, hint) in DECISIONS.items()},
        missing="Select what should happen",
        size="m",
    )


class IssueForm(ActionForm):
    """An advice issue as somebody spots it who does not give the advice."""

    issue = CheckboxesField(
        "What is it about?",
        choices=[(need.value, NEEDS[need]) for need in (
            Need.BENEFITS, Need.DEBT, Need.HOUSING, Need.EMPLOYMENT, Need.IMMIGRATION)],
        missing="Select what it is about",
        small=True,
    )  # fmt: skip

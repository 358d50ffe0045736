"""What is asked on the pages of medical evidence."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, cast

from django import forms as django_forms

from wraparound.consent.agreed import AgreedHow
from wraparound.evidence.answering import LONGEST_LETTER
from wraparound.evidence.asking import LONGEST_WORDS, Asked
from wraparound.evidence.extract import LONGEST
from wraparound.evidence.points import Benefit, list_for
from wraparound.evidence.states import CameOfIt, Fee, UsedFor
from wraparound.evidence.using import THEMSELVES
from wraparound.organisations.models import Organisation
from wraparound.web.nhsuk import (
    CheckboxesField,
    DateField,
    FileField,
    LongTextField,
    RadiosField,
    TextField,
    TickField,
)
from wraparound.web.team.forms import ActionForm

OUTSIDE = "outside"


class AskForm(ActionForm):
    """What one benefit's letter should speak of, and who is asked."""

    points = CheckboxesField(
        "Which points matter?", choices=[], required=False, small=True, size="s",
        hint="Choose few: a short letter on what is in doubt helps more than a long one.",
    )  # fmt: skip
    words = LongTextField(
        "What else do you ask? (optional)",
        hint="Ask openly. Do not suggest the answer, and do not repeat what they hold already.",
        required=False, rows=4, max_length=LONGEST_WORDS, size="s",
    )  # fmt: skip
    to = RadiosField(
        "Who is asked?", choices=[], reveals={OUTSIDE: "to_named"}, missing="Select who is asked", size="s"
    )
    to_named = TextField(
        "Who, and where", hint="They get a paper to answer and sign.", required=False,
        missing="Enter who is asked, and where",
    )  # fmt: skip
    decided_on = DateField("Day of the decision (optional)", past=True, required=False, size="s")
    deadline_on = DateField(
        "By when must you send it? (optional)", hint="The answer is asked for the day before.", future=True,
        required=False, size="s",
    )  # fmt: skip
    from_record = RadiosField(
        "How is the letter prepared?",
        choices=[("no", "They answer these questions"), ("yes", "I was given an extract of the record")],
        hints={"yes": "You look for passages first. The extract is read once and not kept."},
        missing="Select how the letter is prepared",
        size="s",
    )
    special_rules = TickField(
        "Special rules: they may have less than twelve months to live",
        hint="It goes to the top of the clinician’s list. Ask for form SR1 too.", small=True,
    )  # fmt: skip

    def __init__(self, *args: Any, benefit: Benefit, may: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.benefit, self.may = benefit, {str(each.pk): each for each in may}
        whom = [(pk, each.name) for pk, each in self.may.items()]
        cast(RadiosField, self.fields["to"]).choices = [*whom, (OUTSIDE, "Somebody outside the scheme")]
        held = list(list_for(benefit).points.values())
        if not held:
            del self.fields["points"]
            words = self.fields["words"]
            words.label, words.required = "What do you ask?", True
            words.error_messages["required"] = "Write what you ask"
            return
        points = cast(CheckboxesField, self.fields["points"])
        points.choices = [(each.code, each.title) for each in held]
        # The name of a group before the first of it.
        points.dividers = {code: group for group, code in {each.group: each.code for each in reversed(held)}.items()}

    def asked(self) -> Asked:
        said = self.cleaned_data
        return Asked(
            benefit=self.benefit,
            points=said.get("points", []),
            words=said["words"],
            to=self.may.get(said["to"]),
            to_named=said["to_named"],
            decided_on=said["decided_on"],
            deadline_on=said["deadline_on"],
            special_rules=said["special_rules"],
            from_record=said["from_record"] == "yes",
        )


class ExtractForm(ActionForm):
    """The extract: a file, or its text."""

    file = FileField(
        "A file", most=LONGEST, accept=".json,.txt", required=False, size="s",
        hint="A FHIR Bundle (.json) or plain text (.txt), smaller than 1,000 kB.",
    )  # fmt: skip
    text = LongTextField(
        "Or paste its text", hint="Entries that begin with their date are read with it.", required=False, rows=10,
        max_length=LONGEST, size="s",
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not said.get("file") and not said.get("text") and not self.errors:
            self.add_error("file", "Choose a file, or paste the text")
        return said

    def extract(self) -> str:
        file = self.cleaned_data["file"]
        return file.read().decode("utf-8", "replace") if file else str(self.cleaned_data["text"])


class SendForm(ActionForm):
    words = LongTextField(
        "What else do you ask? (optional)", required=False, rows=4, max_length=LONGEST_WORDS, size="s"
    )


class LetterForm(ActionForm):
    """The letter, and who signs it."""

    text = LongTextField(
        "The letter", hint="Change what you like. What is signed cannot be changed any more.", rows=16,
        max_length=LONGEST_LETTER, missing="Write the letter", size="s",
    )  # fmt: skip
    fee = RadiosField(
        "Is there a fee?",
        choices=[(each.value, each.label) for each in Fee],
        reveals={Fee.ASKED.value: "fee_pounds"},
        missing="Select whether there is a fee",
        size="s",
    )
    fee_pounds = TextField("How much, in pounds", width=5, required=False, missing="Enter how much it is")
    name = TextField(
        "Your name and what you are", hint="For example, Dr A Okafor, GP. Writing it is signing.", width=30,
        missing="Enter your name and what you are", size="s",
    )  # fmt: skip

    def __init__(self, *args: Any, signs: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in () if signs else ("fee", "name"):
            self.fields[name].required = False

    def clean_fee_pounds(self) -> int | None:
        """In pence."""
        typed = self.cleaned_data["fee_pounds"].strip().removeprefix("£")
        if not typed:
            return None
        try:
            pence = Decimal(typed) * 100
        except InvalidOperation:
            raise django_forms.ValidationError("Enter an amount in pounds, like 25 or 25.50") from None
        if not pence.is_finite() or pence != pence.to_integral_value() or not 0 < pence <= 100_000:
            raise django_forms.ValidationError("Enter an amount between £0.01 and £1,000")
        return int(pence)

    def values(self) -> dict[str, Any]:
        """What `answering.sign` takes."""
        said = self.cleaned_data
        fee = Fee(said["fee"])
        return {"text": said["text"], "name": said["name"], "fee": fee, "fee_pence": said["fee_pounds"] or None}


class SendBackForm(ActionForm):
    why = LongTextField(
        "Why do you send it back?", hint="Whoever asked reads this.", missing="Enter why you send it back", size="s"
    )


class AgreedForm(ActionForm):
    how = RadiosField(
        "How did they agree that it is used?",
        choices=[(each.value, each.label) for each in THEMSELVES],
        hints={},
        missing="Select how they agreed. Without that the letter goes nowhere",
        size="s",
    )
    note = LongTextField("Anything that they want left unsaid, or said (optional)", required=False)

    def clean_how(self) -> AgreedHow:
        return AgreedHow(self.cleaned_data["how"])


class UsedForm(ActionForm):
    used_for = RadiosField(
        "Where did it go?", choices=[(each.value, each.label) for each in UsedFor], missing="Select where it went",
        size="s",
    )  # fmt: skip
    on = DateField("When was it sent?", past=True, missing="Enter when it was sent", size="s")

    def clean_used_for(self) -> UsedFor:
        return UsedFor(self.cleaned_data["used_for"])


class OutcomeForm(ActionForm):
    outcome = RadiosField(
        "What came of it?", choices=[(each.value, each.label) for each in CameOfIt], missing="Select what came of it",
        size="s",
    )  # fmt: skip

    def clean_outcome(self) -> CameOfIt:
        return CameOfIt(self.cleaned_data["outcome"])


class UnlikelyForm(ActionForm):
    else_helps = LongTextField(
        "What did you tell them, and what else may help?",
        hint="For example another benefit, help at home, or what would have to change for a claim later.",
        missing="Enter what you told them and what else may help", rows=5, max_length=2000, size="s",
    )  # fmt: skip


class WithdrawForm(ActionForm):
    why = LongTextField("Why is it withdrawn?", missing="Enter why it is withdrawn", max_length=2000, size="s")


class PaperForm(ActionForm):
    """A letter that came on paper."""

    name = TextField("Name under it, and what they are", missing="Enter the name under it", width=30, size="s")
    on = DateField("Signed on", past=True, missing="Enter the day on which it was signed", size="s")
    kept_at = TextField("Where is the paper kept?", max_length=300, missing="Enter where the paper is kept", size="s")
    text = LongTextField("What it says", rows=10, max_length=LONGEST_LETTER, missing="Enter what it says", size="s")

"""What is asked when somebody wants to know what is held about them."""

from typing import Any

from wraparound.privacy.joined_reading import compared
from wraparound.privacy.joining import Difference
from wraparound.privacy.marks import REASONS, Reason
from wraparound.privacy.models.subject_access import AskedHow, HandedOver, IdentityChecked
from wraparound.privacy.redacting import How
from wraparound.privacy.rules import RULES
from wraparound.web.nhsuk import DateField, LongTextField, NumberField, RadiosField, SelectField, TextField
from wraparound.web.team.forms import ActionForm

_WHY = [(reason.value, said.label) for reason, said in REASONS.items()]
_SOURCES = {reason.value: said.source for reason, said in REASONS.items()}


class FindForm(ActionForm):
    words = TextField("Name or NHS number", missing="Enter a name or an NHS number", width=20)


class TakeForm(ActionForm):
    asked_on = DateField("When did they ask?", past=True, hint="The day it reached your organisation.", size="s")
    asked_how = RadiosField(
        "How did they ask?",
        choices=AskedHow.choices,
        reveals={AskedHow.ON_BEHALF.value: "asked_by"},
        missing="Select how they asked",
        size="s",
    )
    asked_by = TextField(
        "Who asked, and which authority you have seen",
        required=False,
        max_length=300,
        missing="Enter who asked for them, and which authority you have seen",
    )


class IdentityForm(ActionForm):
    identity = RadiosField(
        "How was it checked?",
        choices=[each for each in IdentityChecked.choices if each[0] != IdentityChecked.NOT_YET],
        missing="Select how you checked who they are",
        size="s",
    )
    identity_on = DateField("On which day?", past=True, size="s")


class ExtendForm(ActionForm):
    reason = LongTextField(
        "Why does it take longer?",
        hint="As you told the person: that it is complex, or one of several requests of theirs.",
        missing="Enter why it takes longer, as you told the person",
        rows=4,
        max_length=500,
        size="s",
    )


class EndForm(ActionForm):
    answered = RadiosField(
        "How does it end?",
        choices=[
            ("yes", "The answer was handed over"),
            ("no", "The person no longer wants it, or it may not be answered"),
        ],
        missing="Select how it ends",
        size="s",
    )
    ending = LongTextField(
        "In what way, or why?",
        missing="Enter how the answer was handed over, or why there is none",
        rows=4,
        max_length=500,
        size="s",
    )

    def clean_answered(self) -> bool:
        return bool(self.cleaned_data["answered"] == "yes")


class DecideForm(ActionForm):
    """What of a marked value is handed over."""

    how = RadiosField(
        "What is handed over?",
        choices=[],
        reveals={How.WORDS.value: "words"},
        missing="Select what is handed over",
        size="m",
    )
    words = LongTextField(
        "Words to leave out",
        hint="As they stand in the text, one passage on each line.",
        missing="Enter the words to leave out",
        required=False,
        rows=4,
        max_length=5000,
    )
    reason = RadiosField(
        "Why is it left out?",
        choices=_WHY,
        hints=_SOURCES,
        hint="Only if something is.",
        required=False,
        size="s",
    )

    def __init__(self, *args: Any, whole: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(How.SHOW.value, "All of it"), (How.LEAVE_OUT.value, "None of it")]
        if not whole:
            choices.insert(1, (How.WORDS.value, "All but some words"))
        else:
            self.fields["how"].reveals = {}  # type: ignore[attr-defined]
        self.fields["how"].choices = choices  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "how": How(said["how"]),
            "words": said["words"].splitlines(),
            "reason": Reason(said["reason"]) if said["reason"] else None,
        }


class NamesForm(ActionForm):
    show = RadiosField(
        "Are they handed over?",
        choices=[("yes", "Yes, they worked in their jobs"), ("no", "No")],
        reveals={"no": "reason"},
        missing="Select whether names of workers are handed over",
        size="s",
    )
    reason = RadiosField(
        "Why are they left out?", choices=_WHY, hints=_SOURCES, required=False, missing="Select why they are left out"
    )

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"show": said["show"] == "yes", "reason": Reason(said["reason"]) if said["reason"] else None}


class ReleaseForm(ActionForm):
    handed_over = RadiosField(
        "Who hands it over?",
        choices=HandedOver.choices,
        missing="Select who hands it over",
        size="s",
    )


class LongerForm(ActionForm):
    kind = SelectField(
        "Kind of record",
        choices=[("", "Select a kind"), *((kind, rule.label) for kind, rule in RULES.items())],
        missing="Select the kind of record",
        size="s",
    )
    months = NumberField("For how many months?", missing="Enter for how many months", width=4, size="s")
    reason = LongTextField(
        "Why so long?", missing="Enter why it is kept so long", rows=3, max_length=500, size="s",
    )  # fmt: skip


class AgreeForm(ActionForm):
    counted = NumberField(
        "How many records does this remove?",
        hint="Type the number from above. It cannot be undone.",
        missing="Enter how many records this removes",
        width=10,
        size="s",
    )


class HoldForm(ActionForm):
    reason = LongTextField(
        "Why may nothing be removed?",
        hint="Such as a claim, a complaint, an inquest or an inquiry.",
        missing="Enter why nothing may be removed",
        rows=3,
        max_length=500,
        size="s",
    )


class EndHoldForm(ActionForm):
    ending = LongTextField(
        "Why can the hold end?", missing="Enter why the hold can end", rows=3, max_length=500, size="s"
    )


class EraseForm(ActionForm):
    asked_on = DateField("When did they ask?", past=True, size="s")


class JoinForm(ActionForm):
    """Whose value stands, for each in which two records differ; the fuller one is proposed where it is safe to."""

    why = LongTextField(
        "How do you know that they are one person?",
        hint="Such as that both records have the same NHS number on a letter you have seen.",
        missing="Enter how you know that they are one person",
        rows=3,
        max_length=500,
        size="s",
    )

    def __init__(self, *args: Any, differences: list[Difference], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        why = self.fields.pop("why")
        for each in differences:
            label, kept, gone = compared(each)
            self.fields[each.field] = RadiosField(
                label,
                choices=[("kept", f"{kept} (the record that stays)"), ("gone", f"{gone} (the other)")],
                missing=f"Select which is right: {label[:1].lower()}{label[1:]}",
                size="s",
                initial="" if each.must_choose else each.taken,
            )
        self.fields["why"] = why

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"chosen": {name: value for name, value in said.items() if name != "why"}, "why": said["why"]}


class LookedIntoForm(ActionForm):
    note = LongTextField(
        "What did you find?",
        hint="Such as whom you asked, and why the look was or was not in order.",
        missing="Enter what you found",
        rows=3,
        max_length=500,
        size="s",
    )

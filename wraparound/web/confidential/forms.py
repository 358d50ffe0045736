"""What is written when a record is kept for some, opened in an emergency, or looked at afterwards."""

from collections.abc import Mapping
from typing import Any, cast

from django.core.exceptions import ValidationError

from wraparound.people import codes
from wraparound.people.models import EmergencyOpening, Restriction
from wraparound.referrals.emergency import Emergency
from wraparound.web.nhsuk import CheckboxesField, DateField, LongTextField, RadiosField, TextField, TickField
from wraparound.web.team.forms import ActionForm


class RestrictForm(ActionForm):
    why = RadiosField(
        "Why is this record restricted?", choices=Restriction.Why.choices, missing="Select why it is restricted"
    )
    readers = CheckboxesField(
        "Who else here may read it?",
        choices=[],
        required=False,
        hint="You may, whoever works with them now may, and so may supervisors and managers whom you do not exclude.",
        small=True,
    )
    kept_from = CheckboxesField(
        "Who here may never read it?",
        choices=[],
        required=False,
        hint="For example the relative, or the person themselves where they work here.",
        small=True,
    )

    def __init__(self, colleagues: Mapping[int, str], *args: Any, change: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(pk), name) for pk, name in colleagues.items()]
        for each in ("readers", "kept_from"):
            cast(CheckboxesField, self.fields[each]).choices = named
        if change:
            del self.fields["why"]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if set(said.get("readers", [])) & set(said.get("kept_from", [])):
            self.add_error("kept_from", "Somebody is in both lists. Take them out of one.")
        return said

    def values(self) -> dict[str, Any]:
        """What the actions of `referrals.restricting` take."""
        said = self.cleaned_data
        chosen = {each: [int(pk) for pk in said[each]] for each in ("readers", "kept_from")}
        return chosen | ({"why": Restriction.Why(said["why"])} if "why" in said else {})


class EmergencyForm(ActionForm):
    nhs_number = TextField("NHS number", missing="Enter the NHS number", width=10, spellcheck=False)
    born = DateField("Date of birth", past=True, missing="Enter the date of birth")
    why = RadiosField(
        "What is the emergency?", choices=EmergencyOpening.Why.choices, missing="Select what the emergency is"
    )
    reason = TextField(
        "Why do you need this record now?",
        hint="Whoever looks at this afterwards reads it.",
        max_length=500,
        missing="Write why it is needed now",
    )
    understood = TickField(
        "I know that this is written down, that whoever has this record is told, and that a manager asks me about it",
        required=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["understood"].error_messages["required"] = "Tick that you know this"

    def clean_nhs_number(self) -> str:
        try:
            return codes.nhs_number(self.cleaned_data["nhs_number"])
        except ValueError as fault:
            raise ValidationError(str(fault)) from None

    def emergency(self) -> Emergency:
        said = self.cleaned_data
        why = EmergencyOpening.Why(said["why"])
        return Emergency(nhs_number=said["nhs_number"], born=said["born"], why=why, reason=said["reason"])


class LookForm(ActionForm):
    verdict = RadiosField(
        "What did you find?", choices=EmergencyOpening.Verdict.choices, missing="Select what you found"
    )
    words = LongTextField("What has to be followed up, and by whom?", required=False, rows=3, size="s")

    def clean_verdict(self) -> EmergencyOpening.Verdict:
        return EmergencyOpening.Verdict(self.cleaned_data["verdict"])


class MarkerForm(ActionForm):
    words = LongTextField(
        "What must whoever makes contact know?",
        hint="For example: who must not hear of us, and what would put them at risk",
        missing="Write what whoever makes contact must know",
        rows=3,
        size="s",
    )
    shared = TickField(
        "They agree that other organisations which work with them know too",
        hint="Ask them. Without it, nobody outside your organisation reads this.",
    )

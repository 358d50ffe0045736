"""What a worker writes down when a person was asked, or takes something back."""

from collections.abc import Sequence
from datetime import date
from typing import Any, cast

from wraparound.consent.agreed import AgreedHow, Wording
from wraparound.consent.models import TakenBackHow
from wraparound.consent.translating import Spoken
from wraparound.organisations.models import Organisation
from wraparound.web.agreement import SomebodyElseForm, agreed, ask_language, language_field
from wraparound.web.nhsuk import DateField, RadiosField, SelectField, TextField
from wraparound.web.team.forms import ActionForm

ASKED = (AgreedHow.IN_PERSON, AgreedHow.BY_PHONE, AgreedHow.IN_WRITING)
OUTSIDE = "outside"


class AskForm(SomebodyElseForm, ActionForm):
    """They were asked, and agreed. What they did not agree to is not written down here."""

    to = SelectField("Which organisation?", choices=(), required=False, missing="Select the organisation")
    to_named = TextField(
        "If it is another: its name",
        hint="As the person knows it, with the place.",
        required=False,
        max_length=200,
        missing="Enter the name of the organisation",
    )
    agreed_how = RadiosField(
        "How did they agree?",
        choices=[(each.value, each.label) for each in ASKED],
        missing="Select how they agreed",
        size="s",
    )
    language = language_field()
    field_order = ["to", "to_named", "agreed_how", "language", *SomebodyElseForm.somebody_else, "until"]

    until = DateField("Until when", hint="Leave it empty if it holds as long as the case is open.", required=False)

    def __init__(
        self,
        *args: Any,
        wording: Wording,
        spoken: Spoken,
        organisations: Sequence[Organisation],
        needs_one: bool,
        **kwargs: Any,
    ) -> None:
        """`organisations` are those of the scheme that it may be for, where `needs_one`."""
        super().__init__(*args, **kwargs)
        self.wording = wording
        ask_language(self, spoken, wording)
        self.organisations = {str(each.pk): each for each in organisations}
        if not needs_one:
            del self.fields["to"], self.fields["to_named"]
            return
        choices = [("", "Choose one"), *((pk, each.name) for pk, each in self.organisations.items())]
        field = cast(SelectField, self.fields["to"])
        field.choices = [*choices, (OUTSIDE, "Another, which is not in this scheme")]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if "to" in self.fields and not said.get("to"):
            self.add_error("to", self.fields["to"].error_messages["required"])
        if said.get("to") == OUTSIDE and not said.get("to_named"):
            self.add_error("to_named", self.fields["to_named"].error_messages["required"])
        return said

    def values(self) -> dict[str, Any]:
        """What `consent.actions.agree_to` takes."""
        said = self.cleaned_data
        chosen = said.get("to", "")
        until: date | None = said["until"]
        return {
            "agreed": agreed(said, self.wording),
            "to": self.organisations.get(chosen),
            "to_named": said.get("to_named", "") if chosen == OUTSIDE else "",
            "until": until,
        }


class TakeBackForm(ActionForm):
    how = RadiosField(
        "How did they tell you?",
        choices=[(each.value, each.label) for each in TakenBackHow if each is not TakenBackHow.ONLINE],
        missing="Select how they told you",
        size="s",
    )

    def clean_how(self) -> TakenBackHow:
        return TakenBackHow(self.cleaned_data["how"])

"""What an administrator adds: one wording in one language, and who checked it."""

from typing import Any

from wraparound.consent.agreed import WORDINGS
from wraparound.consent.translating import LONGEST
from wraparound.people.languages import LANGUAGES
from wraparound.web.nhsuk import DateField, LongTextField, SelectField, TextField, TickField
from wraparound.web.nhsuk.fields import Bound
from wraparound.web.team.forms import ActionForm


class OtherScriptField(LongTextField):
    """Written from its own side, whichever that is."""

    def params(self, bound: Bound) -> dict[str, Any]:
        return {**super().params(bound), "attributes": {"dir": "auto"}}


class TranslationForm(ActionForm):
    wording = SelectField(
        "Which words?",
        choices=[("", "Choose one"), *((name, label) for name, (label, _) in WORDINGS.items())],
        missing="Select which words",
    )
    language = SelectField(
        "Which language?",
        choices=[("", "Choose one"), *((each.code, f"{each.name} ({each.own})") for each in LANGUAGES.values())],
        missing="Select the language",
    )
    words = OtherScriptField(
        "The translation",
        hint="All of it, and nothing that the English does not say. Begin a new line where the English does.",
        rows=10, max_length=LONGEST, missing="Enter the translation",
    )  # fmt: skip
    checked_by = TextField("Who checked it?", hint="The name of the person or agency.", missing="Enter who checked it")
    checked_on = DateField("Checked on", past=True, missing="Enter the day on which it was checked")
    checked = TickField(
        "Somebody who speaks both languages well has read it against the English", required=True,
        missing="Tick that somebody who speaks both languages well has read it",
        hint="What a machine translated is not checked until somebody has.",
    )  # fmt: skip

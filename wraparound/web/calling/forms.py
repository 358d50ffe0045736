"""Making a call list, and the file that people come from."""

from typing import Any

from wraparound.referrals.call_rows import MOST_ROWS, Read, decoded
from wraparound.web.nhsuk import FileField, HiddenField, LongTextField, TextField
from wraparound.web.team.forms import ActionForm

MOST_BYTES = 500_000


class CallListForm(ActionForm):
    name = TextField(
        "Name of the list", hint="For your own team, such as “Living alone, winter”", missing="Enter a name", width=30
    )
    why = LongTextField(
        "Why are you calling?",
        hint="Callers read this out. For example: We are ringing people who had a hard winter last year.",
        missing="Enter why you are calling, in words that a caller can read out",
        rows=3,
    )


class FileForm(ActionForm):
    """The file, and once it was looked at, its text kept for the second press."""

    people = FileField(
        "CSV file",
        most=MOST_BYTES,
        accept=".csv,text/csv",
        required=False,
        hint=f"At most {MOST_ROWS:,} people. Its first line names the columns.",
        missing="Choose a file",
    )
    text = HiddenField(max_length=2 * MOST_BYTES, strip=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("people"):
            cleaned["text"] = decoded(cleaned["people"].read())
        elif not cleaned.get("text") and not self.errors:
            self.add_error("people", self.fields["people"].error_messages["required"])
        return cleaned

    def refuse_file(self, found: Read) -> bool:
        """Say beside the file why none of it can be used."""
        if found.fault:
            self.add_error("people", found.fault.rstrip("."))
        return bool(found.fault)

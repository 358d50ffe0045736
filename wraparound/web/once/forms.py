"""What is asked to make a one-time page, and to open it."""

from wraparound.web.nhsuk import LongTextField, TextField
from wraparound.web.team.forms import ActionForm


class MakeForm(ActionForm):
    asked = LongTextField(
        "What do you ask them to do?",
        hint="They read this, so write only what they need: for example, a food parcel this week for two adults and a "
        "child. Nothing about health, and nothing about anybody else.",
        missing="Write what you ask them to do",
        max_length=1000,
        rows=4,
        size="m",
    )


class CodeForm(ActionForm):
    code = TextField(
        "Code",
        hint="8 numbers, which they told you by phone or in person",
        missing="Enter the code of 8 numbers",
        width=10,
        max_length=20,
        size="m",
    )

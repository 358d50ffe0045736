"""What is written on the pages of a mandate: a name, a drawing where somebody likes to draw, where the paper is."""

from datetime import date
from typing import Any

from wraparound.consent.agreed import GivenBy
from wraparound.consent.signing import Name
from wraparound.consent.strokes import LONGEST
from wraparound.web.nhsuk import DateField, HiddenField, RadiosField, TextField, TickField
from wraparound.web.nhsuk.fields import Bound
from wraparound.web.team.forms import ActionForm


class DrawingField(HiddenField):
    """The strokes of a drawing, which a script writes down: what is wrong with them is said at the box."""

    def first_id(self, bound: Bound) -> str:
        return f"{bound.auto_id}-box"


class NameForm(ActionForm):
    """Whose name it is."""

    signed_by = RadiosField(
        "Who signs?", choices=[(each.value, each.label) for each in GivenBy], missing="Select who signs", size="s"
    )
    representative = TextField(
        "If somebody else signs: how do you know that they may?",
        hint="What you have seen, for example a power of attorney, with its date.",
        required=False,
        max_length=200,
    )

    def whose(self) -> Name:
        said = self.cleaned_data
        return Name(
            name=said["name"], signed_by=GivenBy(said["signed_by"]), representative=said["representative"]
        )  # fmt: skip


class SignForm(NameForm):
    """Signing on the screen."""

    name = TextField(
        "Full name of whoever signs", hint="Typing your name is signing. You need not draw.",
        missing="Enter the full name of whoever signs", width=30, size="s",
    )  # fmt: skip
    drawing = DrawingField(max_length=LONGEST)
    read = TickField(
        "I have read this, or it was read to me, and I agree", required=True,
        missing="Tick that they have read it, or that it was read to them",
    )  # fmt: skip
    shown = HiddenField()

    def values(self) -> dict[str, Any]:
        """What `signing.sign` takes."""
        said = self.cleaned_data
        return {"name": self.whose(), "read": said["read"], "shown": said["shown"], "drawing": said["drawing"]}


class PaperForm(NameForm):
    """A paper that was signed by hand."""

    name = TextField("Name under it", missing="Enter the name that stands under it", width=30)
    on = DateField("Signed on", past=True, missing="Enter the day on which it was signed")
    kept_at = TextField(
        "Where is the paper kept?", hint="So that somebody else finds it: the room and the folder.", max_length=300,
        missing="Enter where the signed paper is kept",
    )  # fmt: skip

    def values(self) -> dict[str, Any]:
        """What `signing.sign_on_paper` takes."""
        on: date = self.cleaned_data["on"]
        return {"name": self.whose(), "on": on, "kept_at": self.cleaned_data["kept_at"]}

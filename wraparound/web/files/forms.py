"""What is asked of a document: the files themselves, and what they are."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms as django_forms

from wraparound.advice.models import Matter
from wraparound.files.adding import About, Given
from wraparound.files.changing import LONGEST_WHY
from wraparound.files.kinds import LARGEST, LARGEST_TOGETHER, MOST_FILES
from wraparound.files.labels import LABELS, OTHER
from wraparound.files.models import File
from wraparound.files.states import Direction
from wraparound.web.nhsuk import DateField, LongTextField, RadiosField, SelectField, TextField
from wraparound.web.nhsuk.fields import Bound, Drawn
from wraparound.web.team.forms import ActionForm

MB = 1024 * 1024
# Named one by one: asked so, an iPhone hands its photographs over as JPEG.
ACCEPT = "image/jpeg,image/png,image/webp,application/pdf"
NO_MATTER = ("", "None of them")


class _Several(django_forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(Drawn, django_forms.FileField):
    """Files in the order in which they were chosen, as `Given`."""

    component = "file-upload"
    widget = _Several

    def clean(self, data: Any, initial: Any = None) -> list[Given]:
        chosen = [each for each in (data if isinstance(data, list | tuple) else [data]) if each]
        if not chosen:
            raise django_forms.ValidationError(self.error_messages["required"], code="required")
        # Not read at all when there is too much of it: the limits are the action's, said once more before memory fills.
        if len(chosen) > MOST_FILES or sum(each.size for each in chosen) > LARGEST_TOGETHER:
            most = f"{MOST_FILES} files and {LARGEST_TOGETHER // MB} MB"
            words = f"Choose no more than {most} at once. Add the rest as another document"
            raise django_forms.ValidationError(words, code="too_much")
        # A name is at most told to people; what a browser sends as a path is not.
        return [Given(str(each.name).replace("\\", "/").rpartition("/")[2], each.read()) for each in chosen]

    def params(self, bound: Bound) -> dict[str, Any]:
        return {"label": self.heading(), "attributes": {"accept": ACCEPT, "multiple": True}}


def _files(label: str) -> FilesField:
    return FilesField(
        label,
        hint=f"Photographs or PDFs, up to {LARGEST // MB} MB each. What you choose at once becomes one document, its "
        "pages in that order. You can put pages of photographs in another order afterwards.",
        missing="Choose a file, or take a photograph",
        size="m",
    )


class AboutForm(ActionForm):
    """What a document is, where it came from or went, and what it belongs to."""

    label = SelectField("What is it?", choices=list(LABELS.items()), size="s")
    title = TextField(
        "What do you call it? (optional)", required=False, max_length=120, size="s",
        hint="For example: PIP decision, or tenancy agreement 2024.",
    )  # fmt: skip
    on = DateField("The day that stands on it (optional)", called="The day", required=False, size="s")
    direction = RadiosField(
        "Which way did it go?", choices=[(each.value, each.label) for each in Direction], size="s",
        missing="Select which way it went",
    )  # fmt: skip
    with_whom = TextField("Who gave it, or to whom did it go? (optional)", required=False, max_length=120, size="s")
    passed_on = DateField(
        "When did it come or go? (optional)", called="When it came or went", past=True, required=False, size="s"
    )
    matter = SelectField("Which matter is it for?", choices=(), required=False, size="s")

    def __init__(self, *args: Any, matters: Sequence[Matter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matters = {str(each.pk): each for each in matters}
        if not self.matters:
            del self.fields["matter"]
            return
        offered = [NO_MATTER, *((pk, each.title) for pk, each in self.matters.items())]
        cast(SelectField, self.fields["matter"]).choices = offered

    def about(self) -> About:
        said = self.cleaned_data
        return About(
            label=said["label"], title=said["title"], on=said["on"], direction=Direction(said["direction"]),
            with_whom=said["with_whom"], passed_on=said["passed_on"],
        )  # fmt: skip

    def matter_chosen(self) -> Matter | None:
        return self.matters.get(self.cleaned_data.get("matter", ""))


class AddForm(AboutForm):
    """The files first: with them alone, and nothing else touched, a document can be kept."""

    chosen = _files("Photographs or a PDF")
    field_order = ("chosen", "label", "title", "matter", "on", "direction", "with_whom", "passed_on")

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if self.errors and "chosen" not in self.errors:
            self.add_error("chosen", "Choose the files again: a browser does not keep them")
        return said


class VersionForm(ActionForm):
    chosen = _files("The newer version")


class PutAwayForm(ActionForm):
    why = LongTextField(
        "Why is it put away?", max_length=LONGEST_WHY, missing="Enter why it is put away", size="s",
        hint="For example: it is about somebody else, or it cannot be read. It is not deleted.",
    )  # fmt: skip


def initial_of(file: File) -> dict[str, Any]:
    names = ("label", "title", "on", "direction", "with_whom", "passed_on")
    return {name: getattr(file, name) for name in names} | {"matter": str(file.matter_id or "")}


def initial_of_new(**said: Any) -> dict[str, Any]:
    return {"label": OTHER, "direction": Direction.RECEIVED.value, **said}

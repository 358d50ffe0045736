"""A file to send."""

from typing import Any

from django import forms

from wraparound.web.nhsuk.fields import Bound, Drawn


class FileField(Drawn, forms.FileField):
    """One file. `most` is the largest that is taken, in bytes; `accept` what the browser offers first.

    `otherwise` is a sentence on what to do with a larger one.
    """

    component = "file-upload"
    widget = forms.FileInput
    otherwise = ""

    def __init__(self, label: str, *, most: int, accept: str = "", **options: Any) -> None:
        super().__init__(label, **options)
        self.most, self.accept = most, accept
        self.error_messages["empty"] = "The file is empty"

    def clean(self, data: Any, initial: Any = None) -> Any:
        found = super().clean(data, initial)
        if found and found.size > self.most:
            said = f"The file must be smaller than {self.most // 1000:,} kB"
            raise forms.ValidationError(f"{said}. {self.otherwise}" if self.otherwise else said, code="too_big")
        return found

    def params(self, bound: Bound) -> dict[str, Any]:
        return {"label": self.heading(), "attributes": {"accept": self.accept} if self.accept else {}}

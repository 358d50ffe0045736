"""What is asked of workers about their hours and leave, and of those who manage a team."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms

from wraparound.casework.reassigning import Why
from wraparound.organisations.models import Membership, WorkingTime
from wraparound.web.formats import counted
from wraparound.web.nhsuk import (
    CheckboxesField,
    DateField,
    Form,
    NumberField,
    RadiosField,
    SelectField,
    TextField,
    TickField,
)
from wraparound.web.nhsuk.fields import Bound
from wraparound.web.team.forms import ActionForm

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CLOCK = re.compile(r"(?P<hours>\d{1,2})\s*(?::|h(?:ours?|rs?)?)\s*(?P<minutes>\d{1,2})?\s*(?:m(?:in(?:utes?)?)?)?")
_DECIMAL = re.compile(r"(?P<hours>\d{1,2})(?:[.,](?P<part>\d{1,2}))?")
SHARE_OUT, ALL = "share-out", "all"


def minutes_of(text: str) -> int | None:
    """“7.5”, “7:30” and “7h 30” are 450; None for what is no time. Not more than a day is checked elsewhere."""
    said = text.strip().lower()
    if found := _DECIMAL.fullmatch(said):
        return round((int(found["hours"]) + float(f"0.{found['part'] or 0}")) * 60)
    if found := _CLOCK.fullmatch(said):
        minutes = int(found["minutes"] or 0)
        return int(found["hours"]) * 60 + minutes if minutes < 60 else None
    return None


def as_typed(minutes: int) -> str:
    """How somebody would type a number of minutes: “7.5”, “7:20”, "" for none."""
    if not minutes:
        return ""
    hours, over = divmod(minutes, 60)
    return f"{minutes / 60:g}" if over in (0, 15, 30, 45) else f"{hours}:{over:02}"


class HoursField(TextField):
    """The hours worked on one day, given as minutes."""

    def __init__(self, label: str) -> None:
        super().__init__(label, width=4, inputmode="decimal", required=False, max_length=20)

    def clean(self, value: Any) -> int:
        text = super().clean(value)
        minutes = minutes_of(text) if text else 0
        if minutes is None:
            raise forms.ValidationError(f"{self.label} must be hours, like 7.5 or 7:30", code="invalid")
        if minutes > 24 * 60:
            raise forms.ValidationError(f"{self.label} must be 24 hours or fewer", code="too_many")
        return minutes

    def params(self, bound: Bound) -> dict[str, Any]:
        value = bound.value()
        return {**super().params(bound), "value": as_typed(value) if isinstance(value, int) else value or ""}


class HoursForm(ActionForm):
    monday = HoursField("Monday")
    tuesday = HoursField("Tuesday")
    wednesday = HoursField("Wednesday")
    thursday = HoursField("Thursday")
    friday = HoursField("Friday")
    saturday = HoursField("Saturday")
    sunday = HoursField("Sunday")
    places = NumberField(
        "People at once", missing="Enter how many people at once", width=3, size="s",
        hint="How many they can have in hand, from claiming to closing. Those who are paused count too.",
    )  # fmt: skip
    weight = NumberField(
        "Share of new people, in per cent", missing="Enter the share in per cent", width=3, size="s",
        hint="100 is a full share for these hours. Less for somebody new, or with other duties; 200 at most.",
    )  # fmt: skip
    takes_new = TickField("Takes new people", hint="Without this, nobody new is given by sharing out.")

    def __init__(self, *args: Any, held: WorkingTime | None, **kwargs: Any) -> None:
        at_first: dict[str, Any] = {"weight": 100, "takes_new": True}
        if held:
            at_first = dict(zip(WEEKDAYS, held.minutes, strict=True))
            at_first |= {"places": held.places, "weight": held.weight, "takes_new": held.takes_new}
        super().__init__(*args, initial=at_first, **kwargs)

    @property
    def days(self) -> list[Bound]:
        return [self[day] for day in WEEKDAYS]  # type: ignore[misc]

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"minutes": [said[day] for day in WEEKDAYS]} | {
            name: said[name] for name in ("places", "weight", "takes_new")
        }


class LeaveForm(ActionForm):
    starts = DateField("First day away", size="s", missing="Enter the first day away")
    ends = DateField("Last day away", size="s", missing="Enter the last day away")
    cover = SelectField(
        "Who looks after their people meanwhile?", choices=[], required=False, size="s",
        hint="They see these people on their own worklist and may do all that is due. They must be here on every day.",
    )  # fmt: skip

    def __init__(self, *args: Any, colleagues: Sequence[Membership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colleagues = {str(each.pk): each for each in colleagues}
        listed = [("", "Nobody yet"), *((pk, each.user.name) for pk, each in self.colleagues.items())]
        self.fields["cover"].choices = self.fields["cover"].listed = listed  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"starts": said["starts"], "ends": said["ends"], "cover": self.colleagues.get(said["cover"])}


class CapacityForm(ActionForm):
    places = NumberField(
        "People the team can work with at once", required=False, width=4, size="s",
        hint="Leave this empty to count the places of its workers.",
    )  # fmt: skip
    closed_until = DateField(
        "Closed until", required=False, size="s",
        hint="Nobody new is sent before this day. Leave it empty to take people now.",
    )  # fmt: skip
    shares_out = TickField(
        "Share out what arrives among its workers",
        hint="By hours and share, to whoever has least. Otherwise referrals wait to be claimed.",
    )


class GivePeopleForm(Form):
    people = CheckboxesField(
        "Who is to be given to somebody else?", choices=[], size="m", small=True, missing="Select at least one person"
    )
    to = RadiosField("To whom?", choices=[], size="m", missing="Select to whom", reveals={SHARE_OUT: "among"})
    among = CheckboxesField(
        "Share out among", choices=[], required=False, small=True, missing="Select at least one worker to share among"
    )
    why = SelectField(
        "Why?", size="m", missing="Select why", choices=[("", "Choose"), *((why.value, why.label) for why in Why)],
    )  # fmt: skip

    def __init__(
        self, *args: Any, people: Sequence[tuple[str, str, str]], workers: Sequence[tuple[str, str, str]],
        sharing: Sequence[tuple[str, str, str]], **kwargs: Any,
    ) -> None:  # fmt: skip
        """Each choice is its value, label and hint. `sharing` are the workers whom sharing out can reckon with."""
        super().__init__(*args, **kwargs)
        everybody = f"Everybody here ({counted(len(people), 'person', 'people')})"
        self._offer("people", [(ALL, everybody, ""), *people])
        self.fields["people"].dividers = {people[0][0]: "or"} if people else {}  # type: ignore[attr-defined]
        to = [*workers, (SHARE_OUT, "Share out among several", "By hours and share, to whoever has least")]
        self._offer("to", to if sharing else list(workers))
        self._offer("among", sharing)
        if not sharing:
            self.fields["to"].reveals = {}  # type: ignore[attr-defined]

    def _offer(self, name: str, offered: Sequence[tuple[str, str, str]]) -> None:
        field = self.fields[name]
        field.choices = [(value, label) for value, label, _ in offered]  # type: ignore[attr-defined]
        field.hints = {value: hint for value, _, hint in offered if hint}  # type: ignore[attr-defined]

    def clean_why(self) -> Why:
        return Why(self.cleaned_data["why"])

"""What only some ways in ask: which fields the page has for whom, and what they come to."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.pathways.clinical import CLINICAL
from wraparound.pathways.vocabulary import ClinicalReason, Entry, Need
from wraparound.referrals.entries import ASKED, NO_STORY, REQUIRED, Answer, Baby, Broad, EntryDetails, WayIn, faults
from wraparound.referrals.models import SessionWanted
from wraparound.web.nhsuk import (
    CheckboxesField,
    DateField,
    Form,
    LongTextField,
    MonthField,
    RadiosField,
    SelectField,
    TextField,
)

_CLINICAL = (Entry.CLINICIAN, Entry.HEALTH_VISITOR, Entry.HOSPITAL_WARD, Entry.CALL_LIST)
# Where a page is filled in during a consultation or a call, nobody is asked for a slip.
_BRING_NO_SLIP = (Entry.CLINICIAN, Entry.CALL_LIST)
# A month is one detail, asked in the words of the choice that leads to it.
_MONTHS = {Baby.EXPECTED: "baby_due", Baby.BORN: "baby_born"}
_IN_FULL = frozenset({"needs", "advice", "reason", "hide_from_online_view"})
_OWN = frozenset({name for asked in ASKED.values() for name in asked} - {"baby_month"})


@dataclass(frozen=True)
class Asking:
    """What one page asks: by the way in, and by whether who refers may see a reason at all."""

    way: WayIn
    sees_reason: bool

    @classmethod
    def of(cls, actor: Actor, way: WayIn) -> "Asking":
        return cls(way, actor.can(Capability.SEE_REASON))

    def details(self) -> tuple[str, ...]:
        """The fields that this way in alone has, in the order of the page."""
        asked = ASKED.get(self.way.entry, ())
        return tuple(name for name in asked if name in _OWN and name != "broad")

    def leaves_out(self) -> set[str]:
        """Fields of `EntryFields` and `ReferForm` that the page does not have."""
        asked = set(self.details())
        if "baby" in asked:
            asked |= set(_MONTHS.values())
        asked |= _IN_FULL if self.sees_reason else {"broad"}
        if self.sees_reason and self.way.entry in _CLINICAL:
            asked.add("clinical_reason")
        if self.way.session:
            asked.add("session")
        if self.way.entry not in _BRING_NO_SLIP:
            asked.add("signpost")
        if self.way.entry is Entry.WORKER:
            # What was told says it all: a line beside it would be a second place to look.
            asked = (asked | {"told"}) - {"reason"}
        return {*_OWN, *_MONTHS.values(), *_IN_FULL, "clinical_reason", "session", "signpost", "told"} - asked


class EntryFields(Form):
    """Every such field; a page takes away those that it does not ask."""

    told = LongTextField(
        "What have they already told you?",
        hint="The next worker reads this, so that nobody has to tell it again.",
        missing=NO_STORY,
        rows=6,
        max_length=5000,
        size="s",
    )
    broad = CheckboxesField(
        "What would they like help with?",
        choices=[(choice.value, choice.label) for choice in Broad],
        missing="Select at least one thing that they would like help with",
        size="m",
        small=True,
    )
    clinical_reason = SelectField(
        "Is this part of a clinical pathway?",
        choices=[("", "No"), *((reason.value, said.label) for reason, said in CLINICAL.items())],
        required=False,
        hint="Say it only when the services need it: it goes with the referral as a code.",
    )
    ward = TextField("Ward", required=False, width=20)
    discharge_date = DateField(
        "Day they leave hospital", required=False, hint="If it is known. For example, 27 11 2026"
    )
    ward_contact = TextField("Who to ring on the ward, and how", required=False)
    baby = RadiosField(
        "Is there a baby?", choices=Baby.choices, reveals={value.value: field for value, field in _MONTHS.items()},
        missing=REQUIRED["baby"], size="s", small=True,
    )  # fmt: skip
    baby_due = MonthField(
        "Month in which it is due", required=False, missing="Enter the month in which the baby is due"
    )
    baby_born = MonthField(
        "Month in which it was born", required=False, missing="Enter the month in which the baby was born"
    )
    money_worries = RadiosField(
        "“Do you have any money worries?” What did they say?", choices=Answer.choices,
        missing=REQUIRED["money_worries"], size="s", small=True, inline=True,
    )  # fmt: skip
    department = TextField("Department", required=False, width=20)
    department_reference = TextField("Its reference (optional)", required=False, width=20)
    contact_person = TextField("Who can be asked about this referral?", required=False, width=20)
    contact_phone = TextField("Their phone number", required=False, width=20, inputmode="tel")
    session = RadiosField(
        "Which session would suit them?", choices=SessionWanted.choices, initial=SessionWanted.ANY,
        missing="Select which session would suit them", size="s", small=True,
    )  # fmt: skip

    signpost = TextField(
        "Code of a slip that they bring (optional)", required=False, width=10, max_length=12,
        hint="Eight letters and numbers, on the slip that told them where to go",
    )  # fmt: skip

    def __init__(self, *args: Any, asking: Asking, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asking = asking
        for name in asking.leaves_out():
            self.fields.pop(name, None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, sentence in self._faults().items():
            field = _MONTHS.get(Baby(cleaned["baby"])) if name == "baby_month" and cleaned.get("baby") else name
            if field in self.fields and field not in self.errors:
                self.add_error(field, sentence)
        return cleaned

    def _faults(self) -> dict[str, str]:
        return faults(self.asking.way.entry, self.entry_details(), timezone.localdate())

    def entry_details(self) -> EntryDetails:
        """What was said, as far as it was right."""
        said = {name: self.cleaned_data.get(name) for name in (*self.asking.details(), "broad")}
        held: dict[str, Any] = {name: value for name, value in said.items() if value}
        month = _MONTHS.get(Baby(held["baby"])) if "baby" in held else None
        held["baby_month"] = self.cleaned_data.get(month) if month else None
        return EntryDetails(**{**held, "broad": tuple(held.get("broad", ()))})

    def wanted(self) -> frozenset[Need]:
        """The needs that were chosen, or those that broad choices stand for."""
        said = self.cleaned_data
        if "broad" in self.fields:
            return frozenset[Need]().union(*(Broad(value).needs for value in said["broad"]))
        return frozenset(Need(value) for value in said["needs"])

    def further(self) -> dict[str, Any]:
        """What these fields come to in an `Intake`."""
        said = self.cleaned_data
        reason = said.get("clinical_reason")
        return {
            "needs": self.wanted(),
            "advice_ticked": bool(said.get("advice")),
            "clinical_reason": ClinicalReason(reason) if reason else None,
            "told": said.get("told", ""),
            "session": said.get("session", ""),
            "signpost": said.get("signpost", ""),
            "reason": said.get("reason", ""),
            "hide_from_online_view": bool(said.get("hide_from_online_view")),
            "entry_details": self.entry_details().to_json(),
        }

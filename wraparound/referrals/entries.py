"""The ways in: which is whose, whether the scheme's pathway has it, and what only this one asks."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from django.db import models

from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation, Scheme
from wraparound.organisations.pathways import pathway_of
from wraparound.organisations.roles import Capability, Role
from wraparound.pathways import words
from wraparound.pathways.vocabulary import Entry, Need
from wraparound.people import codes
from wraparound.referrals.intake import Intake

_OF_ROLES = {
    Role.CLINICIAN: Entry.CLINICIAN,
    Role.RECEPTIONIST: Entry.RECEPTION,
    Role.HEALTH_VISITOR: Entry.HEALTH_VISITOR,
    Role.LINK_WORKER: Entry.WORKER,
    Role.ADVISER: Entry.WORKER,
    Role.HYBRID_WORKER: Entry.WORKER,
    Role.SUPERVISOR: Entry.WORKER,
    Role.PUBLIC: Entry.SELF,
    Role.FRONT_DOOR: Entry.SELF,
}
_OF_KINDS = {
    Organisation.Kind.HOSPITAL: Entry.HOSPITAL_WARD,
    Organisation.Kind.COUNCIL: Entry.COUNCIL,
    Organisation.Kind.BOROUGH: Entry.COUNCIL,
    Organisation.Kind.PRACTICE: Entry.CLINICIAN,
    Organisation.Kind.PCN: Entry.CLINICIAN,
    Organisation.Kind.COMMUNITY_HEALTH: Entry.CLINICIAN,
}


def entry_of(role: Role, organisation_kind: str) -> Entry:
    """Where the referrals of somebody in this role, at an organisation of this kind, come in.

    LookupError for a role that makes none.
    """
    if organisation_kind == Organisation.Kind.HOSPITAL and role is Role.CLINICIAN:
        return Entry.HOSPITAL_WARD
    if role is Role.REFERRING_WORKER:
        return _OF_KINDS.get(Organisation.Kind(organisation_kind), Entry.VOLUNTARY)
    if role not in _OF_ROLES:
        raise LookupError(f"A {role.label.lower()} makes no referrals.")
    return _OF_ROLES[role]


@dataclass(frozen=True)
class WayIn:
    """One entry as the scheme's pathway has it: `refused` says why not, "" when it is open.

    `session`: the referrer is asked which bookable session would suit.
    """

    entry: Entry
    refused: str = ""
    session: bool = False


def way_in(by: Actor, entry: Entry) -> WayIn:
    """Whether the pathway that the actor's scheme follows now takes referrals from this entry."""
    version_id = Scheme.objects.values_list("pathway_version_id", flat=True).get(pk=by.scheme_id)
    if version_id is None:
        return WayIn(entry, "This scheme has no pathway yet. Ask the scheme administrator to publish one.")
    pathway = pathway_of(version_id)
    route = pathway.route(entry)
    if route is None:
        return WayIn(
            entry,
            f"This scheme follows “{pathway.title}”, which takes no referrals from {words.FROM[entry]}. "
            "Ask the scheme administrator who can refer.",
        )
    return WayIn(entry, session=route.session)


class Broad(StrEnum):
    """What somebody asks for at a reception desk, where nobody asks further."""

    MONEY = "money"
    HOME = "home"
    WORK = "work"
    COMPANY = "company"
    OTHER = "other"

    @property
    def label(self) -> str:
        return {
            Broad.MONEY: "Money and bills",
            Broad.HOME: "Home",
            Broad.WORK: "Work",
            Broad.COMPANY: "Company and wellbeing",
            Broad.OTHER: "Something else",
        }[self]

    @property
    def needs(self) -> frozenset[Need]:
        """Every need that it may stand for, so that the pathway sends it where each of them goes."""
        return {
            Broad.MONEY: frozenset({Need.BENEFITS, Need.DEBT}),
            Broad.HOME: frozenset({Need.HOUSING}),
            Broad.WORK: frozenset({Need.EMPLOYMENT}),
            Broad.COMPANY: frozenset({Need.LONELINESS, Need.WELLBEING}),
            Broad.OTHER: frozenset({Need.OTHER}),
        }[self]


class Baby(models.TextChoices):
    NONE = "none", "No"
    EXPECTED = "expected", "One is due"
    BORN = "born", "One has been born"


class Answer(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_ASKED = "not_asked", "Not asked"


@dataclass(frozen=True, kw_only=True)
class EntryDetails:
    """What only some entries ask: see `ASKED` for which asks what. Blank where nothing was said.

    `baby_month` is the first day of the month. `broad` are `Broad` values. `code_not_known` is the code of a slip that
    somebody quoted and that no slip has: nobody asks for it.
    """

    ward: str = ""
    discharge_date: date | None = None
    ward_contact: str = ""
    baby: str = ""
    baby_month: date | None = None
    money_worries: str = ""
    department: str = ""
    department_reference: str = ""
    contact_person: str = ""
    contact_phone: str = ""
    relationship: str = ""
    helper_name: str = ""
    helper_phone: str = ""
    person_knows: str = ""
    heard_of: str = ""
    ring_when: str = ""
    broad: tuple[str, ...] = ()
    code_not_known: str = ""

    def to_json(self) -> dict[str, Any]:
        """What a journey keeps: nothing that is blank, days as ISO text."""
        held = {name: value for name, value in asdict(self).items() if value}
        return {name: _plain(value) for name, value in held.items()}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "EntryDetails":
        """ValueError when this was never made by `to_json`."""
        unknown = set(kept) - {field.name for field in fields(cls)}
        if unknown:
            raise ValueError(f"No entry asks for {sorted(unknown)}.")
        days = {name: date.fromisoformat(kept[name]) for name in ("discharge_date", "baby_month") if kept.get(name)}
        return cls(**{**kept, **days, "broad": tuple(kept.get("broad", ()))})


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value


# What each entry asks, in the order of its page, and of that what cannot be left out.
ASKED: dict[Entry, tuple[str, ...]] = {
    Entry.RECEPTION: ("broad",),
    Entry.CALL_LIST: ("broad",),
    Entry.HEALTH_VISITOR: ("baby", "baby_month", "money_worries"),
    Entry.HOSPITAL_WARD: ("ward", "discharge_date", "ward_contact"),
    Entry.COUNCIL: ("department", "department_reference"),
    Entry.VOLUNTARY: ("contact_person", "contact_phone"),
    Entry.SELF: ("heard_of", "ring_when"),
    Entry.ON_BEHALF: ("relationship", "helper_name", "helper_phone", "person_knows", "heard_of", "ring_when"),
}
REQUIRED: dict[str, str] = {
    "ward": "Enter the ward",
    "ward_contact": "Enter who to ring on the ward, with a phone number or a bleep",
    "baby": "Select whether there is a baby",
    "money_worries": "Select what they said about money worries",
    "department": "Enter the department",
    "contact_person": "Enter who can be asked about this referral",
    "contact_phone": "Enter a phone number for questions about this referral",
    "relationship": "Enter who you are to them",
    "helper_name": "Enter your name",
    "helper_phone": "Enter your phone number",
    "person_knows": "Select whether they know that you are asking",
}
_CHOICES = {"baby": Baby.values, "money_worries": Answer.values, "person_knows": Answer.values}
_LONGEST = 200
NO_STORY = "Enter what they have already told you, so that they need not tell it again"


def faults(entry: Entry, details: EntryDetails, today: date) -> dict[str, str]:
    """What is wrong with the details, each by the name of its field; empty when nothing is."""
    asked = ASKED.get(entry, ())
    found = {name: _fault(name, getattr(details, name)) for name in asked}
    found["discharge_date"] = _discharge_fault(details.discharge_date, today)
    found["baby_month"] = _month_fault(details, today)
    for name in details.to_json():
        if name not in asked:
            found[name] = "This is not asked for here"
    return {name: said for name, said in found.items() if said}


def _fault(name: str, value: Any) -> str:
    if not value:
        return REQUIRED.get(name, "")
    if name in _CHOICES and value not in _CHOICES[name]:
        return REQUIRED[name]
    if name == "broad" and not set(value) <= set(Broad):
        return "Select what they would like help with"
    if isinstance(value, str) and len(value) > _LONGEST:
        return f"This must be {_LONGEST} characters or fewer"
    if name.endswith("_phone"):
        try:
            codes.own_phone(value)
        except ValueError as fault:
            return str(fault)
    return ""


def _discharge_fault(day: date | None, today: date) -> str:
    if day is None or abs(day - today) <= timedelta(days=366):
        return ""
    return "The day they leave hospital must be within a year of today"


def _month_fault(details: EntryDetails, today: date) -> str:
    expected, month = details.baby == Baby.EXPECTED, details.baby_month
    if details.baby not in (Baby.EXPECTED, Baby.BORN):
        return "Select whether a baby is due or has been born" if month else ""
    if month is None:
        return "Enter the month in which the baby is due" if expected else "Enter the month in which the baby was born"
    away = (month.year - today.year) * 12 + month.month - today.month
    # A health visitor looks after a child up to school; a baby may also be late.
    if expected and not -1 <= away <= 10:
        return "The month in which the baby is due must be within the next 10 months"
    if not expected and not -60 <= away <= 0:
        return "The month in which the baby was born must be within the last 5 years"
    return ""


def check_entry(intake: Intake, by: Actor) -> None:
    """Refuse an intake whose entry did not get what it asks for.

    Refused: `entry_details` with the field's name, `no_story` when a worker does not pass on what was told,
    `not_clinical` for a clinical reason from a role that may not see one.
    """
    today = by.today()
    wrong = faults(intake.entry, EntryDetails.from_json(intake.entry_details), today)
    for field, sentence in wrong.items():
        raise Refused("entry_details", f"{sentence.rstrip('.')}.", field)
    if intake.entry is Entry.WORKER and not intake.told.strip():
        raise Refused("no_story", f"{NO_STORY}.", "told")
    if intake.clinical_reason and not by.can(Capability.SEE_REASON):
        raise Refused("not_clinical", "A clinician says the clinical reason.", "clinical_reason")


@dataclass(frozen=True)
class Said:
    """One detail as the receiving team reads it; `soon` when it cannot wait."""

    label: str
    text: str
    soon: bool = False


LABELS: dict[str, str] = {
    "ward": "Ward",
    "discharge_date": "Leaves hospital",
    "ward_contact": "Who to ring on the ward",
    "baby": "Baby",
    "money_worries": "Worried about money",
    "department": "Department",
    "department_reference": "Its reference",
    "contact_person": "Who to ask there",
    "contact_phone": "Their phone",
    "helper_name": "Who asked for them",
    "relationship": "Who that is to them",
    "helper_phone": "That person’s phone",
    "person_knows": "Do they know of this",
    "heard_of": "How they heard of us",
    "ring_when": "When to ring",
    "broad": "As they asked at the desk",
    "code_not_known": "Signpost code, not known here",
}
SOON = timedelta(days=7)


def leaves_hospital_soon(kept: Mapping[str, Any], today: date) -> bool:
    """Whether the person leaves hospital within seven days."""
    day = EntryDetails.from_json(kept).discharge_date
    return day is not None and timedelta() <= day - today <= SOON


def labelled(kept: Mapping[str, Any], today: date) -> tuple[Said, ...]:
    """A journey's `entry_details`, in the order of `LABELS`, in plain words."""
    details = EntryDetails.from_json(kept)
    return tuple(_said(name, details, today) for name in LABELS if getattr(details, name))


def _said(name: str, details: EntryDetails, today: date) -> Said:
    label, value = LABELS[name], getattr(details, name)
    if name == "discharge_date":
        when = words.day(datetime.combine(value, time(12), UTC))
        return Said("Left hospital" if value < today else label, when, timedelta() <= value - today <= SOON)
    if name == "baby":
        month = f"{details.baby_month:%B %Y}" if details.baby_month else ""
        return Said(label, {Baby.EXPECTED: f"Due in {month}", Baby.BORN: f"Born in {month}"}.get(value, "None"))
    if name == "broad":
        return Said(label, ", ".join(Broad(each).label for each in value))
    return Said(label, Answer(value).label if name in ("money_worries", "person_knows") else value)

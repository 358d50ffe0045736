"""What a connected system may send: the shape of a referral, and what it is made into."""

import re
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field, StrictBool

from wraparound.consent import asking
from wraparound.consent.agreed import REFERRAL, AgreedHow, Capacity, GivenBy
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Role
from wraparound.organisations.scheme_reading import organisation_in
from wraparound.pathways.vocabulary import ClinicalReason, ConsentFor, Need, UrgentFlag
from wraparound.people import codes
from wraparound.people.details import NhsNumberAbsent, PersonDetails
from wraparound.referrals.entries import EntryDetails, entry_of
from wraparound.referrals.intake import Intake, Sender

_ONE_LINE = r"^[^\x00-\x1F\x7F]*$"
_LINES = r"^[^\x00-\x08\x0B\x0C\x0E-\x1F\x7F]*$"
_SAID = r"^[^\x00-\x1F\x7F]*[^\x00-\x20\x7F\s][^\x00-\x1F\x7F]*$"


def _line(most: int, *, needed: bool = False) -> Any:
    return Annotated[str, Field(pattern=_SAID if needed else _ONE_LINE, max_length=most)]


def _text(most: int) -> Any:
    return Annotated[str, Field(pattern=_LINES, max_length=most)]


def _coded(kind: str, check: Callable[[str], object], most: int) -> Any:
    """A string of its own kind, which JSON Schema calls a format."""

    def checked(text: str) -> str:
        check(text)
        return text

    return Annotated[str, AfterValidator(checked), Field(max_length=most, json_schema_extra={"format": kind})]


def _day(text: str) -> date:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise ValueError("A day is written like 1980-02-29.")
    return date.fromisoformat(text)


def _email(text: str) -> None:
    try:
        validate_email(text)
    except ValidationError:
        raise ValueError("This is not an email address.") from None


Day = _coded("date", _day, 10)
Phone = _coded("uk-phone", codes.own_phone, 20)
Email = _coded("email", _email, 254)
NhsNumber = _coded("nhs-number", codes.nhs_number, 10)
Postcode = _coded("uk-postcode", codes.postcode, 8)


class Sent(Schema):
    """Something that is sent: what is not known here is an error, so that nothing is lost without a word."""

    model_config = ConfigDict(extra="forbid")


class Agreed(Sent):
    """That the person, or whoever may for them, agreed to be referred."""

    how: Literal["in_person", "by_phone", "in_writing"]
    permits: list[Literal["share_between_services", "tell_referrer_outcome"]] | None = Field(
        None,
        max_length=2,
        json_schema_extra={"uniqueItems": True},
        description="What of it they agreed to. Left out: all of it. What the pathway does not do without is refused",
    )
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)] = Field(
        "en", description="The language that they were asked in, as BCP 47"
    )
    given_by: GivenBy = Field(GivenBy.PERSON, description="Who agreed. From 16 on nobody’s parent does")
    representative: _line(200) = Field(  # type: ignore[valid-type]
        "", description="Who agreed for them, and how you know that they may. Needed where that is not the person"
    )
    capacity: Capacity = Field(Capacity.NO_DOUBT, description="Whether the person can decide this themselves")
    capacity_note: _line(500) = Field(  # type: ignore[valid-type]
        "", description="What the doubt was and what came of it. Needed where there was one"
    )


class MadeWithout(Sent):
    """Why the referral is made although the person did not agree."""

    how: Literal["best_interests", "safeguarding"]
    because: _line(500, needed=True) = Field(description="Who decided it, and why")  # type: ignore[valid-type]


class YesNo(StrEnum):
    YES = "yes"
    NO = "no"


class Person(Sent):
    """Who is referred, as far as you know. At least a family name; people with one name have it there."""

    family_name: _line(200, needed=True)  # type: ignore[valid-type]
    given_names: _line(200) = ""  # type: ignore[valid-type]
    known_as: _line(200) = ""  # type: ignore[valid-type]
    date_of_birth: Day = ""  # type: ignore[valid-type]
    nhs_number: NhsNumber = Field("", description="Ten digits without spaces")  # type: ignore[valid-type]
    nhs_number_absent_reason: Literal[
        "not_known", "overseas_patient", "devolved_nation", "not_given"
    ] | None = Field(None, description="Why there is none")  # fmt: skip
    address: _text(1000) = ""  # type: ignore[valid-type]
    postcode: Postcode = ""  # type: ignore[valid-type]
    no_fixed_abode: StrictBool = False
    mobile: Phone = ""  # type: ignore[valid-type]
    landline: Phone = ""  # type: ignore[valid-type]
    email: Email = ""  # type: ignore[valid-type]
    preferred_language: _line(60) = ""  # type: ignore[valid-type]
    interpreter_needed: StrictBool = False
    practice_ods_code: Annotated[str, Field(pattern=r"^[A-Z0-9]{3,10}$")] = ""
    safe_times: _line(200) = Field("", description="When it is safe to make contact")  # type: ignore[valid-type]
    voicemail: YesNo | None = Field(None, description="May a message be left?")
    may_say_who_is_calling: YesNo | None = None
    access_needs: _line(500) = ""  # type: ignore[valid-type]


class Details(Sent):
    """What is asked of hospitals, councils and voluntary organisations. A practice sends none of it."""

    ward: _line(200) = ""  # type: ignore[valid-type]
    discharge_date: Day = ""  # type: ignore[valid-type]
    ward_contact: _line(200) = ""  # type: ignore[valid-type]
    department: _line(200) = ""  # type: ignore[valid-type]
    department_reference: _line(200) = ""  # type: ignore[valid-type]
    contact_person: _line(200) = ""  # type: ignore[valid-type]
    contact_phone: Phone = ""  # type: ignore[valid-type]


class NewReferral(Sent):
    """One person, referred with what they would like help with. The scheme's pathway says which services get it."""

    person: Person
    needs: list[Need] = Field(min_length=1, max_length=len(Need), json_schema_extra={"uniqueItems": True})
    urgent_flags: list[UrgentFlag] = Field(
        default_factory=list, max_length=len(UrgentFlag), description="What cannot wait its turn"
    )
    agreement: Agreed | MadeWithout = Field(description="How the person agreed, or why it is made without")
    advice_ticked: StrictBool = Field(False, description="The person asked for welfare advice by name")
    clinical_reason: ClinicalReason | None = None
    reason: _line(500) = Field("", description="One line for the service")  # type: ignore[valid-type]
    told: _text(5000) = Field("", description="What the person has already told, so that nobody asks again")  # type: ignore[valid-type]
    hide_from_online_view: StrictBool = Field(
        False, description="Messages back are not for the person's online record: somebody else may read it"
    )
    signpost: _line(9) = Field("", description="The code of a slip that the person brings")  # type: ignore[valid-type]
    entry_details: Details | None = None


def intake_of(asked: NewReferral, key: str, digest: str, by: Actor) -> Intake:
    """What is asked, as every other door hands it to the same action. Refused for a birth that is to come."""
    details = _details(asked.person)
    if details.date_of_birth and details.date_of_birth > by.today():
        raise Refused("born_later", "The date of birth is after today.", "person.date_of_birth")
    kind = organisation_in(by, by.organisation_id).kind
    return Intake(
        entry=entry_of(Role.REFERRING_WORKER, kind),
        person=details,
        needs=frozenset(asked.needs),
        urgent_flags=frozenset(asked.urgent_flags),
        advice_ticked=asked.advice_ticked,
        agreed=_agreed(asked.agreement),
        reason=asked.reason.strip(),
        hide_from_online_view=asked.hide_from_online_view,
        # A key is one organisation's in one scheme.
        sender=Sender(system=f"api/{by.scheme_id}", identifier=key, body_sha256=digest),
        clinical_reason=asked.clinical_reason,
        told=asked.told,
        entry_details=_entry_details(asked.entry_details),
        signpost=asked.signpost,
    )


def _agreed(said: Agreed | MadeWithout) -> asking.Agreed:
    if isinstance(said, MadeWithout):
        return asking.Agreed(how=AgreedHow(said.how), wording=REFERRAL, exception_reason=said.because)
    return asking.Agreed(
        how=AgreedHow(said.how),
        wording=REFERRAL,
        permits=None if said.permits is None else frozenset(map(ConsentFor, said.permits)),
        language=said.language,
        given_by=said.given_by,
        representative=said.representative,
        capacity=said.capacity,
        capacity_note=said.capacity_note,
    )


def _details(person: Person) -> PersonDetails:
    said: dict[str, Any] = person.model_dump()
    said["date_of_birth"] = _day(said["date_of_birth"]) if said["date_of_birth"] else None
    absent = said["nhs_number_absent_reason"]
    said["nhs_number_absent_reason"] = NhsNumberAbsent(absent).value if absent else ""
    for name in ("voicemail", "may_say_who_is_calling"):
        said[name] = str(said[name] or "")
    return PersonDetails(**said)


def _entry_details(details: Details | None) -> dict[str, Any]:
    said: dict[str, Any] = details.model_dump() if details else {}
    if said.get("discharge_date"):
        said["discharge_date"] = _day(said["discharge_date"])
    return EntryDetails(**{name: value for name, value in said.items() if value}).to_json()

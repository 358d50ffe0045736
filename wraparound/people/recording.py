"""Writing a person down as part of an action: who they are, and which organisations now have to do with them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import Q

from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation
from wraparound.people.details import NhsNumberAbsent, PersonDetails
from wraparound.people.matching import Known, look_for
from wraparound.people.models import Involvement, Person, YesNo

_TOLD_FIELDS = (
    "known_as address postcode no_fixed_abode mobile landline email preferred_language interpreter_needed".split()
)
_ADDRESS = frozenset({"address", "postcode", "no_fixed_abode"})
# How to make contact safely, where the sender says it of somebody new.
_SAFETY_FIELDS = ("safe_times", "voicemail", "may_say_who_is_calling", "access_needs")


@dataclass(frozen=True)
class Recorded:
    """The person, and what the sender said that the record already holds otherwise."""

    person: Person
    new: bool
    differs: Mapping[str, str] = field(default_factory=dict)


def find_or_add(
    details: PersonDetails,
    *,
    by: Actor,
    known: bool = True,
    why: Involvement.Reason = Involvement.Reason.REFERRED,
) -> Recorded:
    """The one record of this person in the actor's scheme, opened to the actor's organisation.

    Somebody surely known is not written twice: blanks are filled in, differences are handed back. Somebody perhaps
    known gets a record marked as a possible duplicate, since help comes before tidiness. Where anybody could have
    written the details, which `known=False` says, nothing is filled in: all that is not held so is handed back.
    `why` opens the record of somebody known.
    """
    match = look_for(details)
    if match.answer is Known.YES and match.person_id is not None:
        involve(match.person_id, {by.organisation_id: why}, by=by)
        return _fill_blanks(Person.objects.visible_to(by).get(pk=match.person_id), details, known=known)
    person = _add(details, by=by, unsure=match.answer is Known.UNSURE)
    return Recorded(person, new=True)


def _add(details: PersonDetails, *, by: Actor, unsure: bool) -> Person:
    if not (unsure and details.nhs_number):
        return _create(details, details.nhs_number, details.nhs_number_absent_reason, by=by, unsure=unsure)
    try:
        with transaction.atomic():
            return _create(details, details.nhs_number, "", by=by, unsure=True)
    except IntegrityError:
        # Somebody with other details holds this number; a unique column cannot hold it twice.
        return _create(details, "", NhsNumberAbsent.TO_BE_CHECKED, by=by, unsure=True)


def _create(details: PersonDetails, number: str, absent: str, *, by: Actor, unsure: bool) -> Person:
    practice = None
    if details.practice_ods_code:
        practice = Organisation.objects.filter(ods_code=details.practice_ods_code).first()
    return Person.objects.create(
        scheme_id=by.scheme_id,
        organisation_ids=[by.organisation_id],
        nhs_number=number,
        nhs_number_absent="" if number else absent or NhsNumberAbsent.NOT_KNOWN.value,
        family_name=details.family_name,
        given_names=details.given_names,
        date_of_birth=details.date_of_birth,
        possible_duplicate=unsure,
        practice=practice,
        **{name: getattr(details, name) for name in _TOLD_FIELDS},
        **{name: said for name in _SAFETY_FIELDS if (said := getattr(details, name))},
    )


def _fill_blanks(person: Person, details: PersonDetails, *, known: bool) -> Recorded:
    differs: dict[str, str] = {}
    filled: list[str] = []
    # Of an address that is withheld nothing is filled in or compared: that would tell others of it.
    skipped = _ADDRESS if person.address_withheld else frozenset()
    for name in (name for name in (*_TOLD_FIELDS, *_SAFETY_FIELDS) if name not in skipped):
        said, held = getattr(details, name), getattr(person, name)
        if said and held in ("", False, YesNo.NOT_ASKED) and known:
            setattr(person, name, said)
            filled.append(name)
        elif said and said != held:
            differs[name] = str(said)
    if details.nhs_number and not person.nhs_number and not known:
        differs["nhs_number"] = details.nhs_number
    elif details.nhs_number and not person.nhs_number:
        person.nhs_number, person.nhs_number_absent = details.nhs_number, ""
        filled += ["nhs_number", "nhs_number_absent"]
    if filled:
        person.save(update_fields=filled)
    return Recorded(person, new=False, differs=differs)


def involve(person_id: int, reasons: Mapping[int, str], *, by: Actor) -> None:
    """Open the record to each organisation of `reasons` (id → why). One already open is left as it is."""
    Involvement.objects.bulk_create(
        [
            Involvement(
                scheme_id=by.scheme_id,
                person_id=person_id,
                organisation_id=organisation_id,
                opened_by_id=by.organisation_id,
                reason=reason,
                started=by.now(),
            )
            for organisation_id, reason in reasons.items()
        ],
        ignore_conflicts=True,
    )


def end_involvement(person_id: int, organisation_id: int, reason: str, *, by: Actor) -> None:
    """Close the record again to an organisation that has no more to do with the person for this reason.

    An organisation closes what it opened, and what was opened to itself.
    """
    whose = Q(opened_by_id=by.organisation_id) | Q(organisation_id=by.organisation_id)
    rows = Involvement.objects.filter(person_id=person_id, organisation_id=organisation_id, reason=reason, ended=None)
    rows.filter(whose).update(ended=by.now())

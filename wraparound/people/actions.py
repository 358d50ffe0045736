"""Changing what the record says of a person: how to reach them safely, and how they describe themselves."""

import hashlib
import json
from collections.abc import Mapping

from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.people.models import Person, SelfDescription

CONTACT_FIELDS = (
    "address postcode no_fixed_abode mobile landline email mobile_calls mobile_texts landline_calls email_messages "
    "letters safe_times voicemail may_say_who_is_calling address_withheld contact_notes preferred_language "
    "interpreter_needed access_needs digital_access known_as"
).split()


def contact_digest(person: Person) -> str:
    """A mark of the contact details as they are, so that a form can tell whether somebody changed them meanwhile."""
    held = [str(getattr(person, name)) for name in CONTACT_FIELDS]
    return hashlib.sha256(json.dumps(held).encode()).hexdigest()


@action
def change_contact(*, by: Actor, person: Person, changes: Mapping[str, object], opened_with: str = "") -> Person:
    """Set contact columns (`CONTACT_FIELDS`) to `changes`.

    `opened_with` is the `contact_digest` that the form began with; Refused `changed_meanwhile` when it no longer
    holds. KeyError for any other column.
    """
    by.require(Capability.SEE_PEOPLE)
    if unknown := set(changes) - set(CONTACT_FIELDS):
        raise KeyError(f"not contact columns: {sorted(unknown)}")
    locked = Person.objects.visible_to(by).select_for_update().get(pk=person.pk)
    if opened_with and opened_with != contact_digest(locked):
        raise Refused(
            "changed_meanwhile",
            "Somebody else has changed these details since you opened this page. Check what they say now, then save.",
        )
    changed = sorted(name for name, value in changes.items() if getattr(locked, name) != value)
    for name in changed:
        setattr(locked, name, changes[name])
    if changed:
        locked.save(update_fields=changed)
    record("contact_changed", by=by, told=locked.organisation_ids, person_id=locked.pk, data={"fields": changed})
    return locked


@action
def describe_self(*, by: Actor, person: Person, ethnicity: str, gender: str, disability: str) -> SelfDescription:
    """Write down how the person describes themselves, in their words; every answer may be empty."""
    by.require(Capability.SEE_SELF_DESCRIPTION)
    seen = Person.objects.visible_to(by).get(pk=person.pk)
    described, _ = SelfDescription.objects.update_or_create(
        person=seen,
        defaults={"ethnicity": ethnicity.strip(), "gender": gender.strip(), "disability": disability.strip()},
        create_defaults={
            "scheme_id": by.scheme_id,
            "organisation_ids": seen.organisation_ids,
            "ethnicity": ethnicity.strip(),
            "gender": gender.strip(),
            "disability": disability.strip(),
        },
    )
    record("self_described", by=by, person_id=seen.pk)
    return described

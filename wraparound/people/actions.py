"""Changes to what is known of a person: how to reach them safely, and how they describe themselves."""

from collections.abc import Mapping
from typing import Any

from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.people import codes
from wraparound.people.models import Person, SelfDescription, WithheldAddress
from wraparound.people.reading import ADDRESS_FIELDS, CONTACT_FIELDS, contact_digest, sees_address


@action
def change_contact(*, by: Actor, person: Person, changes: Mapping[str, Any], opened_with: str = "") -> Person:
    """Change how a person may be reached: `changes` holds new values by the names of `CONTACT_FIELDS`.

    `opened_with` is the `contact_digest` of what the writer was shown; somebody else's change since then is not
    overwritten. Raises KeyError for other columns, Refused `changed_meanwhile`, `address_withheld` or `bad_postcode`.
    """
    by.require(Capability.SEE_PEOPLE)
    unknown = set(changes) - set(CONTACT_FIELDS)
    if unknown:
        raise KeyError(f"not contact details: {sorted(unknown)}")
    held = Person.objects.visible_to(by).select_for_update().get(pk=person.pk)
    sees = sees_address(by, held)
    if opened_with and opened_with != contact_digest(held):
        raise Refused(
            "changed_meanwhile",
            "Somebody else changed these details after you opened this page. Nothing of yours is saved yet: compare it "
            "with what the record holds now, put right what you typed, and save again.",
        )
    wanted = {name: value for name, value in _checked(changes).items() if value != getattr(held, name)}
    if not sees and not ADDRESS_FIELDS.isdisjoint(wanted):
        raise Refused("address_withheld", "Only those working with this person can see or change their address.")
    _save(held, wanted)
    record("contact_changed", by=by, told=held.organisation_ids, person_id=held.pk, data={"fields": sorted(wanted)})
    return held


def _save(held: Person, wanted: Mapping[str, Any]) -> None:
    """Write what changed. The database moves a withheld address off the person's row and keeps it apart."""
    columns, where = dict(wanted), ("address", "postcode")
    if held.address_withheld:
        apart = WithheldAddress.objects.filter(person=held)
        if wanted.get("address_withheld", True):
            # An empty one on the row says nothing there: what is apart is emptied itself.
            apart.update(**{name: columns.pop(name) for name in where if columns.get(name) == ""})
        else:
            # Given up: the row has what it is now, whatever was changed of it.
            now = {name: wanted.get(name, getattr(held, name)) for name in where}
            apart.update(**now)
            columns |= now
    for name, value in columns.items():
        setattr(held, name, value)
    if columns:
        held.save(update_fields=list(columns))


def _checked(changes: Mapping[str, Any]) -> dict[str, Any]:
    checked = {name: value.strip() if isinstance(value, str) else value for name, value in changes.items()}
    if checked.get("postcode"):
        try:
            checked["postcode"] = codes.postcode(checked["postcode"])
        except ValueError as fault:
            raise Refused("bad_postcode", str(fault), "postcode") from fault
    return checked


@action
def describe_self(*, by: Actor, person: Person, ethnicity: str, gender: str, disability: str) -> SelfDescription:
    """Write down how a person describes themselves. Each answer is theirs to give or to leave blank."""
    by.require(Capability.SEE_SELF_DESCRIPTION)
    held = Person.objects.visible_to(by).select_for_update().get(pk=person.pk)
    said = {"ethnicity": ethnicity.strip(), "gender": gender.strip(), "disability": disability.strip()}
    described = SelfDescription.objects.filter(person=held).first()
    before = {name: getattr(described, name) if described else "" for name in said}
    if described is None:
        described = SelfDescription(scheme_id=held.scheme_id, organisation_ids=held.organisation_ids, person=held)
    for name, value in said.items():
        setattr(described, name, value)
    described.save()
    changed = sorted(name for name, value in said.items() if value != before[name])
    record("self_described", by=by, person_id=held.pk, data={"fields": changed})
    return described

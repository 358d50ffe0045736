"""Joining two records of one person, and undoing it: every row that was moved goes back, and no other."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection

from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.people.models import Person, Restriction
from wraparound.people.reading import CONTACT_FIELDS
from wraparound.privacy.models import Joining, SubjectAccessRequest

# Who somebody is and how to reach them: compared one by one. How to do so safely is never decided by a blank.
FIELDS = ("given_names", "family_name", "date_of_birth", "nhs_number", "practice_id", *CONTACT_FIELDS)
SAFETY = frozenset(
    "mobile_calls mobile_texts landline_calls email_messages letters address_withheld safe_times voicemail "
    "may_say_who_is_calling contact_notes".split()
)
_FIELDS = {each.attname: each for each in Person._meta.concrete_fields}
NOT_SAID = ("", None, "not_asked")


@dataclass(frozen=True)
class Difference:
    """One value in which two records differ. `must_choose`: nobody may take one of them without having looked."""

    field: str
    kept: Any
    gone: Any

    @property
    def must_choose(self) -> bool:
        return self.field in SAFETY or not (self.kept in NOT_SAID or self.gone in NOT_SAID)

    @property
    def taken(self) -> str:
        """Which record's value is taken where nobody chose: the one that says something."""
        return "gone" if self.kept in NOT_SAID else "kept"


def differences(kept: Person, gone: Person) -> list[Difference]:
    """What the two say differently, in the order of `FIELDS`."""
    both = ((name, getattr(kept, name), getattr(gone, name)) for name in FIELDS)
    return [Difference(name, one, other) for name, one, other in both if one != other]


@action
def join_records(*, by: Actor, kept: Person, gone: Person, chosen: Mapping[str, str], why: str) -> Joining:
    """Move everything of `gone` to `kept`. `chosen` says for each difference whose value stands: "kept" or "gone".

    Both must be open to the actor's organisation. Refused `same`, `no_reason`, `choose` (with the field), `asked`.
    """
    by.require(Capability.JOIN_RECORDS)
    if kept.pk == gone.pk:
        raise Refused("same", "These are one record already.")
    rows = Person.objects.visible_to(by).select_for_update().order_by("pk").in_bulk([kept.pk, gone.pk])
    if len(rows) != 2:
        raise Person.DoesNotExist
    one, other = rows[kept.pk], rows[gone.pk]
    if not why.strip():
        raise Refused("no_reason", "Enter how you know that they are one person.", "why")
    if Restriction.objects.filter(person__in=[one, other], ended_at=None).exists():
        raise Refused("restricted", "One of them is kept from some readers. End that first, or decide it for both.")
    if SubjectAccessRequest.objects.filter(person__in=[one, other], ended_at=None).exists():
        raise Refused("asked", "A request for what is held is open about one of them. Answer it first.")
    set_to, before = _values(one, other, chosen), {}
    before = {name: getattr(one, name) for name in set_to}
    joining = Joining.objects.create(
        scheme_id=by.scheme_id,
        organisation_id=by.organisation_id,
        kept=one,
        gone=other,
        why=why.strip(),
        before=_plain(before),
        set_to=_plain(set_to),
        gone_was=_plain({name: getattr(other, name) for name in FIELDS if getattr(other, name) not in NOT_SAID}),
        joined_at=by.now(),
        joined_by_id=by.user(),
    )
    _set(one, other, set_to)
    with connection.cursor() as cursor:
        cursor.execute("SELECT privacy_join(%s)", [joining.pk])
    told = sorted({*one.organisation_ids, *other.organisation_ids})
    record("records_joined", by=by, told=told, person_id=one.pk, data={"joining": joining.pk})
    return joining


@action
def undo_joining(*, by: Actor, joining: Joining) -> Joining:
    """Put back every row that was moved and is still there; what was added since stays with the kept record."""
    by.require(Capability.JOIN_RECORDS)
    held: Joining = Joining.objects.visible_to(by).select_for_update().get(pk=joining.pk)
    if held.undone_at:
        raise Refused("too_late", "This was undone already.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT privacy_part_again(%s)", [held.pk])
    rows = Person.objects.visible_to(by).select_for_update().in_bulk([held.kept_id, held.gone_id])
    one, other = rows.get(held.kept_id), rows.get(held.gone_id)
    if one is None or other is None:
        raise Refused("not_yours", "Your organisation has no more to do with one of them. The other one undoes it.")
    back = {
        name: _FIELDS[name].to_python(value)
        for name, value in held.before.items()
        if _plain({name: getattr(one, name)})[name] == held.set_to[name]
    }
    _set(one, other, back)
    held.undone_at, held.undone_by_id = by.now(), by.user()
    held.save(update_fields=["undone_at", "undone_by"])
    told = sorted({*one.organisation_ids, *other.organisation_ids})
    record("records_parted", by=by, told=told, person_id=one.pk, data={"joining": held.pk})
    return held


def _values(kept: Person, gone: Person, chosen: Mapping[str, str]) -> dict[str, Any]:
    """What the kept record's values become, where they become others."""
    taken: dict[str, Any] = {}
    for each in differences(kept, gone):
        whose = chosen.get(each.field, "" if each.must_choose else each.taken)
        if whose not in ("kept", "gone"):
            raise Refused("choose", "Select which is right.", each.field)
        if whose == "gone":
            taken[each.field] = each.gone
    if kept.possible_duplicate:
        taken["possible_duplicate"] = False
    return taken


def _set(kept: Person, gone: Person, values: Mapping[str, Any]) -> None:
    """Give the kept record these values. An NHS number is changed for the other's, so that neither is lost."""
    values = dict(values)
    if "nhs_number" in values and values["nhs_number"] != kept.nhs_number:
        one = (kept.nhs_number, kept.nhs_number_absent)
        other = (gone.nhs_number, gone.nhs_number_absent)
        _number(gone, ("", "to_be_checked"))
        _number(kept, other)
        _number(gone, one)
        del values["nhs_number"]
    for name, value in values.items():
        setattr(kept, name, value)
    if values:
        kept.save(update_fields=[name.removesuffix("_id") for name in values])


def _number(person: Person, number: tuple[str, str]) -> None:
    person.nhs_number, person.nhs_number_absent = number
    person.save(update_fields=["nhs_number", "nhs_number_absent"])


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in values.items()}

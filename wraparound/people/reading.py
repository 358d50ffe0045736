"""Finding a person among those the actor's organisation has to do with, and noting each look at a record."""

import hashlib
import json
from collections.abc import Iterable
from datetime import date

from django.db import connection

from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.people.disclosing import note_disclosure, what_of
from wraparound.people.models import AbuseMarker, Involvement, Person, SelfDescription, WithheldAddress

# What is asked, changed and compared as one: how to reach the person, and how to do it safely.
CONTACT_FIELDS = (
    "mobile mobile_calls mobile_texts landline landline_calls email email_messages letters address postcode "
    "no_fixed_abode address_withheld safe_times voicemail may_say_who_is_calling contact_notes preferred_language "
    "interpreter_needed access_needs digital_access known_as"
).split()
ADDRESS_FIELDS = frozenset({"address", "postcode", "no_fixed_abode", "address_withheld"})


def person_of(actor: Actor, pk: int) -> Person:
    """One person. Person.DoesNotExist when they are not the actor's to see."""
    return Person.objects.visible_to(actor).select_related("practice").get(pk=pk)


def find_people(actor: Actor, *, words: str = "", born: date | None = None, most: int = 20) -> list[Person]:
    """The organisation's own people whose NHS number is `words`, or whose names hold every word of it, by name.

    `born` narrows it. Without either, the first by name.
    """
    rows = Person.objects.visible_to(actor)
    digits = words.replace(" ", "")
    if digits.isdigit() and len(digits) == 10:
        rows = rows.filter(nhs_number=digits)
        if born:
            rows = rows.filter(date_of_birth=born)
    elif words.strip() or born:
        with connection.cursor() as cursor:
            found = cursor.execute("SELECT people_named(%s, %s, %s)", [words.split(), born, most]).fetchall()
        rows = rows.filter(pk__in=[pk for (pk,) in found])
    return list(rows.order_by("family_name", "given_names", "pk")[:most])


def label_of(name: str) -> str:
    """What pages call a detail of the record, inside a sentence."""
    return str(getattr(Person._meta.get_field(name), "verbose_name", name))


def contact_digest(person: Person) -> str:
    """A hash of the contact details, to find out whether they changed since somebody was shown them."""
    held = json.dumps([getattr(person, name) for name in CONTACT_FIELDS])
    return hashlib.sha256(held.encode()).hexdigest()


def sees_address(actor: Actor, person: Person) -> bool:
    """Whether the actor may see where the person lives: a withheld address is only for those working with them.

    It is not on the person's row, and is put on `person` here where the actor may see it.
    """
    if not person.address_withheld:
        return True
    held = WithheldAddress.objects.visible_to(actor).filter(person=person).first()
    if held is not None:
        person.address, person.postcode = held.address, held.postcode
        return True
    own = Involvement.objects.filter(person=person, organisation_id=actor.organisation_id, ended=None)
    return own.filter(reason=Involvement.Reason.WORKING).exists()


def self_description_of(actor: Actor, person: Person) -> SelfDescription | None:
    """How the person describes themselves, or None when nobody asked or the actor may not know."""
    if not actor.can(Capability.SEE_SELF_DESCRIPTION):
        return None
    return SelfDescription.objects.filter(person=person, organisation_ids__contains=[actor.organisation_id]).first()


def abuse_marker_of(actor: Actor, person: Person) -> AbuseMarker | None:
    """The latest that stands, or None when there is none or the actor may not know."""
    rows = AbuseMarker.objects.visible_to(actor).filter(person=person, ended_at=None)
    return rows.select_related("put_by_organisation").order_by("-put_at", "-pk").first()


def note_access(actor: Actor, person: Person, page: str) -> None:
    """Write down that a user looked at a person's record."""
    note_accesses(actor, [person.pk], page)


def note_accesses(actor: Actor, person_ids: Iterable[int], page: str) -> None:
    """The same of each person that one page shows. What is no user's look is not written down."""
    if actor.user_id is not None:
        note_disclosure(actor, person_ids, what_of(page), page)

"""Finding a person among those the actor's organisation has to do with, and noting each look at a record."""

from datetime import date

from django.db.models import Func, Value

from wraparound.audit.models import Access
from wraparound.organisations.actor import Actor
from wraparound.people.models import Person


def person_of(actor: Actor, pk: int) -> Person:
    """One person. Person.DoesNotExist when they are not the actor's to see."""
    return Person.objects.visible_to(actor).select_related("practice").get(pk=pk)


def find_people(actor: Actor, *, words: str = "", born: date | None = None, most: int = 20) -> list[Person]:
    """The organisation's own people whose NHS number is `words`, or whose names hold every word of it."""
    rows = Person.objects.visible_to(actor)
    digits = words.replace(" ", "")
    if digits.isdigit() and len(digits) == 10:
        rows = rows.filter(nhs_number=digits)
    else:
        for word in words.split():
            rows = rows.filter(names_plain__contains=Func(Value(""), Value(word), function="people_plain"))
    if born:
        rows = rows.filter(date_of_birth=born)
    return list(rows.order_by("family_name", "given_names", "pk")[:most])


def note_access(actor: Actor, person: Person, page: str) -> None:
    """Write down that a user looked at a person's record."""
    if actor.user_id is not None:
        Access.objects.create(
            scheme_id=actor.scheme_id,
            organisation_id=actor.organisation_id,
            user_id=actor.user_id,
            role=actor.role,
            person=person,
            page=page,
            at=actor.now(),
        )

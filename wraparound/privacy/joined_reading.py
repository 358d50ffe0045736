"""What the pages about joining records read."""

from typing import Any

from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation
from wraparound.people.models import Person
from wraparound.people.reading import label_of
from wraparound.privacy.joining import Difference
from wraparound.privacy.models import Joining
from wraparound.privacy.saying import plain


def joinings_of(actor: Actor) -> list[Joining]:
    rows = Joining.objects.visible_to(actor).select_related("kept", "joined_by")
    return list(rows.order_by("-pk")[:100])


def joining_of(actor: Actor, pk: int) -> Joining:
    """Joining.DoesNotExist when it is not the actor's organisation's."""
    return Joining.objects.visible_to(actor).select_related("joined_by", "undone_by").get(pk=pk)


def said(field: str, value: Any) -> str:
    """A value of a record as a page compares it; “Nothing” where there is none."""
    if value in ("", None):
        return "Nothing"
    if field == "practice_id":
        return Organisation.objects.get(pk=value).name
    choices = dict(getattr(Person._meta.get_field(field), "flatchoices", ()))
    return str(choices.get(value, plain(value)))


def label(field: str) -> str:
    called = label_of(field.removesuffix("_id"))
    return called[:1].upper() + called[1:]


def compared(each: Difference) -> tuple[str, str, str]:
    """The label of a difference, and what each record says."""
    return label(each.field), said(each.field, each.kept), said(each.field, each.gone)

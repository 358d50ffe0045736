"""Two records of one person that were joined, and every row that was moved, so that it can be undone."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wraparound.audit.personal_data import Holds
from wraparound.organisations.models import Organisation, Scheme, User
from wraparound.organisations.roles import Capability
from wraparound.people.models import Person
from wraparound.privacy.models.keeping import KeepingQuerySet


class JoiningQuerySet(KeepingQuerySet["Joining"]):
    """An organisation's own."""

    capability = Capability.JOIN_RECORDS


class Joining(models.Model):
    """That `gone` was joined to `kept`. `before` are the values of `kept` that were changed, `set_to` what they became.

    `gone_was` is who the other record said they were, for whoever asks what is held; the row itself stays, hidden, for
    what is sealed and points at it.
    """

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("kept", "gone", "before", "set_to", "gone_was", "why")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", help_text="That joined them")
    kept = models.ForeignKey(Person, models.PROTECT, related_name="+")
    gone = models.ForeignKey(Person, models.PROTECT, related_name="+")
    why = models.CharField(max_length=500, help_text="How it was known that they are one")
    before = models.JSONField()
    set_to = models.JSONField()
    gone_was = models.JSONField()
    joined_at = models.DateTimeField()
    joined_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = JoiningQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gone"], condition=Q(undone_at=None), name="joined_once"),
            models.CheckConstraint(condition=~Q(kept=F("gone")), name="joined_to_another"),
        ]
        indexes = [models.Index(fields=["kept"], condition=Q(undone_at=None), name="joined_to")]


class Moved(models.Model):
    """One row that a joining moved. `column_name` pointed at the record that is gone; or it is `ended`, of an
    involvement that the kept record has already."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("row_key",)
    append_only: ClassVar = True
    made_by_the_database: ClassVar = True

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    joining = models.ForeignKey(Joining, models.PROTECT, related_name="moved")
    table_name = models.CharField(max_length=63)
    column_name = models.CharField(max_length=63)
    row_key = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["joining", "table_name", "column_name", "row_key"], name="moved_once")
        ]

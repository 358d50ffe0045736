"""What happened: rows that are only ever added to. The shared timeline of a journey is read from here."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from wraparound.audit.personal_data import Holds


class Event(models.Model):
    """One thing that happened, told to the organisations in `organisation_ids` and to nobody else.

    `occurred_at` is when it happened in life; `recorded_at` when it was written down.
    """

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "data")
    append_only: ClassVar = True

    scheme = models.ForeignKey("organisations.Scheme", models.PROTECT, related_name="+")
    organisation_ids = ArrayField(models.BigIntegerField(), help_text="Organisations that may see this event")
    told_ids = ArrayField(
        models.BigIntegerField(), null=True, help_text="Whom it was told when it happened, where fewer may see it now"
    )
    name = models.CharField(max_length=60)
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    journey = models.ForeignKey("referrals.Journey", models.PROTECT, null=True, related_name="events")
    referral = models.ForeignKey("referrals.Referral", models.PROTECT, null=True, related_name="events")
    data = models.JSONField(default=dict, help_text="Coded facts of the event; never free text of a confidential note")
    by_user = models.ForeignKey("organisations.User", models.PROTECT, null=True, related_name="+")
    by_organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, null=True, related_name="+")
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(fields=["journey", "occurred_at", "id"], name="event_timeline"),
            models.Index(fields=["referral", "occurred_at"], name="event_of_referral"),
        ]

"""Messages back to the referrer: what happened, as a page and as a PDF."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from wraparound.audit.personal_data import Holds
from wraparound.organisations.models import Organisation, Scheme, User
from wraparound.people.models import Person
from wraparound.referrals.models import Journey, Referral, ScopedQuerySet


class Occasion(models.TextChoices):
    """What a message back tells."""

    ACCEPTED = "accepted", "Referral accepted"
    DECLINED = "declined", "Referral not taken"
    LOST_CONTACT = "lost_contact", "Could not reach the person"
    NOT_ANSWERED = "not_answered", "The service did not answer in time"
    CLOSED = "closed", "Work finished"


class MessageBack(models.Model):
    """One message to the referrer about one referral, for the clinical record.

    `content` is `documents.message_back.MessageBackContent` as JSON: status and broad category, never the detail.
    """

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "content", "pdf")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation_ids = ArrayField(models.BigIntegerField())
    journey = models.ForeignKey(Journey, models.PROTECT, related_name="messages_back")
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="messages_back")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    to_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    to_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    occasion = models.CharField(max_length=20, choices=Occasion.choices)
    content = models.JSONField()
    hide_from_online_view = models.BooleanField()
    written_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    pdf = models.BinaryField(null=True)

    objects = ScopedQuerySet["MessageBack"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["referral", "occasion"], name="message_back_once_per_occasion")]
        indexes = [models.Index(fields=["to_organisation", "-written_at", "-id"], name="message_back_by_reader")]

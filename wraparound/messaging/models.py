"""Messages back to the referrer: what happened, as a page and as a PDF."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models

from wraparound.audit.personal_data import Holds
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Membership, Organisation, Scheme, User
from wraparound.organisations.roles import Capability
from wraparound.people.models import Person
from wraparound.referrals.models import Journey, Referral, ScopedQuerySet


class Occasion(models.TextChoices):
    """What a message back tells."""

    ACCEPTED = "accepted", "Referral accepted"
    DECLINED = "declined", "Referral not taken"
    LOST_CONTACT = "lost_contact", "Could not reach the person"
    NOT_ANSWERED = "not_answered", "The service did not answer in time"
    CLOSED = "closed", "Work finished"
    IN_CONTACT = "in_contact", "In contact with the person"


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
    times_reopened = models.PositiveSmallIntegerField(
        default=0, help_text="How often the work had been opened again before this ending of it"
    )
    content = models.JSONField()
    hide_from_online_view = models.BooleanField()
    written_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    pdf = models.BinaryField(null=True)

    objects = ScopedQuerySet["MessageBack"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "occasion", "times_reopened"], name="message_back_once_per_occasion"
            )
        ]
        indexes = [models.Index(fields=["to_organisation", "-written_at", "-id"], name="message_back_by_reader")]


class CodedEntry(models.Model):
    """One clinical code that a message back carried: each once in an episode of work with the person."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "code")
    append_only: ClassVar = True

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation_ids = ArrayField(models.BigIntegerField())
    person = models.ForeignKey(Person, models.PROTECT, related_name="coded_entries")
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="coded_entries")
    message = models.ForeignKey(MessageBack, models.PROTECT, null=True, related_name="coded_entries")
    code = models.CharField(max_length=18, help_text="SNOMED CT, UK edition")
    term = models.CharField(max_length=200)
    entered_at = models.DateTimeField()

    objects = ScopedQuerySet["CodedEntry"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["referral", "code"], name="coded_entry_once_per_referral")]
        indexes = [models.Index(fields=["person", "code"], name="coded_entry_of_person")]


class DigestQuerySet(models.QuerySet["DigestSent"]):
    def visible_to(self, actor: Actor) -> Self:
        """A reader's own digests; the system sees those of the organisation that it acts for."""
        rows = self.filter(scheme_id=actor.scheme_id, organisation_id=actor.organisation_id)
        return rows if actor.can(Capability.SEND_DIGESTS) else rows.filter(membership_id=actor.membership_id)


class DigestSent(models.Model):
    """News of what somebody sent, as it was put together for one reader; the letter itself names nobody."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("content",)

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()
    content = models.JSONField(help_text="Journeys with news, by reference, and what each is")
    attempted_at = models.DateTimeField(
        null=True, help_text="When its letter was handed over; without sent_at, nobody knows whether it went"
    )
    sent_at = models.DateTimeField(null=True)
    read_at = models.DateTimeField(null=True)

    objects = DigestQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["membership", "until"], name="digest_once_for_a_time")]
        indexes = [models.Index(fields=["membership", "-until"], name="digest_of_reader")]

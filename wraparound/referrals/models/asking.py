"""What one side of a referral asks of the other, or one worker of another."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from wraparound.audit.personal_data import Holds
from wraparound.organisations.models import Organisation, Scheme, User
from wraparound.referrals.models.journeys import Referral
from wraparound.referrals.models.scope import ScopedQuerySet


class Question(models.Model):
    """What a team asked the referrer before it could answer, and what came back. Both ends see it, and nobody else."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("question", "answer")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation_ids = ArrayField(models.BigIntegerField())
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="questions")
    question = models.CharField(max_length=500)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    lapsed_at = models.DateTimeField(null=True, help_text="No answer came in time, and the team went on without")

    objects = ScopedQuerySet["Question"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], condition=Q(answered_at=None, lapsed_at=None), name="question_open_once"
            )
        ]


class TransferStatus(models.TextChoices):
    OFFERED = "offered", "Offered"
    TAKEN = "taken", "Taken on"
    DECLINED = "declined", "Not taken on"
    TAKEN_BACK = "taken_back", "Taken back"


class Transfer(models.Model):
    """One worker offers a referral to another of the same organisation, who must take it on."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("why", "answer")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation_ids = ArrayField(models.BigIntegerField())
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="transfers")
    from_user = models.ForeignKey(User, models.PROTECT, related_name="+")
    to_user = models.ForeignKey(User, models.PROTECT, related_name="+")
    why = models.CharField(max_length=500, help_text="What the next worker needs to know")
    status = models.CharField(max_length=20, choices=TransferStatus.choices, default=TransferStatus.OFFERED)
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=500, blank=True, help_text="Why it was not taken on, for the giver")

    objects = ScopedQuerySet["Transfer"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral"], condition=Q(status="offered"), name="transfer_offered_once")
        ]
        indexes = [models.Index(fields=["to_user"], condition=Q(status="offered"), name="transfer_offered_to")]

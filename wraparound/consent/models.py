"""What a person agreed to, or which recorded exception stands instead."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from wraparound.audit.history import keep_history
from wraparound.audit.personal_data import Holds
from wraparound.consent.agreed import AgreedHow
from wraparound.organisations.models import Organisation, Scheme, User
from wraparound.people.models import Person


@keep_history
class Agreement(models.Model):
    """One agreement to a referral: how it was given, or why it was made without."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "exception_reason")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation_ids = ArrayField(models.BigIntegerField())
    person = models.ForeignKey(Person, models.PROTECT, related_name="agreements")
    how = models.CharField(max_length=20, choices=AgreedHow.choices)
    exception_reason = models.CharField(max_length=500, blank=True)
    wording = models.CharField(max_length=40, help_text="Version of the words that were said to the person")
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(how__in=["best_interests", "safeguarding"]) | ~Q(exception_reason=""),
                name="agreement_exception_has_a_reason",
            )
        ]

"""Same-day alerts."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from wraparound.audit.history import keep_history
from wraparound.audit.personal_data import Holds
from wraparound.organisations.models import Scheme, Team, User
from wraparound.people.models import Person
from wraparound.referrals.models.journeys import Journey
from wraparound.referrals.models.scope import ScopedQuerySet
from wraparound.referrals.states import AlertStatus


@keep_history
class SameDayAlert(models.Model):
    """Homeless tonight, no food, or danger: a named person must own it, and its clock stops at help given."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "flags", "help_given")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation_ids = ArrayField(models.BigIntegerField())
    journey = models.ForeignKey(Journey, models.PROTECT, related_name="alerts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    to_team = models.ForeignKey(Team, models.PROTECT, related_name="+")
    named = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", help_text="Who must acknowledge it")
    flags = ArrayField(models.CharField(max_length=40))
    status = models.CharField(max_length=20, choices=[(s.value, s.value) for s in AlertStatus])
    raised_at = models.DateTimeField()
    due_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    helped_at = models.DateTimeField(null=True)
    helped_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    help_given = models.CharField(max_length=500, blank=True)

    objects = ScopedQuerySet["SameDayAlert"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="helped") | (Q(helped_at__isnull=False) & ~Q(help_given="")),
                name="alert_ends_with_help_given",
            )
        ]
        indexes = [models.Index(fields=["to_team", "due_at"], condition=~Q(status="helped"), name="alert_open")]

"""Time limits of matters: the last day to do something, how it was worked out, and what came of it."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from wraparound.advice.models.matters import Advice, Matter
from wraparound.advice.states import LimitStatus
from wraparound.audit.history import keep_history
from wraparound.audit.personal_data import Holds
from wraparound.casework.models import Case
from wraparound.organisations.models import User
from wraparound.people.models import Person


@keep_history
class TimeLimit(Advice):
    """One last day of a matter, worked out by a rule or set by an adviser. Never deleted: it is met or set aside.

    `how` and `source` are the rule's words of the day on which it was worked out.
    """

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "facts", "what", "last_day", "day_why", "ended_why")

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="limits")
    case = models.ForeignKey(Case, models.PROTECT, related_name="limits")
    person = models.ForeignKey(Person, models.PROTECT, related_name="limits")
    rule = models.CharField(max_length=60, blank=True, help_text="A key of `time_limits.RULES`; empty: set by hand")
    what = models.CharField(max_length=120, help_text="What has to be done by then")
    facts = models.JSONField(default=dict, help_text="The dates and choices that it was worked out from")
    last_day = models.DateField(null=True)
    how = ArrayField(models.TextField(), default=list)
    source = models.CharField(max_length=300, blank=True)
    asks = ArrayField(models.TextField(), default=list, help_text="What to find out before there can be a day")
    day_why = models.CharField(max_length=500, blank=True, help_text="Why an adviser set another day")
    status = models.CharField(max_length=20, choices=[(each.value, each.label) for each in LimitStatus])
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=500, blank=True)
    reminded = models.SmallIntegerField(null=True, help_text="At how many days before the day it was last spoken of")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["provisional", "confirmed"]) | Q(last_day__isnull=False),
                name="time_limit_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(status="set_aside") | ~Q(ended_why=""), name="time_limit_set_aside_with_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(status="confirmed") | Q(confirmed_by__isnull=False),
                name="time_limit_confirmed_by",
            ),
        ]
        indexes = [
            models.Index(fields=["matter", "last_day"], name="time_limit_of_matter"),
            models.Index(fields=["organisation", "last_day", "id"], condition=Q(ended_at=None), name="time_limit_open"),
            models.Index(fields=["last_day"], condition=Q(ended_at=None), name="time_limit_clock"),
        ]

    @property
    def running(self) -> bool:
        return LimitStatus(self.status).running

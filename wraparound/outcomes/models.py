"""What came of matters, what people say of it, and the time that the work took: for those who advise there alone."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wraparound.advice.models import Matter
from wraparound.advice.models.matters import Advice
from wraparound.advice.models.of_case import OfCase
from wraparound.advice.sums import Often
from wraparound.audit.history import keep_history
from wraparound.audit.personal_data import Holds
from wraparound.casework.models import Case
from wraparound.events.models import Event
from wraparound.organisations.models import User
from wraparound.outcomes.spending import Doing
from wraparound.people.models import Person

LEAST_MINUTES, MOST_MINUTES = 1, 12 * 60


class Outcome(OfCase):
    """One thing that came of a matter. Never changed: a correction is another row that replaces it.

    `counted` is pounds, by the rule of its kind, as `outcomes.worth` works it out. A row that is `withdrawn` replaces
    one that should not have been there, and counts nothing.
    """

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "kind", "pounds", "counted", "seen", "told", "looked_at")
    append_only: ClassVar = True

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="outcomes")
    kind = models.CharField(max_length=30, help_text="A key of `outcomes.kinds`")
    pounds = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    often = models.CharField(max_length=10, blank=True, choices=[(each.value, each.label) for each in Often])
    starts = models.DateField(null=True, help_text="From when it is paid")
    ends = models.DateField(null=True, help_text="The last day on which it is paid, if that is known")
    counted = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    confirmed = models.BooleanField(help_text="Somebody saw it in writing; else it is expected")
    seen = models.CharField(max_length=200, blank=True, help_text="What was seen, such as the award letter")
    on = models.DateField(help_text="When it came about")
    told = models.CharField(max_length=500, blank=True)
    looked_at = models.CharField(max_length=300, blank=True, help_text="Why it is not the same as one like it")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    withdrawn = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn=False) | Q(replaces__isnull=False), name="outcome_withdrawn_replaces"
            ),
            models.CheckConstraint(condition=Q(pounds=None) | Q(pounds__gt=0), name="outcome_sum_above_nothing"),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=models.F("starts")), name="outcome_ends_after_it_starts"
            ),
        ]
        indexes = [
            models.Index(fields=["matter", "id"], name="outcome_of_matter"),
            models.Index(fields=["case", "id"], name="outcome_of_case"),
        ]


class WhatChanged(OfCase):
    """What the person says changed for them, in their words. Never changed."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "different", "able", "hard")
    append_only: ClassVar = True

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="said")
    different = models.TextField(blank=True, help_text="What is different now")
    able = models.TextField(blank=True, help_text="What they can do now")
    hard = models.TextField(blank=True, help_text="What is still hard")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["matter", "id"], name="what_changed_of_matter")]


@keep_history
class TimeSpent(Advice):
    """Minutes that a worker said something took them. What nobody confirmed has no row, and is never guessed.

    `event` is what it was spent on; without one, `what` says it.
    """

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "worker", "what", "minutes")

    worker = models.ForeignKey(User, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+")
    doing = models.CharField(max_length=12, choices=[(each.value, each.label) for each in Doing])
    what = models.CharField(max_length=200, blank=True)
    minutes = models.PositiveSmallIntegerField()
    on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["event", "worker"], name="time_spent_once_for_each_thing"),
            models.CheckConstraint(
                condition=Q(minutes__range=(LEAST_MINUTES, MOST_MINUTES)), name="time_spent_minutes"
            ),
            models.CheckConstraint(condition=Q(event=None) | Q(case__isnull=False), name="time_spent_on_a_case"),
        ]
        indexes = [
            models.Index(fields=["organisation", "on", "worker"], name="time_spent_of_organisation"),
            models.Index(fields=["case", "id"], name="time_spent_on_case"),
        ]

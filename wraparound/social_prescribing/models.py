"""What a link worker and a person talk about and agree: one organisation's own, and nobody else's."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wraparound.audit.history import keep_history
from wraparound.audit.personal_data import Holds
from wraparound.casework.models import Case, Own
from wraparound.organisations.models import User
from wraparound.people.models import Person
from wraparound.social_prescribing.states import GoalStatus, StepStatus, Who
from wraparound.social_prescribing.topics import Heard, Topic

LEAST, MOST = 0, 10


class OfCase(Own):
    """A row of one case, with whom it is about."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


@keep_history
class Answer(OfCase):
    """What was said in one part of the conversation. One for each part of a case."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "heard", "text")

    topic = models.CharField(max_length=20, choices=[(each.value, each.label) for each in Topic])
    heard = models.CharField(max_length=20, blank=True, choices=[(each.value, each.label) for each in Heard if each])
    text = models.TextField(blank=True)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "topic"], name="answer_once_for_each_part")]


def _on_scale(name: str) -> Q:
    return Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__range": (LEAST, MOST)})


@keep_history
class Goal(OfCase):
    """What the person wants to come to, in their own words. `importance` and `confidence` are theirs, from 0 to 10."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "words")

    words = models.CharField(max_length=500)
    importance = models.PositiveSmallIntegerField(null=True)
    confidence = models.PositiveSmallIntegerField(null=True)
    status = models.CharField(
        max_length=10, choices=[(each.value, each.label) for each in GoalStatus], default=GoalStatus.OPEN.value
    )
    review_on = models.DateField(null=True)
    instead_of = models.OneToOneField("self", models.PROTECT, null=True, related_name="became")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="goal_has_words"),
            models.CheckConstraint(condition=_on_scale("importance"), name="goal_importance_on_scale"),
            models.CheckConstraint(condition=_on_scale("confidence"), name="goal_confidence_on_scale"),
            models.CheckConstraint(
                condition=Q(status="open", ended_at=None) | (~Q(status="open") & Q(ended_at__isnull=False)),
                name="goal_ends_at_a_time",
            ),
            models.CheckConstraint(condition=Q(status="open") | Q(review_on=None), name="goal_reviewed_while_open"),
        ]
        indexes = [
            models.Index(fields=["case", "id"], name="goal_of_case"),
            models.Index(fields=["organisation", "review_on"], condition=Q(status="open"), name="goal_to_review"),
        ]


@keep_history
class Step(OfCase):
    """One thing that somebody does towards a goal. `named` says who, where it is neither of the two."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "what", "named")

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="steps")
    what = models.CharField(max_length=300)
    who = models.CharField(max_length=20, choices=[(each.value, each.label) for each in Who])
    named = models.CharField(max_length=100, blank=True)
    by_when = models.DateField(null=True)
    status = models.CharField(
        max_length=10, choices=[(each.value, each.label) for each in StepStatus], default=StepStatus.TO_DO.value
    )
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(who="somebody_else") ^ Q(named=""), name="step_names_somebody_else"),
            models.CheckConstraint(
                condition=Q(status="to_do", ended_at=None) | (~Q(status="to_do") & Q(ended_at__isnull=False)),
                name="step_ends_at_a_time",
            ),
        ]


class Review(OfCase):
    """A look at a goal together: how it went, and what became of it. Never changed."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "how")
    append_only: ClassVar = True

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="reviews")
    how = models.TextField(blank=True, help_text="How it went, in their words where possible")
    verb = models.CharField(max_length=10, help_text="The move that it ended in")
    importance = models.PositiveSmallIntegerField(null=True)
    confidence = models.PositiveSmallIntegerField(null=True)
    worker = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Measured(OfCase):
    """The answers to one measure at one time. Never changed, and never added up."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "answers")
    append_only: ClassVar = True

    measure = models.CharField(max_length=20, help_text="The key of a measure in the library")
    answers = models.JSONField(help_text="The number for each question that was answered, by the question's key")
    worker = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "measure", "at"], name="measured_of_case")]

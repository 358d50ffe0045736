"""Reviews of files, what they go by, and what workers learn. All of it is one organisation's own."""

from typing import ClassVar, Self, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from wraparound.advice.models import Matter
from wraparound.audit.history import keep_history
from wraparound.audit.personal_data import Holds
from wraparound.casework.models import Case, OwnQuerySet, Task
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation, Scheme, User
from wraparound.organisations.roles import Capability
from wraparound.people.models import Person
from wraparound.supervision.access import may_review
from wraparound.supervision.states import REVIEWED, Grade, ReviewStatus, Verdict, Why

M = TypeVar("M", bound=models.Model)


def _sees_all(actor: Actor) -> bool:
    return may_review(actor) or actor.can(Capability.LET_TIME_PASS)


class ReviewQuerySet(OwnQuerySet["Review"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those who review files see each; an adviser the finished ones of their own work."""
        rows = super().visible_to(actor)
        if _sees_all(actor):
            return rows
        return rows.filter(adviser_id=actor.user_id or 0, status__in=REVIEWED)


class FindingQuerySet(OwnQuerySet["Finding"]):
    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        return rows if _sees_all(actor) else rows.filter(adviser_id=actor.user_id or 0)


class ReviewersQuerySet(OwnQuerySet[M]):
    """Rows for those who review files."""

    def visible_to(self, actor: Actor) -> Self:
        rows = super().visible_to(actor)
        return rows if _sees_all(actor) else rows.none()


class LearningQuerySet(OwnQuerySet["Learning"]):
    def visible_to(self, actor: Actor) -> Self:
        """One's own, and for those who review files everybody's of the organisation."""
        rows = super().visible_to(actor)
        return rows if may_review(actor) else rows.filter(user_id=actor.user_id or 0)


class Scoped(models.Model):
    """The scope columns that every row carries."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


class Checklist(Scoped):
    """One version of an organisation's questions. Never changed: a change is the next version."""

    holds: ClassVar = Holds.NOTHING
    append_only: ClassVar = True

    number = models.PositiveIntegerField()
    questions = models.JSONField(help_text="As `checklist.to_json` writes them")
    note = models.CharField(max_length=200, blank=True, help_text="What is to be known of it")
    what = models.CharField(max_length=200, help_text="What changed against the version before")
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()

    objects: ClassVar = ReviewersQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "scheme", "number"], name="checklist_version_once")
        ]


class SampleSize(Scoped):
    """How many files a month are reviewed: of one worker, or (without a user) of everybody with no number of theirs."""

    holds: ClassVar = Holds.STAFF
    personal_fields: ClassVar = ("user", "number")

    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    number = models.PositiveSmallIntegerField()
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar = ReviewersQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "scheme", "user"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="sample_size_in_force_once",
            )
        ]


class Draw(Scoped):
    """One drawing of a month's sample. `among` has, by user's id, how many files there were, and were to be drawn."""

    holds: ClassVar = Holds.STAFF
    personal_fields: ClassVar = ("drawn_by", "among", "why")
    append_only: ClassVar = True

    month = models.DateField(help_text="Its first day")
    number = models.PositiveSmallIntegerField()
    seed = models.CharField(max_length=32)
    among = models.JSONField()
    drawn_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    drawn_at = models.DateTimeField()
    why = models.CharField(max_length=300, blank=True, help_text="Why it was drawn again")

    objects: ClassVar = ReviewersQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "scheme", "month", "number"], name="draw_once"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(why=""), name="draw_again_with_a_reason"),
        ]


@keep_history
class Review(Scoped):
    """One file to be reviewed, and what was found. `adviser` is whose work it is; `answers` holds, by the key of a
    question and "overall", what was said so far."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "asked_why", "answers", "words", "answer", "ended_why")

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="reviews")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    adviser = models.ForeignKey(User, models.PROTECT, related_name="+")
    month = models.DateField(help_text="Its first day")
    why = models.CharField(max_length=10, choices=[(each.value, each.label) for each in Why])
    risks = ArrayField(models.CharField(max_length=30), default=list, help_text="Codes of `risks.SIGNALS`")
    asked_why = models.CharField(max_length=300, blank=True, help_text="Why it was added by hand")
    status = models.CharField(
        max_length=10,
        choices=[(each.value, each.label) for each in ReviewStatus],
        default=ReviewStatus.TO_DO.value,
    )
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    checklist = models.ForeignKey(Checklist, models.PROTECT, null=True, related_name="+")
    reviewer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    begun_at = models.DateTimeField(null=True)
    answers = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True)
    grade = models.CharField(max_length=10, blank=True, choices=[(each.value, each.label) for each in Grade])
    words = models.TextField(blank=True, help_text="To the adviser")
    answer = models.CharField(max_length=500, blank=True, help_text="The adviser's")
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="When it was closed or left out")
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_why = models.CharField(max_length=300, blank=True)

    objects: ClassVar = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "month"], condition=~Q(status="left_out"), name="review_once_a_month"
            ),
            models.CheckConstraint(
                condition=Q(reviewer=None) | ~Q(reviewer=models.F("adviser")), name="review_not_of_oneself"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["to_do", "left_out"])
                | Q(checklist__isnull=False, reviewer__isnull=False, begun_at__isnull=False),
                name="review_begun_with_a_checklist",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["finished", "closed"]) | (~Q(grade="") & Q(finished_at__isnull=False)),
                name="review_finished_with_a_grade",
            ),
            models.CheckConstraint(
                condition=~Q(status="left_out") | ~Q(ended_why=""), name="review_left_out_with_a_reason"
            ),
            models.CheckConstraint(condition=~Q(why="by_hand") | ~Q(asked_why=""), name="review_by_hand_with_a_reason"),
        ]
        indexes = [
            models.Index(fields=["organisation", "month", "id"], name="review_of_month"),
            models.Index(fields=["adviser", "-finished_at"], name="review_of_adviser"),
        ]


class Finding(Scoped):
    """What a finished review found, as the checklist asked it then; and the task in which it is put right."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "remark", "to_do")
    append_only: ClassVar = True

    review = models.ForeignKey(Review, models.PROTECT, related_name="findings")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    adviser = models.ForeignKey(User, models.PROTECT, related_name="+")
    key = models.CharField(max_length=30, help_text="Of the question")
    asks = models.CharField(max_length=300)
    verdict = models.CharField(max_length=20, choices=[(each.value, each.label) for each in Verdict])
    remark = models.CharField(max_length=500, blank=True)
    to_do = models.CharField(max_length=200)
    task = models.ForeignKey(Task, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    objects: ClassVar = FindingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "key"], name="finding_once_for_each_question")]
        indexes = [models.Index(fields=["organisation", "made_at"], name="finding_lately")]


@keep_history
class Learning(Scoped):
    """Something that a worker learned from, or a supervision session; each worker's own log."""

    holds: ClassVar = Holds.STAFF
    personal_fields: ClassVar = ("user", "what", "takes", "certificate", "agreed")

    class Kind(models.TextChoices):
        COURSE = "course", "Course or training"
        READING = "reading", "Reading"
        SHADOWING = "shadowing", "Shadowing somebody"
        TEAM_MEETING = "team_meeting", "Team meeting or case discussion"
        SUPERVISION = "supervision", "Supervision session"

    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    what = models.CharField(max_length=200)
    day = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    takes = models.CharField(max_length=1000, blank=True, help_text="What they take from it")
    certificate = models.CharField(max_length=100, blank=True, help_text="Number of a certificate, or where it is")
    agreed = ArrayField(models.CharField(max_length=200), default=list, help_text="In a supervision session")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, help_text="Written down by mistake")

    objects: ClassVar = LearningQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(minutes__range=(1, 6000)), name="learning_takes_time")]
        indexes = [models.Index(fields=["organisation", "user", "-day", "-id"], name="learning_of_worker")]

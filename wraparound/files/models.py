"""Documents of a case: what is known of each, and, in a table of their own, the bytes."""

from typing import ClassVar, Self, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from wraparound.advice.models import Matter
from wraparound.audit.history import keep_history
from wraparound.audit.personal_data import Holds
from wraparound.casework.models import Case, OwnQuerySet
from wraparound.files.labels import LABELS
from wraparound.files.states import Direction, FileStatus
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation, Scheme, User
from wraparound.organisations.roles import Capability
from wraparound.people.models import Person

M = TypeVar("M", bound=models.Model)


class FileQuerySet(OwnQuerySet[M]):
    def visible_to(self, actor: Actor) -> Self:
        """One organisation's own; what belongs to advice is for those who give advice there alone."""
        rows = super().visible_to(actor)
        advises = actor.can(Capability.GIVE_ADVICE) or actor.can(Capability.LET_TIME_PASS)
        return rows if advises else rows.filter(legal=False)


class OfFile(models.Model):
    """The columns by which a row of a document is seen."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    legal = models.BooleanField(default=False, help_text="For advisers alone")

    objects = FileQuerySet.as_manager()

    class Meta:
        abstract = True


@keep_history
class File(OfFile):
    """One document of a case. A newer one of the same is a row of its own, which says what it replaces."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "title", "with_whom", "given_names", "put_away_why")

    case = models.ForeignKey(Case, models.PROTECT, related_name="files")
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="files")
    title = models.CharField(max_length=120)
    label = models.CharField(max_length=20, choices=list(LABELS.items()))
    on = models.DateField(null=True, help_text="The day that stands on it")
    direction = models.CharField(max_length=10, choices=[(each.value, each.label) for each in Direction])
    with_whom = models.CharField(max_length=120, blank=True, help_text="Who gave it, or to whom it went")
    passed_on = models.DateField(null=True, help_text="The day on which it came or went")
    status = models.CharField(
        max_length=12, choices=[(each.value, each.label) for each in FileStatus], default=FileStatus.WAITING
    )
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="newer")
    latest = models.BooleanField(default=True, help_text="No newer version of it is ready")
    given_names = ArrayField(models.CharField(max_length=200), help_text="What the files were called that came")
    given_sha256 = ArrayField(models.CharField(max_length=64))
    photographs = models.BooleanField(help_text="Made of photographs alone: its pages may be put in another order")
    arranged = ArrayField(models.PositiveSmallIntegerField(), default=list, help_text="The order asked for, by page")
    turned = ArrayField(models.PositiveSmallIntegerField(), default=list, help_text="By how far, in degrees")
    pages = models.PositiveSmallIntegerField(default=0)
    size = models.PositiveIntegerField(default=0, help_text="Bytes of the document as it is kept")
    said = ArrayField(models.TextField(), default=list, help_text="What was done to it, or why it was not kept")
    scanned_at = models.DateTimeField(null=True, help_text="When a scanner found nothing in it, or something")
    verdict = models.CharField(max_length=200, blank=True, help_text="What the scanner calls what it found")
    tries = models.PositiveSmallIntegerField(default=0, help_text="How often the scanner did not answer")
    try_at = models.DateTimeField(null=True, help_text="When it is looked at again, if nothing came of it")
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    put_away_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    put_away_at = models.DateTimeField(null=True)
    put_away_why = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="put_away") | ~Q(put_away_why="") & Q(put_away_at__isnull=False),
                name="file_put_away_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status="ready") | Q(pages__gt=0, size__gt=0), name="file_ready_has_pages"
            ),
            models.CheckConstraint(condition=~Q(status="harmful") | ~Q(verdict=""), name="file_harmful_by_a_verdict"),
            models.CheckConstraint(
                condition=Q(version=1, replaces=None) | Q(version__gt=1, replaces__isnull=False),
                name="file_version_replaces_one",
            ),
            models.CheckConstraint(condition=Q(matter=None) | Q(legal=True), name="file_of_a_matter_is_for_advisers"),
        ]
        indexes = [
            models.Index(fields=["case", "-added_at", "-id"], name="file_of_case"),
            models.Index(fields=["matter"], condition=Q(matter__isnull=False), name="file_of_matter"),
            models.Index(fields=["try_at"], condition=Q(status="waiting"), name="file_to_look_at"),
            models.Index(
                fields=["organisation", "added_at"],
                condition=Q(status__in=["harmful", "unreadable"]),
                name="file_not_kept",
            ),
        ]

    @property
    def label_name(self) -> str:
        return LABELS[self.label]


class Part(models.TextChoices):
    """What bytes are: as they were given, until they were looked through; then the document, and pictures of it."""

    GIVEN = "given", "As it was given"
    DOCUMENT = "document", "The document"
    PAGE = "page", "A page as a picture"
    SMALL = "small", "The first page, small"


class ContentQuerySet(FileQuerySet[M]):
    def kept(self) -> Self:
        """Those that were not let go."""
        return self.exclude(data=b"")

    def let_go(self) -> None:
        """No row about a person is removed by the pages and jobs: its bytes go, and what they were stays."""
        self.update(data=b"")


class FileContent(OfFile):
    """Bytes of one document, in a table of their own so that no list reads them. Let go, they are empty."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "data")

    file = models.ForeignKey(File, models.PROTECT, related_name="contents")
    part = models.CharField(max_length=10, choices=Part.choices)
    number = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=4, help_text="A value of `kinds.Kind`")
    sha256 = models.CharField(max_length=64)
    data = models.BinaryField()

    objects: ClassVar = ContentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "part", "number"], name="file_content_once")]

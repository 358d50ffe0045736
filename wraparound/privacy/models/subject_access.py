"""A request for everything held about a person, and each organisation's part of the answer."""

from typing import ClassVar, Self, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from wraparound.audit.history import keep_history
from wraparound.audit.personal_data import Holds
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation, Scheme, User
from wraparound.organisations.roles import Capability
from wraparound.people.models import Person

M = TypeVar("M", bound=models.Model)


class AnsweringQuerySet(models.QuerySet[M]):
    """Rows shared between those who answer a request."""

    def visible_to(self, actor: Actor) -> Self:
        if not actor.can(Capability.ANSWER_RIGHTS):
            return self.none()
        return self.filter(scheme_id=actor.scheme_id, organisation_ids__contains=[actor.organisation_id])


class OwnAnsweringQuerySet(models.QuerySet[M]):
    """Rows of one organisation's part, which no other may read."""

    def visible_to(self, actor: Actor) -> Self:
        if not actor.can(Capability.ANSWER_RIGHTS):
            return self.none()
        return self.filter(scheme_id=actor.scheme_id, organisation_id=actor.organisation_id)


class AskedHow(models.TextChoices):
    IN_PERSON = "in_person", "In person"
    BY_PHONE = "by_phone", "By phone or video"
    LETTER = "letter", "By letter"
    EMAIL = "email", "By email"
    ON_BEHALF = "on_behalf", "By somebody with their authority"


class IdentityChecked(models.TextChoices):
    NOT_YET = "not_yet", "Not yet"
    KNOWN = "known", "Somebody who knows them confirmed it"
    DOCUMENT = "document", "A document was seen"
    QUESTIONS = "questions", "They answered questions that only they could"


@keep_history
class SubjectAccessRequest(models.Model):
    """That a person asked for what is held about them: when, how, and by when it must be answered.

    `organisation` took it and answers to the person; `organisation_ids` are all that have a part in the answer.
    """

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "name", "asked_by", "extension_reason", "ending")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation_ids = ArrayField(models.BigIntegerField())
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", help_text="That took it")
    person = models.ForeignKey(Person, models.PROTECT, related_name="subject_access_requests")
    name = models.CharField(max_length=420, help_text="Their name on that day, for those whose involvement is over")
    asked_on = models.DateField()
    asked_how = models.CharField(max_length=20, choices=AskedHow.choices)
    asked_by = models.CharField(
        max_length=300, blank=True, help_text="Who asked for them, and the authority that was seen"
    )
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField()
    identity = models.CharField(max_length=20, choices=IdentityChecked.choices, default=IdentityChecked.NOT_YET)
    identity_on = models.DateField(null=True)
    due_on = models.DateField(null=True, help_text="The last day to answer; empty until it is known who asked")
    extended_on = models.DateField(null=True, help_text="When the person was told that it takes longer")
    extension_reason = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ending = models.CharField(max_length=500, blank=True, help_text="How the answer was handed over, or why none was")

    objects = AnsweringQuerySet["SubjectAccessRequest"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at=None), name="subject_access_open_once"),
            models.CheckConstraint(
                condition=Q(identity="not_yet", identity_on=None, due_on=None)
                | (~Q(identity="not_yet") & Q(identity_on__isnull=False, due_on__isnull=False)),
                name="subject_access_time_begins_with_identity",
            ),
            models.CheckConstraint(
                condition=Q(extended_on=None, extension_reason="")
                | (Q(extended_on__isnull=False) & ~Q(extension_reason="")),
                name="subject_access_extended_with_a_reason",
            ),
            models.CheckConstraint(condition=Q(ended_at=None) | ~Q(ending=""), name="subject_access_ends_with_words"),
            models.CheckConstraint(
                condition=~Q(asked_how="on_behalf") | ~Q(asked_by=""), name="subject_access_authority_is_named"
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "due_on"], condition=Q(ended_at=None), name="subject_access_open")
        ]


class PartStatus(models.TextChoices):
    COLLECTING = "collecting", "Being collected"
    TO_REVIEW = "to_review", "To review"
    RELEASED = "released", "Released"
    NOTHING_HELD = "nothing_held", "Holds nothing of its own"


class HandedOver(models.TextChoices):
    """How a released part comes to the person."""

    TOGETHER = "together", "With the others, by the organisation that took the request"
    OURSELVES = "ourselves", "By us: no other organisation reads it"


class AccessPart(models.Model):
    """One organisation's part of the answer: how far it is. Those who take part see that, and no more."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("request",)

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation_ids = ArrayField(
        models.BigIntegerField(), help_text="The part's own and the one that took the request"
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    request = models.ForeignKey(SubjectAccessRequest, models.PROTECT, related_name="parts")
    status = models.CharField(max_length=20, choices=PartStatus.choices, default=PartStatus.COLLECTING)
    collected_at = models.DateTimeField(null=True)
    names_of_workers = models.BooleanField(
        null=True, help_text="Whether names of those who worked in their jobs are shown; empty: not decided"
    )
    names_reason = models.CharField(max_length=30, blank=True)
    handed_over = models.CharField(max_length=20, blank=True, choices=HandedOver.choices)
    released_at = models.DateTimeField(null=True)
    released_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = AnsweringQuerySet["AccessPart"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "organisation"], name="access_part_once"),
            models.CheckConstraint(
                condition=~Q(status="released") | (Q(released_at__isnull=False) & ~Q(handed_over="")),
                name="access_part_released_somehow",
            ),
        ]


class AccessRecord(models.Model):
    """One row that an organisation holds about the person, in words, as it was when it was collected.

    `said` is a list of `[field, label, text, mark]`; `decided` what the lead decided of a marked field:
    `{field: {"how": …, "words": […], "reason": …}}`. See `privacy.redacting`.
    """

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("said", "decided")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    part = models.ForeignKey(AccessPart, models.PROTECT, related_name="records")
    kind = models.CharField(max_length=60, help_text="The model, such as casework.note")
    row = models.BigIntegerField(help_text="The row's key")
    version = models.BigIntegerField(default=0, help_text="The old version's key; 0: as it is now")
    at = models.DateTimeField(null=True)
    said = models.JSONField()
    decided = models.JSONField(default=dict)
    to_decide = models.PositiveSmallIntegerField(default=0, help_text="Marked fields that nobody decided yet")

    objects = OwnAnsweringQuerySet["AccessRecord"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["part", "kind", "row", "version"], name="access_record_once"),
        ]
        indexes = [models.Index(fields=["part", "-to_decide", "kind", "at", "id"], name="access_record_to_decide")]


class ReleasedPart(models.Model):
    """What an organisation hands over: its part as it was released, and the document made of it.

    `organisation_ids` is the part's own and, where it goes with the others, the one that took the request.
    """

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("content", "pdf")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation_ids = ArrayField(models.BigIntegerField())
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    part = models.OneToOneField(AccessPart, models.PROTECT, related_name="released")
    content = models.JSONField(help_text="`documents.subject_access.Part` as JSON")
    sha256 = models.CharField(max_length=64, help_text="Of the content as canonical JSON")
    made_at = models.DateTimeField()
    pdf = models.BinaryField(null=True)

    objects = AnsweringQuerySet["ReleasedPart"].as_manager()


class AccessPack(models.Model):
    """The parts that go together, set as one document for the organisation that took the request."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("pdf",)

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    request = models.OneToOneField(SubjectAccessRequest, models.PROTECT, related_name="pack")
    parts = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    pdf = models.BinaryField()

    objects = OwnAnsweringQuerySet["AccessPack"].as_manager()

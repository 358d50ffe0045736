"""A disclosure of abuse, danger or suicidal thoughts: raised by any worker, open until somebody owns it."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from wraparound.audit.history import keep_history
from wraparound.audit.personal_data import Holds
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation, Scheme, User
from wraparound.organisations.roles import Capability
from wraparound.people.models import Person
from wraparound.referrals.models import Journey


class ConcernKind(models.TextChoices):
    ABUSE = "abuse", "Abuse or neglect"
    DANGER = "danger", "In danger from somebody"
    SUICIDAL = "suicidal", "Thoughts of suicide or self-harm"
    CHILD = "child", "A child may be at risk"


class ConcernStatus(models.TextChoices):
    """Only an owner ends it: an acknowledgement is not yet an owner."""

    RAISED = "raised", "Raised"
    OWNED = "owned", "Somebody owns it"
    ENDED = "ended", "Ended"


class TellGp(models.TextChoices):
    """Whether the person's practice is told, and on what ground."""

    TO_DECIDE = "to_decide", "To be decided by the safeguarding lead"
    AGREED = "agreed", "Yes: the person agrees"
    WITHOUT_AGREEMENT = "without_agreement", "Yes: without agreement, because of a serious risk"
    NO = "no", "No"


class ConcernQuerySet(models.QuerySet["Concern"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those who answer concerns in an organisation that was told, and whoever raised it."""
        rows = self.filter(scheme_id=actor.scheme_id, organisation_ids__contains=[actor.organisation_id])
        if actor.can(Capability.ANSWER_CONCERN):
            return rows
        mine = Q(raised_by_id=actor.user_id) | Q(lead_id=actor.user_id) | Q(deputy_id=actor.user_id)
        return rows.filter(mine | Q(owner_id=actor.user_id)) if actor.user_id else rows.none()


@keep_history
class Concern(models.Model):
    """One safeguarding concern. `organisation_ids` are the one that raised it and, where told, the practice."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "kind", "said", "tell_gp_why", "ending")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation_ids = ArrayField(models.BigIntegerField())
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", help_text="Where it was raised")
    person = models.ForeignKey(Person, models.PROTECT, related_name="concerns")
    journey = models.ForeignKey(Journey, models.PROTECT, null=True, related_name="concerns")
    kind = models.CharField(max_length=20, choices=ConcernKind.choices)
    said = models.TextField(blank=True, help_text="What was said or seen, in the person's words where possible")
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    due_at = models.DateTimeField(help_text="Somebody must own it by then; after it everybody who may is told")
    lead = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", help_text="Who must acknowledge it")
    deputy = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    late_at = models.DateTimeField(null=True, help_text="When it was told to everybody who may answer")
    status = models.CharField(max_length=20, choices=ConcernStatus.choices, default=ConcernStatus.RAISED)
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    owned_at = models.DateTimeField(null=True)
    tell_gp = models.CharField(max_length=20, choices=TellGp.choices, default=TellGp.TO_DECIDE)
    tell_gp_why = models.CharField(max_length=500, blank=True)
    practice = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    practice_told_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = ConcernQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status="raised", owner=None) | (~Q(status="raised") & Q(owner__isnull=False)),
                name="concern_is_owned_before_it_ends",
            ),
            models.CheckConstraint(
                condition=~Q(status="ended") | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="concern_ends_with_words",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "due_at"], condition=~Q(status="ended"), name="concern_open"),
            models.Index(fields=["practice", "due_at"], condition=~Q(status="ended"), name="concern_of_practice"),
            models.Index(fields=["due_at"], condition=Q(status="raised", late_at=None), name="concern_clock"),
        ]


class AcknowledgementQuerySet(models.QuerySet["Acknowledgement"]):
    def visible_to(self, actor: Actor) -> Self:
        return self.filter(concern__in=Concern.objects.visible_to(actor))


class Acknowledgement(models.Model):
    """That a named person of an organisation that was told has read the concern."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("concern",)
    append_only: ClassVar = True

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation_ids = ArrayField(models.BigIntegerField())
    concern = models.ForeignKey(Concern, models.PROTECT, related_name="acknowledgements")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = AcknowledgementQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["concern", "user"], name="acknowledged_once_by_each")]

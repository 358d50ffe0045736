"""Who within an organisation a record is kept from, and records that were opened in an emergency: the tables."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from wraparound.audit.history import keep_history
from wraparound.audit.personal_data import Holds
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation, Scheme, User
from wraparound.organisations.roles import Capability
from wraparound.people.models.person import Person


class RestrictionQuerySet(models.QuerySet["Restriction"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of people whom the actor's organisation has to do with. From whom the record is kept, this is too."""
        if not actor.can(Capability.SEE_PEOPLE):
            return self.none()
        return self.filter(scheme_id=actor.scheme_id, organisation_ids__contains=[actor.organisation_id])


@keep_history
class Restriction(models.Model):
    """That a record is for named readers alone: somebody's own, a relative's, or that of somebody publicly known.

    Supervisors and managers of an organisation that has to do with the person read it too, unless it is kept from them:
    a record that nobody at a team can open is a referral that nobody answers.
    """

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "why", "reader_ids", "kept_from")

    class Why(models.TextChoices):
        STAFF = "staff", "They work in one of the organisations"
        RELATIVE = "relative", "They are a relative or friend of somebody who works here"
        KNOWN = "known", "They are publicly known"
        OTHER = "other", "Another reason"

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation_ids = ArrayField(
        models.BigIntegerField(), default=list, help_text="The person’s; kept by the database"
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="restrictions")
    why = models.CharField(max_length=10, choices=Why.choices)
    reader_ids = ArrayField(models.BigIntegerField(), help_text="Ids of users who may read the record")
    kept_from = ArrayField(
        models.BigIntegerField(), default=list, help_text="Ids of users who may not, whoever they are"
    )
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(ended_at=None), name="restriction_once"),
            models.CheckConstraint(condition=~Q(reader_ids=[]), name="restriction_has_a_reader"),
        ]
        indexes = [models.Index(fields=["scheme"], condition=Q(ended_at=None), name="restriction_in_force")]


class OpeningQuerySet(models.QuerySet["EmergencyOpening"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of organisations that were told, for whoever looks at them; and a user's own."""
        rows = self.filter(scheme_id=actor.scheme_id, organisation_ids__contains=[actor.organisation_id])
        if actor.can(Capability.LOOK_AT_OPENINGS) or actor.can(Capability.LET_TIME_PASS):
            return rows
        return rows.filter(user_id=actor.user_id) if actor.user_id is not None else rows.none()


@keep_history
class EmergencyOpening(models.Model):
    """That somebody opened in an emergency a record that they may not read: for hours, and looked at after."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "reason", "words")

    class Why(models.TextChoices):
        LIFE = "life", "Somebody’s life or health is in danger now"
        SAFETY = "safety", "A child or an adult at risk has to be kept safe now"
        LAW = "law", "A legal deadline is over today or tomorrow and nobody who has the record can be reached"

    class Verdict(models.TextChoices):
        RIGHT = "right", "It was right to open it"
        FOLLOW_UP = "follow_up", "It has to be followed up"

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation_ids = ArrayField(models.BigIntegerField(), help_text="Its own organisation, and those that were told")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    why = models.CharField(max_length=10, choices=Why.choices)
    reason = models.CharField(max_length=500)
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=10, blank=True, choices=Verdict.choices)
    words = models.CharField(max_length=500, blank=True, help_text="What whoever looked at it wrote")
    looked_at = models.DateTimeField(null=True)
    looked_at_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    looked_at_for = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")

    objects = OpeningQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "user", "organisation"], condition=Q(ended_at=None), name="opening_once"
            ),
            models.CheckConstraint(
                condition=Q(looked_at=None, verdict="") | (Q(looked_at__isnull=False) & ~Q(verdict="")),
                name="opening_looked_at_with_a_verdict",
            ),
        ]
        indexes = [
            models.Index(fields=["scheme", "organisation"], condition=Q(ended_at=None), name="opening_in_force"),
            models.Index(fields=["ends_at"], condition=Q(ended_at=None), name="opening_clock"),
            models.Index(fields=["scheme", "-opened_at"], condition=Q(looked_at=None), name="opening_to_look_at"),
        ]

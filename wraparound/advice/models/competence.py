"""Who may take which matter: what a worker is signed off for, and what an organisation holds."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from wraparound.advice.models.matters import AdviceQuerySet
from wraparound.audit.history import keep_history
from wraparound.audit.personal_data import Holds
from wraparound.casework.models import OwnQuerySet
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation, Scheme, User


class CompetenceQuerySet(AdviceQuerySet["Competence"]):
    """Read by those who give advice, and give matters to one another."""


@keep_history
class Competence(models.Model):
    """What one worker of an organisation may take on, as a supervisor signed it off. One row for each that was ever in
    force; the one that has not ended counts."""

    holds: ClassVar = Holds.STAFF
    personal_fields: ClassVar = ("user", "immigration_level", "beyond_basic", "supervised")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="competences")
    immigration_level = models.SmallIntegerField(default=0, help_text="Of the Immigration Advice Authority; 0: none")
    categories = ArrayField(
        models.CharField(max_length=20), default=list, help_text="Signed off for casework and representation in these"
    )
    beyond_basic = models.BooleanField(default=False, help_text="A hybrid worker signed off for more than basic work")
    supervised = models.BooleanField(default=False, help_text="A volunteer or student: what they write is approved")
    signed_off_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    signed_off_at = models.DateTimeField()
    until = models.DateField(null=True, help_text="Last day on which it holds, if there is one")
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar = CompetenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "scheme", "user"], condition=Q(ended_at=None), name="competence_in_force_once"
            ),
            models.CheckConstraint(condition=Q(immigration_level__range=(0, 3)), name="competence_immigration_level"),
        ]


class PermissionQuerySet(OwnQuerySet["Permission"]):
    def visible_to(self, actor: Actor) -> "PermissionQuerySet":
        """What an organisation holds is no secret within a scheme: partners choose by it."""
        return self.filter(scheme_id=actor.scheme_id)


class Permission(models.Model):
    """That an organisation is allowed, registered or insured to give some advice, between two days."""

    holds: ClassVar = Holds.NOTHING

    class Kind(models.TextChoices):
        DEBT = "debt", "Permission to advise on debt (Financial Conduct Authority, or exempt)"
        IMMIGRATION_1 = "immigration_1", "Immigration Advice Authority, level 1"
        IMMIGRATION_2 = "immigration_2", "Immigration Advice Authority, level 2"
        IMMIGRATION_3 = "immigration_3", "Immigration Advice Authority, level 3"
        INSURANCE = "insurance", "Professional indemnity insurance"
        QUALITY = "quality", "Advice quality standard"
        STATEMENT = "statement", "Registration to use the Standard Financial Statement (Money and Pensions Service)"

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="permissions")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    number = models.CharField(max_length=60, blank=True)
    starts = models.DateField()
    ends = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar = PermissionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gte=models.F("starts")), name="permission_days")
        ]
        indexes = [models.Index(fields=["scheme", "kind"], condition=Q(ended_at=None), name="permission_in_force")]

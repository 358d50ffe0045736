"""Matters: what an adviser works on for somebody. Seen by those who give advice in the one organisation alone."""

from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q

from wraparound.advice.states import Level, MatterStatus, Stage
from wraparound.audit.history import keep_history
from wraparound.audit.personal_data import Holds
from wraparound.casework.models import Case, OwnQuerySet
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation, Scheme, User
from wraparound.organisations.roles import Capability
from wraparound.people.models import Person

M = TypeVar("M", bound=models.Model)


class AdviceQuerySet(OwnQuerySet[M]):
    """Rows of one organisation's advice: confidential between the person and those who advise them there."""

    def visible_to(self, actor: Actor) -> Self:
        may = actor.can(Capability.GIVE_ADVICE) or actor.can(Capability.LET_TIME_PASS)
        return super().visible_to(actor) if may else self.none()


class Advice(models.Model):
    """The scope columns that every row of advice carries."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    objects = AdviceQuerySet.as_manager()

    class Meta:
        abstract = True


@keep_history
class Matter(Advice):
    """One thing that an adviser does something about, such as one decision, one debt or one notice."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = tuple(
        "person title category opponent opponent_plain their_reference conflict_looked_at closed_why".split()
    )

    case = models.ForeignKey(Case, models.PROTECT, related_name="matters")
    person = models.ForeignKey(Person, models.PROTECT, related_name="matters")
    worker = models.ForeignKey(User, models.PROTECT, related_name="+")
    title = models.CharField(max_length=120, help_text="What it is, in a few words")
    category = models.CharField(max_length=20, help_text="A code of `matter_types`")
    first_type = models.CharField(max_length=10, blank=True, help_text="Matter type, first level")
    second_type = models.CharField(max_length=10, blank=True, help_text="Matter type, second level")
    level = models.CharField(max_length=20, choices=[(each.value, each.label) for each in Level])
    stage = models.CharField(max_length=30, choices=[(each.value, each.label) for each in Stage])
    opponent = models.CharField(max_length=120, blank=True, help_text="Who decides, claims or opposes")
    opponent_plain = models.CharField(max_length=120, blank=True, help_text="The same, as names are compared")
    their_reference = models.CharField(max_length=60, blank=True)
    conflict_looked_at = models.CharField(
        max_length=500, blank=True, help_text="What was found where a name is alike: no conflict of interest, and why"
    )
    status = models.CharField(
        max_length=20, choices=[(each.value, each.label) for each in MatterStatus], default=MatterStatus.OPEN
    )
    split_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    joined_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="joined")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_why = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="joined") | Q(joined_to__isnull=False), name="matter_joined_to_another"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["closed", "joined"], closed_at__isnull=False)
                | (~Q(status__in=["closed", "joined"]) & Q(closed_at=None)),
                name="matter_ended_has_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["case", "opened_at"], name="matter_of_case"),
            models.Index(fields=["organisation", "worker"], condition=Q(closed_at=None), name="matter_of_worker"),
        ]

    @property
    def live(self) -> bool:
        return MatterStatus(self.status).live

"""A disclosure of abuse, danger or suicidal thoughts: raised by any worker, open until somebody owns it."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from wraparound.audit.history import keep_history
from wraparound.audit.personal_data import Holds
from wraparound.organisations.actor import Actor
from wraparound.organisations.asking_once import once
from wraparound.organisations.models import Organisation, SafeguardingLead, Scheme, User
from wraparound.organisations.roles import Capability
from wraparound.people.models import Person
from wraparound.referrals.models import Journey
from wraparound.safeguarding.states import ConcernKind, ConcernStatus, TellGp


class ConcernQuerySet(models.QuerySet["Concern"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those who answer concerns in an organisation that was told, whoever raised it, and whom it names.

        Nobody sees one that is kept from them, whatever else they are.
        """
        rows = self.filter(scheme_id=actor.scheme_id, organisation_ids__contains=[actor.organisation_id])
        if actor.user_id is None:
            return rows if actor.can(Capability.LET_TIME_PASS) else rows.none()
        if not works_with_people(actor):
            return rows.none()
        rows = rows.exclude(kept_from__contains=[actor.user_id])
        if actor.can(Capability.ANSWER_CONCERN) or leads_here(actor):
            return rows
        mine = Q(raised_by_id=actor.user_id) | Q(lead_id=actor.user_id) | Q(deputy_id=actor.user_id)
        return rows.filter(mine | Q(owner_id=actor.user_id))


def works_with_people(actor: Actor) -> bool:
    """Whether the role meets people at all: who only sees figures answers nothing, not even where they are named."""
    return actor.can(Capability.SEE_PEOPLE) or actor.can(Capability.SEE_PRACTICE_REFERRALS)


def leads_here(actor: Actor) -> bool:
    """Whether the actor's organisation has named them its safeguarding lead or deputy. Asked once in a transaction."""
    if actor.user_id is None:
        return False
    rows = SafeguardingLead.objects.filter(scheme_id=actor.scheme_id, organisation_id=actor.organisation_id)
    named = rows.filter(Q(user_id=actor.user_id) | Q(deputy_id=actor.user_id))
    return once(("leads", actor.user_id, actor.organisation_id, actor.scheme_id), named.exists)


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
    kind = models.CharField(max_length=20, choices=[(k.value, k.label) for k in ConcernKind])
    said = models.TextField(blank=True, help_text="What was said or seen, in the person's words where possible")
    raised_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    due_at = models.DateTimeField(
        help_text="Somebody owns it, or its owner looks again, by then; else all who may are told"
    )
    lead = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", help_text="Who must acknowledge it")
    deputy = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    kept_from = ArrayField(
        models.BigIntegerField(), default=list, help_text="Ids of users whom it is about, or who must not see it"
    )
    late_at = models.DateTimeField(null=True, help_text="When it was told to everybody who may answer")
    status = models.CharField(
        max_length=20, choices=[(s.value, s.label) for s in ConcernStatus], default=ConcernStatus.RAISED
    )
    owner = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    owned_at = models.DateTimeField(null=True)
    tell_gp = models.CharField(max_length=20, choices=[(t.value, t.label) for t in TellGp], default=TellGp.TO_DECIDE)
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
            models.Index(fields=["due_at"], condition=~Q(status="ended") & Q(late_at=None), name="concern_clock"),
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

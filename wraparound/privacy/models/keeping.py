"""How long records are kept: holds, longer periods, removals that two people agreed to, and their proof."""

from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import F, Q

from wraparound.audit.history import keep_history
from wraparound.audit.personal_data import Holds
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation, Scheme, User
from wraparound.organisations.roles import Capability
from wraparound.people.models import Person

M = TypeVar("M", bound=models.Model)


class KeepingQuerySet(models.QuerySet[M]):
    """An organisation's own."""

    capability: ClassVar[Capability] = Capability.KEEP_RECORDS

    def visible_to(self, actor: Actor) -> Self:
        if not actor.can(self.capability):
            return self.none()
        return self.filter(scheme_id=actor.scheme_id, organisation_id=actor.organisation_id)


@keep_history
class LegalHold(models.Model):
    """That nothing about a person may be removed, by any organisation of the scheme, until the hold ends."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "name", "reason", "ending")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", help_text="That placed it")
    person = models.ForeignKey(Person, models.PROTECT, related_name="legal_holds")
    name = models.CharField(max_length=420, help_text="Their name on that day, for when the involvement is over")
    reason = models.CharField(max_length=500)
    placed_at = models.DateTimeField()
    placed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ending = models.CharField(max_length=500, blank=True)

    objects = KeepingQuerySet["LegalHold"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "organisation"], condition=Q(ended_at=None), name="legal_hold_once"
            ),
            models.CheckConstraint(condition=Q(ended_at=None) | ~Q(ending=""), name="legal_hold_ends_with_words"),
        ]


class LongerPeriod(models.Model):
    """That an organisation keeps a kind of record longer than the rule says. The newest one counts."""

    holds: ClassVar = Holds.NOTHING
    append_only: ClassVar = True

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    months = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=500)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = KeepingQuerySet["LongerPeriod"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["scheme", "organisation", "kind", "-id"], name="longer_period_newest")]


class RemovalRun(models.Model):
    """A removal: what was due on a day, previewed by one person, agreed by another, done by the operator.

    `counts` is how many of each kind were due, as both were told. `person_key` is set for an erasure. `left` says what
    stayed and why: `{kind: {reason: count}}`.
    """

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person_key",)

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person_key = models.BigIntegerField(null=True, help_text="Whose record, for an erasure; it outlives the record")
    as_of = models.DateField()
    counts = models.JSONField()
    previewed_at = models.DateTimeField()
    previewed_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    dropped_at = models.DateTimeField(null=True, help_text="When somebody decided that it is not done")
    removed = models.JSONField(default=dict, help_text="How many of each kind are removed so far")
    left = models.JSONField(default=dict)
    done_at = models.DateTimeField(null=True)

    objects = KeepingQuerySet["RemovalRun"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_by=None) | ~Q(agreed_by=F("previewed_by")), name="removal_agreed_by_somebody_else"
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(agreed_at__isnull=False), name="removal_agreed_before_it_is_done"
            ),
        ]
        indexes = [models.Index(fields=["scheme", "organisation", "-id"], name="removal_run_newest")]


class Removal(models.Model):
    """The proof of one batch: which rule removed how many rows of which table, and the digest of what they were.

    `tables` is `{table: {"rows": count, "digest": SHA-256 over the digest of each row by key}}`. `registered` are those
    rows that were sealed, which `audit.Removed` accounts for; `digest` is over these, and stands in a sealed event.
    """

    holds: ClassVar = Holds.NOTHING
    append_only: ClassVar = True
    made_by_the_database: ClassVar = True

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    run = models.BigIntegerField(db_index=True, help_text="The `RemovalRun` that two people agreed to")
    kind = models.CharField(max_length=30)
    rule = models.CharField(max_length=500, help_text="The period and its source, as they were applied")
    tables = models.JSONField()
    registered = models.IntegerField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    objects = KeepingQuerySet["Removal"].as_manager()


class ErasureRequest(models.Model):
    """That a person asked for what is held about them to be erased, and what their organisation answered.

    `grounds` is why something stays: `[kind, sentence, source, how many]`. `run` is the removal of the rest, if any. It
    goes with the person's own row; what was done stays proved by the removal.
    """

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "name", "grounds")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="erasure_requests")
    name = models.CharField(max_length=420)
    asked_on = models.DateField()
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    grounds = models.JSONField()
    run = models.BigIntegerField(null=True)

    objects = KeepingQuerySet["ErasureRequest"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["scheme", "organisation", "-id"], name="erasure_request_newest")]

"""What only those who work with a person may know: a withheld address, and that there is abuse at home."""

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


class WithheldAddressQuerySet(models.QuerySet["WithheldAddress"]):
    def visible_to(self, actor: Actor) -> Self:
        """Those of people with whom the actor's organisation works, or worked last."""
        if not actor.can(Capability.SEE_PEOPLE):
            return self.none()
        return self.filter(scheme_id=actor.scheme_id, organisation_ids__contains=[actor.organisation_id])


@keep_history
class WithheldAddress(models.Model):
    """Where somebody lives who has it withheld. The database moves it here; the person's own row then says nothing.

    So nothing that reads people can give it away. Only organisations that work with the person have it; where none
    does, whoever withheld it or worked with them last.
    """

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "address", "postcode")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation_ids = ArrayField(models.BigIntegerField(), default=list, help_text="Kept by the database")
    person = models.OneToOneField(Person, models.PROTECT, related_name="withheld_address")
    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=8, blank=True)

    objects = WithheldAddressQuerySet.as_manager()


class AbuseMarkerQuerySet(models.QuerySet["AbuseMarker"]):
    def visible_to(self, actor: Actor) -> Self:
        """What the actor's organisation put or was let know, for roles that make contact."""
        if not actor.can(Capability.SEE_ABUSE_MARKERS):
            return self.none()
        return self.filter(scheme_id=actor.scheme_id, organisation_ids__contains=[actor.organisation_id])


@keep_history
class AbuseMarker(models.Model):
    """That somebody may be hurt by a person close to them, and what whoever makes contact must know for that.

    Everybody else reads the instructions for safe contact alone, which say what to do and never why.
    """

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "words")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation_ids = ArrayField(models.BigIntegerField(), default=list, help_text="Kept by the database")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    words = models.CharField(max_length=500, help_text="What whoever makes contact must know")
    shared = models.BooleanField(default=False, help_text="Also for other organisations that work with the person")
    put_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    put_by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    put_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = AbuseMarkerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "put_by_organisation"], condition=Q(ended_at=None), name="abuse_marker_once"
            )
        ]

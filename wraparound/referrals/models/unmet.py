"""What no service could take, and where people were told to go instead of being referred."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from wraparound.audit.personal_data import Holds
from wraparound.organisations.models import Organisation, Scheme, Team, User
from wraparound.pathways.vocabulary import Service
from wraparound.people.models import Person
from wraparound.referrals.models.scope import ScopedQuerySet, new_reference


class UnmetNeed(models.Model):
    """That nobody could take somebody: kept until it is met or the manager says how it ended."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "needs", "ending")

    class Why(models.TextChoices):
        FULL = "full", "Every team for it is full"
        NO_TEAM = "no_team", "No team gives it here"
        NO_AGREEMENT = "no_agreement", "No data-sharing agreement is in force with those who give it"
        CLOSED = "closed", "The teams for it take nobody new at present"
        DECLINED = "declined", "Declined for want of room"
        WAITED = "waited", "Waited too long for a place"

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation_ids = ArrayField(models.BigIntegerField())
    journey = models.ForeignKey("referrals.Journey", models.PROTECT, related_name="unmet_needs")
    reference = models.CharField(
        max_length=9,
        default="",
        help_text="The journey's public name, for those who are told and may not see the journey",
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    service = models.CharField(max_length=30, choices=[(s.value, s.label) for s in Service])
    needs = ArrayField(models.CharField(max_length=30))
    why = models.CharField(max_length=20, choices=Why.choices)
    from_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    from_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    managed_by = models.ForeignKey(
        Organisation, models.PROTECT, null=True, related_name="+", help_text="Whose manager is told"
    )
    recorded_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, help_text="When the referrer has read it")
    seen_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ending = models.CharField(
        max_length=500, blank=True, help_text="How it ended: who helped in the end, or that nobody did"
    )

    objects = ScopedQuerySet["UnmetNeed"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ended_at=None) | ~Q(ending=""), name="unmet_need_ends_with_words")
        ]
        indexes = [
            models.Index(fields=["managed_by", "-recorded_at"], condition=Q(ended_at=None), name="unmet_need_managed"),
            models.Index(fields=["from_organisation", "-recorded_at"], name="unmet_need_by_referrer"),
            models.Index(
                fields=["from_organisation", "recorded_at", "id"],
                condition=Q(ended_at=None, seen_at=None),
                name="unmet_need_to_read",
            ),
        ]


class Signpost(models.Model):
    """That somebody was told where to go instead of being referred. `journey` is the one that the person began by it.

    Weaker than a referral: nobody waits for them. The code on the slip lets their own request be known as following.
    """

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "needs")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation_ids = ArrayField(models.BigIntegerField())
    reference = models.CharField(max_length=9, unique=True, default=new_reference)
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="signposts")
    given_on = models.ForeignKey("referrals.Journey", models.PROTECT, null=True, related_name="signposts")
    from_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    from_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    service = models.CharField(max_length=30, choices=[(s.value, s.label) for s in Service])
    to_team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    needs = ArrayField(models.CharField(max_length=30))
    given_at = models.DateTimeField()
    followed_at = models.DateTimeField(null=True, help_text="When the person came to the service")
    followed_by = models.ForeignKey("referrals.Journey", models.PROTECT, null=True, related_name="+")

    objects = ScopedQuerySet["Signpost"].as_manager()

    class Meta:
        indexes = [models.Index(fields=["from_organisation", "-given_at", "-id"], name="signpost_by_referrer")]


class PublicRequest(models.Model):
    """That a request came in from outside: enough to notice a flood, and nothing of who sent it."""

    holds: ClassVar = Holds.NOTHING

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    place_sha256 = models.CharField(max_length=64, help_text="Another digest each day for the same place")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["scheme", "at"], name="public_request_of_scheme")]

"""A page that shows one organisation outside the scheme, once, what the person signed for."""

from typing import ClassVar

from django.db import models

from wraparound.audit.history import keep_history
from wraparound.audit.personal_data import Holds
from wraparound.consent.models import Consent
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation, Scheme, User
from wraparound.organisations.roles import Capability
from wraparound.people.models import Person
from wraparound.referrals.models.journeys import Journey


class OneTimePageQuerySet(models.QuerySet["OneTimePage"]):
    def visible_to(self, actor: Actor) -> "OneTimePageQuerySet":
        """Those that the actor's organisation made."""
        if not actor.can(Capability.RECORD_CONSENT):
            return self.none()
        return self.filter(scheme_id=actor.scheme_id, organisation_id=actor.organisation_id)


@keep_history
class OneTimePage(models.Model):
    """A link for somebody without an account, which opens once with a code that is told another way.

    Only digests of the two are kept. What it shows is what `consent` covers, read when it is opened; see
    `referrals.one_time`.
    """

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "to_named", "asked")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    journey = models.ForeignKey(Journey, models.PROTECT, related_name="one_time_pages")
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="+")
    to_named = models.CharField(max_length=200, help_text="Who is shown it, outside the scheme")
    asked = models.CharField(max_length=1000, help_text="What they are asked to do")
    token_sha256 = models.CharField(max_length=64, unique=True)
    code_sha256 = models.CharField(max_length=64)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    objects = OneTimePageQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["journey", "-made_at"], name="one_time_page_of_journey")]
        constraints = [
            models.UniqueConstraint(
                fields=["consent"],
                condition=models.Q(opened_at=None, ended_at=None),
                name="one_time_page_open_once",
            )
        ]

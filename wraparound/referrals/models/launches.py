"""Referrals begun inside a GP system."""

from typing import ClassVar

from django.db import models

from wraparound.audit.personal_data import Holds
from wraparound.organisations.models import Organisation, Scheme, User


class Launch(models.Model):
    """A referral begun inside a GP system: the patient's details, kept for some minutes for one user to use once."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("details",)

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    details = models.JSONField(help_text="`people.details.PersonDetails` as JSON; emptied when used")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

"""That somebody looked into an odd look at a record, and what they found."""

from typing import ClassVar

from django.db import models

from wraparound.audit.models import Access
from wraparound.audit.personal_data import Holds
from wraparound.organisations.models import Organisation, Scheme, User
from wraparound.organisations.roles import Capability
from wraparound.privacy.models.keeping import KeepingQuerySet


class InvestigatingQuerySet(KeepingQuerySet["LookedInto"]):
    """An organisation's own."""

    capability = Capability.INVESTIGATE


class LookedInto(models.Model):
    """A note on a look that stood out. Never changed: what is learnt later is another note."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("access", "note")
    append_only: ClassVar = True

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    access = models.ForeignKey(Access, models.PROTECT, related_name="looked_into")
    note = models.CharField(max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = InvestigatingQuerySet.as_manager()

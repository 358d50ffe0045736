"""Who looked at whose record: rows for investigators, only ever added to."""

from typing import ClassVar

from django.db import models

from wraparound.audit.personal_data import Holds


class Access(models.Model):
    """One look at one person's record by one user, acting for one organisation."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person",)
    append_only: ClassVar = True

    scheme = models.ForeignKey("organisations.Scheme", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    user = models.ForeignKey("organisations.User", models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    page = models.CharField(max_length=60, help_text="The name of the route that was looked at")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["person", "-at"], name="access_by_person")]

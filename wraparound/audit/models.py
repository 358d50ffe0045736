"""Who looked at whose record, and the seals that prove it: rows for investigators, only ever added to."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
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
        indexes = [
            models.Index(fields=["person", "-at"], name="access_by_person"),
            models.Index(fields=["organisation", "-at", "-id"], name="access_by_organisation"),
            models.Index(fields=["user", "-at", "-id"], name="access_by_user"),
        ]


class Removed(models.Model):
    """A row of the audit trail that was removed as the law asks: where it was sealed, and what its seal took it for.

    Written by whoever owns the tables, in the transaction that removes the row. `seal` is empty where the row was not
    sealed yet. `proof` is the removal that answers for it; that one's own digest stands in a sealed event.
    """

    holds: ClassVar = Holds.NOTHING
    append_only: ClassVar = True
    made_by_the_database: ClassVar = True

    table_name = models.CharField(max_length=63)
    key = models.BigIntegerField()
    seal = models.BigIntegerField(null=True)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the row, as its seal has it")
    proof = models.BigIntegerField(db_index=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table_name", "key"], name="removed_once")]
        indexes = [models.Index(fields=["seal", "key"], name="removed_of_seal")]


class Seal(models.Model):
    """What a batch of rows of one table was when it could no longer change, chained to the seal before it.

    Made by the database's own function alone. Digests are SHA-256 in hexadecimal.
    """

    holds: ClassVar = Holds.NOTHING
    append_only: ClassVar = True
    made_by_the_database: ClassVar = True

    number = models.BigIntegerField(primary_key=True, help_text="1, 2, 3 and so on over all tables, none left out")
    table_name = models.CharField(max_length=63)
    columns = ArrayField(models.CharField(max_length=63), help_text="What was sealed of each row; the key comes first")
    from_id = models.BigIntegerField(help_text="Follows the last `to_id` of the same table; both are within")
    to_id = models.BigIntegerField()
    row_count = models.IntegerField()
    rows_digest = models.CharField(max_length=64, help_text="Over the digest of each row, in the order of their keys")
    previous = models.CharField(max_length=64, blank=True, help_text="The digest of the seal before it")
    digest = models.CharField(max_length=64, help_text="Over everything else here")
    sealed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table_name", "from_id"], name="seal_ranges_follow")]

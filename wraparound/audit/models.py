"""Whose data reached whom, and the seals that prove it: rows for investigators, only ever added to."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from wraparound.audit.personal_data import Holds


class What(models.TextChoices):
    """What reached somebody, as the person is told of it."""

    LOOK = "look", "They looked at your record"
    REFERRAL = "referral", "They were asked to help you"
    MESSAGE = "message", "They were sent a message about you"
    DOCUMENT = "document", "They opened or saved a paper about you"
    SYSTEM = "system", "Their computer system read about you"
    SHOWN_ONCE = "shown_once", "They were shown some of your record, once"


class Why(models.TextChoices):
    """Why it reached them, as the person is told: worked out when it happened, since what stands then may end."""

    WORKING = "working", "They are helping you"
    REFERRED = "referred", "They asked others to help you, and need to know how it goes"
    ASKED = "asked", "They were asked to help you"
    REGISTERED = "registered", "You are registered with them"
    AGREED = "agreed", "You agreed to it"
    AUTHORITY = "authority", "You signed a paper that says they may"
    BEST_INTERESTS = "best_interests", "You could not decide then, and it was decided to be best for you"
    EMERGENCY = "emergency", "It was an emergency"
    RIGHTS = "rights", "To answer a question about your record, or to keep it right"
    CHECKING = "checking", "To check that your record is used properly"
    # Never told: whom a concern is about may be told of it by somebody who thinks of their safety, not by a list.
    SAFEGUARDING = "safeguarding", "To keep somebody safe"
    NOT_KEPT = "not_kept", "The reason was not written down"


class Access(models.Model):
    """One time that somebody's data reached somebody: seen by a user, read by a connected system, or sent.

    By a user, by a connected system with its `credential`, or, with neither, by the product itself, always for
    `organisation`. Whoever got it is `to_organisation`, or `to_named` outside the scheme; else `organisation` itself.
    """

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person",)
    append_only: ClassVar = True

    scheme = models.ForeignKey("organisations.Scheme", models.PROTECT, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    user = models.ForeignKey("organisations.User", models.PROTECT, null=True, related_name="+")
    credential = models.ForeignKey("organisations.Credential", models.PROTECT, null=True, related_name="+")
    role = models.CharField(max_length=40)
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    page = models.CharField(max_length=60, help_text="The route or operation that it was seen on or sent by")
    at = models.DateTimeField()
    what = models.CharField(max_length=20, choices=What.choices, db_default=What.LOOK)
    why = models.CharField(max_length=20, choices=Why.choices, db_default=Why.NOT_KEPT)
    to_organisation = models.ForeignKey(
        "organisations.Organisation", models.PROTECT, verbose_name="sent to", null=True, related_name="+"
    )
    to_named = models.CharField(
        "sent to", max_length=200, blank=True, db_default="", help_text="Who got it, outside the scheme"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(user=None) | Q(credential=None), name="access_by_one"),
            models.CheckConstraint(condition=Q(to_organisation=None) | Q(to_named=""), name="access_to_one"),
            models.CheckConstraint(
                condition=~Q(what=What.LOOK) | Q(user__isnull=False), name="access_looked_at_by_a_user"
            ),
            models.CheckConstraint(
                condition=~Q(what=What.SYSTEM) | Q(credential__isnull=False), name="access_read_by_a_system"
            ),
            models.CheckConstraint(condition=~Q(what=What.SHOWN_ONCE) | ~Q(to_named=""), name="access_shown_to_whom"),
        ]
        indexes = [
            models.Index(fields=["person", "-at"], name="access_by_person"),
            models.Index(fields=["organisation", "-at", "-id"], name="access_by_organisation"),
            models.Index(fields=["user", "-at", "-id"], name="access_by_user"),
        ]

    @property
    def who(self) -> str:
        """Whoever did it, by name (`user` and `credential` are read)."""
        if self.user is not None:
            return self.user.name
        return f"{self.credential.name}, a connected system" if self.credential is not None else "Wraparound, by itself"


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

"""What connected systems act with."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from wraparound.audit.personal_data import Holds
from wraparound.organisations.models.organisations import Organisation, Scheme, User


class Credential(models.Model):
    """What a connected system shows in order to act for one organisation. Of its secret only the hash is kept."""

    holds: ClassVar = Holds.NOTHING

    class Kind(models.TextChoices):
        TOKEN = "token", "A token"
        CLIENT = "client", "A client id and a secret (OAuth 2.0)"

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="credentials")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.TOKEN)
    client_id = models.CharField(
        max_length=40, unique=True, help_text="Its public name; for a client also half its key"
    )
    secret_sha256 = models.CharField(max_length=64, unique=True)
    capabilities = ArrayField(models.CharField(max_length=40), help_text="Of `roles.GRANTS`")
    made_at = models.DateTimeField(db_default=Now())
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True, help_text="To the minute")
    ended = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-made_at"], name="credential_of_organisation")]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="credential_has_a_name"),
            models.CheckConstraint(condition=~Q(capabilities__len=0), name="credential_may_do_something"),
        ]


class AccessToken(models.Model):
    """What a client was given for its secret: good for minutes, and for no more than the credential is."""

    holds: ClassVar = Holds.NOTHING

    credential = models.ForeignKey(Credential, models.PROTECT, related_name="access_tokens")
    token_sha256 = models.CharField(max_length=64, unique=True)
    capabilities = ArrayField(models.CharField(max_length=40))
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()

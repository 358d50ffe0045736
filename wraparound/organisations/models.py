"""Organisations, schemes, teams, users and what each user is where."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now

from wraparound.audit.personal_data import Holds
from wraparound.organisations.roles import Role
from wraparound.pathways.vocabulary import Service, UrgentFlag


class Organisation(models.Model):
    """A practice, a provider, or a place above them: practice → PCN → borough → integrated care board."""

    holds: ClassVar = Holds.NOTHING

    class Kind(models.TextChoices):
        PRACTICE = "practice", "GP practice"
        PCN = "pcn", "Primary care network"
        BOROUGH = "borough", "Borough"
        ICB = "icb", "Integrated care board"
        SOCIAL_PRESCRIBING = "social_prescribing", "Social prescribing provider"
        ADVICE = "advice", "Advice provider"
        HOSPITAL = "hospital", "Hospital"
        COUNCIL = "council", "Council"
        VOLUNTARY = "voluntary", "Voluntary organisation"

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    ods_code = models.CharField(max_length=10, blank=True, help_text="Organisation Data Service code, where it has one")
    part_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ods_code"], condition=~Q(ods_code=""), name="organisation_ods_code_once"),
            models.CheckConstraint(condition=~Q(name=""), name="organisation_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Scheme(models.Model):
    """The boundary of data, of configuration and of scale: one place's way of joining the two services."""

    holds: ClassVar = Holds.NOTHING

    class Model(models.TextChoices):
        SEPARATE = "separate", "Separate services"
        CO_LOCATED = "co_located", "Co-located services"
        CO_FUNDED = "co_funded", "Co-funded services"
        SINGLE = "single", "Single service"

    class Nation(models.TextChoices):
        ENGLAND = "england", "England"
        WALES = "wales", "Wales"
        SCOTLAND = "scotland", "Scotland"
        NORTHERN_IRELAND = "northern_ireland", "Northern Ireland"

    name = models.CharField(max_length=200, unique=True)
    nation = models.CharField(max_length=20, choices=Nation.choices)
    model = models.CharField(max_length=20, choices=Model.choices, help_text="Model of operation")
    invented = models.BooleanField(default=False, help_text="Everybody in it is invented, and every page says so")
    pathway_version = models.ForeignKey(
        "PathwayVersion", models.PROTECT, null=True, related_name="+", help_text="The one that new journeys follow"
    )
    organisations = models.ManyToManyField(Organisation, through="Partner", related_name="schemes")

    def __str__(self) -> str:
        return self.name


class Partner(models.Model):
    """An organisation's part in a scheme."""

    holds: ClassVar = Holds.NOTHING

    scheme = models.ForeignKey(Scheme, models.PROTECT)
    organisation = models.ForeignKey(Organisation, models.PROTECT)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "organisation"], name="partner_once")]


class PathwayVersion(models.Model):
    """A published pathway definition, whole. It is never changed: a journey keeps the one it began with."""

    holds: ClassVar = Holds.NOTHING
    append_only: ClassVar = True

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="pathway_versions")
    name = models.CharField(max_length=60, help_text="Name in the pathway library")
    number = models.PositiveIntegerField()
    definition = models.TextField(help_text="Canonical JSON")
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey("User", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "number"], name="pathway_version_number_once")]


class Team(models.Model):
    """Those who answer one service's referrals in a scheme."""

    holds: ClassVar = Holds.NOTHING

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="teams")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="teams")
    name = models.CharField(max_length=200)
    service = models.CharField(max_length=30, choices=[(s.value, s.label) for s in Service])
    phone = models.CharField(max_length=20, blank=True)
    same_day_lead = models.ForeignKey(
        "User", models.PROTECT, null=True, blank=True, related_name="+", help_text="Must acknowledge a same-day alert"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "name"], name="team_name_once_in_scheme")]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, name: str, password: str | None = None) -> "User":
        user = self.model(email=self.normalize_email(email), name=name)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Somebody who works here. What they may do comes from a membership, never from this row."""

    holds: ClassVar = Holds.STAFF
    personal_fields: ClassVar = ("email", "name", "password")

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)

    objects = UserManager()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """What a user is in one organisation of one scheme. One user may hold several, and chooses which to act for."""

    holds: ClassVar = Holds.STAFF

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="memberships")
    role = models.CharField(max_length=30, choices=[(r.value, r.label) for r in Role if r is not Role.SYSTEM])
    started = models.DateTimeField(db_default=Now())
    ended = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "scheme", "organisation", "team", "role"],
                condition=Q(ended=None),
                nulls_distinct=False,
                name="membership_once",
            ),
            models.CheckConstraint(
                condition=Q(ended=None) | Q(ended__gte=models.F("started")), name="membership_ends_after_start"
            ),
        ]


class HelpNow(models.Model):
    """Whom to ring now for a same-day need: the scheme's own numbers, by need, day and hour."""

    holds: ClassVar = Holds.NOTHING

    class When(models.TextChoices):
        ALWAYS = "always", "Any time"
        OFFICE = "office", "Monday to Friday, 9am to 5pm"
        OUT_OF_HOURS = "out_of_hours", "Evenings, nights, weekends and bank holidays"

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="help_now")
    flag = models.CharField(max_length=40, choices=[(f.value, f.value) for f in UrgentFlag])
    when = models.CharField(max_length=20, choices=When.choices)
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "flag", "when", "name"], name="help_now_once")]


class ApiClient(models.Model):
    """A system that may send referrals for one organisation, by a token of which only the hash is kept."""

    holds: ClassVar = Holds.NOTHING

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="api_clients")
    name = models.CharField(max_length=200)
    token_sha256 = models.CharField(max_length=64, unique=True)
    ended = models.DateTimeField(null=True, blank=True)

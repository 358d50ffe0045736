"""Organisations, schemes, teams, users and what each user is where."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower, Now

from wraparound.audit.personal_data import Holds
from wraparound.organisations.roles import NOBODYS, Role
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
        COMMUNITY_HEALTH = "community_health", "Community health service"

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    ods_code = models.CharField(max_length=10, blank=True, help_text="Organisation Data Service code, where it has one")
    part_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    address = models.CharField(max_length=300, blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    latitude = models.FloatField(null=True, blank=True, help_text="Degrees north, WGS 84")
    longitude = models.FloatField(null=True, blank=True, help_text="Degrees east, WGS 84")
    list_size = models.PositiveIntegerField(null=True, blank=True, help_text="People registered, of a practice")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ods_code"], condition=~Q(ods_code=""), name="organisation_ods_code_once"),
            models.CheckConstraint(condition=~Q(name=""), name="organisation_has_a_name"),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None) | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="organisation_is_somewhere_or_not_placed",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_practice(self) -> bool:
        return self.kind == self.Kind.PRACTICE

    @property
    def practice_code(self) -> str:
        """The code of the practice that somebody new here is taken to be registered at; "" where this is none."""
        return self.ods_code if self.is_practice else ""


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
    slug = models.SlugField(max_length=60, unique=True, null=True, help_text="Its name in public addresses")
    nation = models.CharField(max_length=20, choices=Nation.choices)
    model = models.CharField(max_length=20, choices=Model.choices, help_text="Model of operation")
    invented = models.BooleanField(default=False, help_text="Everybody in it is invented, and every page says so")
    pathway_version = models.ForeignKey(
        "PathwayVersion", models.PROTECT, null=True, related_name="+", help_text="The one that new journeys follow"
    )
    organisations = models.ManyToManyField(Organisation, through="Partner", related_name="schemes")
    front_door = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="Looks after people who ask for help themselves; without one, nobody can ask in public",
    )
    codes_only = models.BooleanField(
        default=False, help_text="Messages back carry clinical codes and no account of the work"
    )
    second_factor = models.BooleanField(default=True, help_text="Whoever works in it signs in with a second factor")

    def __str__(self) -> str:
        return self.name


class Partner(models.Model):
    """An organisation's part in a scheme."""

    holds: ClassVar = Holds.NOTHING

    scheme = models.ForeignKey(Scheme, models.PROTECT)
    organisation = models.ForeignKey(Organisation, models.PROTECT)
    ended = models.DateTimeField(null=True, blank=True)

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


class PathwayDraft(models.Model):
    """The pathway that a scheme's administrator is preparing: a library file's name and what is set over it."""

    holds: ClassVar = Holds.NOTHING

    scheme = models.OneToOneField(Scheme, models.PROTECT, related_name="pathway_draft")
    name = models.CharField(max_length=60, help_text="Name in the pathway library")
    parameters = models.JSONField(help_text="`pathways.parameters.Parameters` as JSON")
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("User", models.PROTECT, null=True, related_name="+")


class Team(models.Model):
    """Those who answer one service's referrals in a scheme, or those of several services where they are one.

    `service` is what it is known for; `also` are further services whose referrals it takes.
    """

    holds: ClassVar = Holds.NOTHING

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="teams")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="teams")
    name = models.CharField(max_length=200)
    service = models.CharField(max_length=30, choices=[(s.value, s.label) for s in Service])
    phone = models.CharField(max_length=20, blank=True)
    opening = models.CharField(
        max_length=200, blank=True, help_text="When people may come or ring, in plain words: for signpost slips"
    )
    same_day_lead = models.ForeignKey(
        "User", models.PROTECT, null=True, blank=True, related_name="+", help_text="Must acknowledge a same-day alert"
    )
    also = ArrayField(
        models.CharField(max_length=30), default=list, help_text="Further services whose referrals it takes"
    )
    serves = ArrayField(
        models.BigIntegerField(), default=list, help_text="Ids of the practices it is for; empty: the whole scheme"
    )
    places = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text="People it can work with at once; empty: the sum of its workers' places, if any",
    )
    closed_until = models.DateField(null=True, blank=True, help_text="Takes nobody new before this day")
    shares_out = models.BooleanField(default=False, help_text="Referrals are shared out among its workers on arrival")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scheme", "name"], name="team_name_once_in_scheme"),
        ]

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


class Digest(models.TextChoices):
    """How often somebody is told what happened to what they sent."""

    NONE = "none", "Never"
    DAILY = "daily", "Every working day"
    WEEKLY = "weekly", "Once a week"


class Membership(models.Model):
    """What a user is in one organisation of one scheme. One user may hold several, and chooses which to act for."""

    holds: ClassVar = Holds.STAFF

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="memberships")
    role = models.CharField(max_length=30, choices=[(r.value, r.label) for r in Role if r not in NOBODYS])
    digest = models.CharField(
        max_length=10, choices=Digest.choices, default=Digest.NONE, help_text="How often news of referrals is sent"
    )
    administers = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Lets people into the organisation, changes their roles and ends them",
    )
    started = models.DateTimeField(db_default=Now())
    changed = models.DateTimeField(null=True, blank=True, help_text="When an administrator last set the role or team")
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


class WorkingTime(models.Model):
    """When one member works, and with how many people at once: what sharing out goes by."""

    holds: ClassVar = Holds.STAFF

    membership = models.OneToOneField(Membership, models.PROTECT, related_name="working_time")
    minutes = ArrayField(models.PositiveSmallIntegerField(), size=7, help_text="Worked on each weekday, Monday first")
    places = models.PositiveSmallIntegerField(help_text="People they can work with at once")
    weight = models.PositiveSmallIntegerField(
        default=100, help_text="Share of new referrals, in per cent of a full one"
    )
    takes_new = models.BooleanField(default=True)
    last_given_at = models.DateTimeField(null=True, blank=True, help_text="When they were last given a person")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(minutes__len=7), name="working_time_has_seven_days"),
            models.CheckConstraint(condition=Q(weight__lte=200), name="working_time_weight"),
        ]


class Leave(models.Model):
    """Days on which a member is away, and who looks after their people meanwhile."""

    holds: ClassVar = Holds.STAFF

    membership = models.ForeignKey(Membership, models.PROTECT, related_name="leave")
    starts = models.DateField()
    ends = models.DateField(help_text="The last day away")
    cover = models.ForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="covers")
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="leave_ends_after_start"),
            models.CheckConstraint(
                condition=Q(cover=None) | ~Q(cover=F("membership")), name="leave_is_covered_by_somebody_else"
            ),
            ExclusionConstraint(
                name="leave_once_at_a_time",
                expressions=[
                    ("membership", RangeOperators.EQUAL),
                    (Func(F("starts"), F("ends"), Value("[]"), function="daterange"), RangeOperators.OVERLAPS),
                ],
                condition=Q(cancelled_at=None),
            ),
        ]
        indexes = [models.Index(fields=["membership", "ends"], name="leave_of_member")]


class Invitation(models.Model):
    """An offer to somebody to become a member, by a link that works once and of which only the hash is kept."""

    holds: ClassVar = Holds.STAFF
    personal_fields: ClassVar = ("email", "name")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=30, choices=[(r.value, r.label) for r in Role if r not in NOBODYS])
    administers = models.BooleanField(default=False, db_default=False)
    email = models.EmailField()
    name = models.CharField(max_length=200)
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    membership = models.ForeignKey(Membership, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["scheme", "-made_at"], name="invitation_of_scheme")]


class SafeguardingLead(models.Model):
    """Who must acknowledge a safeguarding concern that is raised in an organisation of a scheme."""

    holds: ClassVar = Holds.STAFF

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    deputy = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "organisation"], name="safeguarding_lead_once")]


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
    ended = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "flag", "when", "name"], condition=Q(ended=None), name="help_now_once"
            )
        ]

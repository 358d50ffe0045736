"""The one record of a person in a scheme, and which organisations have to do with them."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from wraparound.audit.history import keep_history
from wraparound.audit.personal_data import Holds
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation, Scheme
from wraparound.organisations.roles import Capability
from wraparound.people.details import NhsNumberAbsent


class Contact(models.TextChoices):
    """May this channel be used?"""

    YES = "yes", "Yes"
    NO = "no", "No, do not use it"
    NOT_ASKED = "not_asked", "Not asked yet"


class YesNo(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_ASKED = "not_asked", "Not asked yet"


class DigitalAccess(models.TextChoices):
    NOT_ASKED = "not_asked", "Not asked yet"
    ONLINE = "online", "Uses the internet without help"
    WITH_HELP = "with_help", "Uses the internet with help"
    PHONE_ONLY = "phone_only", "Phone calls only"
    NONE = "none", "No phone and no internet"


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, actor: Actor) -> "PersonQuerySet":
        """People whom the actor's organisation has to do with now, if the actor's role may see people at all."""
        if not actor.can(Capability.SEE_PEOPLE):
            return self.none()
        return self.filter(scheme_id=actor.scheme_id, organisation_ids__contains=[actor.organisation_id])


@keep_history
class Person(models.Model):
    """Somebody whom a scheme helps. One row per person and scheme.

    `organisation_ids` is kept by the database from open rows of `Involvement`, so that row-level security reads one
    row; nothing else writes it.
    """

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = (
        "nhs_number family_name given_names known_as names_plain date_of_birth address postcode mobile landline email "
        "safe_times contact_notes preferred_language access_needs"
    ).split()

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation_ids = ArrayField(models.BigIntegerField(), default=list)

    nhs_number = models.CharField("NHS number", max_length=10, blank=True)
    nhs_number_absent = models.CharField(max_length=20, blank=True, choices=NhsNumberAbsent.choices)
    family_name = models.CharField(max_length=200, blank=True)
    given_names = models.CharField(max_length=200, blank=True)
    known_as = models.CharField(max_length=200, blank=True)
    names_plain = models.CharField(
        max_length=420, editable=False, default="", help_text="Both names in plain small letters; kept by the database"
    )
    date_of_birth = models.DateField(null=True, blank=True)
    possible_duplicate = models.BooleanField(default=False, help_text="May be somebody the scheme already knows")

    address = models.TextField(blank=True)
    postcode = models.CharField(max_length=8, blank=True)
    no_fixed_abode = models.BooleanField(default=False)
    practice = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")

    mobile = models.CharField(max_length=20, blank=True)
    landline = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    mobile_calls = models.CharField(max_length=10, choices=Contact.choices, default=Contact.NOT_ASKED)
    mobile_texts = models.CharField(max_length=10, choices=Contact.choices, default=Contact.NOT_ASKED)
    landline_calls = models.CharField(max_length=10, choices=Contact.choices, default=Contact.NOT_ASKED)
    email_messages = models.CharField(max_length=10, choices=Contact.choices, default=Contact.NOT_ASKED)
    letters = models.CharField(max_length=10, choices=Contact.choices, default=Contact.NOT_ASKED)

    safe_times = models.CharField(max_length=200, blank=True, help_text="When it is safe to make contact")
    voicemail = models.CharField(max_length=10, choices=YesNo.choices, default=YesNo.NOT_ASKED)
    may_say_who_is_calling = models.CharField(max_length=10, choices=YesNo.choices, default=YesNo.NOT_ASKED)
    address_withheld = models.BooleanField(default=False, help_text="Kept from everybody but those working with them")
    contact_notes = models.CharField(max_length=500, blank=True, help_text="Anything else needed to contact safely")

    preferred_language = models.CharField(max_length=60, blank=True)
    interpreter_needed = models.BooleanField(default=False)
    access_needs = models.CharField(max_length=500, blank=True)
    digital_access = models.CharField(max_length=20, choices=DigitalAccess.choices, default=DigitalAccess.NOT_ASKED)

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "nhs_number"], condition=~Q(nhs_number=""), name="person_nhs_number_once_in_scheme"
            ),
            models.CheckConstraint(
                condition=Q(nhs_number="", nhs_number_absent__gt="") | Q(nhs_number__gt="", nhs_number_absent=""),
                name="person_nhs_number_or_why_not",
            ),
            models.CheckConstraint(
                condition=Q(nhs_number="") | Q(nhs_number__regex=r"^[0-9]{10}$"), name="person_nhs_number_ten_digits"
            ),
            models.CheckConstraint(condition=~Q(family_name="", given_names=""), name="person_has_a_name"),
        ]
        indexes = [
            GinIndex(fields=["organisation_ids"], name="person_by_organisation"),
            GinIndex(fields=["names_plain"], name="person_by_name", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["scheme", "date_of_birth"], name="person_by_birth_date"),
            models.Index(fields=["scheme", "postcode"], name="person_by_postcode"),
        ]

    def __str__(self) -> str:
        return f"person {self.pk}"

    @property
    def name(self) -> str:
        """The name as the person has it: given names, then family name; either may be the only one."""
        return " ".join(part for part in (self.given_names, self.family_name) if part)

    @property
    def contact_with_care(self) -> bool:
        """True when somebody about to make contact must read the instructions first."""
        return bool(
            self.safe_times
            or self.contact_notes
            or self.address_withheld
            or self.voicemail == YesNo.NO
            or self.may_say_who_is_calling == YesNo.NO
            or Contact.NO in (self.mobile_calls, self.landline_calls, self.mobile_texts)
        )


@keep_history
class SelfDescription(models.Model):
    """How a person describes themselves, in their own words; every answer optional, and kept apart from the record."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("ethnicity", "gender", "disability")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation_ids = ArrayField(models.BigIntegerField(), default=list)
    person = models.OneToOneField(Person, models.PROTECT, related_name="self_description")
    ethnicity = models.CharField(max_length=200, blank=True)
    gender = models.CharField(max_length=200, blank=True)
    disability = models.CharField(max_length=500, blank=True)


class Involvement(models.Model):
    """That an organisation has to do with a person: the one thing that opens a record to it."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person",)

    class Reason(models.TextChoices):
        REGISTERED = "registered", "The person is registered there"
        REFERRED = "referred", "It made a referral"
        ASKED = "asked", "It was asked to take a referral"
        WORKING = "working", "It took the referral and works with the person"
        EMERGENCY = "emergency", "Somebody there opened the record in an emergency"
        SAFETY = "safety", "It was told of a concern about the person's safety, which it must be able to open"

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="involvements")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, choices=Reason.choices)
    started = models.DateTimeField(db_default=Now())
    ended = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                # Each that opened a record closes its own opening, and nobody else's.
                fields=["person", "organisation", "opened_by", "reason"],
                condition=Q(ended=None),
                name="involvement_open_once",
            )
        ]

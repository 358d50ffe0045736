"""What a person agreed to and what that permits, or which recorded exception stands instead."""

from typing import ClassVar, Self, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from wraparound.audit.history import keep_history
from wraparound.audit.personal_data import Holds
from wraparound.consent.agreed import AgreedHow, Capacity, GivenBy, SignedHow
from wraparound.consent.purposes import PURPOSES
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation, Scheme, User
from wraparound.organisations.roles import Capability
from wraparound.pathways.vocabulary import ConsentFor
from wraparound.people.languages import LANGUAGES, Language
from wraparound.people.models import Person

M = TypeVar("M", bound=models.Model)


@keep_history
class Agreement(models.Model):
    """One act of agreeing: how, to which words and by whom it was given, or why a referral was made without."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "exception_reason", "representative", "capacity_note")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation_ids = ArrayField(models.BigIntegerField())
    person = models.ForeignKey(Person, models.PROTECT, related_name="agreements")
    how = models.CharField(max_length=20, choices=AgreedHow.choices)
    exception_reason = models.CharField(max_length=500, blank=True)
    wording = models.CharField(max_length=40, help_text="Version of the words that were said to the person")
    language = models.CharField(max_length=35, default="en", help_text="The language that they were said in, as BCP 47")
    given_by = models.CharField(max_length=10, choices=GivenBy.choices, default=GivenBy.PERSON)
    representative = models.CharField(
        max_length=200, blank=True, help_text="Who agreed for the person, and how that was checked"
    )
    capacity = models.CharField(max_length=20, choices=Capacity.choices, default=Capacity.NO_DOUBT)
    capacity_note = models.CharField(max_length=500, blank=True, help_text="What the doubt was and what came of it")
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(how__in=["best_interests", "safeguarding"]) | ~Q(exception_reason=""),
                name="agreement_exception_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(given_by="person") | ~Q(representative=""), name="agreement_representative_is_named"
            ),
            models.CheckConstraint(
                condition=Q(capacity="no_doubt") | ~Q(capacity_note=""), name="agreement_doubt_is_written_down"
            ),
        ]


class TakenBackHow(models.TextChoices):
    """How a consent was taken back."""

    IN_PERSON = "in_person", "In person"
    BY_PHONE = "by_phone", "By phone or video"
    IN_WRITING = "in_writing", "In writing"
    ONLINE = "online", "Themselves, online"


class ConsentQuerySet(models.QuerySet["Consent"]):
    def visible_to(self, actor: Actor) -> Self:
        """What was permitted to the actor's organisation or written down by it."""
        if not (actor.can(Capability.SEE_PEOPLE) or actor.can(Capability.SEE_PRACTICE_REFERRALS)):
            return self.none()
        return self.filter(scheme_id=actor.scheme_id, organisation_ids__contains=[actor.organisation_id])

    def standing(self) -> Self:
        """Those that nobody has taken back and no date has ended."""
        return self.filter(taken_back_at=None, run_out_at=None)


@keep_history
class Consent(models.Model):
    """One thing that somebody permitted when they agreed: to whom, about what, until when. See `consent.rules`.

    `to_organisation_ids` are the organisations of the scheme that may; `to_named` is one outside it.
    """

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "to_named")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation_ids = ArrayField(models.BigIntegerField(), help_text="Who may read that it was given")
    person = models.ForeignKey(Person, models.PROTECT, related_name="consents")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=30, choices=[(each.value, PURPOSES[each].label) for each in ConsentFor])
    to_organisation_ids = ArrayField(models.BigIntegerField(), default=list)
    to_named = models.CharField(max_length=200, blank=True)
    categories = ArrayField(models.CharField(max_length=20))
    given_at = models.DateTimeField()
    until = models.DateField(null=True, blank=True, help_text="Its last day; empty: as long as the case is open")
    ask_again_on = models.DateField(help_text="The day from which somebody is asked to confirm it")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, help_text="When the case closed; empty while it is open")
    run_out_at = models.DateTimeField(null=True, help_text="When its last day was over and nothing kept it in force")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_how = models.CharField(max_length=20, blank=True, choices=TakenBackHow.choices)
    taken_back_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    taken_back_by_organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(to_organisation_ids=[]) | ~Q(to_named=""), name="consent_is_to_somebody"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_how="") | ~Q(taken_back_how=""),
                name="consent_taken_back_in_some_manner",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "purpose"], name="consent_by_person"),
            models.Index(
                fields=["scheme", "ask_again_on"],
                condition=Q(taken_back_at=None, ended_at=None),
                name="consent_to_confirm",
            ),
            models.Index(
                fields=["until"],
                condition=Q(until__isnull=False, taken_back_at=None, run_out_at=None),
                name="consent_until",
            ),
        ]


class OfConsentQuerySet(models.QuerySet[M]):
    def visible_to(self, actor: Actor) -> Self:
        """What belongs to a consent that the actor's organisation may know of."""
        if not actor.can(Capability.SEE_PEOPLE):
            return self.none()
        return self.filter(scheme_id=actor.scheme_id, organisation_ids__contains=[actor.organisation_id])


class Signature(models.Model):
    """That somebody put their name to a mandate: to these very words, how, and before whom.

    `said` is the text as it was shown, `sha256` the hex digest of its canonical JSON. `drawing` is what
    `consent.strokes` reads.
    """

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "name", "representative", "said", "drawing", "kept_at")
    append_only: ClassVar = True

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation_ids = ArrayField(models.BigIntegerField())
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="signatures")
    how = models.CharField(max_length=10, choices=SignedHow.choices)
    name = models.CharField(max_length=200, help_text="As it was signed")
    signed_by = models.CharField(max_length=10, choices=GivenBy.choices, default=GivenBy.PERSON)
    representative = models.CharField(
        max_length=200, blank=True, help_text="How it was checked that they may sign for the person"
    )
    signed_on = models.DateField()
    kept_at = models.CharField(max_length=300, blank=True, help_text="Where the paper is")
    wording = models.CharField(max_length=40)
    language = models.CharField(max_length=35, default="en", help_text="What stood beside the English, as BCP 47")
    said = models.JSONField()
    sha256 = models.CharField(max_length=64)
    drawing = models.TextField(blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = OfConsentQuerySet["Signature"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="signature_has_a_name"),
            models.CheckConstraint(
                condition=Q(how="drawn") & ~Q(drawing="") | ~Q(how="drawn") & Q(drawing=""),
                name="signature_drawn_has_its_drawing",
            ),
            models.CheckConstraint(
                condition=Q(how="on_paper") & ~Q(kept_at="") | ~Q(how="on_paper") & Q(kept_at=""),
                name="signature_on_paper_is_somewhere",
            ),
            models.CheckConstraint(
                condition=Q(signed_by="person") | ~Q(representative=""), name="signature_for_another_was_checked"
            ),
        ]


class MandateDocument(models.Model):
    """A mandate as a document to print: without a signature to be signed by hand, or with one. Set anew, it changes."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "content", "pdf")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation_ids = ArrayField(models.BigIntegerField())
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="documents")
    signature = models.ForeignKey(Signature, models.PROTECT, null=True, related_name="documents")
    content = models.JSONField(help_text="All that it says, as `documents.mandate_pdf` takes it")
    asked_at = models.DateTimeField()
    pdf = models.BinaryField(null=True)

    objects = OfConsentQuerySet["MandateDocument"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consent", "signature"], nulls_distinct=False, name="mandate_document_once")
        ]


class Translation(models.Model):
    """One wording in one language, which somebody checked. Never changed: another one ends it and takes its place."""

    holds: ClassVar = Holds.NOTHING

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    wording = models.CharField(max_length=40, help_text="Name of the version, as in `consent.agreed.WORDINGS`")
    language = models.CharField(max_length=35, help_text="As BCP 47")
    words = models.TextField()
    checked_by = models.CharField(max_length=200, help_text="The person or agency who checked it")
    checked_on = models.DateField()
    added_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="When another took its place, or it was withdrawn")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "wording", "language"], condition=Q(ended_at=None), name="translation_one_in_force"
            ),
            models.CheckConstraint(condition=~Q(words="") & ~Q(checked_by=""), name="translation_was_checked"),
        ]

    @property
    def tongue(self) -> Language:
        return LANGUAGES[self.language]


class DataSharingAgreement(models.Model):
    """A signed agreement between organisations of a scheme. Without one in force nothing is routinely shared."""

    holds: ClassVar = Holds.NOTHING

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="sharing_agreements")
    title = models.CharField(max_length=200)
    lawful_basis = models.CharField(max_length=500, help_text="The articles of the UK GDPR that the parties stand on")
    kept_at = models.CharField(max_length=300, blank=True, help_text="Where the signed copy is")
    begins = models.DateField()
    ends = models.DateField(null=True, blank=True, help_text="Its last day")
    review_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=models.F("begins")), name="sharing_agreement_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.title


class SharingParty(models.Model):
    """One organisation that signed a data-sharing agreement."""

    holds: ClassVar = Holds.NOTHING

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    agreement = models.ForeignKey(DataSharingAgreement, models.PROTECT, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    signed_on = models.DateField()
    left_on = models.DateField(null=True, blank=True, help_text="The first day on which it is no party any more")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "organisation"], condition=Q(left_on=None), name="sharing_party_once"
            )
        ]
        indexes = [models.Index(fields=["scheme", "organisation"], name="sharing_party_of_scheme")]

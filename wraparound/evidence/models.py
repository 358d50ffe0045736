"""Medical evidence: what an adviser asks a clinician for, and the letter that came of it."""

from typing import ClassVar, Self, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from wraparound.audit.history import keep_history
from wraparound.audit.personal_data import Holds
from wraparound.casework.models import Case
from wraparound.consent.agreed import AgreedHow
from wraparound.consent.models import Consent
from wraparound.evidence.points import Benefit, Point, points_of
from wraparound.evidence.states import CameOfIt, EvidenceStatus, Fee, UsedFor
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation, Scheme, User
from wraparound.organisations.roles import Capability
from wraparound.people.models import Person

M = TypeVar("M", bound=models.Model)


class OfBothEndsQuerySet(models.QuerySet[M]):
    def visible_to(self, actor: Actor) -> Self:
        """Those who advise and those who sign, in the organisation that asks and in the one that was asked."""
        may = (Capability.GIVE_ADVICE, Capability.SIGN_EVIDENCE, Capability.LET_TIME_PASS)
        if not any(actor.can(each) for each in may):
            return self.none()
        return self.filter(scheme_id=actor.scheme_id, organisation_ids__contains=[actor.organisation_id])


class OfBothEnds(models.Model):
    """The columns by which a row is for both ends alone. Only the one that asks, until it has asked."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation_ids = ArrayField(models.BigIntegerField())
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        abstract = True


@keep_history
class EvidenceRequest(OfBothEnds):
    """One letter that is asked for. `picks` are passages of the record that the adviser chose, as JSON."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = (
        "person", "mandate_said", "to_named", "points", "words", "picks", "draft", "sent_back_why", "agreed_note",
        "ending",
    )  # fmt: skip

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", help_text="Whose adviser asks")
    case = models.ForeignKey(Case, models.PROTECT, related_name="evidence_requests")
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="+", help_text="The mandate that it rests on")
    mandate_said = models.CharField(max_length=300, help_text="Who signed the mandate, when, and until when it holds")
    to_organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    to_named = models.CharField(max_length=200, blank=True, help_text="Who is asked, outside the scheme: on paper")
    benefit = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Benefit])
    points = ArrayField(models.CharField(max_length=10), default=list)
    words = models.TextField(blank=True, help_text="What else the adviser asks")
    decided_on = models.DateField(null=True, help_text="The day of the decision that is challenged")
    deadline_on = models.DateField(null=True, help_text="By when the adviser has to send it")
    special_rules = models.BooleanField(default=False, help_text="Somebody may die within twelve months")
    from_record = models.BooleanField(default=False, help_text="The adviser was given an extract of the record")
    picks = models.JSONField(default=list)
    draft = models.TextField(blank=True)
    status = models.CharField(
        max_length=12, choices=[(s.value, s.label) for s in EvidenceStatus], default=EvidenceStatus.PREPARING
    )
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    sent_back_why = models.CharField(max_length=500, blank=True)
    fee = models.CharField(max_length=10, blank=True, choices=[(each.value, each.label) for each in Fee])
    fee_pence = models.PositiveIntegerField(null=True)
    received_at = models.DateTimeField(null=True)
    agreed_at = models.DateTimeField(null=True, help_text="When the person let it be used")
    agreed_how = models.CharField(max_length=20, blank=True, choices=AgreedHow.choices)
    agreed_note = models.CharField(max_length=500, blank=True)
    used_for = models.CharField(max_length=20, blank=True, choices=[(each.value, each.label) for each in UsedFor])
    used_on = models.DateField(null=True)
    outcome = models.CharField(max_length=10, blank=True, choices=[(each.value, each.label) for each in CameOfIt])
    ended_at = models.DateTimeField(null=True)
    ending = models.TextField(blank=True, help_text="Why it was withdrawn, or what else may help")

    objects = OfBothEndsQuerySet["EvidenceRequest"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(to_organisation=None) & ~Q(to_named="") | Q(to_organisation__isnull=False, to_named=""),
                name="evidence_is_asked_of_one",
            ),
            models.CheckConstraint(condition=~Q(points=[]) | ~Q(words=""), name="evidence_asks_something"),
            models.CheckConstraint(
                condition=Q(status__in=["preparing", "unlikely", "withdrawn"]) | Q(asked_at__isnull=False),
                name="evidence_was_asked",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["agreed", "used", "ended"]) | Q(agreed_at__isnull=False),
                name="evidence_used_once_agreed",
            ),
            models.CheckConstraint(
                condition=Q(fee="asked", fee_pence__isnull=False) | ~Q(fee="asked") & Q(fee_pence=None),
                name="evidence_fee_has_a_sum",
            ),
        ]
        indexes = [
            models.Index(
                fields=["to_organisation", "due_at"],
                condition=Q(status__in=["asked", "drafted"]),
                name="evidence_to_answer",
            ),
            models.Index(
                fields=["organisation", "status"],
                condition=~Q(status__in=["ended", "unlikely", "withdrawn"]),
                name="evidence_open",
            ),
            models.Index(fields=["case"], name="evidence_of_case"),
        ]

    @property
    def asked_points(self) -> list[Point]:
        return points_of(Benefit(self.benefit), self.points)

    @property
    def benefit_name(self) -> str:
        return Benefit(self.benefit).label

    @property
    def asked_of(self) -> str:
        """The name of whoever is asked (`to_organisation` is read)."""
        return self.to_organisation.name if self.to_organisation else self.to_named


class SignedLetter(OfBothEnds):
    """A letter as it was signed. Never changed: one that is signed again is the next version.

    `said` has `title`, `lines`, `text` and `signed`; `sha256` is the hex digest of its canonical JSON.
    """

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "said", "name", "kept_at")
    append_only: ClassVar = True

    request = models.ForeignKey(EvidenceRequest, models.PROTECT, related_name="letters")
    version = models.PositiveSmallIntegerField()
    said = models.JSONField()
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200, help_text="As it was signed, with what they are")
    signed_on = models.DateField()
    kept_at = models.CharField(max_length=300, blank=True, help_text="Where the paper is, of one signed by hand")
    signed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()

    objects = OfBothEndsQuerySet["SignedLetter"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "version"], name="signed_letter_version_once"),
            models.CheckConstraint(condition=~Q(name=""), name="signed_letter_has_a_name"),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=False, kept_at="") | Q(signed_by=None) & ~Q(kept_at=""),
                name="signed_letter_by_somebody_or_on_paper",
            ),
        ]


class LetterPaper(OfBothEnds):
    """A document to print: a signed letter, or, without one, what is asked, to be answered and signed by hand."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "content", "pdf")

    request = models.ForeignKey(EvidenceRequest, models.PROTECT, related_name="papers")
    letter = models.ForeignKey(SignedLetter, models.PROTECT, null=True, related_name="papers")
    content = models.JSONField(help_text="All that it says, as `documents.evidence_pdf` takes it")
    asked_at = models.DateTimeField()
    pdf = models.BinaryField(null=True)

    objects = OfBothEndsQuerySet["LetterPaper"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "letter"], nulls_distinct=False, name="letter_paper_once")
        ]

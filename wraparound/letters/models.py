"""Letters of a matter, what a supervisor said of them, what left; and the client agreement of a case."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from wraparound.advice.models import Matter
from wraparound.advice.models.matters import Advice
from wraparound.audit.history import keep_history
from wraparound.audit.personal_data import Holds
from wraparound.casework.models import Case
from wraparound.letters.kinds import Kind, kinds
from wraparound.letters.states import AgreedTo, Copy, Left, LetterStatus, NoLetter
from wraparound.organisations.models import User
from wraparound.people.models import Person


@keep_history
class Letter(Advice):
    """One letter, form or note of a matter. What it says is in its versions, of which `version` is the latest."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "sent_back_why", "ended_why")

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="letters")
    case = models.ForeignKey(Case, models.PROTECT, related_name="letters")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40, help_text="A code of `letters.kinds`")
    own = models.BooleanField(default=False, help_text="In the person's name: they sign it")
    status = models.CharField(
        max_length=10, choices=[(each.value, each.label) for each in LetterStatus], default=LetterStatus.DRAFT
    )
    version = models.PositiveSmallIntegerField(default=1)
    writer = models.ForeignKey(User, models.PROTECT, related_name="+", help_text="Who began it")
    supervised = models.BooleanField(default=False, help_text="Begun by somebody whose letters are approved")
    begun_at = models.DateTimeField()
    asked_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", help_text="Who asked for approval")
    asked_at = models.DateTimeField(null=True)
    approved_version = models.PositiveSmallIntegerField(null=True)
    sent_back_why = models.CharField(max_length=500, blank=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=500, blank=True, help_text="Why it was set aside")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="approved") | Q(approved_version=models.F("version")),
                name="letter_approved_as_it_stands",
            ),
            models.CheckConstraint(condition=~Q(status="set_aside") | ~Q(ended_why=""), name="letter_set_aside_why"),
            models.CheckConstraint(
                condition=~Q(status="waiting") | Q(asked_by__isnull=False, asked_at__isnull=False),
                name="letter_waits_for_somebody",
            ),
        ]
        indexes = [
            models.Index(fields=["matter", "-id"], name="letter_of_matter"),
            models.Index(
                fields=["organisation", "status"],
                condition=Q(status__in=["waiting", "sent_back", "approved"]),
                name="letter_to_go_on_with",
            ),
        ]

    @property
    def what(self) -> Kind:
        return kinds()[self.kind]


class LetterVersion(Advice):
    """A letter as somebody kept it. Never changed: what is written next is the next version."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("to", "heading", "text")
    append_only: ClassVar = True

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="versions")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    to = models.CharField(max_length=500, blank=True, help_text="Whom it goes to, and their address")
    heading = models.CharField(max_length=200)
    text = models.TextField()
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    supervised = models.BooleanField(default=False, help_text="What the author writes is approved")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "number"], name="letter_version_once")]


class Decision(Advice):
    """What a supervisor said of one version of a letter."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("words",)
    append_only: ClassVar = True

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="decisions")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    approved = models.BooleanField()
    words = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(approved=True) | ~Q(words=""), name="letter_sent_back_with_words")
        ]


class SentLetter(Advice):
    """A letter as it left. Never changed. `said` is all that its document says; `sha256` of its canonical JSON, hex."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "said", "to_whom")
    append_only: ClassVar = True

    letter = models.OneToOneField(Letter, models.PROTECT, related_name="sent")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    said = models.JSONField()
    sha256 = models.CharField(max_length=64)
    left = models.CharField(max_length=10, choices=[(each.value, each.label) for each in Left])
    to_whom = models.CharField(max_length=200)
    on = models.DateField()
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(to_whom=""), name="sent_letter_to_somebody")]


class LetterDocument(Advice):
    """A letter that left, as a document to print. A job sets it."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("pdf",)
    append_only: ClassVar = True

    letter = models.OneToOneField(Letter, models.PROTECT, related_name="document")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    pdf = models.BinaryField()


@keep_history
class ClientAgreement(Advice):
    """How the person and those who advise them work together, as the person agreed to it; and, where they gave it, the
    authority to act for them towards others. One of a case is in force."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "agreed_by", "words", "kept_at", "ended_why")

    case = models.ForeignKey(Case, models.PROTECT, related_name="client_agreements")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    how = models.CharField(max_length=10, choices=[(each.value, each.label) for each in AgreedTo])
    agreed_by = models.CharField(max_length=200, help_text="Who agreed: the person, or who may agree for them")
    agreed_on = models.DateField()
    words = models.TextField(help_text="What was agreed to, as it was read or read out")
    words_version = models.CharField(max_length=20)
    sha256 = models.CharField(max_length=64, help_text="Of the words, hex")
    kept_at = models.CharField(max_length=300, blank=True, help_text="Where the signed paper is")
    copy = models.CharField(max_length=10, choices=[(each.value, each.label) for each in Copy])
    authority = models.BooleanField(default=False, help_text="They let the organisation act for them")
    authority_ended_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at=None), name="client_agreement_once"),
            models.CheckConstraint(condition=~Q(agreed_by=""), name="client_agreement_by_somebody"),
            models.CheckConstraint(
                condition=~Q(how="paper") | ~Q(kept_at=""), name="client_agreement_on_paper_is_somewhere"
            ),
        ]

    @property
    def may_act(self) -> bool:
        """Whether letters may go out in their name."""
        return self.ended_at is None and self.authority and self.authority_ended_at is None


class NoClosingLetter(Advice):
    """That a matter was closed without a closing letter, and why."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("why", "words")
    append_only: ClassVar = True

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="without_letter")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    why = models.CharField(max_length=12, choices=[(each.value, each.label) for each in NoLetter])
    words = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

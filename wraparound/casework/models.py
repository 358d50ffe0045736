"""The work inside one organisation: a case, its notes and its attempts to make contact. Nobody else sees these rows."""

from typing import ClassVar, Self, TypeVar

from django.db import models

from wraparound.audit.history import keep_history
from wraparound.audit.personal_data import Holds
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation, Scheme, Team, User
from wraparound.organisations.roles import Capability
from wraparound.people.models import Person
from wraparound.referrals.models import Journey, Referral

M = TypeVar("M", bound=models.Model)


class OwnQuerySet(models.QuerySet[M]):
    """Rows of one organisation alone."""

    def visible_to(self, actor: Actor) -> Self:
        if not actor.can(Capability.SEE_REASON):
            return self.none()
        return self.filter(scheme_id=actor.scheme_id, organisation_id=actor.organisation_id)


class Own(models.Model):
    """The scope columns that every row of a service's own work carries."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")

    objects = OwnQuerySet.as_manager()

    class Meta:
        abstract = True


@keep_history
class Case(Own):
    """A team's own work with a person, opened when it accepted a referral."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person",)

    referral = models.OneToOneField(Referral, models.PROTECT, related_name="case")
    journey = models.ForeignKey(Journey, models.PROTECT, related_name="cases")
    person = models.ForeignKey(Person, models.PROTECT, related_name="cases")
    team = models.ForeignKey(Team, models.PROTECT, related_name="cases")
    worker = models.ForeignKey(User, models.PROTECT, related_name="cases")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    limit_on = models.DateField(null=True, help_text="The nearest last day of a time limit that runs in it")


class NoteQuerySet(OwnQuerySet["Note"]):
    def visible_to(self, actor: Actor) -> Self:
        """One organisation's own; what was written in advising is for those who give advice there alone."""
        rows = super().visible_to(actor)
        return rows if actor.can(Capability.GIVE_ADVICE) else rows.filter(legal=False)


class Note(Own):
    """What a worker wrote down. Never changed: a correction is another note."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("text",)
    append_only: ClassVar = True

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    text = models.TextField()
    legal = models.BooleanField(default=False, help_text="For advisers alone")
    occurred_at = models.DateTimeField()

    objects: ClassVar = NoteQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["case", "-occurred_at"], name="note_of_case")]


class ContactResult(models.TextChoices):
    SPOKE = "spoke", "Spoke with the person"
    NO_ANSWER = "no_answer", "No answer"
    MESSAGE_LEFT = "message_left", "Left a message"
    WRONG_NUMBER = "wrong_number", "Wrong number or it does not work"
    NOT_SAFE = "not_safe", "Not safe to talk"
    CAME = "came", "Came to an appointment"
    DID_NOT_COME = "did_not_come", "Did not come to an appointment"


class ContactBy(models.TextChoices):
    PHONE = "phone", "Phone"
    TEXT = "text", "Text message"
    EMAIL = "email", "Email"
    LETTER = "letter", "Letter"
    VIDEO = "video", "Video"
    IN_PERSON = "in_person", "In person"
    HOME = "home", "At their home"
    COMMUNITY = "community", "Somewhere near them, such as a café"


class ContactAttempt(Own):
    """One try at reaching the person, and how it went."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("result", "remark")
    append_only: ClassVar = True

    case = models.ForeignKey(Case, models.PROTECT, related_name="attempts")
    worker = models.ForeignKey(User, models.PROTECT, related_name="+")
    by = models.CharField(max_length=20, choices=ContactBy.choices)
    result = models.CharField(max_length=20, choices=ContactResult.choices)
    remark = models.CharField(max_length=500, blank=True)
    occurred_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["case", "-occurred_at"], name="attempt_of_case")]


class Task(Own):
    """Something that somebody in a service has to do by a day: written by hand, or by the pathway at a moment."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "title")

    class Kind(models.TextChoices):
        OWN = "own", "Written by hand"
        HANDOVER = "handover", "Ask about the other service"
        PREPARE = "prepare", "Prepare and hand over"

    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="tasks")
    worker = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", help_text="Empty: anybody in the team"
    )
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    journey = models.ForeignKey(Journey, models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="tasks")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.OWN)
    title = models.CharField(max_length=200)
    due_on = models.DateField()
    made_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    not_needed = models.BooleanField(default=False, help_text="Ended without being done")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"],
                condition=models.Q(done_at=None) & ~models.Q(kind="own"),
                name="task_of_pathway_open_once",
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation", "worker", "due_on", "id"], condition=models.Q(done_at=None), name="task_open"
            )
        ]

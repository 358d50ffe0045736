"""Journeys and the referrals on them."""

from typing import ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Least

from wraparound.audit.history import keep_history
from wraparound.audit.personal_data import Holds
from wraparound.consent.models import Agreement
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation, PathwayVersion, Scheme, Team, User
from wraparound.organisations.roles import Capability
from wraparound.pathways.vocabulary import ClinicalReason, Entry, Service, Status, Turn
from wraparound.people.models import Person
from wraparound.referrals.models.scope import ScopedQuerySet, new_reference
from wraparound.referrals.states import Outcome
from wraparound.time_limits.letters import Letter


@keep_history
class Journey(models.Model):
    """A person's whole way through a scheme, from one referral in, on the pathway version it began with."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "needs", "urgent_flags", "clinical_reason", "entry_details", "letter")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation_ids = ArrayField(models.BigIntegerField())
    reference = models.CharField(max_length=9, unique=True, default=new_reference)
    person = models.ForeignKey(Person, models.PROTECT, related_name="journeys", db_index=False)
    pathway_version = models.ForeignKey(PathwayVersion, models.PROTECT, related_name="+")
    entry = models.CharField(max_length=20, choices=[(e.value, e.value) for e in Entry])
    from_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    from_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)
    hide_from_online_view = models.BooleanField(
        default=False, help_text="Messages back are not for the patient's online record: somebody else may read it"
    )
    opened_at = models.DateTimeField()
    # What was asked for, as the pathway's decision was made from it.
    needs = ArrayField(models.CharField(max_length=30), default=list)
    urgent_flags = ArrayField(models.CharField(max_length=40), default=list)
    advice_ticked = models.BooleanField(default=False)
    clinical_reason = models.CharField(
        max_length=30,
        blank=True,
        choices=[(r.value, r.value) for r in ClinicalReason],
        help_text="A clinical pathway's",
    )
    entry_details = models.JSONField(
        default=dict, help_text="What only this entry asks: `referrals.entries.EntryDetails` as JSON"
    )
    letter = models.CharField(
        max_length=20,
        blank=True,
        choices=[(each.value, each.label) for each in Letter],
        help_text="A letter that may run out, as whoever referred called it",
    )
    letter_day = models.DateField(null=True, help_text="The day on it, or the one that it names")
    letter_by = models.DateField(null=True, help_text="The last day that it comes to; nobody has confirmed it")
    signpost = models.ForeignKey(
        "Signpost", models.PROTECT, null=True, related_name="+", db_index=False, help_text="The signpost that led here"
    )
    sender_system = models.CharField(max_length=200, blank=True)
    sender_identifier = models.CharField(max_length=200, blank=True)
    sender_sha256 = models.CharField(max_length=64, blank=True)

    objects = ScopedQuerySet["Journey"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["from_organisation", "sender_system", "sender_identifier"],
                condition=~Q(sender_identifier=""),
                name="journey_once_per_sender_identifier",
            )
        ]
        indexes = [
            models.Index(fields=["from_organisation", "-opened_at", "-id"], name="journey_by_referrer"),
            models.Index(
                fields=["from_organisation", "from_user", "-opened_at", "-id"], name="journey_by_own_referrer"
            ),
            models.Index(fields=["person", "-opened_at"], name="journey_by_person"),
            models.Index(fields=["scheme", "opened_at"], name="journey_by_scheme"),
            models.Index(fields=["letter_by"], condition=Q(letter_by__isnull=False), name="journey_letter_by"),
        ]


# Statuses in which a team has the person in hand, or is about to answer.
WITH_A_TEAM = ["sent", "claimed", "accepted", "in_progress", "waiting", "asked", "paused"]
# Of those, the ones that take a place: people on the waiting list take nobody's.
IN_HAND = [status for status in WITH_A_TEAM if status != "waiting"]


class Placed(models.TextChoices):
    """How the team of a referral came to be chosen."""

    FIRST = "first", "The team for this place"
    NEXT_NEAREST = "next_nearest", "The next nearest team with a place"
    SPOT_PURCHASE = "spot_purchase", "A place paid for from the shared pot"
    OVER_CAPACITY = "over_capacity", "Sent although the team is full"
    CHOSEN = "chosen", "A worker chose the team"


class SessionWanted(models.TextChoices):
    """Which bookable session a person asked for."""

    ANY = "any", "Any session"
    MORNING = "morning", "In the morning"
    AFTERNOON = "afternoon", "In the afternoon"
    PHONE = "phone", "By phone"
    PRACTICE = "practice", "At the practice"


class ReferralQuerySet(ScopedQuerySet["Referral"]):
    def to_team_of(self, actor: Actor) -> Self:
        """Referrals sent to the actor's own team, or to its organisation's teams when it has none of its own."""
        if not actor.can(Capability.SEE_WORKLIST):
            return self.none()
        if actor.team_id:
            return self.filter(to_team_id=actor.team_id)
        return self.filter(to_organisation_id=actor.organisation_id)

    def open(self) -> Self:
        return self.filter(is_open=True)


@keep_history
class Referral(models.Model):
    """The hand-over of a person to one team, and where it has got to.

    "Now" is in the columns; how it got here is in events. `whose_turn`, `due_at`, `escalate_at`, `timeout_at` are
    what the pathway's engine said when it last moved. `rank` is 0 when urgent, so that a worklist sorts by key.
    """

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person", "needs", "urgent_flags", "reason", "told", "said_differently")

    class Kind(models.TextChoices):
        REFERRAL = "referral", "Referral"
        HANDOVER = "handover", "Warm handover"
        REROUTED = "rerouted", "Sent on by another team"

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation_ids = ArrayField(models.BigIntegerField())
    journey = models.ForeignKey(Journey, models.PROTECT, related_name="referrals")
    person = models.ForeignKey(Person, models.PROTECT, related_name="referrals")
    agreement = models.ForeignKey(Agreement, models.PROTECT, related_name="referrals")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.REFERRAL)
    service = models.CharField(max_length=30, choices=[(s.value, s.label) for s in Service])
    joined = ArrayField(
        models.CharField(max_length=30), default=list, help_text="Further services that the same worker gives"
    )
    from_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    from_user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    to_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    to_team = models.ForeignKey(Team, models.PROTECT, related_name="referrals", db_index=False)
    needs = ArrayField(models.CharField(max_length=30))
    urgent_flags = ArrayField(models.CharField(max_length=40), default=list)
    reason = models.CharField(max_length=500, blank=True, help_text="One free line from the sender")
    told = models.TextField(blank=True, help_text="What the person has already told, so that nobody asks again")
    said_differently = models.JSONField(
        default=dict, help_text="Details that the sender gave and the record differs in"
    )
    sent_at = models.DateTimeField()
    counted_from = models.DateTimeField(
        null=True, help_text="Promises count from here; empty: from sending. Later when a place came free"
    )
    placed = models.CharField(
        max_length=20, choices=Placed.choices, default=Placed.FIRST, help_text="How the team was chosen"
    )
    session = models.CharField(
        max_length=20, blank=True, choices=SessionWanted.choices, help_text="The session that was asked for, if any"
    )

    status = models.CharField(max_length=20, choices=[(s.value, s.value) for s in Status])
    status_since = models.DateTimeField()
    whose_turn = models.CharField(max_length=20, choices=[(t.value, t.value) for t in Turn])
    worker = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_index=False, help_text="Who claimed it"
    )
    rank = models.SmallIntegerField(default=1)
    due_at = models.DateTimeField(null=True)
    escalate_at = models.DateTimeField(null=True)
    escalated = models.BooleanField(default=False)
    timeout_at = models.DateTimeField(null=True)
    timeout_to = models.CharField(max_length=20, blank=True)
    next_clock_at = models.GeneratedField(
        expression=Least("escalate_at", "timeout_at"), output_field=models.DateTimeField(), db_persist=True
    )
    accepted_at = models.DateTimeField(null=True)
    reached_at = models.DateTimeField(null=True, help_text="First contact with the person")
    attended_at = models.DateTimeField(null=True, help_text="First appointment that the person came to")
    ended_at = models.DateTimeField(null=True, help_text="When it left the team's hands: declined, lost or closed")
    paused_until = models.DateField(null=True)
    pause_reason = models.CharField(max_length=20, blank=True)
    supervisor_decides = models.BooleanField(
        default=False, help_text="A safeguarding mark: nobody stops trying without a supervisor"
    )
    limit_runs = models.BooleanField(default=False, help_text="A time limit runs in the receiving team's work")
    attempts = models.PositiveSmallIntegerField(default=0)
    last_activity_at = models.DateTimeField()
    decline_reason = models.CharField(max_length=30, blank=True)
    outcome = models.CharField(max_length=30, blank=True, choices=[(o.value, o.label) for o in Outcome])
    is_open = models.GeneratedField(
        expression=~Q(status__in=["closed", "withdrawn"]),  # type: ignore[arg-type]
        output_field=models.BooleanField(),
        db_persist=True,
    )

    objects = ReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["closed", "withdrawn"], whose_turn="nobody")
                | (~Q(status__in=["closed", "withdrawn"]) & ~Q(whose_turn="nobody") & Q(timeout_at__isnull=False)),
                name="referral_open_has_a_turn_and_a_timeout",
            ),
            models.CheckConstraint(
                condition=~Q(status="declined") | ~Q(decline_reason=""), name="referral_declined_with_a_reason"
            ),
            models.CheckConstraint(condition=Q(rank__in=[0, 1]), name="referral_rank"),
            models.CheckConstraint(
                condition=~Q(status="paused") | Q(paused_until__isnull=False), name="referral_paused_until_a_day"
            ),
            models.UniqueConstraint(
                fields=["to_team", "journey"],
                condition=Q(status__in=WITH_A_TEAM),
                name="referral_with_a_team_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["to_team", "rank", "due_at", "id"], condition=Q(is_open=True), name="referral_worklist"
            ),
            # The worklist's filters, and the list of somebody who answers for every team of an organisation.
            models.Index(
                fields=["to_team", "status", "rank", "due_at", "id"],
                condition=Q(is_open=True),
                name="referral_by_status",
            ),
            # With what is counted for each worker beside it, so that counting reads no row.
            models.Index(
                fields=["to_team", "worker", "rank", "due_at", "id"],
                condition=Q(is_open=True),
                include=("status", "scheme"),
                name="referral_by_worker",
            ),
            models.Index(
                fields=["to_organisation", "rank", "due_at", "id"],
                condition=Q(is_open=True),
                name="referral_to_organisation",
            ),
            models.Index(fields=["next_clock_at"], condition=Q(is_open=True), name="referral_clock"),
            # The people behind a figure, newest first.
            models.Index(fields=["to_organisation", "-sent_at", "-id"], name="referral_sent_to"),
            models.Index(fields=["from_organisation", "-sent_at", "-id"], name="referral_sent_by"),
            # Answers that wait for the referrer to read them: few, whatever was sent.
            models.Index(
                fields=["from_organisation", "due_at", "id"],
                condition=Q(is_open=True, status__in=["declined", "lost_contact", "not_answered"]),
                name="referral_answer_waits",
            ),
        ]

    @property
    def with_a_team(self) -> bool:
        """Its team has the person in hand, or is about to answer."""
        return self.status in WITH_A_TEAM

    @property
    def urgent(self) -> bool:
        return self.rank == 0

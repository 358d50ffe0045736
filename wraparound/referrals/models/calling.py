"""Lists of people whom a practice calls because they may need help and have not asked."""

from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q

from wraparound.audit.personal_data import Holds
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation, Scheme, User
from wraparound.organisations.roles import Capability
from wraparound.people.models import Person
from wraparound.referrals.models.journeys import Journey

M = TypeVar("M", bound=models.Model)


class CallQuerySet(models.QuerySet[M]):
    """A practice's own calls: nothing is shared before the person has agreed to a referral."""

    def visible_to(self, actor: Actor) -> Self:
        if not actor.can(Capability.RUN_CALL_LISTS):
            return self.none()
        return self.filter(scheme_id=actor.scheme_id, organisation_id=actor.organisation_id)


class CallList(models.Model):
    """People to call, and why."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("name", "why")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    why = models.CharField(max_length=500, help_text="Why these people are called: what the caller may say")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    objects = CallQuerySet["CallList"].as_manager()


class CallStatus(models.TextChoices):
    TO_CALL = "to_call", "To call"
    NO_ANSWER = "no_answer", "No answer yet"
    REFERRED = "referred", "Wanted help: referred"
    NO_NEED = "no_need", "Needs nothing at present"
    DECLINED = "declined", "Does not want a call"
    NOT_REACHED = "not_reached", "Could not be reached"


class Call(models.Model):
    """One person on a call list, and how the calls went."""

    holds: ClassVar = Holds.PERSON
    personal_fields: ClassVar = ("person",)

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    call_list = models.ForeignKey(CallList, models.PROTECT, related_name="calls")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=CallStatus.choices, default=CallStatus.TO_CALL)
    tries = models.PositiveSmallIntegerField(default=0)
    last_try_at = models.DateTimeField(null=True)
    caller = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", help_text="Who calls now, or called last"
    )
    held_until = models.DateTimeField(null=True, help_text="Until then the caller has it, and nobody else calls")
    journey = models.ForeignKey(Journey, models.PROTECT, null=True, related_name="+")

    objects = CallQuerySet["Call"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call_list", "person"], name="call_person_once_on_a_list"),
            models.CheckConstraint(
                condition=~Q(status="referred") | Q(journey__isnull=False), name="call_referred_has_its_journey"
            ),
            models.CheckConstraint(
                condition=Q(held_until=None) | Q(caller__isnull=False), name="call_held_by_somebody"
            ),
        ]
        indexes = [models.Index(fields=["call_list", "status", "last_try_at", "id"], name="call_of_list")]

"""Figures counted beforehand, so that a manager's page takes no longer for a million referrals than for a thousand."""

from typing import ClassVar

from django.db import models

from wraparound.audit.personal_data import Holds
from wraparound.organisations.models import Organisation, PathwayVersion, Scheme, Team

# What a row counts beside the kinds of `referrals.Referral.Kind`.
SIGNPOST, UNMET = "signpost", "unmet"


class CohortDay(models.Model):
    """How far the referrals have come that one organisation sent to one team on one day, on one pathway.

    Counts only, of no less than a day: a row tells nobody's story. Kept by the database from the referrals' own rows;
    nothing else writes it. `definitions.py` says what each number is.
    """

    holds: ClassVar = Holds.NOTHING

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    day = models.DateField()
    pathway_version = models.ForeignKey(PathwayVersion, models.PROTECT, related_name="+")
    entry = models.CharField(max_length=20)
    service = models.CharField(max_length=30)
    kind = models.CharField(max_length=10, help_text="A referral's kind, `signpost`, or `unmet` for an unmet need")
    from_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    to_team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    referred = models.IntegerField(default=0)
    urgent = models.IntegerField(default=0)
    answered = models.IntegerField(default=0)
    accepted = models.IntegerField(default=0)
    reached = models.IntegerField(default=0)
    attended = models.IntegerField(default=0)
    finished = models.IntegerField(default=0)
    left_unanswered = models.IntegerField(default=0)
    left_declined = models.IntegerField(default=0)
    left_unreached = models.IntegerField(default=0)
    left_unattended = models.IntegerField(default=0)
    left_withdrawn = models.IntegerField(default=0)
    left_sent_on = models.IntegerField(default=0)
    left_unfinished = models.IntegerField(default=0)
    days_to_answer = models.IntegerField(default=0, help_text="Sum over those answered, in whole days")
    days_to_contact = models.IntegerField(default=0, help_text="Sum over those reached, in whole days")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "day", "pathway_version", "entry", "service", "kind", "from_organisation", "to_team"],
                nulls_distinct=False,
                name="cohort_day_once",
            )
        ]
        indexes = [
            models.Index(fields=["to_team", "day"], name="cohort_of_team"),
            models.Index(fields=["from_organisation", "day"], name="cohort_of_sender"),
        ]


class Counted(models.Model):
    """How far the counting has come: one row. Events up to `to_event` are counted for good.

    A transaction may bring in an event with a lower number after others were seen. Those up to `seen_event` are for
    good once no transaction is left that began before `seen_before`.
    """

    holds: ClassVar = Holds.NOTHING

    counted_at = models.DateTimeField()
    to_event = models.BigIntegerField(default=0)
    seen_event = models.BigIntegerField(default=0)
    seen_before = models.BigIntegerField(default=0, help_text="PostgreSQL's number of the next transaction then")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="counted_has_one_row")]

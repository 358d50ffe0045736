"""Figures that only rows can tell, from the newest of them: never more than `MOST`, whatever has been sent."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from math import ceil

from django.db.models import (
    Aggregate,
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Sum,
)
from django.db.models.functions import Coalesce

from wraparound.events.models import Event
from wraparound.organisations.actor import Actor
from wraparound.pathways.calendar import LONDON
from wraparound.pathways.vocabulary import Service
from wraparound.referrals.models import Referral, UnmetNeed
from wraparound.referrals.states import DECLINES, DeclineReason
from wraparound.reporting.behind import CONDITIONS
from wraparound.reporting.filters import Filters, Whose, cohorts, whose
from wraparound.reporting.models import UNMET
from wraparound.reporting.telling import Told, told

MOST = 1_000
WINDOW = timedelta(days=90)


class NineInTen(Aggregate):
    """The smallest of the values that nine in ten do not pass."""

    function = "PERCENTILE_DISC"
    template = "%(function)s(0.9) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


@dataclass(frozen=True)
class Waits:
    """Days, rounded up, within which nine in ten had an answer and a first contact; None where nobody had."""

    to_answer: int | None
    to_contact: int | None


def waits(actor: Actor) -> Waits | None:
    """None for those who see nobody's rows."""
    if whose(actor) not in (Whose.TEAMS, Whose.PRACTICE):
        return None
    since = actor.now() - WINDOW
    reached_at = Coalesce("reached_at", "attended_at", "ended_at", "status_since")
    found = _newest(actor, Q(sent_at__gte=since)).aggregate(
        to_answer=NineInTen(
            ExpressionWrapper(Coalesce("accepted_at", reached_at) - F("sent_at"), DurationField()),
            filter=CONDITIONS["answered"],
        ),
        to_contact=NineInTen(
            ExpressionWrapper(reached_at - F("sent_at"), DurationField()), filter=CONDITIONS["reached"]
        ),
    )
    return Waits(_days(found["to_answer"]), _days(found["to_contact"]))


def why_not_taken(actor: Actor, filters: Filters) -> dict[str, int]:
    """How many of what was sent were declined for which reason, the commonest first."""
    if whose(actor) not in (Whose.TEAMS, Whose.PRACTICE):
        return {}
    rows = _newest(actor, _between(filters)).filter(CONDITIONS["left_declined"]).exclude(decline_reason="")
    found = rows.values_list("decline_reason").annotate(n=Count("pk")).order_by("-n", "decline_reason")
    return {DECLINES[DeclineReason(reason)].label: number for reason, number in found}


def not_chased(actor: Actor, filters: Filters) -> int:
    """How many were answered before any supervisor had to be told."""
    if whose(actor) not in (Whose.TEAMS, Whose.PRACTICE):
        return 0
    told_late = Event.objects.filter(referral=OuterRef("pk"), name="referral_escalate")
    return _newest(actor, _between(filters)).filter(CONDITIONS["answered"]).exclude(Exists(told_late)).count()


@dataclass(frozen=True)
class Unmet:
    """One service's unmet needs: recorded in the months asked for, and those of them without an ending."""

    service: Service
    recorded: Told
    still_open: Told


def unmet_needs(actor: Actor, filters: Filters) -> list[Unmet]:
    """By service, those with most first. For teams: what its organisation is asked to manage, at most the newest."""
    of = whose(actor)
    if of is None:
        return []
    if of is Whose.TEAMS:
        counts = _managed(actor, filters)
    else:
        asked = filters.for_reader(actor)
        counts = _counted(actor, Filters(asked.first, asked.last, practice=asked.practice, kind=UNMET))
    exactly = of is not Whose.SCHEME
    return [
        Unmet(Service(service), told(recorded, exactly=exactly), told(recorded - ended, exactly=exactly))
        for service, recorded, ended in sorted(counts, key=lambda row: (-row[1], row[0]))
    ]


def _counted(actor: Actor, filters: Filters) -> list[tuple[str, int, int]]:
    rows = cohorts(actor, filters).values("service").annotate(recorded=Sum("referred"), ended=Sum("finished"))
    return [(row["service"], row["recorded"], row["ended"]) for row in rows.order_by()]


def _managed(actor: Actor, filters: Filters) -> list[tuple[str, int, int]]:
    first, past = _moments(filters)
    mine = UnmetNeed.objects.filter(
        scheme_id=actor.scheme_id, managed_by_id=actor.organisation_id, recorded_at__gte=first, recorded_at__lt=past
    )
    rows = UnmetNeed.objects.visible_to(actor).filter(pk__in=mine.order_by("-recorded_at").values("pk")[:MOST])
    counts = rows.values_list("service").annotate(recorded=Count("pk"), ended=Count("ended_at")).order_by()
    return list(counts)


def _newest(actor: Actor, which: Q) -> QuerySet[Referral]:
    """The newest rows of the actor's own, by the index of what was sent to or by its organisation."""
    end = "to_organisation_id" if whose(actor) is Whose.TEAMS else "from_organisation_id"
    mine = Referral.objects.filter(which, scheme_id=actor.scheme_id, **{end: actor.organisation_id})
    keys = mine.order_by("-sent_at", "-id").values("pk")[:MOST]
    return Referral.objects.visible_to(actor).filter(pk__in=keys)


def _between(filters: Filters) -> Q:
    first, past = _moments(filters)
    return Q(sent_at__gte=first, sent_at__lt=past)


def _moments(filters: Filters) -> tuple[datetime, datetime]:
    past = filters.last + timedelta(days=1)
    return datetime.combine(filters.first, time(), LONDON), datetime.combine(past, time(), LONDON)


def _days(wait: timedelta | None) -> int | None:
    return None if wait is None else max(0, ceil(wait / timedelta(days=1)))

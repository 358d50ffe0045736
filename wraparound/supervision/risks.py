"""Why a file is looked at without a lot being drawn. Others add a signal here: a code, its words, and what finds it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from wraparound.advice.models import Competence, Matter, TimeLimit
from wraparound.advice.rules import BEFORE_A_JUDGE, IMMIGRATION
from wraparound.advice.states import Level, LimitStatus, MatterStatus
from wraparound.casework.models import Note
from wraparound.events.models import Event
from wraparound.organisations.actor import Actor
from wraparound.pathways.calendar import LONDON

FORTNIGHT, WEEK, MONTH = timedelta(days=14), timedelta(days=7), timedelta(days=31)
Find = Callable[[Actor, QuerySet[Matter]], Iterable[int]]


@dataclass(frozen=True)
class Signal:
    """`find` answers which of these matters (their ids) it is so of. A `standing` one says what a matter is, and brings
    it back only half a year after a review; others say what happened."""

    code: str
    words: str
    standing: bool
    find: Find


def _limit_missed(actor: Actor, matters: QuerySet[Matter]) -> Iterable[int]:
    lately = Q(ended_at__gte=actor.now() - FORTNIGHT)
    late = Q(status=LimitStatus.MET, last_day__lt=TruncDate("ended_at", tzinfo=LONDON))
    over = Q(ended_at=None, last_day__lt=actor.today())
    rows = TimeLimit.objects.visible_to(actor).filter(matter__in=matters)
    return rows.filter(over | (lately & (late | Q(status=LimitStatus.SET_ASIDE)))).values_list("matter_id", flat=True)


def _limit_quiet(actor: Actor, matters: QuerySet[Matter]) -> Iterable[int]:
    today = actor.today()
    notes = Note.objects.visible_to(actor).filter(case=OuterRef("case"), occurred_at__gte=actor.now() - FORTNIGHT)
    rows = TimeLimit.objects.visible_to(actor).filter(matter__in=matters, ended_at=None)
    near = rows.filter(last_day__range=(today, today + WEEK))
    return near.filter(~Exists(notes)).values_list("matter_id", flat=True)


def _before_a_judge(actor: Actor, matters: QuerySet[Matter]) -> Iterable[int]:
    there = Q(level=Level.REPRESENTATION) | Q(stage__in=BEFORE_A_JUDGE)
    return matters.filter(there, closed_at=None).values_list("pk", flat=True)


def _immigration(actor: Actor, matters: QuerySet[Matter]) -> Iterable[int]:
    return matters.filter(category=IMMIGRATION, closed_at=None).values_list("pk", flat=True)


def _supervised(actor: Actor, matters: QuerySet[Matter]) -> Iterable[int]:
    return matters.filter(worker__in=supervised(actor), closed_at=None).values_list("pk", flat=True)


def supervised(actor: Actor) -> set[int]:
    """The ids of users in training in the actor's organisation."""
    rows = Competence.objects.visible_to(actor).filter(ended_at=None, supervised=True)
    rows = rows.filter(Q(until=None) | Q(until__gte=actor.today()))
    return set(rows.values_list("user_id", flat=True))


def _closed_without_a_note(actor: Actor, matters: QuerySet[Matter]) -> Iterable[int]:
    notes = Note.objects.visible_to(actor).filter(case=OuterRef("case"), occurred_at__gte=OuterRef("opened_at"))
    closed = matters.filter(status=MatterStatus.CLOSED, closed_at__gte=actor.now() - MONTH)
    return closed.filter(~Exists(notes)).values_list("pk", flat=True)


def _reopened(actor: Actor, matters: QuerySet[Matter]) -> Iterable[int]:
    told = Event.objects.filter(
        scheme_id=actor.scheme_id,
        by_organisation_id=actor.organisation_id,
        name="matter_reopened",
        occurred_at__gte=actor.now() - MONTH,
    )
    again = [data["matter"] for data in told.values_list("data", flat=True)]
    return matters.filter(pk__in=again).values_list("pk", flat=True)


def _conflict_looked_at(actor: Actor, matters: QuerySet[Matter]) -> Iterable[int]:
    return matters.exclude(conflict_looked_at="").filter(closed_at=None).values_list("pk", flat=True)


SIGNALS: dict[str, Signal] = {
    each.code: each
    for each in (
        Signal("limit_missed", "A time limit was missed or set aside in the last fortnight", False, _limit_missed),
        Signal("limit_quiet", "A time limit is within a week, with no note for a fortnight", False, _limit_quiet),
        Signal("reopened", "It was closed and opened again", False, _reopened),
        Signal("closed_bare", "It was closed without a note of what was advised", False, _closed_without_a_note),
        Signal("before_a_judge", "Representation, or before a court or tribunal", True, _before_a_judge),
        Signal("immigration", "An immigration matter", True, _immigration),
        Signal("supervised", "Its adviser is in training", True, _supervised),
        Signal("conflict", "A possible conflict of interest was looked at and set aside", True, _conflict_looked_at),
    )
}


def words_of(codes: Iterable[str]) -> list[str]:
    """What each code says. One that is not known any more says nothing."""
    return [SIGNALS[code].words for code in codes if code in SIGNALS]

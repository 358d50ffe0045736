"""Time, without a stopwatch: what a worker did on a day, with how long it mostly takes, to be confirmed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import QuerySet, Sum

from wraparound.advice.models import Matter
from wraparound.casework.models import Case
from wraparound.events.action import Refused, action
from wraparound.events.models import Event
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.outcomes.models import LEAST_MINUTES, MOST_MINUTES, TimeSpent
from wraparound.outcomes.spending import THINGS, Doing, Done, Thing, gathered
from wraparound.pathways.calendar import LONDON
from wraparound.social_prescribing.holding import not_twice

# Further back nobody remembers.
BACK = timedelta(days=14)
MOST_THINGS = 200
LONGEST_WHAT = 200
CHANGES = ("minutes", "doing", "on", "recorded_at")


@dataclass(frozen=True)
class Piece:
    """One piece of a day's work: its event, how often it was done, whose case, and what was confirmed of it."""

    event: Event
    thing: Thing
    times: int
    case: Case
    spent: TimeSpent | None


@dataclass(frozen=True, kw_only=True)
class Spent:
    """How long something took. `event` is what it was; without one, `what` says it."""

    minutes: int
    doing: Doing
    event: Event | None = None
    what: str = ""


@action
def confirm_time(*, by: Actor, on: date, spent: Sequence[Spent]) -> list[TimeSpent]:
    """Keep how long these things of one day took. Of one that was confirmed before, the new length stands.

    Refused `wrong_day`, `wrong_minutes` and `no_words`; `already_saved` for nothing at all. Event.DoesNotExist for what
    others did, or on work that the actor cannot see.
    """
    by.require(Capability.GIVE_ADVICE)
    if not by.today() - BACK <= on <= by.today():
        raise Refused("wrong_day", f"Choose a day of the last {BACK.days}.", "on")
    if not spent:
        raise Refused("already_saved", "Nothing was chosen.")
    there = {each.event.pk: each for each in pieces_of(by, on)}
    rows = [_row(each, there, on, by) for each in spent]
    for each in rows:
        if each.event_id is None:
            not_twice(_own(by).filter(on=on, event=None, what=each.what, minutes=each.minutes), by.now(), "recorded_at")
    new = [each for each in rows if each.pk is None]
    _say_matters([each for each in new if each.event_id], there, by)
    TimeSpent.objects.bulk_create(new)
    TimeSpent.objects.bulk_update([each for each in rows if each not in new], CHANGES)
    record("time_confirmed", by=by, data={"on": on.isoformat(), "things": len(rows)})
    return rows


def pieces_of(actor: Actor, on: date) -> list[Piece]:
    """What the actor did on advice work on a day, in order. Two questions of rows, and one of what was confirmed."""
    begins = datetime.combine(on, time(), LONDON)
    ends = datetime.combine(on + timedelta(days=1), time(), LONDON)
    rows = Event.objects.filter(
        scheme_id=actor.scheme_id, by_user_id=actor.user(), by_organisation_id=actor.organisation_id,
        organisation_ids__contains=[actor.organisation_id], name__in=[*THINGS],
        occurred_at__gte=begins, occurred_at__lt=ends, referral__isnull=False,
    )  # fmt: skip
    events = {each.pk: each for each in rows.order_by("occurred_at", "pk")[:MOST_THINGS]}
    cases = Case.objects.visible_to(actor).filter(referral__in={each.referral_id for each in events.values()})
    of: dict[int | None, Case] = {
        each.referral_id: each for each in cases.select_related("person", "journey", "referral")
    }
    done = [Done(each.name, each.pk, of[each.referral_id].pk) for each in events.values() if each.referral_id in of]
    kept = {each.event_id: each for each in _own(actor).filter(event__in=events).select_related("matter")}
    return [
        Piece(event := events[each.event_id], THINGS[each.name], times, of[event.referral_id], kept.get(event.pk))
        for each, times in gathered(done)
    ]


def others_of(actor: Actor, on: date) -> list[TimeSpent]:
    """What the actor wrote down of a day beside what the record has."""
    return list(_own(actor).filter(on=on, event=None).order_by("pk"))


def last_thing(actor: Actor, case: Case) -> Event | None:
    """The last piece of work that the actor did on a case: of the form that was sent with how long it took."""
    rows = Event.objects.filter(
        scheme_id=actor.scheme_id, referral_id=case.referral_id, by_user_id=actor.user(), name__in=[*THINGS],
        organisation_ids__contains=[actor.organisation_id],
    )  # fmt: skip
    return rows.order_by("-pk").first()


def minutes_on(actor: Actor, matter: Matter) -> int:
    """Minutes that were confirmed on a matter, by everybody there."""
    return _total(TimeSpent.objects.visible_to(actor).filter(matter=matter))


def minutes_on_case(actor: Actor, case: Case) -> int:
    return _total(TimeSpent.objects.visible_to(actor).filter(case=case))


def week_of(actor: Actor, on: date) -> list[tuple[Doing, int]]:
    """The actor's own minutes of the week of a day, from Monday, by what kind of work it was."""
    return _by_doing(_own(actor).filter(on__range=_week(on)))


def team_week(actor: Actor, on: date) -> list[tuple[Doing, int]]:
    """The organisation's minutes of a week, for those who supervise; of nobody by name."""
    actor.require(Capability.SUPERVISE)
    return _by_doing(TimeSpent.objects.visible_to(actor).filter(on__range=_week(on)))


def team_matters(actor: Actor, on: date) -> list[tuple[str, int]]:
    """The same week by category of matter, the most first."""
    actor.require(Capability.SUPERVISE)
    rows = TimeSpent.objects.visible_to(actor).filter(on__range=_week(on), matter__isnull=False)
    summed = rows.values_list("matter__category").annotate(Sum("minutes"))
    return sorted(summed, key=lambda each: (-each[1], each[0]))


def _row(said: Spent, there: dict[int, Piece], on: date, by: Actor) -> TimeSpent:
    if not LEAST_MINUTES <= said.minutes <= MOST_MINUTES:
        raise Refused("wrong_minutes", f"Write minutes from {LEAST_MINUTES} to {MOST_MINUTES}.", "minutes")
    if said.event is None:
        if not said.what.strip():
            raise Refused("no_words", "Write what it was.", "what")
        row = TimeSpent(worker_id=by.user(), what=" ".join(said.what.split())[:LONGEST_WHAT])
    else:
        if said.event.pk not in there:
            raise Event.DoesNotExist
        piece = there[said.event.pk]
        row = piece.spent or TimeSpent(
            worker_id=by.user(), event=said.event, case=piece.case, person_id=piece.case.person_id
        )
    row.scheme_id, row.organisation_id = by.scheme_id, by.organisation_id
    row.minutes, row.doing, row.on, row.recorded_at = said.minutes, said.doing.value, on, by.now()
    return row


def _say_matters(rows: Sequence[TimeSpent], there: dict[int, Piece], by: Actor) -> None:
    """The matter that each row's event names; or the only one of its case."""
    if not rows:
        return
    found: dict[int | None, dict[int, Matter]] = {}
    for matter in Matter.objects.visible_to(by).filter(case__in={each.case_id for each in rows}):
        found.setdefault(matter.case_id, {})[matter.pk] = matter
    for row in rows:
        of_case = found.get(row.case_id, {})
        named = there[row.event_id].event.data.get("matter") if row.event_id else None
        row.matter = of_case.get(named) if named else next(iter(of_case.values())) if len(of_case) == 1 else None


def _own(actor: Actor) -> QuerySet[TimeSpent]:
    return TimeSpent.objects.visible_to(actor).filter(worker_id=actor.user())


def _total(rows: QuerySet[TimeSpent]) -> int:
    return rows.aggregate(Sum("minutes"))["minutes__sum"] or 0


def _by_doing(rows: QuerySet[TimeSpent]) -> list[tuple[Doing, int]]:
    summed = dict(rows.values_list("doing").annotate(Sum("minutes")))
    return [(each, summed[each.value]) for each in Doing if each.value in summed]


def _week(on: date) -> tuple[date, date]:
    monday = on - timedelta(days=on.weekday())
    return monday, monday + timedelta(days=6)

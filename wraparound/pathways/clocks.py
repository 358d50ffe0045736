"""The deadlines of one service at each level of urgency, and how levels combine.

A referral may be normal, urgent and same-day at once. Each level gives its own deadlines and the earliest holds, so
that urgency can never make anything due later, however a scheme sets its intervals.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from wraparound.pathways.calendar import Calendar
from wraparound.pathways.definition import Duration, Pathway
from wraparound.pathways.vocabulary import Service, Status, UrgentFlag

ANSWERS = frozenset({Status.DECLINED, Status.LOST_CONTACT, Status.NOT_ANSWERED})


@dataclass(frozen=True, slots=True)
class Level:
    """The intervals that hold at one level of urgency; `same_day` ones run by the clock while services are open."""

    answer: Duration
    contact: Duration
    try_again: Duration
    review: Duration
    acknowledge: Duration
    catch_up: Duration
    supervisor: Duration
    give_back: Duration
    wait: Duration
    same_day: bool = False


@dataclass(frozen=True, slots=True)
class Deadlines:
    """`due`: the one whose turn it is; `supervisor`: the supervisor after that; `end`: the silence is ended."""

    due: datetime
    supervisor: datetime
    end: datetime


@lru_cache(maxsize=4096)
def levels(
    pathway: Pathway, service: Service, flags: frozenset[UrgentFlag], joined: tuple[Service, ...] = ()
) -> tuple[Level, ...]:
    """The levels that hold, normal first; LookupError for a service that the pathway does not have.

    The fast track runs only at the services that the pathway's `urgent` sends to; the others keep their pace.
    One worker who answers for the `joined` services too keeps the shortest interval that any of them promises.
    """
    timeouts, urgent, same_day = pathway.timeouts, pathway.urgent, pathway.same_day
    each = [pathway.terms(one) for one in (service, *joined)]
    found = [
        Level(
            min(terms.answer for terms in each), min(terms.first_contact for terms in each),
            min(terms.try_again for terms in each), min(terms.review for terms in each),
            timeouts.acknowledge, timeouts.catch_up, timeouts.supervisor, timeouts.give_back,
            min(terms.longest_wait for terms in each),
        )
    ]  # fmt: skip
    if not urgent.when.isdisjoint(flags) and any(terms.service in urgent.to for terms in each):
        quick = Level(
            urgent.answer, urgent.contact, urgent.try_again, urgent.review,
            urgent.acknowledge, timeouts.catch_up, urgent.supervisor, urgent.give_back, urgent.contact,
        )  # fmt: skip
        found.append(quick)
        if not same_day.when.isdisjoint(flags):
            soon = same_day.help
            found.append(Level(soon, soon, soon, urgent.review, urgent.acknowledge, soon, soon, soon, soon, True))
    return tuple(found)


def most_tries(pathway: Pathway, service: Service, joined: tuple[Service, ...] = ()) -> int:
    """How often the person is tried before contact counts as lost: as often as any of the services promises."""
    return max(pathway.terms(one).attempts for one in (service, *joined))


def earliest(found: tuple[Level, ...], interval: str, start: datetime, calendar: Calendar) -> datetime:
    """The earliest moment at which any level's interval, counted from `start`, ends."""
    return min(calendar.add(start, getattr(level, interval)) for level in found)


def promised(found: tuple[Level, ...], interval: str, sent: datetime, moved: datetime, calendar: Calendar) -> Deadlines:
    """Deadlines for a promise counted from sending. One already past when somebody acted is due a catch-up later."""
    each = []
    for level in found:
        due = calendar.add(sent, getattr(level, interval))
        each.append(_after(level, due if due > moved else calendar.add(moved, level.catch_up), calendar))
    return _first(each)


def counted(found: tuple[Level, ...], interval: str, start: datetime, calendar: Calendar) -> Deadlines:
    """Deadlines counted from `start`, which are given back when they pass."""
    return _first([_after(level, calendar.add(start, getattr(level, interval)), calendar) for level in found])


def deciding(found: tuple[Level, ...], start: datetime, calendar: Calendar) -> Deadlines:
    """Deadlines of what is the supervisor's own from `start` on, which is given back when they pass."""
    each = []
    for level in found:
        if level.same_day:
            due = calendar.open_from(start) + timedelta(hours=level.supervisor.number)
            end = calendar.open_from(due) + timedelta(hours=level.give_back.number)
        else:
            due = calendar.add(start, min(level.supervisor, level.try_again))
            end = calendar.add(due, level.give_back)
        each.append(Deadlines(due, due, end))
    return _first(each)


def closing(found: tuple[Level, ...], interval: str, start: datetime, close: Duration, calendar: Calendar) -> Deadlines:
    """Deadlines counted from `start`, which close when they pass.

    The end is the normal level's: urgency brings help sooner, never the end.
    """
    soon = counted(found, interval, start, calendar)
    normal = counted(found[:1], interval, start, calendar)
    return Deadlines(soon.due, soon.supervisor, calendar.add(normal.supervisor, close))


def _after(level: Level, due: datetime, calendar: Calendar) -> Deadlines:
    """The supervisor's time and the end that follow a due time. Same-day ones wait for somebody to be there."""
    if level.same_day:
        supervisor = calendar.open_from(due) + timedelta(hours=level.supervisor.number)
        end = calendar.open_from(supervisor) + timedelta(hours=level.give_back.number)
    else:
        supervisor = calendar.add(due, level.supervisor)
        end = calendar.add(supervisor, level.give_back)
    return Deadlines(due, supervisor, end)


def _first(each: list[Deadlines]) -> Deadlines:
    """The earliest of each. The order of the three is kept, since every one of them keeps it."""
    return Deadlines(min(one.due for one in each), min(one.supervisor for one in each), min(one.end for one in each))


def longest_silence(pathway: Pathway) -> int:
    """The bound: a referral on which nobody acts again is closed within this many working days, whatever its status.

    A pause runs to the day that was agreed, and the bound counts from there.
    """
    timeouts = pathway.timeouts
    tail = timeouts.supervisor.number + timeouts.close.number
    longest = 0
    for terms in pathway.services:
        asked = timeouts.acknowledge.number + max(terms.answer, timeouts.catch_up).number
        due = max(terms.first_contact, terms.try_again, terms.longest_wait, timeouts.catch_up).number
        due = max(due, terms.answer.number, asked)
        given_back = due + timeouts.supervisor.number + timeouts.give_back.number
        longest = max(longest, given_back + timeouts.acknowledge.number + tail, terms.review.number + tail)
    return longest

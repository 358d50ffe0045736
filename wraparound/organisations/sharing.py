"""Sharing people out among workers: a pure decision from how each works and what each has. Nobody is asked to guess.

A worker's share is their weight times their weekly minutes. The next person goes to whoever is furthest below that
share, so that over many the numbers follow the shares as nearly as whole people can (the method of Sainte-Laguë).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any

from wraparound.pathways.calendar import local

WEEK = 7


class Bar(StrEnum):
    """Why somebody is given nobody now."""

    NOT_TAKING_NEW = "not_taking_new"
    NO_HOURS = "no_hours"
    AWAY = "away"
    FULL = "full"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One worker as sharing out sees them.

    `weight` is in per cent of a full share, `minutes` are those worked on each weekday, Monday first, and `away_until`
    is the last day of an absence that has begun, or begins before they would next work.
    """

    user_id: int
    weight: int
    minutes: Sequence[int]
    open: int
    places: int
    away_until: date | None = None
    takes_new: bool = True
    last_given_at: datetime | None = None

    @property
    def share(self) -> int:
        """Weight times minutes a week: only its proportion to others' means anything."""
        return self.weight * sum(self.minutes)

    @property
    def free(self) -> int:
        return max(0, self.places - self.open)

    def bar(self, today: date) -> Bar | None:
        """What stands against giving them somebody, or None."""
        if not self.takes_new:
            return Bar.NOT_TAKING_NEW
        if not self.share:
            return Bar.NO_HOURS
        if self.away_until and self.away_until >= today:
            return Bar.AWAY
        return None if self.free else Bar.FULL

    def load(self) -> Fraction:
        """How far they would be into their share with one more: the lowest is given the next person."""
        return Fraction(2 * self.open + 1, self.share)


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is given the next person, and the day on which they next work."""

    user_id: int
    works_on: date


def next_worked(minutes: Sequence[int], day: date) -> date | None:
    """The first day from `day` on, that day included, on which anything is worked; None when no weekday is."""
    week = (day + timedelta(days=ahead) for ahead in range(WEEK))
    return next((each for each in week if minutes[each.weekday()]), None)


def away_until(minutes: Sequence[int], absences: Iterable[tuple[date, date]], today: date) -> date | None:
    """The last day of the absence in which they would next work, or None. Each absence is its first and last day.

    One that begins after the weekend counts on Saturday already, and one that follows on another prolongs it.
    """
    until, day = None, next_worked(minutes, today) or today
    for starts, ends in sorted(absences):
        if starts <= day <= ends:
            until, day = ends, next_worked(minutes, ends + timedelta(days=1)) or ends + timedelta(days=1)
    return until


def choose(candidates: Iterable[Candidate], now: datetime) -> Choice | None:
    """The lightest load for their share; of equals, who works soonest, then who was given one longest ago.

    Nobody who is away, full, without hours or taking nobody new; None when that leaves nobody. The order in which
    candidates come makes no difference.
    """
    today = local(now).date()
    fit = [each for each in candidates if each.bar(today) is None]
    if not fit:
        return None
    first = min(fit, key=lambda each: _order(each, today))
    return Choice(first.user_id, _works_on(first, today))


def _order(candidate: Candidate, today: date) -> tuple[Any, ...]:
    given = candidate.last_given_at
    never_first = (given is not None, given.timestamp() if given else 0.0)
    return candidate.load(), _works_on(candidate, today), never_first, candidate.user_id


def _works_on(candidate: Candidate, today: date) -> date:
    day = next_worked(candidate.minutes, today)
    assert day is not None, "Somebody with hours works on some day of the week."
    return day


def deal(number: int, candidates: Iterable[Candidate], now: datetime) -> list[int | None]:
    """To whom each of `number` people goes, one after another by `choose`; None once nobody has room."""
    hands = {each.user_id: each for each in candidates}
    dealt: list[int | None] = []
    for _ in range(number):
        chosen = choose(hands.values(), now)
        dealt.append(chosen.user_id if chosen else None)
        if chosen:
            hand = hands[chosen.user_id]
            hands[chosen.user_id] = replace(hand, open=hand.open + 1, last_given_at=now)
    return dealt

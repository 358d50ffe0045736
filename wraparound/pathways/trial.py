"""Tries a pathway on past referrals, so that a scheme sees what a new version would have changed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from wraparound.pathways.calendar import Calendar
from wraparound.pathways.conditions import Facts
from wraparound.pathways.definition import Pathway
from wraparound.pathways.routing import AT_ONCE, NoSuchEntry, plan
from wraparound.pathways.vocabulary import Model, Service


@dataclass(frozen=True, slots=True)
class Past:
    """What a past referral came in with and when; `count` referrals that were alike."""

    facts: Facts
    at: datetime
    count: int = 1


@dataclass(frozen=True, slots=True)
class Reach:
    """How many referrals one pathway brings to one service. `urgent` ones are among those `at_once`.

    `days` is the median of working days from sending to the expected first contact; None when nobody is referred.
    """

    at_once: int
    later: int
    urgent: int
    signposted: int
    days: float | None


@dataclass(frozen=True, slots=True)
class ServiceTrial:
    """One service under both pathways; `before` is None when there is nothing to compare with."""

    service: Service
    before: Reach | None
    after: Reach


@dataclass(frozen=True, slots=True)
class Trial:
    """What a pathway would have done with past referrals.

    `elsewhere` counts those that would be sent to, handed over to or told of other services than before; it is None
    without a pathway before. Those whose entry one of the pathways does not take are `refused` and not compared.
    """

    referrals: int
    elsewhere: int | None
    refused_before: int | None
    refused_after: int
    services: tuple[ServiceTrial, ...]


@dataclass(frozen=True, slots=True)
class _Way:
    """Where one referral goes: the working days to first contact at each service, and how it is reached."""

    at_once: frozenset[Service]
    later: frozenset[Service]
    told: frozenset[Service]
    urgent: frozenset[Service]
    days: tuple[tuple[Service, int], ...]
    by_the_clock: bool

    def goes_where(self, other: "_Way") -> bool:
        return (self.at_once, self.later, self.told) == (other.at_once, other.later, other.told)


class _Tally:
    """What one pathway does with the referrals so far."""

    def __init__(self, pathway: Pathway, calendar: Calendar, model: Model) -> None:
        self._pathway, self._calendar, self._model = pathway, calendar, model
        self._ways: dict[Facts, _Way | None] = {}
        self.refused = 0
        self._counts = {kind: Counter[Service]() for kind in ("at_once", "later", "urgent", "told")}
        self._days = {service: Counter[int]() for service in Service}

    def take(self, past: Past) -> _Way | None:
        """Count one referral; None when its entry is refused."""
        way = self._way(past)
        if way is None:
            self.refused += past.count
            return None
        for kind, counter in self._counts.items():
            for service in getattr(way, kind):
                counter[service] += past.count
        for service, days in way.days:
            self._days[service][days] += past.count
        return way

    def _way(self, past: Past) -> _Way | None:
        """The way of these facts. Working days are the same whenever it was sent; only hours are not."""
        if past.facts in self._ways:
            return self._ways[past.facts]
        way = self._planned(past)
        if way is None or not way.by_the_clock:
            self._ways[past.facts] = way
        return way

    def _planned(self, past: Past) -> _Way | None:
        try:
            planned = plan(self._pathway, past.facts, self._calendar, past.at, self._model)
        except NoSuchEntry:
            return None
        at_once = [step for step in planned.steps if step.starts == AT_ONCE]
        return _Way(
            at_once=frozenset(service for step in at_once for service in step.services),
            later=frozenset(step.service for step in planned.steps if step.starts != AT_ONCE),
            told=frozenset(signpost.service for signpost in planned.signposts),
            urgent=frozenset(service for step in at_once if step.urgent for service in step.services),
            days=tuple(
                (service, self._calendar.working_days_between(past.at, step.first_contact_due))
                for step in planned.steps
                for service in step.services
            ),
            by_the_clock=any(step.same_day for step in at_once),
        )

    def reach(self, service: Service) -> Reach:
        """What was counted for one service."""
        at_once, later, urgent, told = (counter[service] for counter in self._counts.values())
        return Reach(at_once, later, urgent, told, _median(self._days[service]))


def try_on(
    before: Pathway | None, after: Pathway, referrals: Sequence[Past],
    calendar_before: Calendar, calendar_after: Calendar, model: Model = Model.CO_LOCATED,
) -> Trial:  # fmt: skip
    """What `after` would have done with these referrals, next to what `before` did, in a scheme of this model."""
    new = _Tally(after, calendar_after, model)
    old = _Tally(before, calendar_before, model) if before is not None else None
    elsewhere = 0
    for past in referrals:
        goes, went = new.take(past), old.take(past) if old else None
        if goes is not None and went is not None and not goes.goes_where(went):
            elsewhere += past.count
    declared = {terms.service for pathway in (before, after) if pathway for terms in pathway.services}
    return Trial(
        referrals=sum(past.count for past in referrals),
        elsewhere=elsewhere if old else None,
        refused_before=old.refused if old else None,
        refused_after=new.refused,
        services=tuple(
            ServiceTrial(service, old.reach(service) if old else None, new.reach(service))
            for service in Service
            if service in declared
        ),
    )


def _median(days: Counter[int]) -> float | None:
    """The middle one of all, or half-way between the two middle ones."""
    total = days.total()
    if not total:
        return None
    passed = 0
    middle: list[int] = []
    for value in sorted(days):
        passed += days[value]
        if not middle and 2 * passed >= total:
            middle.append(value)
        if 2 * passed > total:
            middle.append(value)
            break
    return (middle[0] + middle[-1]) / 2

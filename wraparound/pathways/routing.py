"""Where a referral goes: which services it reaches, in what order, by when and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from wraparound.pathways import clocks, words
from wraparound.pathways.calendar import Calendar
from wraparound.pathways.conditions import Facts, holds, meaning
from wraparound.pathways.definition import Handover, Pathway
from wraparound.pathways.vocabulary import Entry, Service, Turn, UrgentFlag

AT_ONCE: Literal["at_once"] = "at_once"


class NoSuchEntry(LookupError):
    """The pathway takes no referrals from this entry. The message may be shown."""


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One service that the referral reaches.

    `starts` is "at_once", or the service that hands over to this one; then `first_contact_due` is when contact is
    expected, counted from the latest dates promised before it. `told` are the services that learn of this step;
    each of them has a step of its own in the plan.
    """

    service: Service
    starts: Service | Literal["at_once"]
    turn: Turn
    first_contact_due: datetime
    urgent: bool
    same_day: bool
    told: tuple[Service, ...]
    because: str

    def sentence(self, team: str = "") -> str:
        """What the clinician may tell the person. `team` names the receiving team, when it is known."""
        worker = f"the {words.WORKERS[self.service]} at {team}" if team else words.ONE_WORKER[self.service]
        due = words.by(self.first_contact_due)
        if isinstance(self.starts, Service):
            giver = words.WORKERS[self.starts]
            return words.sentence(f"then the {giver} hands over to {worker}, who is expected to contact them by {due}")
        if self.same_day:
            return words.sentence(f"same day: {worker} is to contact them by {due}")
        if self.urgent:
            return words.sentence(f"urgent: {worker} will contact them by {due}")
        return words.sentence(f"{worker} will contact them by {due}")


@dataclass(frozen=True, slots=True)
class Plan:
    """Where a referral goes. `steps` are in order of time; `closed_until` is set when services are closed now."""

    steps: tuple[PlannedStep, ...]
    same_day_flags: tuple[UrgentFlag, ...]
    do_now: tuple[str, ...]
    closed_until: datetime | None

    def sentences(self, teams: Mapping[Service, str] | None = None) -> tuple[str, ...]:
        """What the referrer reads: what to do now, then each step. `teams` names the receiving teams."""
        named = teams or {}
        said = list(self.do_now)
        if self.same_day_flags and self.closed_until is not None:
            said.append(f"Services are closed until {words.by(self.closed_until)}: do not leave this to the referral.")
        said.extend(step.sentence(named.get(step.service, "")) for step in self.steps)
        return tuple(said)


def plan(pathway: Pathway, facts: Facts, calendar: Calendar, now: datetime) -> Plan:
    """Where a referral with these facts goes, and by when.

    An urgent flag adds the fast-track services and speeds them; it never removes or delays a service that the same
    referral would reach without it. NoSuchEntry when the pathway does not take referrals from this entry.
    """
    routed = _routed(pathway, facts)
    urgent = not pathway.urgent.when.isdisjoint(facts.urgent_flags)
    first = {service: because for service, because in routed}
    if urgent:
        raised = f"Urgent: {words.flags(facts.urgent_flags & pathway.urgent.when)}."
        first = {service: raised for service in pathway.urgent.to} | {
            service: because for service, because in routed if service not in pathway.urgent.to
        }
    later = [
        each
        for each in pathway.handover
        if each.from_service in first and each.to_service not in first and holds(each.expected, facts)
    ]
    reached = (*first, *dict.fromkeys(each.to_service for each in later))
    steps = [_first_step(pathway, facts, calendar, now, service, first[service], reached) for service in first]
    for service in reached[len(first) :]:
        handover = next(each for each in later if each.to_service is service)
        steps.append(_later_step(pathway, handover, calendar, steps, reached))
    same_day = pathway.same_day.when & facts.urgent_flags
    opens = calendar.open_from(now)
    return Plan(
        steps=tuple(steps),
        same_day_flags=tuple(flag for flag in UrgentFlag if flag in same_day),
        do_now=tuple(said for flag, said in pathway.same_day.do_now if flag in same_day),
        closed_until=opens if opens > now.astimezone(UTC) else None,
    )


def _routed(pathway: Pathway, facts: Facts) -> list[tuple[Service, str]]:
    """The services that the entry's route reaches, each with why."""
    route = pathway.route(facts.entry)
    if route is None:
        raise NoSuchEntry(f"“{pathway.title}” takes no referrals from this entry: {facts.entry}.")
    said = _SAID[facts.entry]
    found = [(service, f"{said} reaches {service.label.lower()} first.") for service in route.to]
    for also in route.also:
        if holds(also.when, facts) and all(service is not also.service for service, _ in found):
            found.append((also.service, meaning(also.when)))
    return found or [(service, f"{said} reaches {service.label.lower()}.") for service in route.otherwise]


_SAID = {
    Entry.CLINICIAN: "Every referral from a clinician",
    Entry.RECEPTION: "A referral from reception",
    Entry.SELF: "A person's own request",
    Entry.WORKER: "A worker's referral",
}


def _first_step(
    pathway: Pathway, facts: Facts, calendar: Calendar, now: datetime,
    service: Service, because: str, reached: tuple[Service, ...],
) -> PlannedStep:  # fmt: skip
    """A step that starts at once."""
    levels = clocks.levels(pathway, service, facts.urgent_flags)
    return PlannedStep(
        service=service,
        starts=AT_ONCE,
        turn=Turn.RECEIVING_TEAM,
        first_contact_due=clocks.earliest(levels, "contact", now, calendar),
        urgent=len(levels) > 1,
        same_day=levels[-1].same_day,
        told=tuple(other for other in reached if other is not service),
        because=because,
    )


def _later_step(
    pathway: Pathway, handover: Handover, calendar: Calendar, steps: list[PlannedStep], reached: tuple[Service, ...]
) -> PlannedStep:
    """A step that another service's worker hands over to, once the hand-over's moment has come."""
    before = next(step for step in steps if step.service is handover.from_service)
    handed_over = calendar.add(before.first_contact_due, handover.within)
    terms = pathway.terms(handover.to_service)
    return PlannedStep(
        service=handover.to_service,
        starts=handover.from_service,
        turn=Turn.OTHER_TEAM,
        first_contact_due=calendar.add(handed_over, terms.first_contact),
        urgent=False,
        same_day=False,
        told=tuple(other for other in reached if other is not handover.to_service),
        because=meaning(handover.expected),
    )


def first_contact_due(
    pathway: Pathway, service: Service, urgent_flags: frozenset[UrgentFlag], calendar: Calendar, sent_at: datetime
) -> datetime:
    """When a referral sent to this service is due its first contact; for hand-overs, which are not planned anew."""
    return clocks.earliest(clocks.levels(pathway, service, urgent_flags), "contact", sent_at, calendar)

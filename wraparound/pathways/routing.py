"""Where a referral goes: which services it reaches, in what order, by when and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from wraparound.pathways import clocks, words
from wraparound.pathways.calendar import Calendar
from wraparound.pathways.conditions import Facts, holds, meaning
from wraparound.pathways.definition import Handover, Pathway, Route
from wraparound.pathways.vocabulary import Entry, HandoverAt, Model, Service, Turn, UrgentFlag

AT_ONCE: Literal["at_once"] = "at_once"


class NoSuchEntry(LookupError):
    """The pathway takes no referrals from this entry. The message may be shown."""


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One service that the referral reaches.

    `starts` is "at_once", or the service that hands over to this one; then `first_contact_due` is when contact is
    expected, counted from the latest dates promised before it, and `warm` says whether the two workers speak. `told`
    are the services that learn of this step; each of them has a step of its own in the plan. `hybrid`: one worker
    answers for both services, here for those `joined` too. `session`: the referrer is asked to book one now.
    """

    service: Service
    starts: Service | Literal["at_once"]
    turn: Turn
    first_contact_due: datetime
    urgent: bool
    same_day: bool
    told: tuple[Service, ...]
    because: str
    joined: tuple[Service, ...] = ()
    session: bool = False
    warm: bool = True
    hybrid: bool = False

    @property
    def services(self) -> tuple[Service, ...]:
        """The service and those joined to it."""
        return (self.service, *self.joined)

    def sentence(self, team: str = "") -> str:
        """What the clinician may tell the person. `team` names the receiving team, when it is known."""
        worker = self._worker(team)
        due = words.by(self.first_contact_due)
        if isinstance(self.starts, Service):
            return self._later(worker, due)
        if self.same_day:
            return words.sentence(f"same day: {worker} is to contact them by {due}")
        urgent = "urgent: " if self.urgent else ""
        if self.session:
            return words.sentence(
                f"{urgent}a session with {worker} is to be booked; without one, they are contacted by {due}"
            )
        return words.sentence(f"{urgent}{worker} will contact them by {due}")

    def _later(self, worker: str, due: str) -> str:
        """A step that another worker hands over to, or refers on to."""
        assert isinstance(self.starts, Service)
        giver = words.WORKERS[self.starts]
        if self.warm:
            return words.sentence(f"then the {giver} hands over to {worker}, who is expected to contact them by {due}")
        return words.sentence(
            f"then the {giver} refers them on to {worker}: {self.service.label.lower()} has its own waiting time, and "
            f"contact is expected by {due}"
        )

    def _worker(self, team: str) -> str:
        if self.hybrid:
            return f"the {words.HYBRID} at {team}" if team else f"a {words.HYBRID}"
        return f"the {words.WORKERS[self.service]} at {team}" if team else words.ONE_WORKER[self.service]


@dataclass(frozen=True, slots=True)
class PlannedSignpost:
    """A service that the person is told of, and not referred to."""

    service: Service
    because: str

    def sentence(self, team: str = "") -> str:
        """What the clinician may tell the person. `team` names the team to go to, when it is known."""
        where = f" at {team}" if team else ""
        return f"They are told about {self.service.label.lower()}{where} and get in touch themselves: nothing is sent."


@dataclass(frozen=True, slots=True)
class Plan:
    """Where a referral goes. `steps` are in order of time; `closed_until` is set when services are closed now.

    Where everything is only told about, `signposts` holds it and there are no steps; one of the two is never empty.
    """

    steps: tuple[PlannedStep, ...]
    same_day_flags: tuple[UrgentFlag, ...]
    do_now: tuple[str, ...]
    closed_until: datetime | None
    signposts: tuple[PlannedSignpost, ...] = ()

    def sentences(self, teams: Mapping[Service, str] | None = None) -> tuple[str, ...]:
        """What the referrer reads: what to do now, each step, each signpost. `teams` names the receiving teams."""
        named = teams or {}
        said = list(self.do_now)
        if self.same_day_flags and self.closed_until is not None:
            said.append(f"Services are closed until {words.by(self.closed_until)}: do not leave this to the referral.")
        said.extend(step.sentence(named.get(step.service, "")) for step in self.steps)
        said.extend(each.sentence(named.get(each.service, "")) for each in self.signposts)
        return tuple(said)


def plan(pathway: Pathway, facts: Facts, calendar: Calendar, now: datetime, model: Model = Model.CO_LOCATED) -> Plan:
    """Where a referral with these facts goes, and by when, in a scheme of this model.

    An urgent flag adds the fast-track services and speeds them; it never removes or delays a service that the same
    referral would reach without it. NoSuchEntry when the pathway does not take referrals from this entry.
    """
    route = pathway.route(facts.entry)
    if route is None:
        raise NoSuchEntry(f"“{pathway.title}” takes no referrals from this entry: {facts.entry}.")
    first = _first(pathway, facts, route)
    later = _later(pathway, facts, first)
    if model is Model.SINGLE and first:
        steps = [_joined_step(pathway, facts, calendar, now, first, later, route.session)]
    else:
        steps = _steps(pathway, facts, calendar, now, first, later, model, route.session)
    same_day = pathway.same_day.when & facts.urgent_flags
    opens = calendar.open_from(now)
    return Plan(
        steps=tuple(steps),
        same_day_flags=tuple(flag for flag in UrgentFlag if flag in same_day) if same_day else (),
        do_now=tuple(said for flag, said in pathway.same_day.do_now if flag in same_day) if same_day else (),
        closed_until=opens if opens > now.astimezone(UTC) else None,
        # Where one service does both, whoever reaches it is not also told to go there.
        signposts=() if model is Model.SINGLE and first else _signposts(facts, route, {*first, *later}),
    )


def _first(pathway: Pathway, facts: Facts, route: Route) -> dict[Service, str]:
    """The services that are reached at once, each with why: the fast track's before the route's."""
    first: dict[Service, str] = {}
    if facts.urgent_flags and not pathway.urgent.when.isdisjoint(facts.urgent_flags):
        raised = f"Urgent: {words.flags(facts.urgent_flags & pathway.urgent.when)}."
        first = {service: raised for service in pathway.urgent.to}
    for service, because in _routed(facts, route):
        first.setdefault(service, because)
    added = bool(first)
    while added:
        added = False
        for each in pathway.handover:
            if each.at is HandoverAt.AT_ONCE and _leads_on(each, first, facts):
                first[each.to_service] = meaning(each.expected)
                added = True
    return first


def _leads_on(handover: Handover, reached: Mapping[Service, object], facts: Facts) -> bool:
    """Whether this hand-over brings a service that is not reached yet."""
    return handover.from_service in reached and handover.to_service not in reached and holds(handover.expected, facts)


def _routed(facts: Facts, route: Route) -> list[tuple[Service, str]]:
    """The services that the entry's route reaches, each with why."""
    said = _SAID[facts.entry]
    found = [(service, f"{said} reaches {service.label.lower()} first.") for service in route.to]
    for also in route.also:
        if holds(also.when, facts) and all(service is not also.service for service, _ in found):
            found.append((also.service, meaning(also.when)))
    return found or [(service, f"{said} reaches {service.label.lower()}.") for service in route.otherwise]


def _later(pathway: Pathway, facts: Facts, first: Mapping[Service, str]) -> dict[Service, Handover]:
    """The services that a hand-over planned from the start brings later, each with the first that does."""
    later: dict[Service, Handover] = {}
    for each in pathway.handover:
        if each.to_service not in later and _leads_on(each, first, facts):
            later[each.to_service] = each
    return later


def _signposts(facts: Facts, route: Route, referred: set[Service]) -> tuple[PlannedSignpost, ...]:
    """The services that the person is told of, but for those that they are referred to."""
    told: dict[Service, PlannedSignpost] = {}
    for each in route.signpost:
        if each.service not in referred and each.service not in told and holds(each.when, facts):
            told[each.service] = PlannedSignpost(each.service, meaning(each.when))
    return tuple(told.values())


_SAID = {
    Entry.CLINICIAN: "Every referral from a clinician",
    Entry.RECEPTION: "A referral from reception",
    Entry.SELF: "A person's own request",
    Entry.WORKER: "A worker's referral",
    Entry.ON_BEHALF: "A request on a person's behalf",
    Entry.HEALTH_VISITOR: "A health visitor's referral",
    Entry.HOSPITAL_WARD: "A referral from a hospital ward",
    Entry.COUNCIL: "A referral from the council",
    Entry.VOLUNTARY: "A voluntary organisation's referral",
    Entry.CALL_LIST: "A referral from a call list",
}


def _steps(
    pathway: Pathway, facts: Facts, calendar: Calendar, now: datetime,
    first: Mapping[Service, str], later: Mapping[Service, Handover], model: Model, session: bool,
) -> list[PlannedStep]:  # fmt: skip
    """A step for each service: those that start at once, then those that are handed over to."""
    reached = (*first, *later)
    steps = []
    for service, because in first.items():
        told = tuple(other for other in reached if other is not service)
        steps.append(_step(pathway, facts, calendar, now, (service,), told, because, session))
    for handover in later.values():
        steps.append(_later_step(pathway, handover, calendar, steps, reached, model))
    return steps


def _joined_step(
    pathway: Pathway, facts: Facts, calendar: Calendar, now: datetime,
    first: Mapping[Service, str], later: Mapping[Service, Handover], session: bool,
) -> PlannedStep:  # fmt: skip
    """The one step of a single service: whatever would be reached, now or later, is one worker's from now on."""
    reasons = (*first.values(), *(meaning(handover.expected) for handover in later.values()))
    because = " ".join(dict.fromkeys(reasons))
    return _step(pathway, facts, calendar, now, (*first, *later), (), because, session, hybrid=True)


def _step(
    pathway: Pathway, facts: Facts, calendar: Calendar, now: datetime,
    services: tuple[Service, ...], told: tuple[Service, ...], because: str, session: bool, *, hybrid: bool = False,
) -> PlannedStep:  # fmt: skip
    """A step that starts at once. Help within hours is not left to a booked session."""
    lead, *joined = services
    levels = clocks.levels(pathway, lead, facts.urgent_flags, tuple(joined))
    same_day = levels[-1].same_day
    return PlannedStep(
        service=lead,
        starts=AT_ONCE,
        turn=Turn.RECEIVING_TEAM,
        first_contact_due=clocks.earliest(levels, "contact", now, calendar),
        urgent=len(levels) > 1,
        same_day=same_day,
        told=told,
        because=because,
        joined=tuple(joined),
        session=session and not same_day,
        hybrid=hybrid,
    )


def _later_step(
    pathway: Pathway, handover: Handover, calendar: Calendar,
    steps: list[PlannedStep], reached: tuple[Service, ...], model: Model,
) -> PlannedStep:  # fmt: skip
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
        warm=handover.warm and model is not Model.SEPARATE,
    )


def first_contact_due(
    pathway: Pathway, service: Service, urgent_flags: frozenset[UrgentFlag], calendar: Calendar,
    counted_from: datetime, joined: tuple[Service, ...] = (),
) -> datetime:  # fmt: skip
    """When a referral to this service is due its first contact; for hand-overs, which are not planned anew."""
    return clocks.earliest(clocks.levels(pathway, service, urgent_flags, joined), "contact", counted_from, calendar)

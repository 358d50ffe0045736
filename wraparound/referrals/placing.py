"""Which teams a plan's services are sent to: the scheme's teams with their room, put to the pure rules of placing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import asin, cos, radians, sin, sqrt

from wraparound.consent.data_sharing import shared_with
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation, Scheme, Team
from wraparound.organisations.pathways import calendar_of, pathway_of
from wraparound.pathways import placing
from wraparound.pathways.definition import Pathway
from wraparound.pathways.engine import AT_ONCE, Facts, NoSuchEntry, Plan, PlannedStep, plan
from wraparound.pathways.placing import Candidate, Ends, How, Placement, Serves
from wraparound.pathways.vocabulary import Model, Service, Status, WhenFull
from wraparound.referrals.capacity import answering, answers, closed, limit_of, rooms
from wraparound.referrals.models import Placed, UnmetNeed

EARTH_KM = 6371.0


@dataclass(frozen=True)
class Decision:
    """What a scheme's pathway says of one referral, before any team is looked for."""

    version_id: int
    pathway: Pathway
    model: Model
    front_door_id: int | None
    plan: Plan


@dataclass(frozen=True)
class Place:
    """One referral to make: the step with every service that the team answers for, the team, and how it was chosen."""

    step: PlannedStep
    team: Team
    placed: Placed
    status: Status
    because: str


@dataclass(frozen=True)
class Nobody:
    """A service that nobody can give now. `managed_by` is the organisation whose manager is told, if any."""

    service: Service
    why: UnmetNeed.Why
    because: str
    managed_by: int | None


@dataclass(frozen=True)
class Places:
    """Where everything of a plan goes. `told_of` is the team that each signpost names, where the scheme has one."""

    made: tuple[Place, ...]
    unmet: tuple[Nobody, ...]
    told_of: Mapping[Service, Team]

    @property
    def teams(self) -> dict[Service, Team]:
        """The team of each service that is sent now."""
        return {service: place.team for place in self.made for service in place.step.services}

    def shared_by_all(self, sender_id: int) -> bool:
        """One data-sharing agreement holds between the sender and every organisation that is sent something."""
        others = [set(place.team.shared_under) for place in self.made if place.team.organisation_id != sender_id]  # type: ignore[attr-defined]
        return not others or bool(set.intersection(*others))


def decide(by: Actor, facts: Facts) -> Decision:
    """The plan of a referral with these facts now. Refused: `no_pathway`, `wrong_entry`."""
    columns = ("pathway_version_id", "model", "front_door_id")
    version_id, model, front_door_id = Scheme.objects.values_list(*columns).get(pk=by.scheme_id)
    if version_id is None:
        raise Refused("no_pathway", "This scheme has no pathway yet. Ask the scheme administrator to publish one.")
    pathway = pathway_of(version_id)
    try:
        planned = plan(pathway, facts, calendar_of(pathway), by.now(), Model(model))
    except NoSuchEntry as fault:
        raise Refused("wrong_entry", str(fault)) from fault
    return Decision(version_id, pathway, Model(model), front_door_id, planned)


def find_places(
    by: Actor, decision: Decision, practice_id: int | None = None, *, hold: bool = False, routine: bool = True
) -> Places:
    """A place for every service of the plan. `practice_id` is the person's practice, where it is known.

    What is not `routine` needs no data-sharing agreement: see `consent.agreed.AgreedHow.needs_no_agreement`.
    `hold` keeps the last place of a team from being given twice: until the transaction ends, nobody else is placed
    with a team that has a limit.
    """
    now = [step for step in decision.plan.steps if step.starts == AT_ONCE]
    told = [signpost.service for signpost in decision.plan.signposts]
    teams = _Teams(by, {*_services(decision.plan.steps), *told}, practice_id, routine=routine)
    teams.count({service for step in now for service in step.services}, hold=hold)
    finding = _Finding(decision, teams)
    for step in now:
        finding.place(step)
    for step in decision.plan.steps:
        if step.starts != AT_ONCE:
            finding.join_later(step)
    told_of = {service: team for service in told if (team := teams.first(service)) is not None}
    return Places(tuple(finding.made.values()), tuple(finding.unmet), told_of)


def hold_places(by: Actor, services: Collection[Service]) -> None:
    """Keep the last places of the teams that answer these services from being given twice, as `find_places` does.

    For whoever goes on to lock a referral of theirs: who gives people to workers or offers places locks the team first.
    """
    _Teams(by, services, None).hold(services)


def place_elsewhere(
    by: Actor, pathway: Pathway, model: Model, services: Sequence[Service], *,
    sender_id: int, practice_id: int | None, without: Collection[int], declined_by: str, urgent: bool, for_room: bool,
    routine: bool = True,
) -> tuple[Placement, Team | None]:  # fmt: skip
    """Where a declined referral goes next: another team that answers all its services, and is not in `without`."""
    teams = _Teams(by, services, practice_id, sender_id=sender_id, routine=routine)
    teams.count(set(services), hold=True)
    others = [each for each in teams.candidates(services) if each.id not in without]
    when_full = pathway.terms(services[0]).when_full
    placed = placing.place_again(
        when_full, model, others, declined_by=declined_by, urgent=urgent, for_room=for_room
    )  # fmt: skip
    return placed, teams.by_id[placed.team] if placed.team else None


def teams_to_tell(by: Actor, services: Collection[Service]) -> dict[Service, Team]:
    """The team to tell somebody of for each service that the scheme has: the nearest that takes anybody new."""
    teams = _Teams(by, services, None)
    return {service: team for service in services if (team := teams.first(service)) is not None}


def place_service(
    by: Actor, service: Service, when_full: Sequence[WhenFull], model: Model, *,
    practice_id: int | None, urgent: bool, hold: bool, routine: bool = True,
) -> tuple[Placement, Team | None, Team | None]:  # fmt: skip
    """Where one service is handed over to: the placement, its team, and the nearest team of the service if any."""
    teams = _Teams(by, [service], practice_id, routine=routine)
    teams.count({service}, hold=hold)
    found = placing.place(when_full, model, teams.candidates([service]), urgent=urgent)
    return found, teams.by_id[found.team] if found.team else None, teams.first(service)


def _services(steps: Iterable[PlannedStep]) -> list[Service]:
    return [service for step in steps for service in step.services]


class _Teams:
    """A scheme's teams for some services, as candidates."""

    def __init__(
        self,
        by: Actor,
        services: Iterable[Service],
        practice_id: int | None,
        *,
        sender_id: int | None = None,
        routine: bool = True,
    ) -> None:
        self.today, self.sender_id, self.routine = by.today(), sender_id or by.organisation_id, routine
        self.comes_from = [self.sender_id, *([practice_id] if practice_id else [])]
        found = answering(by.scheme_id, services, self.today).select_related("organisation")
        shared = shared_with(by.scheme_id, self.sender_id, self.today, "organisation_id")
        self.by_id = {team.pk: team for team in found.annotate(shared_under=shared)}
        self.rooms = rooms([], self.today)
        self._here: list[Organisation] | None = None

    def count(self, services: Collection[Service], *, hold: bool) -> None:
        """Count the people of the teams that may be chosen; those without a limit always have a place."""
        if hold:
            self.hold(services)
        self.rooms = rooms(self._asked(services), self.today)

    def hold(self, services: Collection[Service]) -> None:
        """Lock those of them that have a limit, in one order for everybody."""
        limited = [team.pk for team in self._asked(services) if limit_of(team) is not None]
        if limited:
            held = Team.objects.filter(pk__in=limited).order_by("pk").select_for_update(no_key=True)
            list(held.values_list("pk"))

    def _asked(self, services: Collection[Service]) -> list[Team]:
        return [team for team in self.by_id.values() if any(answers(team, service) for service in services)]

    def candidates(self, services: Sequence[Service]) -> list[Candidate]:
        """The teams that answer every one of `services`."""
        found = [team for team in self.by_id.values() if all(answers(team, service) for service in services)]
        far = self._far(found)
        return [
            Candidate(
                id=team.pk,
                name=team.name,
                full=team.pk in self.rooms and self.rooms[team.pk].full,
                closed=closed(team, self.today),
                no_agreement=self._no_agreement(team),
                serves=self._serves(team),
                km=far.get(team.pk),
            )
            for team in found
        ]

    def first(self, service: Service) -> Team | None:
        """The team to tell somebody of: the nearest that is open, else the nearest."""
        found = placing.in_order(self.candidates([service]))
        nearest = next((each for each in found if not each.closed), found[0] if found else None)
        return self.by_id[nearest.id] if nearest else None

    def _no_agreement(self, team: Team) -> bool:
        shared = team.organisation_id == self.sender_id or team.shared_under  # type: ignore[attr-defined]
        return self.routine and not shared

    def _serves(self, team: Team) -> Serves:
        if not team.serves:
            return Serves.ALL
        return Serves.THIS if set(team.serves) & set(self.comes_from) else Serves.OTHERS

    def _far(self, teams: Sequence[Team]) -> dict[int, float]:
        """Kilometres to each team that says where it is. Only where there is a choice is anything asked for it."""
        somewhere = [team for team in teams if team.organisation.latitude is not None]
        if len(teams) < 2 or not somewhere:
            return {}
        if self._here is None:
            rows = Organisation.objects.filter(pk__in=self.comes_from).exclude(latitude=None)
            # The sender's place; where it says none, the place of the person's practice.
            self._here = sorted(rows, key=lambda place: self.comes_from.index(place.pk))
        return {team.pk: distance(self._here[0], team.organisation) for team in somewhere} if self._here else {}


def distance(one: Organisation, other: Organisation) -> float:
    """Kilometres between two organisations that both say where they are, by the haversine formula."""
    north, south = radians(one.latitude or 0.0), radians(other.latitude or 0.0)
    across = radians((other.longitude or 0.0) - (one.longitude or 0.0))
    part = sin((south - north) / 2) ** 2 + cos(north) * cos(south) * sin(across / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(part))


class _Finding:
    """The places found so far, one for each team however many services it answers for."""

    def __init__(self, decision: Decision, teams: _Teams) -> None:
        self.decision, self.teams = decision, teams
        self.made: dict[int, Place] = {}
        self.unmet: list[Nobody] = []

    def place(self, step: PlannedStep) -> None:
        """Find a team for a step; one that no team can take whole is taken apart."""
        found = self._placement(step)
        if found.team is not None:
            self._add(step, found)
        elif step.joined:
            for service in step.services:
                self.place(replace(step, service=service, joined=(), hybrid=False))
        else:
            self._nobody(step.service, found)

    def join_later(self, step: PlannedStep) -> None:
        """A service that would be handed over to a team that has the person already is that team's from the start."""
        found = self._placement(step)
        if found.team in self.made:
            self._add(step, found)

    def _placement(self, step: PlannedStep) -> Placement:
        when_full = self.decision.pathway.terms(step.service).when_full
        candidates = self.teams.candidates(step.services)
        return placing.place(when_full, self.decision.model, candidates, urgent=step.urgent)

    def _add(self, step: PlannedStep, found: Placement) -> None:
        assert found.team is not None and found.placed is not None
        before = self.made.get(found.team)
        status = Status.WAITING if found.status is Ends.WAITING else Status.SENT
        if before is None:
            place = Place(step, self.teams.by_id[found.team], Placed(found.placed.value), status, found.because)
        elif status is Status.SENT and before.status is Status.WAITING and step.starts == AT_ONCE:
            place = Place(_one(before.step, step), before.team, Placed(found.placed.value), status, found.because)
        else:
            place = replace(before, step=_one(before.step, step))
        self.made[found.team] = place

    def _nobody(self, service: Service, found: Placement) -> None:
        assert found.nobody is not None
        first = self.teams.first(service)
        managed_by = first.organisation_id if first else self.decision.front_door_id
        self.unmet.append(Nobody(service, UnmetNeed.Why(found.nobody.value), found.because, managed_by))


def _one(step: PlannedStep, other: PlannedStep) -> PlannedStep:
    """Two steps that one team answers for, as one: whatever either promises sooner."""
    joined = (*step.joined, *(service for service in other.services if service not in step.services))
    soon = min(step.first_contact_due, other.first_contact_due) if other.starts == AT_ONCE else step.first_contact_due
    return replace(
        step,
        joined=joined,
        first_contact_due=soon,
        urgent=step.urgent or other.urgent,
        same_day=step.same_day or other.same_day,
        told=tuple(service for service in step.told if service not in joined),
        session=step.session or (other.session and not step.same_day),
        hybrid=True,
    )


assert {how.value for how in How} <= set(Placed.values)

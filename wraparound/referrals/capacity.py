"""How much room the teams of a scheme have: places, people in hand, and those waiting for a place."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection
from django.db.models import Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce

from wraparound.organisations.away import FORTNIGHT
from wraparound.organisations.models import Leave, Membership, Team
from wraparound.pathways.vocabulary import Service

# A team without a limit may have any number of people: nobody needs to know it beyond this.
MOST_COUNTED = 1000


@dataclass(frozen=True, slots=True)
class Room:
    """One team's room. `places` is None where there is no limit, and `free` with it; `free` is never below 0.

    `open` are the people in hand, `waiting` those on the waiting list, both counted up to `MOST_COUNTED` where there
    is no limit. `closed_until` is the day from which the team takes new people again, when that is to come.
    """

    places: int | None
    open: int
    waiting: int
    free: int | None
    closed_until: date | None

    @property
    def full(self) -> bool:
        return self.free == 0


def answering(scheme_id: int, services: Iterable[Service], today: date) -> QuerySet[Team]:
    """The scheme's teams that answer any of `services`, the oldest first, each with its `room_for` on the day.

    `room_for` is the team's own limit, else the sum of its present workers' places, else None: no limit. The places of
    somebody whose leave is of a fortnight or more, its days off included, are not there while it lasts.
    """
    wanted = [service.value for service in services]
    mine = Team.objects.filter(Q(service__in=wanted) | Q(also__overlap=wanted), scheme_id=scheme_id)
    return with_limit(mine, today).order_by("pk")


def with_limit(teams: QuerySet[Team], today: date | None = None) -> QuerySet[Team]:
    """Each team with its `room_for`, as `answering` says; without a day nobody is away, which is enough to know
    whether there is a limit at all."""
    present = Membership.objects.filter(team=OuterRef("pk"), ended=None, working_time__isnull=False)
    places: Case | F = F("working_time__places")
    if today is not None:
        # Counted as none, not left out: a team whose workers are all away is full, and not without a limit.
        places = Case(When(_long_away(today), then=0), default=places, output_field=IntegerField())
    # Without an order of its own, so that the sum is over the whole team.
    by_workers = present.order_by().values("team").annotate(sum=Sum(places)).values("sum")
    return teams.annotate(room_for=Coalesce("places", Subquery(by_workers), output_field=IntegerField()))


def _long_away(today: date) -> Exists:
    """Whether a membership is on leave on the day, and for a fortnight or more from its first day to its last."""
    long = F("starts") + timedelta(days=FORTNIGHT - 1)
    held = Leave.objects.filter(membership=OuterRef("pk"), cancelled_at=None, starts__lte=today)
    return Exists(held.filter(ends__gte=today).filter(ends__gte=long))


def answers(team: Team, service: Service) -> bool:
    return service in (team.service, *team.also)


def capacity_of(
    scheme_id: int,
    services: Iterable[Service] = (),
    *,
    team_ids: Iterable[int] = (),
    today: date,
) -> dict[int, Room]:
    """The room of each team that answers one of `services`, or of those in `team_ids`, by the team's id.

    `today` closes a team whose `closed_until` is later, and says who is away. Counts are of the acting scheme, whoever
    asks.
    """
    teams = answering(scheme_id, services, today) if services else None
    if teams is None:
        teams = with_limit(Team.objects.filter(scheme_id=scheme_id, pk__in=list(team_ids)), today).order_by("pk")
    return rooms(list(teams), today, unlimited_too=True)


def rooms(teams: Sequence[Team], today: date, *, unlimited_too: bool = False) -> dict[int, Room]:
    """The room of `teams`, read by `answering`, from one count. Where there is no limit, nobody is counted unasked."""
    counted = {team.pk: _most(team) for team in teams if unlimited_too or limit_of(team) is not None}
    found = _counts(counted) if counted else {}
    return {team.pk: _room(team, *found.get(team.pk, (0, 0)), today) for team in teams}


def limit_of(team: Team) -> int | None:
    """`room_for` of a team read by `answering` or `with_limit`."""
    limit: int | None = team.room_for  # type: ignore[attr-defined]
    return limit


def closed(team: Team, today: date) -> bool:
    """Takes nobody new on this day."""
    return team.closed_until is not None and team.closed_until > today


def _most(team: Team) -> int:
    """As many as could matter: more in hand than places say nothing further, but to a manager."""
    limit = limit_of(team)
    return MOST_COUNTED if limit is None else max(MOST_COUNTED, 2 * limit)


def _counts(most: dict[int, int]) -> dict[int, tuple[int, int]]:
    """People in hand and people waiting of each team, by the database: a sender sees only what it sent itself."""
    with connection.cursor() as cursor:
        rows = cursor.execute(
            "SELECT team, held, waiting FROM referrals_in_hand(%s::bigint[], %s::bigint[])",
            [list(most), list(most.values())],
        ).fetchall()
    return {team: (held, waiting) for team, held, waiting in rows}


def _room(team: Team, held: int, waiting: int, today: date) -> Room:
    places = limit_of(team)
    free = None if places is None else max(0, places - held)
    return Room(places, held, waiting, free, team.closed_until if closed(team, today) else None)

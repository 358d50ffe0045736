"""Whose figures an actor sees, and which part of them was asked for."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from django.db.models import QuerySet

from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Team
from wraparound.organisations.roles import Capability
from wraparound.reporting.models import CohortDay

MONTHS_SHOWN = 3


class Whose(Enum):
    """What the figures are of. Only the last counts small numbers away: its readers see nobody's record."""

    TEAMS = "the organisation's teams"
    PRACTICE = "what the practice sent"
    SCHEME = "the whole scheme"


def whose(actor: Actor) -> Whose | None:
    """None for who may see no figures."""
    if not actor.can(Capability.SEE_FIGURES):
        return None
    if actor.can(Capability.SEE_WORKLIST):
        return Whose.TEAMS
    return Whose.PRACTICE if actor.can(Capability.SEE_PRACTICE_REFERRALS) else Whose.SCHEME


@dataclass(frozen=True)
class Filters:
    """Days of sending, both included, and what else was chosen: ids, and "" or None for everything.

    `pathway` is the pathway's name, of whichever version.
    """

    first: date
    last: date
    team: int | None = None
    practice: int | None = None
    entry: str = ""
    pathway: str = ""
    service: str = ""
    kind: str = ""

    def for_reader(self, actor: Actor) -> "Filters":
        """Whole months for who sees a whole scheme: two periods that differ by a day would give one day's people."""
        if whose(actor) is not Whose.SCHEME:
            return self
        past = (self.last.replace(day=1) + timedelta(days=31)).replace(day=1)
        return replace(self, first=self.first.replace(day=1), last=past - timedelta(days=1))


def lately(today: date, months: int = MONTHS_SHOWN) -> Filters:
    """This month and the `months` before it."""
    first = today.replace(day=1)
    for _ in range(months):
        first = (first - timedelta(days=1)).replace(day=1)
    return Filters(first, today)


def cohorts(actor: Actor, filters: Filters) -> QuerySet[CohortDay]:
    """The cohorts that the actor may see and asked for; none for who may see no figures."""
    rows = CohortDay.objects.filter(scheme_id=actor.scheme_id)
    match whose(actor):
        case None:
            return rows.none()
        case Whose.TEAMS:
            rows = rows.filter(to_team__in=team_ids(actor))
        case Whose.PRACTICE:
            rows = rows.filter(from_organisation_id=actor.organisation_id)
    chosen = {
        "to_team_id": filters.team,
        "from_organisation_id": filters.practice,
        "entry": filters.entry,
        "pathway_version__name": filters.pathway,
        "service": filters.service,
        "kind": filters.kind,
    }
    # Filtered a second time, so that what was asked for never widens what may be seen.
    rows = rows.filter(day__range=(filters.first, filters.last))
    return rows.filter(**{name: value for name, value in chosen.items() if value})


def team_ids(actor: Actor) -> list[int]:
    """The teams of the actor's organisation in its scheme. A few: as values, an index gives their days in order."""
    own = Team.objects.filter(scheme_id=actor.scheme_id, organisation_id=actor.organisation_id)
    return list(own.order_by("pk").values_list("pk", flat=True))

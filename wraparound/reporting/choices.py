"""What somebody may choose among to see a part of their figures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation, PathwayVersion, Team
from wraparound.reporting.filters import Whose, whose

Choices = Sequence[tuple[int, str]]
T = TypeVar("T")


@dataclass(frozen=True)
class ToChooseFrom:
    """Ids with their names, and names of pathways; empty where there is nothing to choose between."""

    teams: Choices
    senders: Choices
    pathways: Sequence[str]


def to_choose_from(actor: Actor) -> ToChooseFrom:
    """The teams, the organisations that send, and the pathways of what the actor sees."""
    of = whose(actor)
    if of is None:
        return ToChooseFrom([], [], [])
    teams = Team.objects.filter(scheme_id=actor.scheme_id).order_by("name")
    if of is Whose.TEAMS:
        teams = teams.filter(organisation_id=actor.organisation_id)
    senders = Organisation.objects.filter(schemes=actor.scheme_id, kind=Organisation.Kind.PRACTICE).order_by("name")
    versions = PathwayVersion.objects.filter(scheme_id=actor.scheme_id).order_by("name")
    return ToChooseFrom(
        teams=_several(teams.values_list("pk", "name")),
        senders=[] if of is Whose.PRACTICE else _several(senders.values_list("pk", "name")),
        pathways=_several(versions.values_list("name", flat=True).distinct()),
    )


def _several(found: Iterable[T]) -> list[T]:
    rows = list(found)
    return rows if len(rows) > 1 else []

"""What tests of advice share: somebody whom an adviser has taken on, and a matter of theirs."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from tests.casework.taking_on import taken_on
from tests.factories import World, make_world
from wraparound.advice.competence import record_permission
from wraparound.advice.limits import add_limit
from wraparound.advice.matters import About, open_matter
from wraparound.advice.models import Matter, Permission, TimeLimit
from wraparound.advice.states import Level, Stage
from wraparound.casework.models import Case
from wraparound.organisations.actor import Actor, acting_as
from wraparound.pathways.vocabulary import Nation
from wraparound.time_limits.definition import Fact, Facts

ABOUT = About(
    title="PIP refused",
    category="benefits",
    level=Level.CASEWORK,
    stage=Stage.MANDATORY_RECONSIDERATION,
    first_type="WBPI",
    second_type="WREV",
    opponent="Department for Work and Pensions",
)


@dataclass(frozen=True)
class Advised:
    """A world in which the adviser has taken somebody on, for casework that the organisation is insured for."""

    world: World
    case: Case

    @property
    def adviser(self) -> Actor:
        return self.world.adviser

    def matter(self, by: Actor | None = None, **changes: Any) -> Matter:
        """A new matter of the case, by the adviser unless said otherwise."""
        actor = by or self.adviser
        looked_at = str(changes.pop("conflict_looked_at", ""))
        with acting_as(actor):
            return open_matter(by=actor, case=self.case, about=replace(ABOUT, **changes), conflict_looked_at=looked_at)

    def limit(self, matter: Matter, dated: date, by: Actor | None = None) -> TimeLimit:
        """A time limit worked out from a benefit decision of this day."""
        actor = by or self.adviser
        facts = Facts({Fact.LETTER_DATED: dated}, Nation.ENGLAND)
        with acting_as(actor):
            return add_limit(by=actor, matter=matter, rule=RECONSIDERATION, facts=facts)


RECONSIDERATION = "mandatory_reconsideration"


def permit(world: World, *kinds: Permission.Kind) -> None:
    by = world.advice_supervisor
    with acting_as(by):
        for kind in kinds:
            record_permission(by=by, kind=kind, starts=by.today() - timedelta(days=400))


def advised(world: World | None = None) -> Advised:
    """Somebody taken on in a new world, or in one whose organisation holds what it needs already."""
    if world is None:
        world = make_world()
        permit(world, Permission.Kind.INSURANCE)
    return Advised(world, taken_on(world, world.adviser))

"""How to come to each action on working time, leave and the sharing out of work."""

from datetime import date

from tests.factories import World
from tests.house.trial import Recipe, Trial
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import Leave, Membership
from wraparound.organisations.working_time import set_leave

DAYS = {"starts": date(2026, 12, 1), "ends": date(2026, 12, 4)}


def _membership(actor: Actor) -> Membership:
    return Membership.objects.get(pk=actor.membership_id)


def _leave(world: World) -> Leave:
    me = world.link_worker
    with acting_as(me):
        return set_leave(by=me, membership=_membership(me), **DAYS)


WORKING_TIME: dict[str, Recipe] = {
    "wraparound.organisations.working_time.set_working_time": lambda world: Trial(
        world.link_worker,
        {"membership": _membership(world.link_worker), "minutes": [450] * 5 + [0, 0], "places": 30},
    ),
    "wraparound.organisations.working_time.set_leave": lambda world: Trial(
        world.link_worker, {"membership": _membership(world.link_worker), **DAYS}
    ),
    "wraparound.organisations.working_time.cancel_leave": lambda world: Trial(
        world.link_supervisor, {"leave": _leave(world)}
    ),
    "wraparound.organisations.working_time.set_team_capacity": lambda world: Trial(
        world.link_supervisor,
        {"team": world.social, "places": 40, "closed_until": DAYS["ends"], "shares_out": True},
    ),
}

"""How to come to each action on working time, leave and the sharing out of work."""

from datetime import date

from tests.factories import World, referral_to, referred
from tests.house.trial import Recipe, Trial
from wraparound.casework.reassigning import Why
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import Leave, Membership, User
from wraparound.organisations.working_time import set_leave, set_working_time
from wraparound.referrals.actions import claim
from wraparound.referrals.models import Referral

DAYS = {"starts": date(2026, 12, 1), "ends": date(2026, 12, 4)}


def _membership(actor: Actor) -> Membership:
    return Membership.objects.get(pk=actor.membership_id)


def _leave(world: World) -> Leave:
    me = world.link_worker
    with acting_as(me):
        return set_leave(by=me, membership=_membership(me), **DAYS)


def _sent(world: World) -> Referral:
    return referral_to(referred(world, advice_ticked=False), world.link_worker)


def _claimed(world: World) -> Referral:
    referral = _sent(world)
    with acting_as(world.link_worker):
        return claim(by=world.link_worker, referral=referral)


def _other(world: World) -> User:
    return User.objects.get(pk=world.second_link_worker.user_id)


def _share_out(world: World) -> Trial:
    _sent(world)
    me = world.link_worker
    with acting_as(me):
        set_working_time(by=me, membership=_membership(me), minutes=[450] * 7, places=30)
    return Trial(world.link_supervisor, {"team": world.social})


WORKING_TIME: dict[str, Recipe] = {
    "wraparound.referrals.sharing_out.share_out": _share_out,
    "wraparound.referrals.sharing_out.assign": lambda world: Trial(
        world.link_supervisor, {"referral": _sent(world), "worker": _other(world)}
    ),
    "wraparound.casework.reassigning.reassign": lambda world: Trial(
        world.link_supervisor, {"referrals": [_claimed(world)], "to_worker": _other(world), "why": Why.LEFT}
    ),
    "wraparound.casework.reassigning.reassign_shared": lambda world: Trial(
        world.link_supervisor, {"shares": [(_claimed(world), _other(world))], "why": Why.LEFT}
    ),
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

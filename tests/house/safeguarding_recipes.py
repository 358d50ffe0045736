"""One way to come to each action of safeguarding."""

from datetime import timedelta

from tests.factories import NOW, World, member, referral_to, referred
from tests.house.trial import Recipe, Trial
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.organisations.models import Digest
from wraparound.organisations.roles import Role
from wraparound.safeguarding.actions import decide_gp, own, raise_concern
from wraparound.safeguarding.models import Concern
from wraparound.safeguarding.states import ConcernKind, TellGp


def raised(world: World, by: Actor | None = None) -> Concern:
    """By a link worker, unless said otherwise. No lead is named, so that their supervisor is asked."""
    actor = by or world.link_worker
    journey = referred(world, advice_ticked=False)
    with acting_as(actor):
        return raise_concern(by=actor, person=journey.person, kind=ConcernKind.DANGER, journey=journey)


def owned(world: World) -> Concern:
    concern = raised(world)
    with acting_as(world.link_supervisor):
        return own(by=world.link_supervisor, concern=concern)


def _raise(world: World) -> Trial:
    journey = referred(world)
    said = {"person": journey.person, "kind": ConcernKind.ABUSE, "journey": journey}
    return Trial(world.link_worker, said)


def _hand_on(world: World) -> Trial:
    other = member(world.scheme, world.social.organisation, Role.SUPERVISOR, "Bo Lund", world.social)
    return Trial(world.link_supervisor, {"concern": owned(world), "to": other.user_id})


def _came_in_later(world: World) -> Trial:
    raised(world)
    later = referral_to(referred(world, advice_ticked=False), world.link_worker)
    return Trial(system(world.scheme, world.social.organisation_id).at(NOW), {"referral": later})


def _end(world: World) -> Trial:
    concern, by = owned(world), world.link_supervisor
    with acting_as(by):
        decide_gp(by=by, concern=concern, tell_gp=TellGp.NO, why="She asked us not to.")
    return Trial(by, {"concern": concern, "ending": "She is safe with her sister."})


# Messaging's one action stands here too.
SAFEGUARDING: dict[str, Recipe] = {
    "wraparound.messaging.digests.choose_digest": lambda world: Trial(
        world.clinician, {"digest": Digest.DAILY}, makes_its_own=True
    ),
    "wraparound.safeguarding.actions.raise_concern": _raise,
    "wraparound.safeguarding.actions.write_said": lambda world: Trial(
        world.link_supervisor, {"concern": raised(world), "said": "He took her phone."}
    ),
    "wraparound.safeguarding.actions.acknowledge": lambda world: Trial(
        world.link_supervisor, {"concern": raised(world)}
    ),
    "wraparound.safeguarding.actions.own": lambda world: Trial(world.link_supervisor, {"concern": raised(world)}),
    "wraparound.safeguarding.actions.look_again": lambda world: Trial(world.link_supervisor, {"concern": owned(world)}),
    "wraparound.safeguarding.actions.hand_on": _hand_on,
    "wraparound.safeguarding.actions.decide_gp": lambda world: Trial(
        world.link_supervisor, {"concern": raised(world), "tell_gp": TellGp.NO, "why": "She asked us not to."}
    ),
    "wraparound.safeguarding.actions.end": _end,
    "wraparound.safeguarding.actions.mark_referral": _came_in_later,
    "wraparound.safeguarding.actions.grow_late": lambda world: Trial(
        system(world.scheme, world.social.organisation_id).at(NOW + timedelta(days=1)), {"concern": raised(world)}
    ),
}

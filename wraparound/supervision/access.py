"""Who reviews files: whoever supervises and gives advice themselves, in the one organisation."""

from wraparound.organisations.actor import Actor
from wraparound.organisations.away import workers_of
from wraparound.organisations.models import Membership
from wraparound.organisations.roles import CAPABILITIES, Capability, Role

REVIEWING = frozenset({Capability.SUPERVISE, Capability.GIVE_ADVICE})


def may_review(actor: Actor) -> bool:
    return all(actor.can(each) for each in REVIEWING)


def require_reviewer(by: Actor) -> None:
    """Refused `not_allowed` for anybody who does not review files."""
    for each in sorted(REVIEWING, reverse=True):
        by.require(each)


def reviewers(by: Actor) -> list[Membership]:
    """Those who review files in the actor's organisation now, by name."""
    return [each for each in workers_of(by) if CAPABILITIES[Role(each.role)] >= REVIEWING]

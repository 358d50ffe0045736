"""Whose what was sent is, once whoever sent it has left: theirs who refer for the organisation now."""

from django.db.models import Q

from wraparound.organisations.actor import Actor
from wraparound.organisations.reading import is_here
from wraparound.organisations.roles import Capability


def own_or_nobodys(actor: Actor) -> Q:
    """What the actor sent, and what nobody in the actor's organisation is left to answer for.

    That is what came without a user (from another system, or by itself), and what somebody sent who refers there no
    more. For rows of the actor's organisation with a `from_user`.
    """
    here = is_here(actor, "from_user_id", Capability.FOLLOW_REFERRALS)
    return Q(from_user_id=actor.user_id) | Q(from_user=None) | ~Q(here)

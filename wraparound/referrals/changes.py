"""What changed of an organisation's own referrals, in the order of the changes, for a system that follows them."""

from datetime import datetime, timedelta

from wraparound.organisations.actor import Actor
from wraparound.referrals.models import Referral, ReferralQuerySet

# A change is written down a moment after the time that it bears. Whoever follows must not pass one that is on its way.
SETTLES_IN = timedelta(seconds=5)
IN_ORDER = ("status_since", "pk")


def settled_until(actor: Actor) -> datetime:
    """Up to here nothing more will come between."""
    return actor.now() - SETTLES_IN


def changes(actor: Actor) -> ReferralQuerySet:
    """Every hand-over on the journeys that the organisation began, by the time at which it reached its status."""
    rows = Referral.objects.visible_to(actor).filter(
        journey__from_organisation_id=actor.organisation_id, status_since__lte=settled_until(actor)
    )
    return rows.select_related("journey", "to_team", "to_organisation").order_by(*IN_ORDER)

"""What a time limit of the receiving team's own work does to a referral: nobody stops, and it comes first."""

from wraparound.organisations.actor import Actor
from wraparound.referrals.models import Referral
from wraparound.referrals.moves import CLOCK_COLUMNS, next_for, set_clocks


def keep_limit(referral_id: int, *, runs: bool, near: bool, by: Actor) -> None:
    """Write down that a time limit runs, and is near, in the work that this referral led to.

    While one runs, only a supervisor stops trying and no consent ends by its date. A near one ranks as urgent. What the
    limit is stays with whoever works on it.
    """
    rows = Referral.objects.visible_to(by).select_for_update(of=("self",)).select_related("journey")
    held: Referral = rows.get(pk=referral_id)
    held.limit_runs, held.rank = runs, 0 if near or held.urgent_flags else 1
    if held.is_open:
        set_clocks(held, next_for(held, held.journey.pathway_version_id))
    held.save(update_fields=["limit_runs", "rank", *CLOCK_COLUMNS])

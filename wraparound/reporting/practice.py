"""What the services did for the people of one practice: counts alone, never a reason or a note."""

from dataclasses import dataclass
from datetime import datetime

from wraparound.organisations.actor import Actor
from wraparound.referrals.at_hand import unread_answers
from wraparound.reporting.counting import counted_at
from wraparound.reporting.dropout import totals
from wraparound.reporting.filters import Filters
from wraparound.reporting.rows import not_chased, why_not_taken
from wraparound.reporting.telling import mean


@dataclass(frozen=True)
class PracticeMonths:
    """Counts of what the practice sent in some months; `days_to_contact` is a mean, None before the first."""

    filters: Filters
    referred: int
    reached: int
    attended: int
    finished: int
    not_taken: int
    why_not_taken: dict[str, int]
    days_to_contact: float | None
    not_chased: int
    unread: int
    counted_at: datetime | None


def practice_months(actor: Actor, filters: Filters) -> PracticeMonths:
    sums = totals(actor, filters)
    return PracticeMonths(
        filters=filters,
        referred=sums["referred"],
        reached=sums["reached"],
        attended=sums["attended"],
        finished=sums["finished"],
        not_taken=sums["left_declined"],
        why_not_taken=why_not_taken(actor, filters),
        days_to_contact=mean(sums["days_to_contact"], sums["reached"], exactly=True),
        not_chased=not_chased(actor, filters),
        unread=unread_answers(actor),
        counted_at=counted_at(),
    )

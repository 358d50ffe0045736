"""What every notice from a landlord who wants the home back has in common.

The last day of a notice is the last on which the landlord may not yet go to court. Nobody has to leave on it.
"""

from datetime import date

from wraparound.time_limits.answering import Working, counted, ends
from wraparound.time_limits.counting import Period, days, said
from wraparound.time_limits.definition import Fact, Facts, Found, LateRoute, Source

AT_ONCE = days(0)
ASK_A_HOUSING_ADVISER = "Ask a housing adviser whether the notice is valid at all; many are not."


def stay(source: Source) -> tuple[LateRoute, ...]:
    """What holds once a notice has run out."""
    return (
        LateRoute(
            "The person may stay after this day. Only a court can end it, and only bailiffs can put somebody out. Pay "
            "the "
            "rent, and defend the claim when the papers come.",
            None,
            source,
        ),
        LateRoute("Ask the council for homelessness help now: it has duties before the home is lost.", None, source),
    )


def _given(facts: Facts, last: date) -> tuple[date, tuple[str, ...], tuple[str, ...]]:
    """The later of the law's day and the notice's own; how, and what to ask where the notice gives too little."""
    own = facts.dates.get(Fact.NOTICE_ENDS)
    if own is None or own == last:
        return last, (), ()
    if own > last:
        return own, (f"The notice gives longer, to {said(own)}, and that holds.",), ()
    return last, (), (f"The notice gives {said(own)}, sooner than the law allows. {ASK_A_HOUSING_ADVISER}",)


def notice(facts: Facts, period: Period, source: Source, *notes: str, asks: tuple[str, ...] = ()) -> Found:
    """The last day of a notice for which the law gives this period."""
    served = facts.dates[Fact.NOTICE_SERVED]
    law = period.last_day(served)
    last, own, asked = _given(facts, law)
    if period == AT_ONCE:
        how = (counted(Fact.NOTICE_SERVED, served), "The landlord may go to court on the day of the notice.", *own)
    else:
        how = (counted(Fact.NOTICE_SERVED, served), ends(period, law), *own)
        how = (*how, "The landlord may not go to court before it has run out.")
    return Found(last, (*how, *notes), asks=(*asked, *asks), late=stay(source), counted_from=served)


def ask_about(facts: Facts, asks: tuple[str, ...], source: Source, act_as_if: date | None = None) -> Found:
    """A notice whose period depends on something that is not known yet."""
    served = facts.dates[Fact.NOTICE_SERVED]
    how = (counted(Fact.NOTICE_SERVED, served),)
    return Found(how=how, asks=asks, late=stay(source), counted_from=served, act_as_if=act_as_if)


def claim_within(period: Period, source: Source, *notes: str, cut_off: date | None = None) -> Working:
    """The last day on which the landlord may begin a claim on a notice."""

    def working(facts: Facts) -> Found:
        served = facts.dates[Fact.NOTICE_SERVED]
        own = period.last_day(served)
        last = own if cut_off is None else min(own, cut_off)
        how: tuple[str, ...] = (counted(Fact.NOTICE_SERVED, served), ends(period, own))
        if cut_off is not None and cut_off < own:
            how = (*how, f"But no claim can be begun on a notice of the old law after {said(cut_off)}.")
        late = (LateRoute("After it the landlord has to give a new notice. Check the day on the claim.", None, source),)
        return Found(last, (*how, *notes), late=late, counted_from=served, received_by=True)

    return working

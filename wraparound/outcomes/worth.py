"""What an outcome counts in pounds, by what its money is. Pure."""

from datetime import date
from decimal import Decimal

from wraparound.advice.sums import YEAR_RULE, Often, for_one_year
from wraparound.outcomes.kinds import Money

RULES: dict[Money, str] = {
    Money.GAIN_ONGOING: YEAR_RULE,
    Money.GAIN_ONCE: "What is paid once counts as it is paid.",
    Money.WRITTEN_OFF: "What was written off counts as it was owed on that day. It is not a gain.",
    Money.MANAGED: "What is still owed on that day. It is neither a gain nor written off.",
    Money.WORTH: "What it would have cost. It is not a gain.",
}


def counted(
    money: Money, pounds: Decimal | None, often: Often | None, starts: date | None, ends: date | None
) -> Decimal | None:
    """Pounds that count; None where there is no sum. ValueError for what goes on without how often and from when."""
    if money is Money.NONE or pounds is None:
        return None
    if money is not Money.GAIN_ONGOING:
        return pounds
    if often is None or starts is None:
        raise ValueError("What goes on needs how often, and from when.")
    return for_one_year(pounds, often, starts, ends)

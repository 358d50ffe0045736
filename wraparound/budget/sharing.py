"""What can be offered to creditors: what is left over, shared by how much is owed. Pure."""

from collections.abc import Mapping
from decimal import Decimal

from wraparound.advice.sums import NOTHING, PENNY

RULE = (
    "What is left over each month is shared between the debts that are not a priority, each by its part of all that is "
    "owed on them. Nobody is offered more than they are owed, and the offers make exactly what is shared."
)


def shares(left: Decimal, owed: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """Pounds a month for each debt by its key, which make exactly `left`, or all that is owed where that is less.

    Nothing for anybody when nothing is left. Of pennies that do not share evenly, one each goes to the largest
    remainders; of equal ones, to the debt that comes first in `owed`. Sums are whole pennies.
    """
    pennies = {key: int(each / PENNY) for key, each in owed.items() if each > 0}
    whole = sum(pennies.values())
    given = min(max(int(left / PENNY), 0), whole)
    if not given:
        return {key: NOTHING for key in owed}
    parts = {key: divmod(given * each, whole) for key, each in pennies.items()}
    missing = given - sum(part for part, _ in parts.values())
    by_remainder = sorted(parts, key=lambda key: -parts[key][1])
    up = set(by_remainder[:missing])
    return {key: (parts[key][0] + (key in up)) * PENNY if key in parts else NOTHING for key in owed}

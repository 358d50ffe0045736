"""Numbers as somebody may be told them, exactly or so that no small one is found out; and what a share is worth."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

SMALL = 5
# Two-sided 95 per cent of the normal distribution.
_Z = 1.959964


@dataclass(frozen=True, slots=True)
class Told:
    """A count as it is shown. `about`, for drawing and shares: the count, the nearest 5, or 0 where it is hidden."""

    text: str
    about: int
    hidden: bool = False


def told(count: int, *, exactly: bool) -> Told:
    """`count` for those who may see people; for others in the nearest 5, and "Fewer than 5" below that.

    Every count is rounded by itself, totals too, so that no sum or difference of what is shown gives a hidden one.
    """
    if exactly:
        return Told(f"{count:,}", count)
    if count < SMALL:
        return Told("Fewer than 5", 0, hidden=True)
    near = SMALL * ((count + SMALL // 2) // SMALL)
    return Told(f"{near:,}", near)


@dataclass(frozen=True, slots=True)
class Share:
    """How many in a hundred, and between which bounds the true share probably lies. Each from 0 to 100."""

    of_a_hundred: float
    low: float
    high: float


def share(part: int, whole: int) -> Share | None:
    """`part` of `whole` with its Wilson interval; None of nothing. ValueError when the part is no part."""
    if not 0 <= part <= whole:
        raise ValueError("A part is not below nothing and not above the whole.")
    if whole == 0:
        return None
    rate, spread = part / whole, _Z * _Z / whole
    middle = (rate + spread / 2) / (1 + spread)
    reach = _Z * sqrt(rate * (1 - rate) / whole + spread / (4 * whole)) / (1 + spread)
    # At the ends the bound is the end itself: rounding must not put the share outside its own bounds.
    low = 0.0 if part == 0 else max(0.0, middle - reach)
    high = 1.0 if part == whole else min(1.0, middle + reach)
    return Share(100 * rate, 100 * low, 100 * high)


def mean(total: int, number: int, *, exactly: bool) -> float | None:
    """`total` through `number`; None of nothing, and where the number is too small to be told."""
    return total / number if number >= (1 if exactly else SMALL) else None


def summed(rows: Iterable[dict[str, int]], names: Iterable[str]) -> dict[str, int]:
    """The sums of several rows, figure by figure."""
    held = list(rows)
    return {name: sum(row[name] for row in held) for name in names}

"""Measuring things side by side, and the plain tables that say how it went. Nothing here judges a time."""

import gc
from collections.abc import Callable, Mapping, Sequence
from itertools import cycle, islice
from statistics import median
from time import perf_counter

Act = Callable[[], object]
# Set to try a benchmark out without measuring anything much.
most_times: int | None = None


def side_by_side(acts: Mapping[str, Act], *, times: int, warm: int = 20) -> dict[str, list[float]]:
    """Seconds that each act took, `times` over, by turns: what disturbs the machine disturbs them alike."""
    times, warm = min(times, most_times or times), min(warm, most_times or warm)
    for act in acts.values():
        for _ in range(warm):
            act()
    taken: dict[str, list[float]] = {name: [] for name in acts}
    gc.collect()
    for _ in range(times):
        for name, act in acts.items():
            began = perf_counter()
            act()
            taken[name].append(perf_counter() - began)
    return taken


def in_turn(acts: Sequence[Act]) -> Act:
    """One act that is each of `acts` in turn, for ever."""
    turns = cycle(acts)
    return lambda: next(turns)()


def p95(taken: Sequence[float]) -> float:
    return sorted(taken)[max(0, round(len(taken) * 0.95) - 1)]


def show(
    title: str, taken: Mapping[str, Sequence[float]], *, against: str, notes: Mapping[str, str] | None = None
) -> None:
    """A table in milliseconds; `ratio` is each row's p95 and median over those of the row `against`."""
    base = taken[against]
    rows = [
        [
            name,
            *(f"{1000 * value:.2f}" for value in (min(each), median(each), p95(each))),
            f"{median(each) / median(base):.2f}",
            f"{p95(each) / p95(base):.2f}",
            (notes or {}).get(name, ""),
        ]
        for name, each in taken.items()
    ]
    head = ["", "min", "median", "p95", "ratio of medians", "ratio of p95", ""]
    print_table(f"{title} ({len(base)} each, in ms)", head, rows)


def print_table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    print(f"\n{title}")
    for row in [head, *rows]:
        first, rest = row[0].ljust(widths[0]), zip(row[1:], widths[1:], strict=True)
        print(f"  {first}  " + "  ".join(cell.rjust(width) for cell, width in rest).rstrip(), flush=True)


def some(values: Sequence[object], number: int) -> list[object]:
    """`number` of the values, evenly spread, from the first to the last."""
    step = max(1, len(values) // number)
    return list(islice(values, 0, None, step))[:number]

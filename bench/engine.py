"""Decisions of a pathway on one core: where a referral goes, and what happens to it next."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import combinations, cycle, islice, product
from time import process_time

from bench.timing import print_table
from wraparound.pathways.calendar import calendar_for
from wraparound.pathways.engine import Facts, Progress, next_step, plan
from wraparound.pathways.library import load
from wraparound.pathways.vocabulary import Entry, Nation, Need, Service, Status, UrgentFlag

BEGAN = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
DECISIONS = 20_000
ROUNDS = 5


def run() -> None:
    calendar = calendar_for(Nation.ENGLAND)
    rows = []
    for name in ("both-at-once", "link-worker-first"):
        pathway = load(name)
        facts, progress = list(islice(cycle(_facts()), DECISIONS)), list(islice(cycle(_progress()), DECISIONS))
        moments = [BEGAN + timedelta(minutes=37 * n) for n in range(DECISIONS)]
        each = {
            "plan": lambda: [plan(pathway, *both) for both in _with(facts, calendar, moments)],  # noqa: B023
            "next_step": lambda: [next_step(pathway, one, calendar) for one in progress],  # noqa: B023
        }
        for decision, decide in each.items():
            rows.append([f"{decision}, {name}", *_per_second(decide)])
    head = ["", "least a second", "median", "most"]
    print_table(f"Decisions per second of one core, over {ROUNDS} rounds of {DECISIONS:,}", head, rows)


def _with(facts: list[Facts], calendar: object, moments: list[datetime]) -> Iterator[tuple[Facts, object, datetime]]:
    return ((one, calendar, moment) for one, moment in zip(facts, moments, strict=True))


def _per_second(decide: Callable[[], object]) -> list[str]:
    decide()
    rates = []
    for _ in range(ROUNDS):
        began = process_time()
        decide()
        rates.append(DECISIONS / (process_time() - began))
    return [f"{rate:,.0f}" for rate in (min(rates), sorted(rates)[ROUNDS // 2], max(rates))]


def _facts() -> Iterator[Facts]:
    """Every pair of needs, with each urgent flag and none, from each entry, ticked and not."""
    flags = [frozenset[UrgentFlag](), *(frozenset({flag}) for flag in UrgentFlag)]
    for entry, needs, urgent, ticked in product(Entry, combinations(Need, 2), flags, (True, False)):
        yield Facts(entry, frozenset(needs), urgent, ticked)


def _progress() -> Iterator[Progress]:
    """Each service in each status, urgent and not, escalated and not, begun on each day of a month."""
    flags = (frozenset[UrgentFlag](), frozenset({UrgentFlag.INCOME_STOPPED}))
    for day, service, status, urgent, late in product(range(30), Service, Status, flags, (False, True)):
        sent = BEGAN + timedelta(days=day)
        yield Progress(service, status, sent, sent + timedelta(days=1), urgent, attempts=day % 4, escalated=late)

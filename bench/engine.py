"""Decisions of a pathway on one core: where a referral goes, what happens to it next, and a trial of many."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import combinations, cycle, islice, product
from time import process_time

from bench.timing import print_table
from wraparound.pathways import library
from wraparound.pathways.calendar import Calendar, calendar_for
from wraparound.pathways.definition import Pathway
from wraparound.pathways.engine import Facts, Past, Progress, next_step, plan, try_on
from wraparound.pathways.vocabulary import ClinicalReason, Entry, Model, Nation, Need, Service, Status, UrgentFlag

BEGAN = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)
DECISIONS = 20_000
PAST = 10_000
ROUNDS = 5


def run() -> None:
    calendar = calendar_for(Nation.ENGLAND)
    facts, progress = list(islice(_facts(), DECISIONS)), list(islice(cycle(_progress()), DECISIONS))
    asked = [(one, BEGAN + timedelta(minutes=37 * n)) for n, one in enumerate(facts)]
    rows = []
    for name in library.names():
        rows.append([f"plan, {name}", *_per_second(_planning(library.load(name), calendar, asked, Model.CO_LOCATED))])
    both = library.load("both-at-once")
    for model in Model:
        rows.append([f"plan, both-at-once, {model}", *_per_second(_planning(both, calendar, asked, model))])
    rows.append(["next_step, both-at-once", *_per_second(lambda: [next_step(both, one, calendar) for one in progress])])
    head = ["", "least a second", "median", "most"]
    print_table(f"Decisions per second of one core, over {ROUNDS} rounds of {DECISIONS:,}", head, rows)
    past = [Past(one, moment) for one, moment in asked[:PAST]]
    other = library.load("link-worker-first")
    began = process_time()
    try_on(other, both, past, calendar, calendar)
    print(f"A trial of {PAST:,} past referrals, each of other facts: {process_time() - began:.2f} s")


def _planning(
    pathway: Pathway, calendar: Calendar, asked: list[tuple[Facts, datetime]], model: Model
) -> Callable[[], object]:
    return lambda: [plan(pathway, facts, calendar, moment, model) for facts, moment in asked]


def _per_second(decide: Callable[[], object]) -> list[str]:
    decide()
    rates = []
    for _ in range(ROUNDS):
        began = process_time()
        decide()
        rates.append(DECISIONS / (process_time() - began))
    return [f"{rate:,.0f}" for rate in (min(rates), sorted(rates)[ROUNDS // 2], max(rates))]


def _facts() -> Iterator[Facts]:
    """Every pair of needs, with each urgent flag and none, from each entry, ticked and not, of a reason and none."""
    flags = [frozenset[UrgentFlag](), *(frozenset({flag}) for flag in UrgentFlag)]
    reasons = (None, *ClinicalReason)
    for reason, needs, urgent, ticked, entry in product(reasons, combinations(Need, 2), flags, (True, False), Entry):
        yield Facts(entry, frozenset(needs), urgent, ticked, reason)


def _progress() -> Iterator[Progress]:
    """Each service in each status, urgent and not, escalated and not, begun on each day of a month."""
    flags = (frozenset[UrgentFlag](), frozenset({UrgentFlag.INCOME_STOPPED}))
    for day, service, status, urgent, late in product(range(30), Service, Status, flags, (False, True)):
        sent = BEGAN + timedelta(days=day)
        yield Progress(service, status, sent, sent + timedelta(days=1), urgent, attempts=day % 4, escalated=late)

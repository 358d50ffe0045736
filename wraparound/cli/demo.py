"""The invented people and organisations that a development database begins with.

One process tells the years of the first schemes, a second one those of the others meanwhile.
"""

import gc
import multiprocessing
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from wraparound.cli import processes
from wraparound.cli.problem import Problem
from wraparound.config import environment

if TYPE_CHECKING:
    from wraparound.organisations.importing.practices import Practice

Say = Callable[[str], None]


def load(write: Say) -> None:
    import django

    django.setup()
    from django.db import connections
    from django.utils import timezone

    from wraparound.demo import load as demo
    from wraparound.demo.practices import known_practices
    from wraparound.demo.schemes import SCHEMES

    now, known = timezone.now(), known_practices(environment.read("DEMO_PRACTICES"))
    _hurry()
    demo.begin(now, schemes=SCHEMES, known=known)
    # What is told by two at once is about as long in each.
    here, there = [0, 3], [1, 2]
    connections.close_all()
    other = multiprocessing.get_context("fork").Process(target=_apart, args=(there, now, known, write))
    other.start()
    try:
        _tell(here, now, known, write)
        other.join()
    finally:
        other.kill()
        other.join()
    if other.exitcode:
        raise Problem("The demo could not be loaded: what is above says why.")
    demo.finish(now)


def _apart(numbers: Sequence[int], now: datetime, known: "tuple[Practice, ...]", write: Say) -> None:
    processes.stop_with_parent()
    _tell(numbers, now, known, write)


def _tell(numbers: Sequence[int], now: datetime, known: "tuple[Practice, ...]", write: Say) -> None:
    from wraparound.demo.load import tell_year
    from wraparound.demo.schemes import SCHEMES

    _hurry()
    # Little of a year is garbage in rings, and looking for it after every few rows is a tenth of the time.
    gc.set_threshold(100_000)
    for number in numbers:
        tell_year(SCHEMES[number], now, write, known=known)


def _hurry() -> None:
    """A load that is cut off is begun again, so no step of it need wait for the disk.

    Each question is about a few rows by their keys, so that none gets better by being thought about.
    """
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off; SET join_collapse_limit = 1; SET jit = off")


def load_if_empty(write: Say) -> None:
    """Only in development, and only where there is no scheme yet."""
    if environment.production():
        return
    from wraparound.organisations.models import Scheme

    if not Scheme.objects.using("owner").exists():
        load(write)

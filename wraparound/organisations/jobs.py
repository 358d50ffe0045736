"""Jobs that carry their actor: a row in the action's transaction, run later as the same actor."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import partial
from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.manager import JobManager

from wraparound.organisations.actor import Actor, acting_as

# A fault of the moment passes within the hour; what still fails then is a fault of ours and stays visible as failed.
RETRY = RetryStrategy(max_attempts=8, exponential_wait=3)
# Inside a worker the queue has connections of its own, which know nothing of the job's transaction. What a job queues
# goes through Django's all the same: it is there when the job's work is committed, and not before.
IN_TRANSACTION = JobManager(DjangoConnector())
Kept = list[Callable[[], None]]
_kept: ContextVar["tuple[Collection[Job], Kept] | None"] = ContextVar("kept_jobs", default=None)


class Job:
    """A function that runs later. `later(by=…, …)` queues it in the open transaction; `now(…)` runs it here."""

    def __init__(self, function: Callable[..., None], queue: str) -> None:
        self.function = function
        self.task = app.task(name=f"{function.__module__}.{function.__qualname__}", queue=queue, retry=RETRY)(self._run)

    def _run(self, actor: dict[str, Any], **arguments: Any) -> None:
        self.now(by=Actor.from_json(actor), **arguments)

    def now(self, *, by: Actor, **arguments: Any) -> None:
        with acting_as(by):
            self.function(by=by, **arguments)

    def later(self, *, by: Actor, **arguments: Any) -> None:
        kept = _kept.get()
        if kept is not None and self in kept[0]:
            kept[1].append(partial(self.now, by=by, **arguments))
            return
        queued = self.task.configure()
        queued.job_manager = IN_TRANSACTION
        queued.defer(actor=by.as_json(), **arguments)


def job(queue: str = "default") -> Callable[[Callable[..., None]], Job]:
    """Make a function of `by` and JSON values a job."""
    return lambda function: Job(function, queue)


@contextmanager
def keeping(jobs: Collection[Job]) -> Iterator[Kept]:
    """These jobs are kept in the list instead of queued, for whoever makes history to run each at its own time.

    They are theirs to drop with the transaction that they came from.
    """
    kept: Kept = []
    token = _kept.set((jobs, kept))
    try:
        yield kept
    finally:
        _kept.reset(token)

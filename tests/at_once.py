"""Several people at once: each in a transaction and on a connection of their own."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connections

from tests.house.seeing import Owner
from wraparound.organisations.actor import Actor, acting_as

Act = Callable[[Actor], Any]


class Other(threading.Thread):
    """Somebody else doing something, in a transaction and on a connection of their own."""

    def __init__(self, by: Actor, act: Act, start_with: threading.Barrier | None = None) -> None:
        super().__init__(daemon=True)
        self.by, self.act, self.start_with = by, act, start_with
        self.result: Any = None
        self.start()

    def run(self) -> None:
        try:
            if self.start_with:
                self.start_with.wait(10)
            with acting_as(self.by):
                self.result = self.act(self.by)
        except Exception as fault:
            self.result = fault
        finally:
            connections.close_all()

    def ended(self) -> Any:
        self.join(20)
        assert not self.is_alive(), "somebody waits for ever"
        return self.result


def until_somebody_waits(owner: Owner) -> None:
    """Until another transaction waits for a lock held here."""
    for _ in range(500):
        [(_, waits)] = owner.query("SELECT pg_sleep(0.01), EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        if waits:
            return
    raise AssertionError("Nobody waited.")


def one_while_the_other_waits(owner: Owner, first: Actor, second: Actor, act: Act) -> tuple[Any, Any]:
    """`first` is not finished when `second` begins: what each got."""
    with acting_as(first):
        won = act(first)
        other = Other(second, act)
        until_somebody_waits(owner)
    return won, other.ended()


def all_at_once(*doings: tuple[Actor, Act]) -> list[Any]:
    barrier = threading.Barrier(len(doings))
    others = [Other(by, act, barrier) for by, act in doings]
    return [other.ended() for other in others]

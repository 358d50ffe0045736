"""How many people each worker of the acting organisation has in hand, and how many nobody has taken."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from wraparound.organisations.actor import Actor


@dataclass(frozen=True, slots=True)
class Load:
    """One worker's people in one team: `worker_id` is None for what no worker has, of which `unclaimed` waits."""

    team_id: int
    worker_id: int | None
    people: int
    unclaimed: int


def loads(actor: Actor) -> list[Load]:
    """Every worker's load in the teams of the organisation that the transaction acts for.

    Counted by the database from one index: a manager of many thousands waits no longer than one of fifty.
    """
    assert actor.organisation_id is not None
    with connection.cursor() as cursor:
        cursor.execute("SELECT team, worker, people, unclaimed FROM referrals_loads()")
        return [Load(*row) for row in cursor.fetchall()]


def people_by_worker(found: Iterable[Load], team_id: int | None = None) -> dict[int, int]:
    """By user id; of one team, or of all together."""
    sums: dict[int, int] = {}
    for load in found:
        if load.worker_id is not None and team_id in (load.team_id, None):
            sums[load.worker_id] = sums.get(load.worker_id, 0) + load.people
    return sums

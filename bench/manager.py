"""The pages of those who manage, over a million referrals: a service's, a practice's and a scheme's."""

from collections.abc import Mapping
from time import perf_counter

from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench.ground import Ground
from bench.timing import Act, print_table, show, side_by_side
from wraparound.organisations.actor import Actor
from wraparound.reporting.counting import count, recount

TIMES = 100
QUIET = "a service with fifty open"
# The most that a manager should wait, in milliseconds at the 95th percentile.
PROMISED = 200


def run(ground: Ground) -> None:
    _counting()
    clients = {actor.user_id: _client(ground, actor) for actor in _actors(ground).values()}
    for page in ("/home/", "/figures/"):
        acts: dict[str, Act] = {
            name: _get(clients[actor.user_id], page) for name, actor in _actors(ground).items()
        }  # fmt: skip
        _show(f"The whole page {page}", acts)
    behind = {
        QUIET: _get(clients[ground.quiet_manager.user_id], _people("referred")),
        "all that were referred": _get(clients[ground.manager.user_id], _people("referred")),
        "those declined": _get(clients[ground.manager.user_id], _people("left_declined")),
        "those that ended before an appointment": _get(clients[ground.manager.user_id], _people("left_unattended")),
        "the same, of three years": _get(clients[ground.manager.user_id], _people("left_unattended", years=3)),
    }
    _show("The people behind a number", behind)


def _counting() -> None:
    """The first count of all there is, the job of a minute in which nothing happened, and what it comes to."""
    taken = {}
    for name, counting in (("everything anew", recount), ("everything again", recount), ("a minute", count)):
        began = perf_counter()
        counting()
        taken[name] = perf_counter() - began
    with connections["owner"].cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) reporting_cohortday")
        [rows] = cursor.execute("SELECT count(*) FROM reporting_cohortday").fetchone()
        [size] = cursor.execute("SELECT pg_size_pretty(pg_total_relation_size('reporting_cohortday'))").fetchone()
    print_table("Counting, in seconds", ["", "taken"], [[name, f"{each:.2f}"] for name, each in taken.items()])
    print(f"\n{rows:,} cohort-days, {size} with their indexes.")


def _actors(ground: Ground) -> Mapping[str, Actor]:
    return {
        QUIET: ground.quiet_manager,
        "a service with twenty thousand open": ground.manager,
        "a practice manager": ground.practice_manager,
        "a commissioner": ground.commissioner,
    }


def _show(title: str, acts: Mapping[str, Act]) -> None:
    notes = {name: f"{_queries(act)} queries" for name, act in acts.items()}
    show(title, side_by_side(acts, times=TIMES, warm=3), against=QUIET, notes=notes)
    print(f"  (promised: {PROMISED} ms at the 95th percentile)")


def _people(figure: str, years: int = 0) -> str:
    address = f"/figures/people/?figure={figure}&kind=referral"
    if not years:
        return address
    today = timezone.localdate()
    days = {"first": today.replace(year=today.year - years, day=1), "last": today}
    return address + "".join(
        f"&{name}-{part}={getattr(day, part)}" for name, day in days.items() for part in ("day", "month", "year")
    )


def _client(ground: Ground, actor: Actor) -> Client:
    client = Client()
    client.force_login(ground.user(actor))
    return client


def _get(client: Client, address: str) -> Act:
    def get() -> None:
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)

    return get


def _queries(act: Act) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)

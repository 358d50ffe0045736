"""A team's worklist among a million referrals: fifty open rows against twenty thousand, and against Django's admin."""

from collections.abc import Callable, Mapping

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.admin import admin_page
from bench.ground import Ground
from bench.timing import Act, in_turn, print_table, show, side_by_side, some
from wraparound.organisations.actor import Actor, acting_as
from wraparound.referrals.models import Referral
from wraparound.referrals.reading import worklist, worklist_counts

TIMES = 500
FILTERS: dict[str, dict[str, str]] = {
    "all": {},
    "mine": {"whose": "mine"},
    "unclaimed": {"whose": "unclaimed"},
    "urgent": {"urgent": "yes"},
    "accepted": {"status": "accepted"},
    "in progress": {"status": "in_progress"},
    "declined": {"status": "declined"},
}
QUIET, BUSY = "fifty open", "twenty thousand open"


def run(ground: Ground) -> None:
    teams = {QUIET: ground.quiet, BUSY: ground.busy}
    keys = {name: _keys(actor) for name, actor in teams.items()}
    plans = {
        f"{name}, {filter_}": _plan(actor, asked) for name, actor in teams.items() for filter_, asked in FILTERS.items()
    }
    print_table(
        "How PostgreSQL finds the page's rows", ["", "index", "rows read", "sorts"], [[n, *p] for n, p in plans.items()]
    )
    _reading(teams, keys)
    clients = {name: _client(ground, actor) for name, actor in teams.items()}
    _pages(clients, keys)
    _against_admin(ground, clients[BUSY])


def _reading(teams: Mapping[str, Actor], keys: Mapping[str, list[str]]) -> None:
    acts: dict[str, Act] = {}
    for name, actor in teams.items():
        acts[name] = _read(actor, {})
        acts[f"{name}, at any depth"] = in_turn([_read(actor, {"after": key}) for key in keys[name]])
        acts[f"{name}, the counts"] = _within(actor, lambda actor=actor: worklist_counts(actor))
    show("The reading function, within its actor's transaction", side_by_side(acts, times=TIMES), against=QUIET)
    for filter_, asked in FILTERS.items():
        taken = side_by_side({name: _read(actor, asked) for name, actor in teams.items()}, times=TIMES // 5)
        show(f"The filter “{filter_}”", taken, against=QUIET)


def _pages(clients: Mapping[str, Client], keys: Mapping[str, list[str]]) -> None:
    acts: dict[str, Act] = {}
    notes: dict[str, str] = {}
    for name, client in clients.items():
        acts[name] = _get(client, {})
        acts[f"{name}, at any depth"] = in_turn([_get(client, {"after": key}) for key in keys[name]])
        notes[name] = f"{_queries(acts[name])} queries"
    show("The whole page /worklist/", side_by_side(acts, times=TIMES), against=QUIET, notes=notes)
    for filter_ in ("mine", "unclaimed", "urgent"):
        taken = side_by_side(
            {name: _get(client, FILTERS[filter_]) for name, client in clients.items()}, times=TIMES // 5
        )
        show(f"The whole page, filter “{filter_}”", taken, against=QUIET)


def _against_admin(ground: Ground, client: Client) -> None:
    team = ground.busy.team_id
    assert team is not None
    with acting_as(ground.busy):
        halfway = max(1, Referral.objects.to_team_of(ground.busy).open().count() // 50)
    acts: dict[str, Act] = {
        "our page": _get(client, {}),
        "our list, without its page": _read(ground.busy, {}),
        "the admin, as it comes": _within(ground.busy, lambda: admin_page(team)),
        "the admin, without its full count": _within(ground.busy, lambda: admin_page(team, full_count=False)),
        "the same, halfway down": _within(ground.busy, lambda: admin_page(team, halfway, full_count=False)),
    }
    notes = {name: f"{_queries(act)} queries" for name, act in acts.items()}
    taken = side_by_side(acts, times=10, warm=1)
    show(
        f"{BUSY.capitalize()}: our page against the same list in Django's admin", taken, against="our page", notes=notes
    )


def _within(actor: Actor, act: Act) -> Act:
    def acted() -> object:
        with acting_as(actor):
            return act()

    return acted


def _read(actor: Actor, asked: Mapping[str, str]) -> Act:
    asks: Callable[[], object] = lambda: worklist(  # noqa: E731
        actor,
        whose=asked.get("whose", ""),
        urgent="urgent" in asked,
        status=asked.get("status", ""),
        after=asked.get("after", ""),
    )
    return _within(actor, asks)


def _keys(actor: Actor) -> list[str]:
    """Keys from the first page to the last but one, at most ten."""
    found, after = [""], ""
    with acting_as(actor):
        while after := worklist(actor, after=after).after:
            found.append(after)
    return [str(key) for key in some(found, 10)] + found[-1:]


def _client(ground: Ground, actor: Actor) -> Client:
    client = Client()
    client.force_login(ground.user(actor))
    return client


def _get(client: Client, asked: Mapping[str, str]) -> Act:
    def get() -> None:
        response = client.get("/worklist/", asked)
        assert response.status_code == 200, response.status_code

    return get


def _queries(act: Act) -> int:
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


def _plan(actor: Actor, asked: Mapping[str, str]) -> list[str]:
    """Which index gave the page's keys, how many rows it read for them, and whether they had to be sorted."""
    with CaptureQueriesContext(connection) as captured:
        _read(actor, asked)()
    query = next(each["sql"] for each in captured if "referrals_referral" in each["sql"])
    inner = query[query.index("IN (SELECT") + 4 :]
    inner = inner[: inner.index(" LIMIT ") + len(" LIMIT 26")]
    with acting_as(actor), connection.cursor() as cursor:
        [[[plan]]] = cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {inner}").fetchall()
    return _said(plan["Plan"])


def _said(node: dict[str, object]) -> list[str]:
    nodes = [node]
    for each in nodes:
        nodes.extend(each.get("Plans", []))  # type: ignore[arg-type]
    indexes = [str(each["Index Name"]) for each in nodes if "Index Name" in each]
    scanned = [each for each in nodes if each.get("Relation Name") == "referrals_referral"]
    read = sum(int(each["Actual Rows"]) + int(each.get("Rows Removed by Filter", 0)) for each in scanned)  # type: ignore[call-overload]
    return [
        " and ".join(indexes),
        str(read),
        "yes" if any("Sort" in str(each["Node Type"]) for each in nodes) else "no",
    ]

"""The published table of who can open what is what the product answers."""

import logging
from collections.abc import Iterator

import pytest

from tests.house.access import (
    ELSEWHERE,
    FOREIGN,
    LET_IN,
    OTHER,
    OWN,
    ROLES,
    SENT,
    Everybody,
    Line,
    as_page,
    measured,
    rows_of,
    takes_a_row,
    undone,
)
from tests.house.finding import CHECKOUT
from tests.house.seeing import committing
from tests.house.test_routes import ROUTES, Route, kind_of
from wraparound.organisations.roles import Role

ADMINISTRATOR = Role.SCHEME_ADMINISTRATOR
TABLE = CHECKOUT / "docs" / "generated" / "access.md"
AGAIN = 'make test ARGS="tests/house/test_access_table.py --write-access -n 0"'


@pytest.fixture(scope="module")
def everybody(django_db_setup: None, django_db_blocker) -> Iterator[Everybody]:
    logging.disable(logging.WARNING)
    with committing(django_db_blocker):
        yield Everybody()
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def written(request: pytest.FixtureRequest) -> Iterator[dict[str, list[str]]]:
    """What was measured, by address: the document is made of it when that is asked for."""
    rows: dict[str, list[str]] = {}
    yield rows
    if request.config.getoption("--write-access", default=False):
        kept = {route.path: published(route) for route in ROUTES}
        TABLE.write_text(as_page(kept | rows), encoding="utf-8")


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path or "home")
def test_the_published_table_says_what_an_address_answers(
    route: Route, everybody: Everybody, written: dict[str, list[str]], request: pytest.FixtureRequest
) -> None:
    lines = measured(everybody, route)
    assert let_in_to_what_is_anothers(lines) == []
    if takes_a_row(route):
        [own] = [line for line in lines if line.whose == OWN]
        assert LET_IN & set(own.answers), "An address that opens for nobody proves nothing."
        a_form_about_a_foreign_row_finds_nothing(everybody, own)
    written[route.path] = rows_of(lines)
    if not request.config.getoption("--write-access", default=False):
        published = [
            row for row in TABLE.read_text(encoding="utf-8").splitlines() if row.startswith(f"| `/{route.path}` |")
        ]
        assert published == rows_of(lines), f"Look whether the change is meant, then run {AGAIN}"


def published(route: Route) -> list[str]:
    rows = TABLE.read_text(encoding="utf-8").splitlines()
    return [row for row in rows if row.startswith(f"| `/{route.path}` |")]


def let_in_to_what_is_anothers(lines: list[Line]) -> list[tuple[str, Role | None]]:
    """Administrators keep the whole scheme, and what they keep is about no person."""
    return [
        (line.whose, role)
        for line in lines
        for role, answer in zip((None, *ROLES), line.answers, strict=True)
        if line.whose in FOREIGN and answer in LET_IN and not may_keep(line.route, line.whose, role)
    ]


def may_keep(route: Route, whose: str, role: Role | None) -> bool:
    return route.path.startswith(("scheme/", "second-factors/")) and (whose, role) == (OTHER, ADMINISTRATOR)


def a_form_about_a_foreign_row_finds_nothing(everybody: Everybody, own: Line) -> None:
    """Sent as every role that could send it about a row of its own: the very same form, to the same address."""
    route, kind = own.route, kind_of(own.route)
    insider = everybody.story.world.actors[kind.insider]
    address = route.to(kind.make(everybody.story))
    able = [role for role, answer in zip(ROLES, own.answers[1:], strict=True) if answer in LET_IN]
    for whose in FOREIGN:
        organisation = everybody.position(whose, insider)
        for role in able:
            if not may_keep(route, whose, role):
                client = everybody.client(role, organisation, insider)
                assert undone(client, "post", address, SENT.get(route.path)).status_code in (404, 405), (role, whose)


def test_the_table_has_every_place_in_it() -> None:
    page = TABLE.read_text(encoding="utf-8")
    assert all(whose in page for whose in (OWN, OTHER, ELSEWHERE)) and all(role.label in page for role in ROLES)

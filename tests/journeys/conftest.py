"""What every journey has: the server and a browser for the whole folder, and a scheme and screens of its own."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.factories import World
from tests.journeys import given
from tests.journeys.pictures import Clock, stopped_clock
from tests.journeys.screens import PHONE, Screens
from tests.journeys.stage import own_database, running_browser, running_server
from wraparound.organisations.actor import Actor

HERE = Path(__file__).resolve().parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--pictures", action="store_true", help="write the pictures of docs/pictures anew")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="package")
def server(django_db_setup: None, django_db_blocker) -> Iterator[str]:
    with django_db_blocker.unblock(), own_database(), running_server() as address:
        yield address


@pytest.fixture(scope="package")
def browser(server: str) -> Iterator[Browser]:
    with running_browser() as browser:
        yield browser


@pytest.fixture
def clock(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time in the pictures, which are taken only when they are asked for."""
    if not request.config.getoption("--pictures", default=False):
        pytest.skip("The pictures are written anew with --pictures alone.")
    return stopped_clock(monkeypatch, seed=request.node.name)


@pytest.fixture
def world(server: str) -> World:
    return given.a_world()


WAYS: dict[str, dict[str, Any]] = {
    "at a desk": {},
    "without scripts": {"scripts": False},
    "on a phone": {"width": PHONE, "height": 740},
}


@pytest.fixture(params=WAYS)
def sit(request: pytest.FixtureRequest, screens: Screens) -> Callable[[Actor], Page]:
    """`sit(actor)` opens a window for them: the whole journey is made again in each way of using the product."""
    return partial(screens, **WAYS[request.param])


@pytest.fixture
def screens(browser: Browser, server: str) -> Iterator[Screens]:
    screens = Screens(browser, server)
    yield screens
    screens.close()
    assert not screens.faults

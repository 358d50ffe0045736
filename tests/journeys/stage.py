"""Where journeys are played: a database of their own, the real server, a browser, and the jobs' worker."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from time import sleep
from typing import Any

import pytest
from django.conf import settings
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from playwright.sync_api import Browser, expect, sync_playwright
from procrastinate.contrib.django import app
from psycopg import connect, sql
from psycopg.errors import InsufficientPrivilege

from tests.journeys.screens import PATIENCE
from wraparound.config.environment import read
from wraparound.organisations.pathways import pathway_of
from wraparound.web.journey.pages import pathway_picture

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")


@contextmanager
def own_database() -> Iterator[None]:
    """A copy of the worker's database: what journeys commit stays out of the other tests' sight."""
    before = settings.DATABASES["default"]["NAME"]
    name = f"{before}_journeys"
    use_database(before)
    drop(name)
    as_owner("CREATE DATABASE {} TEMPLATE {}", name, before)
    use_database(name)
    yield
    use_database(before)
    drop(name)


def drop(name: str) -> None:
    """Also when a thread of a worker has left a connection behind, which its own role may end.

    The server may be tidying up in it just then, which only it may end: that is soon over.
    """
    ours = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s AND usename = current_user"
    with connect(read("DATABASE_URL"), autocommit=True) as connection:
        connection.execute(ours, [name])
    statement = "DROP DATABASE IF EXISTS {} WITH (FORCE)"
    for _ in range(20):
        with suppress(InsufficientPrivilege):
            return as_owner(statement, name)
        sleep(1)
    as_owner(statement, name)


def use_database(name: str) -> None:
    """Go on with another database. What was remembered by a row's number is forgotten."""
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name
    pathway_of.cache_clear()
    pathway_picture.cache_clear()


def as_owner(statement: str, *names: str) -> None:
    with connect(read("DATABASE_OWNER_URL"), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


class QuietHandler(WSGIRequestHandler):
    timeout = 20

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a failed answer fails its journey."""


class Server(ThreadedWSGIServer):
    # Closing waits for every answer's thread, and so for its database connection.
    daemon_threads = False

    # A browser may go away in the middle of an answer.
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of broken connections."""


@contextmanager
def running_server() -> Iterator[str]:
    """The product behind a real port; its address."""
    server = Server(("127.0.0.1", 0), QuietHandler)
    server.set_app(get_wsgi_application())
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def running_browser() -> Iterator[Browser]:
    program = find_browser()
    # The browser's loop sleeps in this thread between its calls, which Django takes for an asynchronous program.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        yield browser
        browser.close()


def find_browser() -> str:
    named = read("CHROMIUM")
    found = shutil.which(named) if named else next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        pytest.fail("The journeys need Chromium: install it, or set CHROMIUM to its path.")
    return found


def do_waiting_jobs() -> None:
    """What the worker process would do now. In a thread of its own: the browser's loop sleeps in this one."""
    failed: list[BaseException] = []
    thread = Thread(target=_work, args=[failed])
    thread.start()
    thread.join()
    if failed:
        raise failed[0]


def _work(failed: list[BaseException]) -> None:
    try:
        connector = app.connector.get_worker_connector()  # type: ignore[attr-defined]
        with app.replace_connector(connector) as worker:
            worker.run_worker(
                queues=["messages", "default"], wait=False, listen_notify=False, install_signal_handlers=False
            )
    except BaseException as fault:
        failed.append(fault)
    finally:
        connections.close_all()

"""The database stops and comes back while people use the pages."""

import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.site import Browser, Site


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """In a folder that the database's account can reach, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp(prefix="wraparound-faults-"))
    folder.chmod(0o711)
    running = Site(folder)
    try:
        running.start()
        yield running
    finally:
        running.stop()
        shutil.rmtree(folder, ignore_errors=True)


class Load:
    """Several people who ask for a page again and again."""

    def __init__(self, site: Site, people: int = 4) -> None:
        self.browsers = [Browser(site) for _ in range(people)]
        for browser in self.browsers:
            browser.sign_in(site.email)
        self.got: list[int] = []
        self.going = True
        self.threads = [threading.Thread(target=self.ask, args=(browser,)) for browser in self.browsers]

    def ask(self, browser: Browser) -> None:
        while self.going:
            self.got.append(browser.status("/referrals/"))

    def __enter__(self) -> "Load":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.going = False
        for thread in self.threads:
            thread.join(60)

    def until(self, status: int, times: int = 8) -> None:
        """Until this many more answers have had this status."""
        wanted, deadline = self.got.count(status) + times, time.monotonic() + 60
        while self.got.count(status) < wanted:
            assert time.monotonic() < deadline, f"no {status} came: {set(self.got)}"
            time.sleep(0.05)


def test_a_restart_under_load_shows_a_clear_page_and_then_everything_works(site: Site) -> None:
    with Load(site) as load:
        load.until(200)
        site.postgres.stop()
        load.until(503)
        status, page = load.browsers[0].get("/referrals/")
        site.postgres.start()
        load.until(200, times=20)
    assert status == 503 and "try again in a minute" in page.lower() and "Traceback" not in page
    assert set(load.got) == {200, 503}


def test_while_it_is_away_even_the_first_page_says_so(site: Site) -> None:
    stranger = Browser(site)
    assert stranger.status("/healthz") == 200
    site.postgres.stop()
    try:
        assert stranger.status("/healthz") == 503
        assert stranger.get("/referrals/")[0] in (200, 503), "a stranger needs no database to be sent to sign in"
    finally:
        site.postgres.start()
    assert stranger.status("/healthz") == 200


def test_names_are_compared_in_every_script_on_this_database_too(site: Site) -> None:
    """Its locale knows English letters alone, and its version is another than the tests' own."""
    with site.postgres.connect("wraparound") as connection:
        asked = "SELECT people_plain(%s, %s), people_names_alike(people_plain(%s, %s), people_plain(%s, %s))"
        names = ("ИВАН", "Соловьёв", "Иван", "Соловьёв", "СОЛОВЬЕВ", "Иван")
        assert connection.execute(asked, names).fetchone() == ("иван соловьев", 2)

"""Two hundred staff at work for five minutes, on the server that production runs: no error, and nobody else's page."""

import http.client
import os
import random
import re
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from bench import timing
from bench.bare import submission
from bench.ground import Ground
from bench.memory import HOST, free_port, serve, wait_for
from bench.timing import print_table
from wraparound.organisations.models import Membership, User
from wraparound.organisations.roles import Role

# Staff, seconds, and seconds of thought between one page and the next: `--staff`, `--seconds` and `--think`.
staff, seconds, think = 200, 300.0, 5.0
PAGES = {
    Role.CLINICIAN: ("/home/", "/referrals/", "/refer/", "/account/"),
    Role.SERVICE_MANAGER: ("/home/", "/team/", "/figures/", "/account/"),
}
# One of each, whose pages are measured by the benchmark manager.
ELSEWHERE = (Role.COMMISSIONER, Role.PRACTICE_MANAGER)
WORKING = ("/home/", "/worklist/", "/worklist/?whose=mine", "/tasks/", "/alerts/", "/hours/", "/account/")
LINK = re.compile(r'href="(/(?:journey|referrals|case)/[^"#?.]+)"')
WHO = re.compile(r'class="wr-who__name">([^<]*)<.*?class="wr-who__role">[^<]*, ([^<]*)<', re.DOTALL)
SAID = re.compile(r'<a href="#[^"]*">([^<]*)</a>')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
COOKIE = "__Host-session"
# One page in so many sends a referral, by those who refer.
REFERS = 12


@dataclass
class Worker:
    """One member of staff in one browser."""

    number: int
    name: str
    organisation: str
    role: str
    session: str
    port: int
    taken: list[float] = field(default_factory=list)
    answers: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def work(self, until: float) -> None:
        chance = random.Random(self.number)
        time.sleep(chance.uniform(0, think))
        links: list[str] = []
        while time.monotonic() < until:
            pages = PAGES.get(Role(self.role), WORKING)
            wanted = chance.choice(links) if links and chance.random() < 0.5 else chance.choice(pages)
            try:
                page = self.ask("GET", wanted)
                links = LINK.findall(page) or links
                if self.role == Role.CLINICIAN and chance.randrange(REFERS) == 0:
                    self.refer()
            except OSError as fault:
                self.wrong.append(f"{wanted}: {fault!r}")
            time.sleep(chance.uniform(0.5, 1.5) * think)

    def refer(self) -> None:
        # The page gets a name of its own, under which it is sent.
        form = submission()
        page = f"/refer/new/?form={form}"
        token = TOKEN.search(self.ask("GET", page))
        answers = {
            "csrfmiddlewaretoken": token[1] if token else "", "submission": form, "given_names": "Amara",
            "family_name": f"Of {self.number} {len(self.taken)}", "date_of_birth-day": "1", "date_of_birth-month": "2",
            "date_of_birth-year": "1950", "nhs_number_known": "not_known", "mobile": "07700 900123",
            "needs": "benefits", "advice": "yes",
            "agreed_how": "in_person", "given_by": "person", "capacity": "no_doubt",
        }  # fmt: skip
        self.ask("POST", page, urlencode(answers))

    def ask(self, method: str, address: str, body: str = "") -> str:
        """The page; what is wrong with it is kept."""
        began = time.monotonic()
        line = http.client.HTTPConnection(HOST, self.port, timeout=120)
        line.request(method, address, body or None, self.headers(address))
        response = line.getresponse()
        text, given = response.read().decode(), response.getheader("Set-Cookie") or ""
        line.close()
        self.taken.append(time.monotonic() - began)
        self.answers[str(response.status)] += 1
        self.look(method, address, response.status, text, given, response.getheader("Location") or "")
        if "csrftoken=" in given:
            self.csrf = given.partition(";")[0]
        return text

    csrf: str = ""

    def headers(self, address: str) -> dict[str, str]:
        return {
            "Cookie": f"{COOKIE}={self.session}; {self.csrf}",
            "Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-Proto": "https",
            "Referer": f"https://{HOST}:{self.port}{address}",
        }  # fmt: skip

    def look(self, method: str, address: str, status: int, text: str, given: str, led: str) -> None:
        """Whether the page is this worker's own, and an answer that they should get."""
        who = WHO.search(text)
        if status != (200 if method == "GET" else 302):
            self.wrong.append(f"{method} {address} answered {status} {led}{' '.join(SAID.findall(text))}")
        if status == 200 and (who is None or (who[1], who[2]) != (self.name, self.organisation)):
            self.wrong.append(f"{address} is the page of {who and who.groups()} and not of {self.name}")
        if COOKIE in given and self.session not in given:
            self.wrong.append(f"{address} gave another session")


def run(ground: Ground) -> None:
    port = free_port()
    workers = list(_workers(ground, port))
    with _server(port):
        until = time.monotonic() + seconds
        threads = [Thread(target=worker.work, args=[until]) for worker in workers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    _tell(workers)


def _workers(ground: Ground, port: int) -> Iterator[Worker]:
    """Signed in, each with a name that nobody else has."""
    held = (
        Membership.objects.filter(scheme=ground.scheme).exclude(role=Role.COMMISSIONER).select_related("organisation")
    )
    for number, membership in enumerate(timing.some(list(held.order_by("role", "pk")), staff)):
        assert isinstance(membership, Membership)
        user = User.objects.get(pk=membership.user_id)
        user.name = f"Worker {number:04}"
        user.save(update_fields=["name"])
        client = Client()
        client.force_login(user)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        yield Worker(number, user.name, membership.organisation.name, membership.role, session, port)


@contextmanager
def _server(port: int) -> Iterator[None]:
    """As production runs it, behind a proxy that ends TLS."""
    os.environ |= {"WRAPAROUND_MODE": "production", "SECRET_KEY": settings.SECRET_KEY, "ALLOWED_HOSTS": HOST}
    server = serve(port, "wraparound.config.wsgi:application")
    try:
        wait_for(port)
        yield
    finally:
        server.terminate()
        server.wait(60)


def _tell(workers: list[Worker]) -> None:
    taken = sorted(each for worker in workers for each in worker.taken)
    answers = sum((worker.answers for worker in workers), Counter[str]())
    wrong = [said for worker in workers for said in worker.wrong]
    at = {
        f"{part:g}th percentile": taken[min(len(taken) - 1, int(len(taken) * part / 100))] for part in (50, 90, 95, 99)
    }
    rows = [[name, f"{1000 * value:.0f}"] for name, value in {**at, "slowest": taken[-1]}.items()]
    print_table(f"{len(workers)} staff, {seconds:g} s, {think:g} s of thought", ["", "ms"], rows)
    print_table("Answers", ["status", "times"], [[status, f"{n:,}"] for status, n in sorted(answers.items())])
    print(f"\n{len(taken) / seconds:.1f} requests a second. Errors, and pages of somebody else: {len(wrong)}.")
    for said in wrong[:20]:
        print(f"  {said}")
    if wrong:
        raise SystemExit(1)

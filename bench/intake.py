"""Taking a referral in through its page, against a bare view that writes the same rows by plain SQL."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count
from statistics import median
from typing import Any

from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.bare import Fixed, submission, take_in
from bench.ground import FAMILY, GIVEN, Ground
from bench.timing import Act, print_table, show, side_by_side
from wraparound.consent.agreed import REFERRAL, AgreedHow
from wraparound.consent.asking import Agreed
from wraparound.organisations.actor import Actor, acting_as
from wraparound.pathways.vocabulary import Entry, Need
from wraparound.people.codes import nhs_number
from wraparound.people.details import PersonDetails
from wraparound.referrals.actions import refer
from wraparound.referrals.intake import Intake, Sender

TIMES = 300
PAGE, BARE_PAGE, ACTION, BARE = "the page", "a bare view in its place", "the action alone", "its rows alone"
WRITTEN = (
    "people_person", "people_involvement", "consent_agreement", "referrals_journey", "referrals_referral",
    "events_event", "people_personhistory", "consent_agreementhistory", "referrals_journeyhistory",
    "referrals_referralhistory",
)  # fmt: skip


def run(ground: Ground) -> None:
    acts = _acts(ground)
    _same_rows(acts)
    notes = {name: f"{len(_statements(act))} statements" for name, act in acts.items()}
    taken = side_by_side(acts, times=TIMES)
    pages = {name: taken[name] for name in (BARE_PAGE, PAGE)}
    show("One intake over HTTP, somebody new with a number, to both services", pages, against=BARE_PAGE, notes=notes)
    within = {name: taken[name] for name in (BARE, ACTION)}
    show("The same without HTTP, in the actor's transaction", within, against=BARE, notes=notes)
    rates = {name: 1 / median(each) for name, each in taken.items()}
    rows = [[ours, f"{rates[ours]:.0f}", f"{rates[theirs]:.0f}", f"{rates[ours] / rates[theirs]:.2f}"]
            for ours, theirs in ((PAGE, BARE_PAGE), (ACTION, BARE))]  # fmt: skip
    print_table("Intakes a second, by the median", ["", "ours", "bare", "ratio"], rows)
    for name in (PAGE, ACTION):
        _print_statements(name, _statements(acts[name]))


def _acts(ground: Ground) -> dict[str, Act]:
    client = Client()
    client.force_login(ground.user(ground.clinician))
    answers = _answers()
    fixed = Fixed(ground.clinician)
    return {
        PAGE: lambda: _post(client, "/refer/new/", next(answers)),
        BARE_PAGE: lambda: _post(client, "/bench-bare/", next(answers)),
        ACTION: lambda: _refer(ground.clinician, next(answers)),
        BARE: _in_transaction(ground.clinician, lambda: take_in(fixed, next(answers))),
    }


def _post(client: Client, address: str, answers: dict[str, str]) -> None:
    response = client.post(address, answers)
    assert response.status_code == 302, re.findall(r"error-summary.*?</ul>", response.content.decode(), re.DOTALL)


def _refer(actor: Actor, said: dict[str, str]) -> None:
    person = PersonDetails(
        given_names=said["given_names"], family_name=said["family_name"], nhs_number=said["nhs_number"],
        mobile=said["mobile"], postcode=said["postcode"],
    )  # fmt: skip
    intake = Intake(
        entry=Entry.CLINICIAN, person=person, needs=frozenset({Need.BENEFITS}), advice_ticked=True,
        agreed=Agreed(how=AgreedHow.IN_PERSON, wording=REFERRAL), reason=said["reason"],
        sender=Sender(system="bench", identifier=said["submission"], body_sha256=""),
    )  # fmt: skip
    with acting_as(actor):
        refer(by=actor, intake=intake)


def _in_transaction(actor: Actor, act: Callable[[], object]) -> Act:
    def acted() -> None:
        with acting_as(actor):
            act()

    return acted


def _answers() -> Iterator[dict[str, str]]:
    """What is typed on the page about somebody new each time."""
    for n, number in enumerate(_numbers()):
        yield {
            "submission": submission(), "given_names": GIVEN[n % 20],
            "family_name": f"{FAMILY[n % 16]} {FAMILY[n % 13]}", "date_of_birth-day": str(1 + n % 28),
            "date_of_birth-month": str(1 + n % 12),
            "date_of_birth-year": str(1935 + n % 70), "nhs_number_known": "has_number", "nhs_number": number,
            "mobile": "07700 900123", "postcode": f"E{1 + n % 18} {n % 10}QX", "needs": "benefits", "advice": "yes",
            "agreed_how": "in_person", "given_by": "person", "capacity": "no_doubt",
            "reason": "Worried about money since the hours at work were cut",
        }  # fmt: skip


def _numbers() -> Iterator[str]:
    """NHS numbers of the range for tests that nobody here has yet."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT max(substr(nhs_number, 4, 6)::integer) FROM people_person WHERE nhs_number <> ''")
        [last] = cursor.fetchone()
    for n in count(last + 1):
        for check in range(10):
            try:
                yield nhs_number(f"999{n:06}{check}")
            except ValueError:
                continue


def _same_rows(acts: dict[str, Act]) -> None:
    """Each way adds as many rows to each table, or there is nothing to compare."""
    added = {name: _added(act) for name, act in acts.items()}
    assert len(set(map(str, added.values()))) == 1, added


def _added(act: Act) -> dict[str, int]:
    before = _sizes()
    act()
    return {table: size - before[table] for table, size in _sizes().items()}


def _sizes() -> dict[str, int]:
    with connections["owner"].cursor() as cursor:
        return {table: cursor.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in WRITTEN}


def _statements(act: Act) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        act()
    return [each["sql"] for each in captured]


def _print_statements(name: str, statements: list[str]) -> None:
    seen: Counter[str] = Counter(_in_short(each) for each in statements)
    print_table(f"Statements of {name}", ["", "times"], [[said, str(times)] for said, times in seen.items()])


def _in_short(statement: str) -> str:
    words = statement.split()
    table: Any = re.search(r'(?:FROM|INTO|UPDATE) "?(\w+)', statement)
    return f"{words[0]} {table[1]}" if table else " ".join(words[:2])[:40]

"""What row-level security costs: the same lists and pages as the web's role and as the owner, whom no policy binds."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections
from django.test import Client

from bench.ground import Ground
from bench.timing import Act, show, side_by_side
from wraparound.organisations.actor import Actor, acting_as
from wraparound.people.reading import find_people
from wraparound.referrals.models import Referral
from wraparound.referrals.reading import journey_of, sent_journeys, timeline, worklist

TIMES = 500
WITHOUT, WITH = "as the owner, without it", "as the web's role, under it"


def run(ground: Ground) -> None:
    reference = _journey(ground.busy)
    client = Client()
    client.force_login(ground.user(ground.busy))
    acts: dict[str, Act] = {
        "The worklist": lambda: _as(ground.busy, lambda: worklist(ground.busy)),
        "A journey and its timeline": lambda: _as(ground.busy, lambda: _read_journey(ground.busy, reference)),
        "A practice's journeys": lambda: _as(ground.clinician, lambda: sent_journeys(ground.clinician, mine=False)),
        "Finding somebody by name": lambda: _as(ground.clinician, lambda: find_people(ground.clinician, words="duart")),
        "The page /worklist/": lambda: _get(client, "/worklist/"),
        "The page of a journey": lambda: _get(client, f"/journey/{reference}/"),
    }
    for name, act in acts.items():
        taken = side_by_side({WITHOUT: _by_owner(act), WITH: act}, times=TIMES)
        show(name, taken, against=WITHOUT)


@contextmanager
def _owner_is_default() -> Iterator[None]:
    web = connections["default"]
    connections["default"] = connections["owner"]
    try:
        yield
    finally:
        connections["default"] = web


def _by_owner(act: Act) -> Act:
    def acted() -> None:
        with _owner_is_default():
            act()

    return acted


def _as(actor: Actor, act: Act) -> None:
    with acting_as(actor):
        act()


def _journey(actor: Actor) -> str:
    """One that the team works on, which reached both services."""
    with acting_as(actor):
        mine = Referral.objects.to_team_of(actor).open().filter(status="in_progress")
        both = mine.filter(organisation_ids__len=3).select_related("journey").order_by("pk")
        return both[0].journey.reference


def _read_journey(actor: Actor, reference: str) -> None:
    journey = journey_of(actor, reference)
    list(journey.referrals.all())
    timeline(actor, journey)


def _get(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200, response.status_code

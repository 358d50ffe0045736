"""Two people act on one referral at the same moment.

Two transactions need committed rows, so this test leaves a scheme of its own behind in the tests' database.
"""

import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import connection, connections

from tests.factories import make_world, referral_to, referred
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as
from wraparound.referrals.actions import claim


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield
        connections.close_all()


def try_to(act: Callable[[], object], actor: Actor, told: list[str]) -> None:
    try:
        with acting_as(actor):
            act()
    except Refused as refusal:
        told.append(refusal.sentence)
    finally:
        connections.close_all()


def until_somebody_waits() -> None:
    """Until another transaction waits for the row held here."""
    with connection.cursor() as cursor:
        for _ in range(500):
            cursor.execute("SELECT pg_sleep(0.01), EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
            if cursor.fetchone()[1]:
                return
    raise AssertionError("Nobody waited.")


def test_of_two_who_claim_at_once_one_has_it_and_the_other_reads_who(committed: None) -> None:
    world = make_world()
    referral = referral_to(referred(world), world.link_worker)
    told: list[str] = []
    second = world.second_link_worker
    act = lambda: claim(by=second, referral=referral)  # noqa: E731
    other = threading.Thread(target=try_to, args=(act, second, told))
    with acting_as(world.link_worker):
        claim(by=world.link_worker, referral=referral)
        other.start()
        until_somebody_waits()
    other.join(10)
    assert told == ["Leila Haddad has already claimed this."]

"""What a draft is tried on: counts of referrals that were alike, of one scheme, and of nobody."""

from datetime import timedelta

import pytest
from django.db import connection

from tests.factories import NOW, World, details, make_world, referred
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as
from wraparound.pathways.trial import Past
from wraparound.pathways.vocabulary import Entry, Need, UrgentFlag
from wraparound.referrals.past_facts import past_referrals

DAY = timedelta(days=1)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def found(actor: Actor, days: int = 30) -> list[Past]:
    with acting_as(actor):
        return past_referrals(actor, NOW - timedelta(days=days), NOW + timedelta(minutes=1))


def test_referrals_that_were_alike_on_a_day_are_counted_together(world: World) -> None:
    for family_name in ("Duarte", "Ahmed"):
        referred(world, person=details(family_name=family_name))
    referred(world, by=world.other_clinician, needs=frozenset({Need.LONELINESS}), advice_ticked=False,
             urgent_flags=frozenset({UrgentFlag.NO_FOOD}))  # fmt: skip
    counted = {past.facts.needs: past for past in found(world.administrator)}
    assert {needs: past.count for needs, past in counted.items()} == {
        frozenset({Need.BENEFITS}): 2, frozenset({Need.LONELINESS}): 1
    }  # fmt: skip
    lonely = counted[frozenset({Need.LONELINESS})]
    assert (lonely.facts.entry, lonely.facts.urgent_flags) == (Entry.CLINICIAN, frozenset({UrgentFlag.NO_FOOD}))
    assert lonely.at.date() == NOW.date() and not lonely.facts.advice_ticked


def test_what_came_in_before_or_elsewhere_is_not_there(world: World) -> None:
    elsewhere = make_world()
    referred(world, by=world.clinician.at(NOW - 31 * DAY))
    referred(elsewhere)
    assert found(world.administrator) == []
    assert sum(past.count for past in found(world.administrator, 32)) == 1
    assert sum(past.count for past in found(elsewhere.administrator)) == 1


def test_nobody_else_is_told(world: World) -> None:
    with pytest.raises(Refused):
        found(world.clinician)


def test_nothing_of_a_person_comes_out(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM referrals_facts(now(), now())")
        assert cursor.description is not None
        columns = [column.name for column in cursor.description]
    assert columns == ["entry", "needs", "flags", "advice_ticked", "clinical_reason", "day", "referrals"]

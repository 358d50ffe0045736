"""The answers to a measure are kept each time they are given."""

from datetime import timedelta

import pytest

from tests.factories import NOW, make_world
from tests.social_prescribing.talking import talked_with
from wraparound.events.action import Refused
from wraparound.measures.library import ONS4
from wraparound.organisations.actor import acting_as
from wraparound.social_prescribing.measuring import record_measure
from wraparound.social_prescribing.reading import changes_of, measured_of

pytestmark = pytest.mark.django_db


def test_before_and_after_are_compared_question_by_question() -> None:
    world = make_world()
    by, case = world.link_worker, talked_with(world)
    with acting_as(by):
        record_measure(by=by, case=case, measure=ONS4, answers={"happy": 3, "anxious": 8})
        later = by.at(NOW + timedelta(days=60))
        record_measure(by=later, case=case, measure=ONS4, answers={"happy": 6})
        [(measure, times, changed)] = changes_of(by, case)
    assert (measure, len(times)) == (ONS4, 2)
    assert {each.question.key: (each.first, each.last) for each in changed} == {"happy": (3, 6), "anxious": (8, 8)}


def test_any_answer_may_be_left_out_and_not_every_one() -> None:
    world = make_world()
    by, case = world.link_worker, talked_with(world)
    with acting_as(by):
        with pytest.raises(Refused) as refused:
            record_measure(by=by, case=case, measure=ONS4, answers={})
        assert refused.value.field == "satisfied"
        with pytest.raises(ValueError, match="scale"):
            record_measure(by=by, case=case, measure=ONS4, answers={"happy": 11})
        assert record_measure(by=by, case=case, measure=ONS4, answers={"happy": 0}).answers == {"happy": 0}
        with pytest.raises(Refused) as refused:
            record_measure(by=by, case=case, measure=ONS4, answers={"happy": 0})
        assert refused.value.code == "already_saved" and len(measured_of(by, case, ONS4)) == 1


def test_the_practice_and_the_other_service_see_none_of_it() -> None:
    world = make_world()
    by, case = world.link_worker, talked_with(world)
    with acting_as(by):
        record_measure(by=by, case=case, measure=ONS4, answers={"happy": 0})
    for stranger in (world.clinician, world.adviser):
        with acting_as(stranger):
            assert measured_of(stranger, case, ONS4) == []

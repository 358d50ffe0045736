"""A day's work is suggested from the record, and counts once somebody confirms it."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

import wraparound
from tests.advice.advising import Advised, advised
from tests.house.money import PIP, an_outcome
from wraparound.casework.actions import write_note
from wraparound.events.action import Refused
from wraparound.events.models import Event
from wraparound.organisations.actor import acting_as
from wraparound.outcomes.models import TimeSpent
from wraparound.outcomes.spending import THINGS, Doing, Done, gathered, hours
from wraparound.outcomes.timing import Spent, confirm_time, minutes_on, pieces_of, team_week, week_of
from wraparound.referrals.states import MOVES

pytestmark = pytest.mark.django_db


@pytest.fixture
def found() -> Advised:
    return advised()


def refused(code: str) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, check=lambda each: each.code == code)


def test_each_thing_that_is_named_is_one_that_the_record_has() -> None:
    code = "".join(path.read_text() for path in Path(wraparound.__file__).parent.rglob("*.py"))
    moves = {f"referral_{verb}" for verb in MOVES}
    for name in THINGS:
        verb = name.rpartition("_")[2]
        assert name in moves or code.count(f'"{name}"') > 1 or f'"{verb}"' in code, name


def test_a_day_is_what_the_worker_did_with_how_long_it_mostly_takes(found: Advised) -> None:
    matter, by = found.matter(), found.adviser
    with acting_as(by):
        write_note(by=by, case=found.case, text="Rang the landlord")
        said = [each.thing.said for each in pieces_of(by, by.today())]
    assert said[-2:] == ["Opened a matter", "Wrote a note"]
    with acting_as(by):
        assert minutes_on(by, matter) == 0 and week_of(by, by.today()) == [], "What nobody confirmed is not counted"


def test_what_is_confirmed_counts_for_its_matter_and_week(found: Advised) -> None:
    matter, by = found.matter(), found.adviser
    an_outcome(found.world, matter, PIP)
    with acting_as(by):
        spent = [Spent(minutes=20, doing=Doing.WITH, event=each.event) for each in pieces_of(by, by.today())]
        confirm_time(by=by, on=by.today(), spent=spent)
        assert minutes_on(by, matter) >= 40
        assert week_of(by, by.today()) == [(Doing.WITH, 20 * len(spent))]
        again = [Spent(minutes=5, doing=Doing.FOR, event=spent[0].event)]
        confirm_time(by=by, on=by.today(), spent=again)
        assert TimeSpent.objects.visible_to(by).count() == len(spent), "A new length stands in place of the old"
        assert dict(week_of(by, by.today()))[Doing.FOR] == 5
    lead = found.world.advice_supervisor
    with acting_as(lead):
        assert sum(minutes for _, minutes in team_week(lead, lead.today())) == 20 * (len(spent) - 1) + 5


def test_a_long_day_is_confirmed_in_as_many_questions_as_a_short_one(found: Advised) -> None:
    by = found.adviser
    with acting_as(by):
        for number in range(12):
            write_note(by=by, case=found.case, text=f"Note {number}")
        spent = [Spent(minutes=5, doing=Doing.FOR, event=each.event) for each in pieces_of(by, by.today())]
        with CaptureQueriesContext(
            connection,
        ) as short:
            confirm_time(by=by, on=by.today(), spent=spent[:1])
        with CaptureQueriesContext(connection) as long:
            confirm_time(by=by, on=by.today(), spent=spent[1:])
    assert len(long) <= len(short) + 1


def test_what_others_did_and_other_days_are_not_confirmed(found: Advised) -> None:
    found.matter()
    by, other = found.adviser, found.world.advice_supervisor
    with acting_as(by):
        event = pieces_of(by, by.today())[0].event
    with acting_as(other), pytest.raises(Event.DoesNotExist):
        confirm_time(by=other, on=other.today(), spent=[Spent(minutes=5, doing=Doing.FOR, event=event)])
    with acting_as(by):
        for on in (by.today() + timedelta(1), by.today() - timedelta(15)):
            with refused("wrong_day"):
                confirm_time(by=by, on=on, spent=[Spent(minutes=5, doing=Doing.FOR, event=event)])
        for minutes in (0, 721):
            with refused("wrong_minutes"):
                confirm_time(by=by, on=by.today(), spent=[Spent(minutes=minutes, doing=Doing.FOR, event=event)])


def test_what_the_record_does_not_have_is_said_in_words_and_once(found: Advised) -> None:
    by = found.adviser
    with acting_as(by):
        with refused("no_words"):
            confirm_time(by=by, on=by.today(), spent=[Spent(minutes=30, doing=Doing.TRAVEL)])
        travel = [Spent(minutes=30, doing=Doing.TRAVEL, what="Bus to the hearing")]
        confirm_time(by=by, on=by.today(), spent=travel)
        with refused("already_saved"):
            confirm_time(by=by, on=by.today(), spent=travel)
        assert week_of(by, by.today()) == [(Doing.TRAVEL, 30)]


names = st.sampled_from([*THINGS, "restriction_changed"])
done = st.lists(
    st.builds(Done, names, st.integers(1, 10**6), st.integers(1, 3)), max_size=30, unique_by=lambda d: d.event_id
)


@given(done)
def test_nothing_that_is_work_is_lost_or_there_twice(day: list[Done]) -> None:
    rows = gathered(day)
    assert sum(times for _, times in rows) == sum(1 for each in day if each.name in THINGS)
    assert len({each.event_id for each, _ in rows}) == len(rows)


@pytest.mark.parametrize(
    ("minutes", "said"), [(0, "0 minutes"), (60, "1 hour"), (61, "1 hour 1 minute"), (125, "2 hours 5 minutes")]
)
def test_times_are_said_as_people_do(minutes: int, said: str) -> None:
    assert hours(minutes) == said

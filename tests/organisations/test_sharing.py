"""Who is given the next person: a table of decisions, and what holds whatever the workers are like."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wraparound.organisations.sharing import Bar, Candidate, Choice, choose, deal, next_worked

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
TODAY = MONDAY.date()
FULL_TIME = (450, 450, 450, 450, 450, 0, 0)
HALF_TIME = (450, 450, 225, 0, 0, 0, 0)
LATE_IN_THE_WEEK = (0, 0, 450, 450, 450, 450, 450)


def worker(number: int, **changes: object) -> Candidate:
    return Candidate(**({"user_id": number, "weight": 100, "minutes": FULL_TIME, "open": 0, "places": 40} | changes))


def chosen(*candidates: Candidate, now: datetime = MONDAY) -> int | None:
    choice = choose(candidates, now)
    return choice and choice.user_id


@pytest.mark.parametrize(
    ("candidates", "expected"),
    [
        ([], None),
        ([worker(1, open=5), worker(2, open=4)], 2),
        # Half the hours: half the people is the same load.
        ([worker(1, open=10), worker(2, open=4, minutes=HALF_TIME)], 2),
        ([worker(1, open=10), worker(2, open=5, minutes=HALF_TIME)], 1),
        ([worker(1, open=2, weight=50), worker(2, open=3)], 2),
        ([worker(1, open=2, weight=200), worker(2, open=1, weight=50)], 1),
        ([worker(1, away_until=TODAY), worker(2, open=30)], 2),
        ([worker(1, away_until=TODAY - timedelta(days=1)), worker(2, open=30)], 1),
        ([worker(1, places=0), worker(2, open=30)], 2),
        ([worker(1, open=12, places=12), worker(2, open=39)], 2),
        ([worker(1, takes_new=False), worker(2, open=30)], 2),
        ([worker(1, weight=0), worker(2, open=30)], 2),
        ([worker(1, minutes=(0,) * 7), worker(2, open=30)], 2),
        ([worker(1, away_until=TODAY), worker(2, open=40), worker(3, takes_new=False)], None),
        # Of equals: who works soonest, today counting.
        ([worker(1, minutes=LATE_IN_THE_WEEK), worker(2)], 2),
        # Then who was given one longest ago; never comes before long ago.
        ([worker(1, last_given_at=MONDAY), worker(2, last_given_at=MONDAY - timedelta(days=2))], 2),
        ([worker(1, last_given_at=MONDAY - timedelta(days=2)), worker(2)], 2),
        ([worker(2), worker(1)], 1),
    ],
)
def test_who_is_given_the_next_person(candidates: list[Candidate], expected: int | None) -> None:
    assert chosen(*candidates) == expected
    assert chosen(*reversed(candidates)) == expected


def test_somebody_who_works_today_is_given_it_today_and_in_london() -> None:
    only_monday = worker(1, minutes=(60, 0, 0, 0, 0, 0, 0))
    assert choose([only_monday], MONDAY) == Choice(1, date(2026, 11, 23))
    assert choose([only_monday], MONDAY + timedelta(days=1)) == Choice(1, date(2026, 11, 30))
    # Half past eleven on a summer's evening in Greenwich is Monday in London.
    summer = datetime(2026, 7, 5, 23, 30, tzinfo=UTC)
    assert choose([only_monday], summer) == Choice(1, date(2026, 7, 6))


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2026, 11, 23), date(2026, 11, 25)), (date(2026, 11, 29), date(2026, 11, 29)), (date(2026, 11, 24), None)],
)
def test_the_day_on_which_somebody_next_works(day: date, expected: date | None) -> None:
    assert next_worked(LATE_IN_THE_WEEK if expected else (0,) * 7, day) == expected


@pytest.mark.parametrize(
    ("changes", "bar"),
    [
        ({}, None),
        ({"takes_new": False, "away_until": TODAY}, Bar.NOT_TAKING_NEW),
        ({"minutes": (0,) * 7}, Bar.NO_HOURS),
        ({"away_until": TODAY, "places": 0}, Bar.AWAY),
        ({"open": 40}, Bar.FULL),
        # More than their places, because they were given over and above them.
        ({"open": 41}, Bar.FULL),
    ],
)
def test_what_stands_against_somebody(changes: dict[str, object], bar: Bar | None) -> None:
    assert worker(1, **changes).bar(TODAY) is bar


a_week = st.lists(st.integers(0, 600), min_size=7, max_size=7)
anybody = st.builds(
    Candidate,
    user_id=st.integers(1, 10**6),
    weight=st.integers(0, 200),
    minutes=a_week,
    open=st.integers(0, 60),
    places=st.integers(0, 60),
    away_until=st.none() | st.dates(TODAY - timedelta(days=3), TODAY + timedelta(days=3)),
    takes_new=st.booleans(),
    last_given_at=st.none() | st.timedeltas(timedelta(0), timedelta(days=300)).map(lambda ago: MONDAY - ago),
)
teams = st.lists(anybody, max_size=8, unique_by=lambda each: each.user_id)


@given(teams, st.randoms())
def test_nobody_who_is_away_full_or_not_taking_new_and_always_somebody_else(candidates, random) -> None:
    fit = {
        each.user_id
        for each in candidates
        if each.takes_new and each.open < each.places and each.weight and any(each.minutes)
        and not (each.away_until and each.away_until >= TODAY)
    }  # fmt: skip
    picked = chosen(*candidates)
    assert picked in fit if fit else picked is None
    mixed = list(candidates)
    random.shuffle(mixed)
    assert chosen(*mixed) == picked


willing = st.builds(Candidate, user_id=st.integers(1, 10**6), weight=st.integers(10, 200), minutes=st.lists(
    st.integers(30, 600), min_size=7, max_size=7), open=st.just(0), places=st.just(10**6))  # fmt: skip


@given(st.lists(willing, min_size=1, max_size=6, unique_by=lambda each: each.user_id), st.integers(1, 300))
def test_over_many_the_numbers_follow_weight_times_hours_within_rounding(candidates, number) -> None:
    dealt = deal(number, candidates, MONDAY)
    whole = sum(each.share for each in candidates)
    assert len(dealt) == number and None not in dealt
    for each in candidates:
        part = Fraction(each.share, whole)
        # Half a person for two workers, as rounding does; each further one may add half of this one's part.
        margin = Fraction(1, 2) + max(0, len(candidates) - 2) * part / 2
        assert abs(dealt.count(each.user_id) - number * part) <= margin


@given(teams, st.integers(0, 80))
def test_dealing_fills_nobody_beyond_their_places_and_stops_when_all_are_full(candidates, number) -> None:
    dealt = deal(number, candidates, MONDAY)
    room = {each.user_id: each.free if each.bar(TODAY) is None else 0 for each in candidates}
    given_to = {user: dealt.count(user) for user in room}
    assert all(given_to[user] <= room[user] for user in room)
    assert dealt.count(None) == max(0, number - sum(room.values()))

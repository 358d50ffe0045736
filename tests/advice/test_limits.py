"""Time limits drive the work: worked out from a letter, confirmed by an adviser, and ended only with a reason."""

from datetime import date, timedelta

import pytest

from tests.advice.advising import RECONSIDERATION, Advised
from tests.factories import NOW
from wraparound.advice.limits import (
    add_day,
    add_limit,
    confirm_limit,
    facts_of,
    meet_limit,
    set_day,
    set_limit_aside,
)
from wraparound.advice.matters import close_matter, join_matters
from wraparound.advice.models import TimeLimit
from wraparound.advice.reading import limits_ahead, limits_at_risk, limits_near, limits_on
from wraparound.advice.reminding import AT_DAYS, day_reached, remind
from wraparound.advice.states import LimitStatus
from wraparound.advice.tasks import sweep
from wraparound.casework.actions import close
from wraparound.casework.models import Case
from wraparound.events.action import Refused
from wraparound.events.models import Event
from wraparound.organisations.actor import acting_as, system
from wraparound.pathways.vocabulary import Nation
from wraparound.referrals.models import Referral
from wraparound.referrals.states import Outcome
from wraparound.time_limits.definition import Facts

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
FRESH, OLD = date(2026, 11, 20), date(2026, 9, 1)


def stands(found: Advised) -> tuple[date | None, bool, int]:
    """The case's nearest day, whether a limit runs, and the referral's rank."""
    with acting_as(found.adviser):
        case = Case.objects.get(pk=found.case.pk)
        referral = Referral.objects.get(pk=case.referral_id)
    return case.limit_on, referral.limit_runs, referral.rank


def test_a_day_is_worked_out_and_provisional_until_an_adviser_confirms_it(found: Advised) -> None:
    limit = found.limit(found.matter(), FRESH)
    assert (limit.last_day, limit.status) == (date(2026, 12, 20), LimitStatus.PROVISIONAL)
    assert limit.how and limit.source
    by = found.world.advice_supervisor
    with acting_as(by):
        with pytest.raises(Refused, match="changed meanwhile"):
            confirm_limit(by=by, limit=limit, seen_day=date(2026, 12, 19))
        confirmed = confirm_limit(by=by, limit=limit, seen_day=limit.last_day)
    assert confirmed.status == LimitStatus.CONFIRMED and confirmed.confirmed_by_id == by.user_id


def test_the_nearest_one_makes_the_referral_urgent_within_a_fortnight(found: Advised) -> None:
    matter = found.matter()
    assert stands(found) == (None, False, 1)
    far = found.limit(matter, FRESH)
    assert stands(found) == (date(2026, 12, 20), True, 1)
    near = found.limit(matter, date(2026, 10, 30))
    assert stands(found) == (date(2026, 11, 30), True, 0)
    with acting_as(found.adviser):
        meet_limit(by=found.adviser, limit=near, how="Sent by post today.")
    assert stands(found) == (date(2026, 12, 20), True, 1)
    with acting_as(found.adviser):
        set_limit_aside(by=found.adviser, limit=far, why="The decision was changed.")
    assert stands(found) == (None, False, 1)


def test_a_past_day_closes_nothing_and_is_kept_open(found: Advised) -> None:
    limit = found.limit(found.matter(), OLD)
    assert limit.last_day < TODAY and limit.status == LimitStatus.PROVISIONAL
    assert stands(found)[1:] == (True, 0)


def test_it_is_ended_with_words_alone_and_only_once(found: Advised) -> None:
    limit = found.limit(found.matter(), FRESH)
    by = found.adviser
    with acting_as(by):
        for end, word in ((meet_limit, "how"), (set_limit_aside, "why")):
            with pytest.raises(Refused) as refused:
                end(by=by, limit=limit, **{word: "  "})
            assert refused.value.field == word
        meet_limit(by=by, limit=limit, how="Posted on 23 November.")
        with pytest.raises(Refused, match="already: met"):
            set_limit_aside(by=by, limit=limit, why="No.")


def test_work_with_a_running_limit_is_not_closed(found: Advised) -> None:
    matter = found.matter()
    limit = found.limit(matter, FRESH)
    by = found.adviser
    with acting_as(by):
        with pytest.raises(Refused, match="time limit still runs"):
            close(by=by, case=found.case, outcome=Outcome.HELPED)
        with pytest.raises(Refused, match="time limit still runs"):
            close_matter(by=by, matter=matter, why="Done.")
        meet_limit(by=by, limit=limit, how="Posted.")
        close_matter(by=by, matter=matter, why="Done.")
        close(by=by, case=found.case, outcome=Outcome.HELPED)


def test_a_limit_goes_with_its_matter_when_that_is_joined(found: Advised) -> None:
    first, second = found.matter(), found.matter(title="PIP, second letter")
    limit = found.limit(second, FRESH)
    with acting_as(found.adviser):
        join_matters(by=found.adviser, matter=second, to=first)
        assert [each.pk for each in limits_on(found.adviser, [first])] == [limit.pk]


def test_an_adviser_sets_a_day_that_no_rule_gives_and_says_from_where(found: Advised) -> None:
    matter = found.matter()
    by = found.adviser
    with acting_as(by):
        with pytest.raises(Refused) as refused:
            add_day(by=by, matter=matter, what="Hearing bundle", last_day=TODAY, why="")
        limit = add_day(by=by, matter=matter, what="Hearing bundle", last_day=TODAY, why="Directions of the tribunal")
        moved = set_day(by=by, limit=limit, last_day=TODAY + timedelta(days=9), why="Extended by the judge")
    assert refused.value.field == "why"
    assert moved.status == LimitStatus.CONFIRMED and moved.day_why == "Extended by the judge"
    assert stands(found)[0] == TODAY + timedelta(days=9)


@pytest.mark.parametrize("day", [date(1926, 11, 1), date(2126, 11, 1)])
def test_a_day_of_another_century_is_a_slip_of_the_pen(found: Advised, day: date) -> None:
    matter = found.matter()
    with acting_as(found.adviser), pytest.raises(Refused, match="year"):
        add_day(by=found.adviser, matter=matter, what="Reply", last_day=day, why="Letter")


def test_a_rule_is_not_worked_out_without_its_day(found: Advised) -> None:
    matter = found.matter()
    by = found.adviser
    with acting_as(by):
        with pytest.raises(Refused, match="Enter this day"):
            add_limit(by=by, matter=matter, rule=RECONSIDERATION, facts=Facts({}, Nation.ENGLAND))
        with pytest.raises(Refused, match="what the letter is"):
            add_limit(by=by, matter=matter, rule="nonsense", facts=Facts({}, Nation.ENGLAND))


def test_the_same_limit_is_not_added_twice(found: Advised) -> None:
    matter = found.matter()
    found.limit(matter, FRESH)
    with pytest.raises(Refused, match="already"):
        found.limit(matter, FRESH)


def test_what_it_was_worked_out_from_comes_back(found: Advised) -> None:
    limit = found.limit(found.matter(), FRESH)
    with acting_as(found.adviser):
        facts = facts_of(TimeLimit.objects.get(pk=limit.pk))
    assert facts is not None and facts.dates and facts.nation is Nation.ENGLAND


@pytest.mark.parametrize(
    ("left", "reached"),
    [(40, None), (28, 28), (27, 28), (14, 14), (8, 14), (7, 7), (2, 3), (1, 1), (0, 0), (-1, -1), (-90, -1)],
)
def test_set_days(left: int, reached: int | None) -> None:
    assert day_reached(left) == reached


def test_each_set_day_is_spoken_of_once(found: Advised) -> None:
    limit = found.limit(found.matter(), FRESH)
    clock = system(found.world.scheme, found.world.advice.organisation)
    said = []
    for days in range(40):
        at = clock.at(NOW + timedelta(days=days))
        with acting_as(at):
            try:
                said.append(remind(by=at, limit=limit).reminded)
            except Refused:
                continue
    assert said == list(AT_DAYS)
    with acting_as(found.adviser):
        assert Event.objects.filter(name="time_limit_near").count() == len(AT_DAYS)
    with acting_as(found.adviser), pytest.raises(Refused, match="clock"):
        remind(by=found.adviser, limit=limit)


def test_what_becomes_near_by_the_clock_alone_becomes_urgent(found: Advised) -> None:
    limit = found.limit(found.matter(), FRESH)
    assert stands(found)[2] == 1
    at = system(found.world.scheme, found.world.advice.organisation).at(NOW + timedelta(days=13))
    with acting_as(at):
        remind(by=at, limit=limit)
    assert stands(found)[2] == 0


def test_the_clock_finds_what_is_to_be_said_once(found: Advised) -> None:
    limit = found.limit(found.matter(), OLD)
    assert sweep() == 1
    at = system(found.world.scheme, found.world.advice.organisation)
    with acting_as(at):
        remind(by=at, limit=limit)
    assert sweep() == 0


def test_a_limit_is_on_the_list_of_whoever_has_the_matter(found: Advised) -> None:
    matter = found.matter()
    found.limit(matter, FRESH)
    near = found.limit(matter, date(2026, 10, 25))
    with acting_as(found.adviser):
        assert [each.pk for each in limits_near(found.adviser)] == [near.pk]
        assert [each.last_day for each in limits_ahead(found.adviser, mine=True).rows] == [
            date(2026, 11, 25), date(2026, 12, 20),
        ]  # fmt: skip
    supervisor = found.world.advice_supervisor
    with acting_as(supervisor):
        assert limits_near(supervisor) == []
        assert len(limits_ahead(supervisor, mine=False).rows) == 2
        assert [each.pk for each in limits_at_risk(supervisor)] == [near.pk]
    with acting_as(found.world.link_worker):
        assert limits_ahead(found.world.link_worker, mine=False).rows == []


def test_another_service_reads_nothing_of_a_limit_in_sql(found: Advised) -> None:
    found.limit(found.matter(), FRESH)
    with acting_as(found.world.link_worker):
        assert not TimeLimit.objects.exists()

"""Outcomes count once, by their kind's rule; what was wrong stays to be read; and closing a matter asks for one."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import Error, connection, transaction

from tests.advice.advising import Advised, advised
from tests.factories import NOW
from tests.house.money import PIP, WITHOUT, an_outcome
from wraparound.advice.matters import close_matter
from wraparound.advice.models import Matter
from wraparound.events.action import Refused
from wraparound.organisations.actor import acting_as
from wraparound.outcomes.kinds import Money, kinds
from wraparound.outcomes.models import Outcome
from wraparound.outcomes.reading import history_of, in_force, said_of, summary_of
from wraparound.outcomes.recording import (
    AboutOutcome,
    close_with_outcome,
    correct_outcome,
    record_outcome,
    withdraw_outcome,
    write_what_changed,
)
from wraparound.outcomes.worth import RULES

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
OFF = AboutOutcome(kind="debt_written_off", on=TODAY, confirmed=True, pounds=Decimal(900), seen="Letter")


@pytest.fixture
def found() -> Advised:
    return advised()


def refused(code: str) -> pytest.RaisesExc[Refused]:
    return pytest.raises(Refused, check=lambda each: each.code == code)


def test_a_gain_that_goes_on_counts_for_a_year(found: Advised) -> None:
    assert an_outcome(found.world, found.matter()).counted == Decimal("3842.80")


def test_one_that_is_known_to_end_counts_to_its_end(found: Advised) -> None:
    about = replace(PIP, pounds=Decimal(365), ends=TODAY + timedelta(days=9))
    assert an_outcome(found.world, found.matter(), about).counted == Decimal(365) * 52 * 10 / 365


def test_nothing_is_added_across_sorts_of_money_and_what_is_expected_stands_apart(found: Advised) -> None:
    matter, by = found.matter(), found.adviser
    for about in (PIP, replace(PIP, pounds=Decimal(1), confirmed=False), OFF, WITHOUT):
        an_outcome(found.world, matter, about)
    with acting_as(by):
        summary = summary_of(by, found.case)
    assert {each.money: (each.confirmed, each.expected) for each in summary.sums} == {
        Money.GAIN_ONGOING: (Decimal("3842.80"), Decimal(52)),
        Money.WRITTEN_OFF: (Decimal(900), Decimal(0)),
    }
    assert [(kind.key, times) for kind, times in summary.counted] == [("award_reinstated", 1)]


def test_two_matters_do_not_count_the_same_money_unless_somebody_looked(found: Advised) -> None:
    an_outcome(found.world, found.matter())
    other, by = found.matter(title="The other letter"), found.adviser
    with acting_as(by):
        with refused("counted_already"):
            record_outcome(by=by, matter=other, about=PIP)
        said = replace(PIP, looked_at="The mobility part, not daily living")
        assert record_outcome(by=by, matter=other, about=said).looked_at
        assert summary_of(by, found.case).sums[0].confirmed == Decimal("7685.60")


def test_a_correction_replaces_and_the_first_can_be_read(found: Advised) -> None:
    matter, by = found.matter(), found.adviser
    first = an_outcome(found.world, matter)
    with acting_as(by):
        second = correct_outcome(by=by, outcome=first, about=replace(PIP, pounds=Decimal("70.00")))
        assert in_force(by, [matter]) == [second] and history_of(by, matter) == [first]
        with refused("too_late"):
            correct_outcome(by=by, outcome=first, about=PIP)
        with pytest.raises(Error), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE outcomes_outcome SET counted = 1")


def test_one_that_was_taken_out_counts_nothing(found: Advised) -> None:
    matter, by = found.matter(), found.adviser
    outcome = an_outcome(found.world, matter)
    with acting_as(by):
        with refused("no_reason"):
            withdraw_outcome(by=by, outcome=outcome, why=" ")
        withdraw_outcome(by=by, outcome=outcome, why="Of another person")
        assert in_force(by, [matter]) == [] and summary_of(by, found.case).sums == []
        assert [each.replaced_by.told for each in history_of(by, matter)] == ["Of another person"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "rich"}, "no_kind"), ({"pounds": None}, "no_sum"), ({"pounds": Decimal("-1")}, "wrong_sum"),
        ({"often": None}, "no_often"), ({"starts": None}, "no_start"), ({"ends": TODAY - timedelta(1)}, "wrong_day"),
        ({"on": TODAY + timedelta(2)}, "wrong_day"), ({"seen": ""}, "not_seen"), ({"told": "a" * 501}, "too_long"),
        ({"on": TODAY.replace(year=1926)}, "wrong_day"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(found: Advised, change: dict[str, object], code: str) -> None:
    matter = found.matter()
    with refused(code):
        an_outcome(found.world, matter, replace(PIP, **change))  # type: ignore[arg-type]


def test_a_matter_closes_with_an_outcome_or_with_one_that_needs_no_sum(found: Advised) -> None:
    matter, by = found.matter(), found.adviser
    with acting_as(by):
        for kind, code in (("", "no_outcome"), ("ongoing_gain", "no_kind")):
            with refused(code):
                close_with_outcome(by=by, matter=matter, why="Won", kind=kind)
        close_with_outcome(by=by, matter=matter, why="She moved away", kind="not_known")
        assert [each.kind for each in in_force(by, [matter])] == ["not_known"]
    other = found.matter(title="Rent")
    an_outcome(found.world, other)
    with acting_as(by):
        assert close_with_outcome(by=by, matter=other, why="Won").closed_why == "Won"


def test_a_closing_that_is_refused_keeps_no_outcome(found: Advised) -> None:
    matter, by = found.matter(), found.adviser

    def never(*, by: object, matter: Matter, why: str) -> Matter:
        raise Refused("no_closing_letter", "Send the closing letter first.")

    with acting_as(by):
        with refused("no_closing_letter"):
            close_with_outcome(by=by, matter=matter, why="Won", kind="award_reinstated", close=never)
        assert not Outcome.objects.exists()


def test_what_came_of_a_closed_matter_can_still_be_written_down(found: Advised) -> None:
    matter, by = found.matter(), found.adviser
    with acting_as(by):
        close_matter(by=by, matter=matter, why="Waits for the tribunal")
    assert an_outcome(found.world, matter).pk


def test_what_the_person_says_may_be_said_in_part(found: Advised) -> None:
    matter, by = found.matter(), found.adviser
    with acting_as(by):
        with refused("empty"):
            write_what_changed(by=by, matter=matter, different=" ", able="", hard="")
        write_what_changed(by=by, matter=matter, different="", able="I open my post", hard="")
        assert [each.able for each in said_of(by, matter)] == ["I open my post"]


def test_each_sort_of_money_says_its_rule_and_each_kind_what_it_means() -> None:
    assert {each.money for each in kinds().values()} - {Money.NONE} == set(RULES)
    assert all(each.means and each.label for each in kinds().values())

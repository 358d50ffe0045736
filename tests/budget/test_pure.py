"""The rules of money: what a month makes, how what is left is shared, and what changed between statements."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from wraparound.advice.sums import NOTHING, PENNY, Often, for_one_year, per_month
from wraparound.budget.differences import differences
from wraparound.budget.layout import layout
from wraparound.budget.models import Debt, Line
from wraparound.budget.sharing import shares
from wraparound.budget.statements import digest_of, snapshot
from wraparound.budget.states import DebtStatus
from wraparound.budget.working_out import work_out

pounds = st.decimals(min_value=0, max_value=100_000, places=2)
oftens = st.sampled_from(list(Often))
days = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def line(key: str, sum_: str, often: Often = Often.MONTH) -> Line:
    return Line(key=key, pounds=Decimal(sum_), often=often.value)


def debt(pk: int, balance: str, *, priority: bool = False, status: DebtStatus = DebtStatus.STANDS) -> Debt:
    return Debt(
        pk=pk, creditor=f"Creditor {pk}", kind="loan", balance=Decimal(balance), priority=priority, status=status.value,
        priority_why="The home can be lost." if priority else "", often="month",
    )  # fmt: skip


def test_a_month_of_each_way_that_a_sum_comes() -> None:
    assert per_month(Decimal("100.00"), Often.WEEK) == Decimal("433.33")
    assert per_month(Decimal("100.00"), Often.FOUR_WEEKS) == Decimal("108.33")
    assert per_month(Decimal("0.06"), Often.YEAR) == Decimal("0.01"), "Half a penny goes up"


@given(pounds, oftens)
def test_a_month_is_within_half_a_penny_of_a_twelfth_of_the_year(sum_: Decimal, often: Often) -> None:
    found = per_month(sum_, often)
    assert found == round(found, 2) and abs(found * 12 - sum_ * often.times) <= PENNY * 6


@given(pounds, oftens, days, st.integers(0, 3000))
def test_a_gain_counts_for_one_year_at_most_and_more_the_longer_it_lasts(
    sum_: Decimal, often: Often, starts: date, lasts: int
) -> None:
    ends = starts + timedelta(days=lasts)
    year = for_one_year(sum_, often, starts)
    assert NOTHING <= for_one_year(sum_, often, starts, ends) <= year == sum_ * often.times
    assert for_one_year(sum_, often, starts, ends) <= for_one_year(sum_, often, starts, ends + timedelta(days=1))


@given(pounds, st.dictionaries(st.integers(1, 99), pounds, max_size=12))
def test_offers_make_exactly_what_is_left_and_nobody_gets_more_than_they_are_owed(
    left: Decimal, owed: dict[int, Decimal]
) -> None:
    found = shares(left, owed)
    assert found.keys() == owed.keys()
    assert sum(found.values()) == min(left, sum(owed.values()))
    whole = sum(owed.values())
    for key, each in found.items():
        assert NOTHING <= each <= owed[key]
        if whole > left:
            assert abs(each - left * owed[key] / whole) < PENNY


@given(st.decimals(max_value=0, min_value=-1000, places=2))
def test_nothing_is_shared_out_of_a_shortfall(left: Decimal) -> None:
    assert set(shares(left, {1: Decimal("50.00")}).values()) == {NOTHING}


def test_equal_debts_get_offers_a_penny_apart_and_the_first_gets_it() -> None:
    assert shares(Decimal("0.05"), {7: Decimal(10), 3: Decimal(10)}) == {7: Decimal("0.03"), 3: Decimal("0.02")}


def test_what_is_left_goes_to_debts_that_are_no_priority_and_not_disputed() -> None:
    first = debt(1, "500.00", priority=True)
    first.payment = Decimal("20.00")
    debts = [first, debt(2, "300.00"), debt(3, "100.00"), debt(4, "900.00", status=DebtStatus.DISPUTED)]
    worked = work_out([line("wages", "1000.00"), line("rent", "860.00")], debts)
    assert (worked.left, worked.owed, worked.owed_first) == (Decimal(120), Decimal(1800), Decimal(500))
    assert worked.offers == {2: Decimal("90.00"), 3: Decimal("30.00")}


def test_of_what_is_written_off_nothing_is_owed_or_offered() -> None:
    worked = work_out([line("wages", "100.00")], [debt(1, "300.00", status=DebtStatus.WRITTEN_OFF)])
    assert worked.owed == NOTHING and worked.offers == {}


def test_with_a_shortfall_nobody_is_offered_anything() -> None:
    worked = work_out([line("wages", "100.00"), line("rent", "100.01")], [debt(1, "300.00")])
    assert worked.short and worked.offers == {}


def test_what_changed_is_said_of_sums_lines_and_debts() -> None:
    before = snapshot(None, [line("wages", "100.00"), line("gas", "9.00")], [debt(1, "50.00")])
    after = snapshot(None, [line("wages", "120.00"), line("rent", "10.00")], [debt(1, "40.00"), debt(2, "5.00")])
    found = {each.what: (each.before, each.after) for each in differences(before, after)}
    assert found["Wages, after tax"] == ("£100.00 a month", "£120.00 a month")
    assert found["Gas"] == ("£9.00 a month", "") and found["Rent"] == ("", "£10.00 a month")
    assert found["Owed to Creditor 1"][1].startswith("£40.00") and found["Owed to Creditor 2"][0] == ""
    assert differences(after, after) == [] and digest_of(before) != digest_of(after)


def test_every_priority_says_why_and_no_key_is_there_twice() -> None:
    held = layout()
    assert all(each.why and each.source for each in held.debts.values() if each.priority)
    assert len(held.lines) == sum(len(group.lines) for group in held.groups)
    assert {each.often for each in held.lines.values()} <= set(Often)

"""How long somebody waits after tries that went wrong: longer with each, never for good."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wraparound.signing_in import allowances
from wraparound.signing_in.allowances import Allowance, in_words

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
ALL = [each for each in vars(allowances).values() if isinstance(each, Allowance)]
TRIES = st.integers(min_value=0, max_value=10**9)
PAST = st.timedeltas(min_value=timedelta(), max_value=timedelta(days=400))


@pytest.mark.parametrize("allowance", ALL)
@given(tries=TRIES, past=PAST)
def test_nobody_waits_longer_than_the_longest_or_for_good(allowance: Allowance, tries: int, past: timedelta) -> None:
    wait = allowance.wait(tries, NOW - past, NOW)
    assert timedelta() <= wait <= allowance.longest
    assert allowance.wait(tries, NOW - past, NOW + wait) == timedelta(), "who waits as long as told is let try"


@pytest.mark.parametrize("allowance", ALL)
@given(tries=TRIES)
def test_each_try_costs_no_less_than_the_one_before(allowance: Allowance, tries: int) -> None:
    assert allowance.wait(tries + 1, NOW, NOW) >= allowance.wait(tries, NOW, NOW)


@pytest.mark.parametrize("allowance", ALL)
def test_the_free_ones_cost_nothing_and_after_a_quiet_time_one_begins_anew(allowance: Allowance) -> None:
    assert allowance.wait(allowance.free - 1, NOW, NOW) == timedelta()
    assert allowance.wait(allowance.free, NOW, NOW) == allowance.first
    assert allowance.wait(10**6, NOW - allowance.quiet, NOW) == timedelta()


def test_no_account_is_tried_more_than_a_hundred_times_in_an_hour_by_strangers() -> None:
    """OWASP ASVS 4.0.3, 2.2.1: however many addresses they come from."""
    at, end, tries, last = NOW, NOW + timedelta(hours=1), 0, NOW
    while at < end:
        tries, last = tries + 1, at
        at += max(allowances.ACCOUNT.wait(tries, last, at), timedelta(milliseconds=1))
    assert tries <= 100


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.2, "1 second"), (1, "1 second"), (59.1, "1 minute"), (60, "1 minute"), (61, "2 minutes"), (900, "15 minutes")],
)
def test_a_wait_is_said_rounded_up(seconds: float, said: str) -> None:
    assert in_words(timedelta(seconds=seconds)) == said

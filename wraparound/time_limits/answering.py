"""The common shapes of a working: one period from one day, and a rule that gives no date yet."""

from collections.abc import Callable, Mapping
from datetime import date

from wraparound.pathways.vocabulary import Nation
from wraparound.time_limits.counting import Period, said, working_day_by
from wraparound.time_limits.definition import Fact, Facts, Found, LateRoute, Source

SEEN = date(2026, 11, 23)

GREAT_BRITAIN = frozenset({Nation.ENGLAND, Nation.WALES, Nation.SCOTLAND})
ENGLAND_AND_WALES = frozenset({Nation.ENGLAND, Nation.WALES})
ENGLAND = frozenset({Nation.ENGLAND})
WALES = frozenset({Nation.WALES})
SCOTLAND = frozenset({Nation.SCOTLAND})
NORTHERN_IRELAND = frozenset({Nation.NORTHERN_IRELAND})
EVERYWHERE = frozenset(Nation)

Working = Callable[[Facts], Found]
Late = Callable[[date], tuple[LateRoute, ...]]

_FROM: Mapping[Fact, str] = {
    Fact.LETTER_DATED: "the date on the letter",
    Fact.LETTER_SENT: "the day the letter was sent",
    Fact.LETTER_RECEIVED: "the day the letter came",
    Fact.REASONS_SENT: "the day the reasons were sent",
    Fact.MR_NOTICE_SENT: "the day the mandatory reconsideration notice was sent",
    Fact.NOTICE_SERVED: "the day the notice was given",
    Fact.REGISTERED_ON: "the day it was put on the register",
    Fact.TREATMENT_ENDED: "the day the crisis treatment ended",
    Fact.EVENT_ON: "the day it happened",
    Fact.LEFT_UK: "the day the person left the United Kingdom",
    Fact.RANG_ON: "the day of the call, or of asking or applying",
    Fact.FORM_SENT: "the day the form was sent",
    Fact.ENTITLED_FROM: "the first day the person could have had it",
}


def counted(fact: Fact, start: date) -> str:
    """“Counted from Monday 1 June 2026, the date on the letter.”"""
    return f"Counted from {said(start)}, {_FROM[fact]}."


def ends(period: Period, last: date) -> str:
    """“1 month after that day: Wednesday 1 July 2026.”"""
    return f"{period.says[:1].upper()}{period.says[1:]}: {said(last)}."


def arrival(last: date, nation: Nation) -> tuple[str, ...]:
    """What to do about something that must arrive on a day when offices are shut; nothing where they are open."""
    open_on = working_day_by(last, nation)
    if open_on == last:
        return ("It has to arrive by then: posting it that day is too late.",)
    return (
        "It has to arrive by then: posting it that day is too late.",
        f"Offices are shut that day, so see that it is there by {said(open_on)}.",
    )


def no_late(_last: date) -> tuple[LateRoute, ...]:
    """No late route."""
    return ()


def counting_from(
    facts_in_order: tuple[Fact, ...],
    period: Period,
    *,
    received_by: bool = False,
    late: Late = no_late,
    notes: tuple[str, ...] = (),
    asks: tuple[str, ...] = (),
) -> Working:
    """A working that counts one period from the first of these facts that is known."""

    def working(facts: Facts) -> Found:
        fact = next(fact for fact in facts_in_order if fact in facts.dates)
        start = facts.dates[fact]
        last = period.last_day(start)
        how = (counted(fact, start), ends(period, last), *notes)
        return Found(
            last_day=last,
            how=how + (arrival(last, facts.nation) if received_by else ()),
            asks=asks,
            late=late(last),
            counted_from=start,
            received_by=received_by,
        )

    return working


def check_this(*asks: str, how: tuple[str, ...] = (), late: tuple[LateRoute, ...] = ()) -> Working:
    """A working that gives no date: it says what to find out."""
    found = Found(how=how, asks=asks, late=late)
    return lambda _facts: found


def unseen(citation: str, address: str = "https://www.legislation.gov.uk") -> Source:
    """A source that is known of and has not been read."""
    return Source(citation, address, None)


def seen(citation: str, address: str) -> Source:
    """A source whose words were read on the day that this edition was written."""
    return Source(citation, address, SEEN)


def either_way(says: str, source: Source) -> tuple[LateRoute, ...]:
    """One late route without an end."""
    return (LateRoute(says, None, source),)

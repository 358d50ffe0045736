"""Breathing space from debts, and the Scottish statutory moratorium."""

from datetime import date

from wraparound.time_limits.answering import ENGLAND_AND_WALES, SCOTLAND, counted, counting_from, ends, seen
from wraparound.time_limits.counting import DAY, days, months, said
from wraparound.time_limits.definition import Fact, Facts, Family, Found, LateRoute, Rule, Version

_STARTS = seen(
    "Debt Respite Scheme Regulations 2020 (SI 2020/1311) regulation 26(1), as Shelter Legal sets it out",
    "https://england.shelter.org.uk/professional_resources/news_and_updates/timing_of_a_breathing_space_moratorium",
)
_MIDWAY = seen("Child Poverty Action Group, Standard breathing space moratorium", "https://askcpag.org.uk/?id=-252469")
_CRISIS = seen(
    "Debt Respite Scheme Regulations 2020 (SI 2020/1311), as the Insolvency Service's guidance for creditors sets it "
    "out",
    "https://www.gov.uk/government/publications/debt-respite-scheme-breathing-space-guidance/"
    "debt-respite-scheme-breathing-space-guidance-for-creditors",
)
_SCOTTISH = seen(
    "Bankruptcy (Scotland) Act 2016 section 198, as the Child Poverty Action Group sets it out",
    "https://askcpag.org.uk/?id=-259586",
)

SIXTY = days(60, beginning_with=True)
THIRTY = days(30, beginning_with=True)
FIRST_OF_REVIEW = days(25, beginning_with=True)
LAST_OF_REVIEW = days(35, beginning_with=True)
BEGAN = date(2021, 5, 4)


def _after(_last: date) -> tuple[LateRoute, ...]:
    return (
        LateRoute(
            "When it ends, creditors may act again. Before then, settle with the debt adviser what comes next. "
            "A standard breathing space can be had again only 12 months later.",
            None,
            _MIDWAY,
        ),
        LateRoute("In crisis treatment a mental health breathing space can be had at any time.", None, _CRISIS),
    )


def _begins(facts: Facts) -> tuple[date, tuple[str, ...]]:
    registered = facts.dates[Fact.REGISTERED_ON]
    starts = registered + DAY
    return starts, (counted(Fact.REGISTERED_ON, registered), f"It starts the day after: {said(starts)}.")


def _standard(facts: Facts) -> Found:
    starts, how = _begins(facts)
    last = SIXTY.last_day(starts)
    return Found(last, (*how, ends(SIXTY, last)), late=_after(last), counted_from=starts)


def _midway(facts: Facts) -> Found:
    starts, how = _begins(facts)
    last = LAST_OF_REVIEW.last_day(starts)
    first = FIRST_OF_REVIEW.last_day(starts)
    says = f"The adviser reviews it between day 25, {said(first)}, and day 35, {said(last)}."
    late = (LateRoute("Do the review at once and write down why it is late.", None, _MIDWAY),)
    return Found(last, (*how, says), late=late, counted_from=starts)


RULES = (
    Rule(
        "breathing_space",
        Family.BREATHING_SPACE,
        "The last day of a breathing space",
        ENGLAND_AND_WALES,
        frozenset(),
        (Fact.REGISTERED_ON,),
        (),
        (),
        "The breathing space is put on the register",
        (
            Version(
                "It starts the day after it is put on the register and lasts 60 days beginning with that day.",
                _STARTS,
                _standard,
                starts=BEGAN,
            ),
        ),
    ),
    Rule(
        "breathing_space_midway_review",
        Family.BREATHING_SPACE,
        "Do the midway review of a breathing space",
        ENGLAND_AND_WALES,
        frozenset(),
        (Fact.REGISTERED_ON,),
        (),
        (),
        "The breathing space is put on the register",
        (Version("Between day 25 and day 35 of the breathing space.", _MIDWAY, _midway, starts=BEGAN),),
    ),
    Rule(
        "breathing_space_mental_health",
        Family.BREATHING_SPACE,
        "The last day of a mental health crisis breathing space",
        ENGLAND_AND_WALES,
        frozenset(),
        (Fact.TREATMENT_ENDED,),
        (),
        (),
        "The crisis treatment ends",
        (
            Version(
                "30 days more once the crisis treatment ends. The day it ends is counted, which is the careful way; "
                "the "
                "exact day is to be checked by a debt adviser.",
                _CRISIS,
                counting_from(
                    (Fact.TREATMENT_ENDED,),
                    THIRTY,
                    late=_after,
                    notes=("The day treatment ended is counted, which is the careful way: it may last a day longer.",),
                ),
                starts=BEGAN,
            ),
        ),
    ),
    Rule(
        "statutory_moratorium_scotland",
        Family.BREATHING_SPACE,
        "The last day of a statutory moratorium (Scotland)",
        SCOTLAND,
        frozenset(),
        (Fact.REGISTERED_ON,),
        (),
        (),
        "The moratorium is put on the Register of Insolvencies",
        (
            Version(
                "6 months after the day it was registered.",
                _SCOTTISH,
                counting_from(
                    (Fact.REGISTERED_ON,),
                    months(6),
                    late=lambda _last: (
                        LateRoute(
                            "It can be had once in 12 months. Settle with the debt adviser what comes next.",
                            None,
                            _SCOTTISH,
                        ),
                    ),
                    notes=(
                        "It ends sooner with a bankruptcy, a protected trust deed or an approved payment programme.",
                    ),
                ),
            ),
        ),
    ),
)

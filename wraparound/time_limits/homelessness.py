"""Decisions of a council about homelessness: reviews, and appeals to the county court."""

from datetime import date

from wraparound.time_limits.answering import (
    ENGLAND,
    NORTHERN_IRELAND,
    SCOTLAND,
    WALES,
    arrival,
    check_this,
    counted,
    counting_from,
    either_way,
    ends,
    seen,
    unseen,
)
from wraparound.time_limits.counting import days
from wraparound.time_limits.definition import Fact, Facts, Family, Found, LateRoute, Rule, Source, Version

_REVIEW = seen("Housing Act 1996 section 202(3)", "https://www.legislation.gov.uk/ukpga/1996/52/section/202")
_REVIEW_TIME = seen(
    "Shelter Legal, Time limits for internal reviews",
    "https://england.shelter.org.uk/legal/homelessness_applications/challenging_la_decisions/"
    "time_limits_for_internal_reviews",
)
_COURT = seen(
    "Housing Act 1996 section 204(2) and (2A), as Shelter Legal and Cornerstone Barristers set them out",
    "https://cornerstonebarristers.com/appeals-out-time-under-section-204-housing-act-1996/",
)
_WELSH_REVIEW = seen(
    "Housing (Wales) Act 2014 section 85(5), as its explanatory notes set it out",
    "https://www.legislation.gov.uk/anaw/2014/7/notes/division/2/2/14",
)
_WELSH_COURT = seen(
    "Housing (Wales) Act 2014 section 88, as Shelter Cymru sets it out",
    "https://sheltercymru.org.uk/housing-advice/homelessness/help-from-the-council/county-court-appeals/",
)
_SCOTTISH_REVIEW = seen(
    "Housing (Scotland) Act 1987 section 35A, as Shelter Scotland sets it out",
    "https://scotland.shelter.org.uk/housing_advice/homelessness/challenging_the_councils_decision/"
    "reviews_of_council_decisions",
)

COUNTING_ITS_DAY = days(21, beginning_with=True)
AFTER_ITS_DAY = days(21)
CAME = "What counts is the day the person got the letter, not the date on it. Keep the envelope."


def _council_may_allow(source: Source) -> tuple[LateRoute, ...]:
    return either_way("Ask anyway, and ask the council to allow more time. It may, and it must think about it.", source)


def _late_at_court(_last: date) -> tuple[LateRoute, ...]:
    return (
        LateRoute(
            "Ask the court for permission to appeal late. There must be a good reason for every day of the delay. Get "
            "a "
            "housing solicitor; legal aid may pay.",
            None,
            _COURT,
        ),
    )


def _welsh_court(facts: Facts) -> Found:
    start = facts.dates[Fact.LETTER_RECEIVED]
    careful = COUNTING_ITS_DAY.last_day(start)
    return Found(
        how=(counted(Fact.LETTER_RECEIVED, start), "The appeal must be started within 21 days of being told."),
        asks=("Ask a housing solicitor today whether the day the letter came is one of the 21.",),
        late=either_way(
            "The court may allow a late appeal for a very good reason. Get a housing solicitor.", _WELSH_COURT
        ),
        counted_from=start,
        received_by=True,
        act_as_if=careful,
    )


def _english_court(facts: Facts) -> Found:
    start = facts.dates[Fact.LETTER_RECEIVED]
    last = AFTER_ITS_DAY.last_day(start)
    how = (counted(Fact.LETTER_RECEIVED, start), ends(AFTER_ITS_DAY, last), CAME)
    note = "A letter to the person's solicitor counts as a letter to the person."
    return Found(
        last,
        (*how, note, *arrival(last, facts.nation)),
        late=_late_at_court(last),
        counted_from=start,
        received_by=True,
    )


def _review(source: Source, late: Source) -> Version:
    return Version(
        "21 days beginning with the day the person got the letter. The council may allow longer.",
        source,
        counting_from(
            (Fact.LETTER_RECEIVED,),
            COUNTING_ITS_DAY,
            received_by=True,
            late=lambda _last: _council_may_allow(late),
            notes=(CAME,),
        ),
    )


LETTER = "The council's decision on a homelessness application"
REVIEWED = "The council's decision on the review"

RULES = (
    Rule(
        "homelessness_review_england",
        Family.HOMELESSNESS,
        "Ask the council to review a homelessness decision (England)",
        ENGLAND,
        frozenset(),
        (Fact.LETTER_RECEIVED,),
        (),
        (),
        LETTER,
        (_review(_REVIEW, _REVIEW_TIME),),
    ),
    Rule(
        "homelessness_review_wales",
        Family.HOMELESSNESS,
        "Ask the council to review a homelessness decision (Wales)",
        WALES,
        frozenset(),
        (Fact.LETTER_RECEIVED,),
        (),
        (),
        LETTER,
        (_review(_WELSH_REVIEW, _WELSH_REVIEW),),
    ),
    Rule(
        "homelessness_review_scotland",
        Family.HOMELESSNESS,
        "Ask the council to review a homelessness decision (Scotland)",
        SCOTLAND,
        frozenset(),
        (Fact.LETTER_RECEIVED,),
        (),
        (),
        LETTER,
        (_review(_SCOTTISH_REVIEW, _SCOTTISH_REVIEW),),
    ),
    Rule(
        "homelessness_review_northern_ireland",
        Family.HOMELESSNESS,
        "Ask the Housing Executive to review a homelessness decision",
        NORTHERN_IRELAND,
        frozenset(),
        (Fact.LETTER_RECEIVED,),
        (),
        (),
        "The Housing Executive's decision on a homelessness application",
        (
            Version(
                "Not read yet.",
                unseen("Housing (Northern Ireland) Order 1988 article 11A, and the letter itself"),
                check_this("What does the letter say is the last day?"),
            ),
        ),
    ),
    Rule(
        "homelessness_county_court_england",
        Family.HOMELESSNESS,
        "Appeal to the county court about homelessness (England)",
        ENGLAND,
        frozenset(),
        (Fact.LETTER_RECEIVED,),
        (),
        (),
        REVIEWED,
        (
            Version(
                "21 days after the day the person got the review decision, on a point of law. The court must have it.",
                _COURT,
                _english_court,
            ),
        ),
    ),
    Rule(
        "homelessness_county_court_wales",
        Family.HOMELESSNESS,
        "Appeal to the county court about homelessness (Wales)",
        WALES,
        frozenset(),
        (Fact.LETTER_RECEIVED,),
        (),
        (),
        REVIEWED,
        (
            Version(
                "Within 21 days of being told, on a point of law. Whether the day the letter came is counted is to be "
                "checked by a housing solicitor; act as if it is.",
                _WELSH_COURT,
                _welsh_court,
            ),
        ),
    ),
)

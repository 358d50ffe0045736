"""Notices from landlords in Wales, Scotland and Northern Ireland, a council's notice, and the defence in court."""

from datetime import date

from wraparound.time_limits.answering import (
    ENGLAND,
    ENGLAND_AND_WALES,
    NORTHERN_IRELAND,
    SCOTLAND,
    WALES,
    check_this,
    seen,
    unseen,
)
from wraparound.time_limits.counting import days, months
from wraparound.time_limits.definition import Choice, Fact, Facts, Family, Found, Rule, Tenure, Version
from wraparound.time_limits.notices import ask_about, claim_within, notice

_WELSH_NOTICE = seen(
    "Renting Homes (Wales) Act 2016 section 174, as the Renting Homes (Amendment) (Wales) Act 2021 section 1 changes "
    "it",
    "https://www.legislation.gov.uk/asc/2021/3/section/1",
)
_WELSH_ARREARS = seen(
    "Renting Homes (Wales) Act 2016 section 182", "https://www.legislation.gov.uk/anaw/2016/1/section/182/enacted"
)
_LEAVE = seen(
    "Private Housing (Tenancies) (Scotland) Act 2016 sections 54 and 62(5)",
    "https://www.mfmac.com/insights/real-estate/"
    "is-a-failure-to-calculate-the-correct-notice-period-in-a-notice-to-leave-critical-to-an-application-to-recover-"
    "possession-of-a-residential-property/",
)

WALES_BEGAN = date(2022, 12, 1)
SIX_MONTHS = months(6)
SIX_MONTHS_WITH = months(6, beginning_with=True)
FORTNIGHT_WITH = days(14, beginning_with=True)
MONTH_WITH = months(1, beginning_with=True)
TWENTY_EIGHT = days(28)
EIGHTY_FOUR = days(84)


def _welsh_notice(facts: Facts) -> Found:
    if Choice.CONVERTED_CONTRACT in facts.choices:
        asks = ("The six months may not hold for a tenancy from before 1 December 2022. Ask a housing adviser.",)
        return ask_about(facts, asks, _WELSH_NOTICE, act_as_if=months(2).last_day(facts.dates[Fact.NOTICE_SERVED]))
    some = "A few kinds of contract, in Schedule 8A, give two months only: hostels, some care and service homes."
    return notice(facts, SIX_MONTHS, _WELSH_NOTICE, some)


def _welsh_arrears(facts: Facts) -> Found:
    period = MONTH_WITH if Choice.INTRODUCTORY_CONTRACT in facts.choices else FORTNIGHT_WITH
    return notice(facts, period, _WELSH_ARREARS)


def _notice_to_leave(facts: Facts) -> Found:
    short = TWENTY_EIGHT.last_day(facts.dates[Fact.NOTICE_SERVED])
    chosen = facts.choices & {Choice.NOTICE_28_DAYS, Choice.NOTICE_84_DAYS}
    if len(chosen) != 1:
        ask = "Is it a notice of 28 days or of 84? It depends on the ground and on six months of living there."
        return ask_about(facts, (ask,), _LEAVE, act_as_if=short)
    period = TWENTY_EIGHT if Choice.NOTICE_28_DAYS in chosen else EIGHTY_FOUR
    return notice(facts, period, _LEAVE, "A notice that was posted or e-mailed is taken to have come two days later.")


LANDLORD = frozenset({Tenure.PRIVATE})
ANY: frozenset[Tenure] = frozenset()


RULES = (
    Rule(
        "section_173_wales",
        Family.POSSESSION,
        "When a section 173 notice runs out (Wales)",
        WALES,
        ANY,
        (Fact.NOTICE_SERVED,),
        (Fact.NOTICE_ENDS,),
        (Choice.CONVERTED_CONTRACT,),
        "A landlord's notice without a reason (form RHW16)",
        (
            Version(
                "6 months after the day it was given. For a contract that began as a tenancy before 1 December 2022: "
                "check "
                "this, and act as if 2 months.",
                _WELSH_NOTICE,
                _welsh_notice,
                starts=WALES_BEGAN,
            ),
        ),
    ),
    Rule(
        "serious_arrears_wales",
        Family.POSSESSION,
        "When a notice about serious rent arrears runs out (Wales)",
        WALES,
        ANY,
        (Fact.NOTICE_SERVED,),
        (Fact.NOTICE_ENDS,),
        (Choice.INTRODUCTORY_CONTRACT,),
        "A possession notice about serious rent arrears (form RHW20)",
        (
            Version(
                "14 days beginning with the day it was given; a month for an introductory or prohibited conduct "
                "contract.",
                _WELSH_ARREARS,
                _welsh_arrears,
                starts=WALES_BEGAN,
            ),
        ),
    ),
    Rule(
        "serious_arrears_claim_wales",
        Family.POSSESSION,
        "When a landlord has to begin a claim about serious rent arrears by (Wales)",
        WALES,
        ANY,
        (Fact.NOTICE_SERVED,),
        (),
        (),
        "A possession notice about serious rent arrears (form RHW20)",
        (
            Version(
                "6 months beginning with the day it was given.",
                _WELSH_ARREARS,
                claim_within(SIX_MONTHS_WITH, _WELSH_ARREARS),
                starts=WALES_BEGAN,
            ),
        ),
    ),
    Rule(
        "notice_to_leave_scotland",
        Family.POSSESSION,
        "When a notice to leave runs out (Scotland)",
        SCOTLAND,
        LANDLORD,
        (Fact.NOTICE_SERVED,),
        (Fact.NOTICE_ENDS,),
        (Choice.NOTICE_28_DAYS, Choice.NOTICE_84_DAYS),
        "A notice to leave a private residential tenancy",
        (
            Version(
                "28 or 84 days after the day it came, by ground and by how long the person has lived there.",
                _LEAVE,
                _notice_to_leave,
            ),
        ),
    ),
    Rule(
        "notice_to_quit_northern_ireland",
        Family.POSSESSION,
        "When a notice to quit runs out (Northern Ireland)",
        NORTHERN_IRELAND,
        ANY,
        (Fact.NOTICE_SERVED,),
        (Fact.NOTICE_ENDS,),
        (),
        "A notice to quit",
        (
            Version(
                "Not read yet. It goes by how long the tenancy has lasted.",
                unseen(
                    "Private Tenancies (Northern Ireland) Order 2006 article 14 and the Private Tenancies Act (NI) 2022"
                ),
                check_this("How long has the person rented the home? Ask Housing Rights."),
            ),
        ),
    ),
    Rule(
        "council_notice_england",
        Family.POSSESSION,
        "When a council's notice seeking possession runs out (England)",
        ENGLAND,
        frozenset({Tenure.COUNCIL}),
        (Fact.NOTICE_SERVED,),
        (Fact.NOTICE_ENDS,),
        (),
        "A notice seeking possession of a council home",
        (
            Version(
                "Not read yet.",
                unseen("Housing Act 1985 section 83"),
                check_this(
                    "What day does the notice give, after which the council may go to court? Ask a housing adviser."
                ),
            ),
        ),
    ),
    Rule(
        "possession_defence",
        Family.POSSESSION,
        "Send the defence to a claim for possession",
        ENGLAND_AND_WALES,
        ANY,
        (Fact.CLAIM_SERVED,),
        (),
        (),
        "Court papers: a claim for possession, with a defence form",
        (
            Version(
                "Not read yet.",
                unseen("Civil Procedure Rules 15.4 and 55.7, and the notes that came with the papers"),
                check_this(
                    "What do the notes with the papers say, and on what day is the hearing? Go to it whatever was "
                    "sent.",
                    "Ask for free help on the day from the Housing Loss Prevention Advice Service.",
                ),
            ),
        ),
    ),
)

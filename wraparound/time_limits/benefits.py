"""Decisions about benefits: asking for one to be looked at again, and appealing."""

from datetime import date, timedelta

from wraparound.time_limits.answering import (
    GREAT_BRITAIN,
    NORTHERN_IRELAND,
    SCOTLAND,
    arrival,
    check_this,
    counted,
    counting_from,
    ends,
    seen,
    unseen,
)
from wraparound.time_limits.counting import add_months, days, months, said
from wraparound.time_limits.definition import Choice, Fact, Facts, Family, Found, LateRoute, Rule, Version

_RECONSIDERATION = seen(
    "SI 2013/381 regulations 5 and 6, as the Child Poverty Action Group sets them out; a calendar month, its day "
    "not counted: R(IB) 4/02",
    "https://cpag.org.uk/content/ask-cpag-online-what-are-time-limits",
)
_APPEAL = seen(
    "Tribunal Procedure (First-tier Tribunal) (Social Entitlement Chamber) Rules 2008 (SI 2008/2685) rule 22(2)(d)(i), "
    "as it stood on 12 December 2024",
    "https://www.legislation.gov.uk/uksi/2008/2685/rule/22",
)
_TOO_LATE = seen(
    "Child Poverty Action Group, Too late to appeal?", "https://askcpag.org.uk/content/209069/too-late-to-appeal"
)
_HOUSING_BENEFIT = seen(
    "Tribunal Procedure (First-tier Tribunal) (Social Entitlement Chamber) Rules 2008 (SI 2008/2685) rule 23(2)(a), "
    "put there by SI 2015/1510 rule 16",
    "https://www.legislation.gov.uk/uksi/2015/1510/article/16/made",
)
_HOUSING_BENEFIT_AGAIN = seen(
    "Housing Benefit decisions: looking again, as Dorset Council sets it out",
    "https://dorsetcouncil.gov.uk/w/housing-benefit-disputes",
)
_RE_DETERMINATION = seen(
    "Disability Assistance for Working Age People (Scotland) Regulations 2022 regulation 54(1); "
    "Social Security (Scotland) Act 2018 sections 41(4) and 62(2)",
    "https://www.socialsecurity.gov.scot/publications/2017/02/adult-disability-payment-decision-making-guide/pages/"
    "re-determinations-for-adult-disability-payment/time-limits-for-requesting-a-re-determination",
)
_SCOTTISH_APPEAL = seen(
    "Social Security (Scotland) Act 2018 section 48, as Social Security Scotland sets it out",
    "https://www.socialsecurity.gov.scot/guidance-resources/guidance/child-disability-payment-decision-making-guide/"
    "appeals-to-the-first-tier-tribunal/deadlines-for-appealing",
)
_APPEAL_NI = seen(
    "Citizens Advice, Appealing against a Department for Communities benefit decision (Northern Ireland)",
    "https://www.citizensadvice.org.uk/nireland/benefits/benefits-introduction/problems-with-benefits-and-tax-credits/"
    ""
    ""
    "challenging-a-benefit-decision-ni1/appeals-ni/appealing-against-a-dfc-benefit-decision-made-on-or-after-23-may-2016-ni/",
)

_CPAG_ADP = seen(
    "Child Poverty Action Group, Adult Disability Payment: challenging a decision", "https://askcpag.org.uk/?id=-257921"
)

RULE_12 = (
    "Rule 12 may move a last day off a weekend or bank holiday. That has not been checked, so this day is not moved."
)
MONTH = months(1)
FORTY_TWO = days(42, beginning_with=True)
THIRTY_ONE = days(31, beginning_with=True)
FORTNIGHT = days(14)
PRESUMED = timedelta(days=2)


def _late_reconsideration(last: date) -> tuple[LateRoute, ...]:
    return (
        LateRoute(
            "Ask late, and say why it could not be sooner and why it should be looked at. If the office refuses to "
            "look because it is late, there may still be a right of appeal.",
            add_months(last, 12),
            _RECONSIDERATION,
        ),
        LateRoute("If the office itself made the mistake, ask for an “any time” revision.", None, _RECONSIDERATION),
    )


def _late_appeal(last: date) -> tuple[LateRoute, ...]:
    end = add_months(last, 12)
    return (
        LateRoute("Appeal late and give the reasons. The tribunal decides whether to take it.", end, _TOO_LATE),
        LateRoute("After that the tribunal takes an appeal in very rare cases. Ask a specialist.", None, _TOO_LATE),
    )


def _late_appeal_ni(last: date) -> tuple[LateRoute, ...]:
    return (
        LateRoute("Appeal late and give good reasons.", add_months(last, 12), _APPEAL_NI),
        LateRoute("After that, ask a specialist what else can be done.", None, _APPEAL_NI),
    )


def _with_reasons(fact: Fact, start: date, facts: Facts) -> tuple[date, tuple[str, ...], tuple[str, ...]]:
    """The last day of the month, or the later one that a written statement of reasons brings; how, and what to ask."""
    month = MONTH.last_day(start)
    how = (counted(fact, start), ends(MONTH, month))
    if Choice.STATEMENT_OF_REASONS_ASKED not in facts.choices:
        return month, how, ()
    sent = facts.dates.get(Fact.REASONS_SENT)
    if sent is None:
        return (
            month,
            how,
            (f"{Fact.REASONS_SENT.label} It may move the last day; until it is known, keep to this one.",),
        )
    begun = max(month, sent)
    last = FORTNIGHT.last_day(begun)
    why = "the month's end" if begun == month else f"{said(sent)}, when the reasons were sent"
    return last, (*how, f"Reasons were asked for in writing, so 14 days more from {why}: {said(last)}."), ()


def _reconsideration(facts: Facts) -> Found:
    fact = Fact.LETTER_SENT if Fact.LETTER_SENT in facts.dates else Fact.LETTER_DATED
    start = facts.dates[fact]
    last, how, asks = _with_reasons(fact, start, facts)
    return Found(
        last_day=last,
        how=how + arrival(last, facts.nation),
        asks=asks,
        late=_late_reconsideration(last),
        counted_from=start,
        received_by=True,
    )


def _housing_benefit(facts: Facts) -> Found:
    start = facts.dates[Fact.LETTER_SENT]
    last, how, asks = _with_reasons(Fact.LETTER_SENT, start, facts)
    refused = facts.dates.get(Fact.REFUSAL_SENT)
    if refused is not None and (again := MONTH.last_day(refused)) > last:
        last = again
        how = (
            *how,
            f"The council was asked to look again and refused on {said(refused)}: a month from then, {said(last)}.",
        )
    return Found(
        last_day=last,
        how=(
            "The appeal goes to the council, with no mandatory reconsideration first.",
            *how,
            *arrival(last, facts.nation),
        ),
        asks=asks,
        late=_late_appeal(last),
        counted_from=start,
        received_by=True,
    )


def _informed(facts: Facts) -> tuple[date, str]:
    """The day a letter in Scotland told the person: when it came, or else two days after it was sent."""
    if Fact.LETTER_RECEIVED in facts.dates:
        came = facts.dates[Fact.LETTER_RECEIVED]
        return came, counted(Fact.LETTER_RECEIVED, came)
    told = facts.dates[Fact.LETTER_SENT] + PRESUMED
    return told, f"The letter is taken to have come on {said(told)}, two days after it was sent, unless it came later."


def _re_determination(facts: Facts) -> Found:
    told, first = _informed(facts)
    last = FORTY_TWO.last_day(told)
    late = (
        LateRoute("Ask late, with a good reason for not asking sooner.", add_months(told, 12), _RE_DETERMINATION),
        LateRoute(
            "Later than a year: ask whether the decision can be looked at again for another reason.", None, _CPAG_ADP
        ),
    )
    how = (first, ends(FORTY_TWO, last), *arrival(last, facts.nation))
    return Found(last, how, late=late, counted_from=told, received_by=True)


def _scottish_appeal(facts: Facts) -> Found:
    told, first = _informed(facts)
    last = THIRTY_ONE.last_day(told)
    late = (
        LateRoute("Ask the tribunal for permission, with a good reason.", add_months(told, 12), _SCOTTISH_APPEAL),
        LateRoute("After a year no appeal can be taken. Ask an adviser what else can be done.", None, _SCOTTISH_APPEAL),
    )
    how = (first, ends(THIRTY_ONE, last), "The day itself is counted, which is the careful way.")
    return Found(last, how + arrival(last, facts.nation), late=late, counted_from=told, received_by=True)


RULES = (
    Rule(
        "mandatory_reconsideration",
        Family.BENEFIT_DECISION,
        "Ask for a mandatory reconsideration",
        GREAT_BRITAIN,
        frozenset(),
        (Fact.LETTER_DATED,),
        (Fact.LETTER_SENT, Fact.REASONS_SENT),
        (Choice.STATEMENT_OF_REASONS_ASKED,),
        "A decision letter from the Department for Work and Pensions, or from HM Revenue and Customs about Child "
        "Benefit",
        (
            Version(
                "1 month after the day the letter was sent, which is the date on it unless the envelope shows a later "
                "one. With a written statement of reasons that was asked for, 14 days more from the month's end or "
                "from "
                "when it was sent, whichever is later. Late: 12 months more.",
                _RECONSIDERATION,
                _reconsideration,
            ),
        ),
    ),
    Rule(
        "mandatory_reconsideration_northern_ireland",
        Family.BENEFIT_DECISION,
        "Ask for a mandatory reconsideration (Northern Ireland)",
        NORTHERN_IRELAND,
        frozenset(),
        (Fact.LETTER_DATED,),
        (),
        (),
        "A decision letter from the Department for Communities",
        (
            Version(
                "Not read yet.",
                unseen("SR (NI) 2016/221 and SR (NI) 1999/162 on revision, and the letter itself"),
                check_this("What does the letter say is the last day?"),
            ),
        ),
    ),
    Rule(
        "scottish_re_determination",
        Family.BENEFIT_DECISION,
        "Ask Social Security Scotland for a re-determination",
        SCOTLAND,
        frozenset(),
        (Fact.LETTER_SENT,),
        (Fact.LETTER_RECEIVED,),
        (),
        "A decision letter from Social Security Scotland",
        (
            Version(
                "42 days beginning with the day the person is told, which is 2 days after the letter was sent unless "
                "it "
                "came on another day. Late: a year after that day.",
                _RE_DETERMINATION,
                _re_determination,
            ),
        ),
    ),
    Rule(
        "benefit_appeal",
        Family.BENEFIT_APPEAL,
        "Appeal to the tribunal about a benefit",
        GREAT_BRITAIN,
        frozenset(),
        (Fact.MR_NOTICE_SENT,),
        (),
        (),
        "A mandatory reconsideration notice",
        (
            Version(
                "1 month after the day the notice was sent; the appeal must have arrived. Late: 12 months more.",
                _APPEAL,
                counting_from((Fact.MR_NOTICE_SENT,), MONTH, received_by=True, late=_late_appeal, notes=(RULE_12,)),
            ),
        ),
    ),
    Rule(
        "benefit_appeal_northern_ireland",
        Family.BENEFIT_APPEAL,
        "Appeal to the tribunal about a benefit (Northern Ireland)",
        NORTHERN_IRELAND,
        frozenset(),
        (Fact.LETTER_DATED,),
        (),
        (),
        "The letter that says how the reconsideration came out",
        (
            Version(
                "1 month after the date on the letter. Late: 12 months more.",
                _APPEAL_NI,
                counting_from((Fact.LETTER_DATED,), MONTH, received_by=True, late=_late_appeal_ni),
            ),
        ),
    ),
    Rule(
        "scottish_benefit_appeal",
        Family.BENEFIT_APPEAL,
        "Appeal about a benefit of Social Security Scotland",
        SCOTLAND,
        frozenset(),
        (Fact.LETTER_SENT,),
        (Fact.LETTER_RECEIVED,),
        (),
        "The letter that says how the re-determination came out, or that it was not made in time",
        (
            Version(
                "31 days beginning with the day the person is told, which is 2 days after the letter was sent unless "
                "it "
                "came on another day. Late: a year after that day.",
                _SCOTTISH_APPEAL,
                _scottish_appeal,
            ),
        ),
    ),
    Rule(
        "housing_benefit_reconsideration",
        Family.HOUSING_BENEFIT,
        "Ask the council to look at a Housing Benefit decision again",
        GREAT_BRITAIN,
        frozenset(),
        (Fact.LETTER_DATED,),
        (),
        (),
        "A Housing Benefit decision letter from the council",
        (
            Version(
                "1 month after the date of the decision; the request must have arrived.",
                _HOUSING_BENEFIT_AGAIN,
                counting_from(
                    (Fact.LETTER_DATED,),
                    MONTH,
                    received_by=True,
                    late=lambda _last: (
                        LateRoute("Ask late and give the reasons for it.", None, _HOUSING_BENEFIT_AGAIN),
                        LateRoute("Appeal instead, late if need be: see the rule for appeals.", None, _HOUSING_BENEFIT),
                    ),
                    notes=("Nobody has to ask for this before an appeal.",),
                ),
            ),
        ),
    ),
    Rule(
        "housing_benefit_appeal",
        Family.HOUSING_BENEFIT,
        "Appeal about Housing Benefit",
        GREAT_BRITAIN,
        frozenset(),
        (Fact.LETTER_SENT,),
        (Fact.REASONS_SENT, Fact.REFUSAL_SENT),
        (Choice.STATEMENT_OF_REASONS_ASKED,),
        "A Housing Benefit decision letter from the council",
        (
            Version(
                "The latest of: 1 month after the decision was sent; with reasons asked for in that month, 14 days "
                "after "
                "the month's end or after they were given; 1 month after the council was asked to look again and "
                "refused. Late: 12 months more.",
                _HOUSING_BENEFIT,
                _housing_benefit,
            ),
        ),
    ),
    Rule(
        "housing_benefit_appeal_northern_ireland",
        Family.HOUSING_BENEFIT,
        "Appeal about Housing Benefit (Northern Ireland)",
        NORTHERN_IRELAND,
        frozenset(),
        (Fact.LETTER_SENT,),
        (),
        (),
        "A Housing Benefit decision letter from the Housing Executive or Land & Property Services",
        (
            Version(
                "Not read yet. The appeal goes to the office that decided.",
                unseen("SR (NI) 2001/213, and the letter itself"),
                check_this("What does the letter say is the last day?"),
            ),
        ),
    ),
)

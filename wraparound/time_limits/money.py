"""Benefit forms to send back, and the day from which money counts."""

from datetime import date

from wraparound.time_limits.answering import (
    ENGLAND_AND_WALES,
    GREAT_BRITAIN,
    NORTHERN_IRELAND,
    SCOTLAND,
    arrival,
    check_this,
    counted,
    counting_from,
    either_way,
    ends,
    seen,
    unseen,
)
from wraparound.time_limits.counting import DAY, add_months, days, months, said, weeks
from wraparound.time_limits.definition import Choice, Fact, Facts, Family, Found, LateRoute, Rule, Source, Version

_PIP2 = seen(
    "Citizens Advice, the “How your disability affects you” form (Personal Independence Payment Regulations 2013 "
    "regulation 8 is to be read)",
    ""
    ""
    "https://www.citizensadvice.org.uk/scotland/development/old-content-for-user-testing/old-pip-content-for-ab-testing/"
    "personal-independence-payment/claiming-personal-independence-payment-pip/"
    "personal-independence-payment-pip-the-how-your-disability-affects-you-form/",
)
_UC50 = seen(
    "Citizens Advice, Get ready to fill in the work capability form for Universal Credit",
    "https://www.citizensadvice.org.uk/benefits/universal-credit/if-youre-sick-or-disabled/"
    "get-ready-to-fill-in-the-work-capability-form-for-universal-credit/",
)
_ADP = seen(
    "mygov.scot, How to apply for Adult Disability Payment",
    "https://www.mygov.scot/adult-disability-payment/how-to-apply",
)
_PIP_CALL = seen(
    "Citizens Advice, How to claim Personal Independence Payment (SI 2013/380 regulation 12 is to be read)",
    "https://www.citizensadvice.org.uk/benefits/sick-or-disabled-people-and-carers/pip/",
)
_ADP_FROM = seen(
    "Age Scotland, Adult Disability Payment: the application form",
    "https://issuu.com/agescotland/docs/m_16_adult_disability_payment_april_2022",
)
_BACKDATING = seen(
    "Universal Credit (Claims and Payments) Regulations 2013 (SI 2013/380) regulation 26, as it stood on 29 June 2023",
    "https://www.legislation.gov.uk/uksi/2013/380/regulation/26",
)
_ATTENDANCE = seen(
    "Social Security (Claims and Payments) Regulations 1987 regulation 6(8) and (9), put there by SI 1991/2741",
    "https://www.legislation.gov.uk/uksi/1991/2741/regulation/4",
)

MONTH = months(1)
SIX_WEEKS = weeks(6)
ASSESSMENT_PERIOD_RULE_BEGAN = date(2019, 7, 24)
THE_LETTER_SAYS = "The letter names a day. If it is earlier than this one, keep to it."


def _ask_for_longer(source: Source) -> tuple[LateRoute, ...]:
    return (
        LateRoute("Ring before the last day and ask for longer; note the name and the new day.", None, source),
        LateRoute("Late: send it at once with the reason. A good reason can be accepted.", None, source),
    )


def _pip_call(facts: Facts) -> Found:
    rang = facts.dates[Fact.RANG_ON]
    how: tuple[str, ...] = (
        f"If Personal Independence Payment is awarded, money counts from {said(rang)}, the day of the call.",
        "It is not paid for before that.",
    )
    late = _ask_for_longer(_PIP2)
    if Fact.FORM_SENT not in facts.dates:
        asks = (f"{Fact.FORM_SENT.label} It has to be back within a month, or the claim ends and the day is lost.",)
        return Found(how=how, asks=asks, late=late, counted_from=rang, received_by=True)
    sent = facts.dates[Fact.FORM_SENT]
    last = MONTH.last_day(sent)
    how = (*how, counted(Fact.FORM_SENT, sent), ends(MONTH, last), THE_LETTER_SAYS, *arrival(last, facts.nation))
    return Found(last, how, late=late, counted_from=rang, received_by=True)


def _backdating(facts: Facts) -> Found:
    first = facts.dates[Fact.ENTITLED_FROM]
    late = (
        LateRoute("Claim today: money counts from the day of the claim.", None, _BACKDATING),
        LateRoute(
            "If the Department for Work and Pensions itself caused the delay, ask a benefits adviser what can be done.",
            None,
            _BACKDATING,
        ),
    )
    asks = (
        "Does one of the reasons hold, and is it why the claim could not be made sooner: a disability; an illness with "
        "evidence; the online service did not work; nobody told them that another benefit was ending; or another of "
        "regulation 26(3)?",
    )
    if Choice.BACKDATING_REASON not in facts.choices:
        only = (f"Money counts from the day of the claim, so from {said(first)} only if claimed that day.",)
        return Found(first, only, asks=asks, late=late, counted_from=first, received_by=True)
    last = add_months(first, 1) - DAY
    how = (
        counted(Fact.ENTITLED_FROM, first),
        f"A claim goes back to then if it is made by the last day of the first monthly period: {said(last)}.",
    )
    if first.day == 29 and first.month == 1:
        ask = "How long is the first assessment period? One from the 29th is shortened in February."
        careful = date(last.year, 2, 26)
        return Found(how=how[:1], asks=(ask,), late=late, counted_from=first, received_by=True, act_as_if=careful)
    return Found(last, how, late=late, counted_from=first, received_by=True)


def _attendance(facts: Facts) -> Found:
    rang = facts.dates[Fact.RANG_ON]
    last = SIX_WEEKS.last_day(rang)
    how = (
        counted(Fact.RANG_ON, rang),
        ends(SIX_WEEKS, last),
        f"With the form back by then, money counts from {said(rang)}; a form that was printed counts from when it "
        "arrives.",
        *arrival(last, facts.nation),
    )
    late = (
        LateRoute(
            "Longer may be allowed if that is reasonable. Send the form and say why it is late.",
            None,
            _ATTENDANCE,
        ),
        LateRoute("Otherwise money counts from the day the form arrives.", None, _ATTENDANCE),
    )
    return Found(last, how, late=late, counted_from=rang, received_by=True)


RULES = (
    Rule(
        "pip2_form",
        Family.BENEFIT_FORM,
        "Send back the PIP2 form, “How your disability affects you”",
        ENGLAND_AND_WALES,
        frozenset(),
        (Fact.LETTER_DATED,),
        (Fact.FORM_SENT,),
        (),
        "The PIP2 form and its letter",
        (
            Version(
                "1 month after the form was sent, which is the date on its letter unless another is known.",
                _PIP2,
                counting_from(
                    (Fact.FORM_SENT, Fact.LETTER_DATED),
                    MONTH,
                    received_by=True,
                    late=lambda _last: _ask_for_longer(_PIP2),
                    notes=(THE_LETTER_SAYS,),
                ),
            ),
        ),
    ),
    Rule(
        "pip2_form_northern_ireland",
        Family.BENEFIT_FORM,
        "Send back the form for Personal Independence Payment (Northern Ireland)",
        NORTHERN_IRELAND,
        frozenset(),
        (Fact.LETTER_DATED,),
        (),
        (),
        "The form and its letter",
        (
            Version(
                "Not read yet.",
                unseen("Personal Independence Payment Regulations (Northern Ireland) 2016 regulation 8"),
                check_this("What does the letter say is the last day?"),
            ),
        ),
    ),
    Rule(
        "uc50_form",
        Family.BENEFIT_FORM,
        "Send back the UC50 or ESA50 work capability form",
        GREAT_BRITAIN,
        frozenset(),
        (Fact.LETTER_DATED,),
        (),
        (),
        "The work capability form and its letter",
        (
            Version(
                "4 weeks after the date on the letter, which is the careful way: Citizens Advice counts from when it "
                "came.",
                _UC50,
                counting_from(
                    (Fact.LETTER_DATED,),
                    weeks(4),
                    received_by=True,
                    late=lambda _last: _ask_for_longer(_UC50),
                    notes=(THE_LETTER_SAYS,),
                ),
            ),
        ),
    ),
    Rule(
        "adp_part_2",
        Family.BENEFIT_FORM,
        "Send part 2 of an Adult Disability Payment application",
        SCOTLAND,
        frozenset(),
        (Fact.RANG_ON,),
        (),
        (),
        "Part 1 of the application is done, by telephone or online",
        (
            Version(
                "56 days after part 1 was done. More time is given for the asking.",
                _ADP,
                counting_from(
                    (Fact.RANG_ON,),
                    days(56),
                    received_by=True,
                    late=lambda _last: either_way("Ring and ask for more time; no reason is needed.", _ADP),
                ),
            ),
        ),
    ),
    Rule(
        "pip_money_from",
        Family.MONEY_COUNTS_FROM,
        "Keep the day of the call as the day Personal Independence Payment counts from",
        ENGLAND_AND_WALES,
        frozenset(),
        (Fact.RANG_ON,),
        (Fact.FORM_SENT,),
        (),
        "The call that started a claim for Personal Independence Payment",
        (
            Version(
                "Money counts from the call. The form has to be back within 1 month after it was sent.",
                _PIP_CALL,
                _pip_call,
            ),
        ),
    ),
    Rule(
        "adp_money_from",
        Family.MONEY_COUNTS_FROM,
        "Keep the day of part 1 as the day Adult Disability Payment counts from",
        SCOTLAND,
        frozenset(),
        (Fact.RANG_ON,),
        (),
        (),
        "Part 1 of the application is done, by telephone or online",
        (
            Version(
                "Money counts from the day part 1 was done. Part 2 has to be there 56 days after it.",
                _ADP_FROM,
                counting_from(
                    (Fact.RANG_ON,),
                    days(56),
                    received_by=True,
                    late=lambda _last: either_way("Ring and ask for more time; no reason is needed.", _ADP),
                    notes=("If it is awarded, money counts from the day part 1 was done.",),
                ),
            ),
        ),
    ),
    Rule(
        "universal_credit_backdating",
        Family.MONEY_COUNTS_FROM,
        "Claim Universal Credit so that it counts from an earlier day",
        GREAT_BRITAIN,
        frozenset(),
        (Fact.ENTITLED_FROM,),
        (),
        (Choice.BACKDATING_REASON,),
        "The day from which somebody could have had Universal Credit",
        (
            Version(
                "A claim counts from its own day; with one of the listed reasons it goes back at most a month.",
                unseen("SI 2013/380 regulation 26 as it stood before 24 July 2019"),
                check_this("Ask a benefits adviser: the rule was another one then."),
                ends=date(2019, 7, 23),
            ),
            Version(
                "A claim counts from its own day. With one of the listed reasons it goes back to the first day, if "
                "made by "
                "the last day of the first assessment period: a month beginning with it.",
                _BACKDATING,
                _backdating,
                starts=ASSESSMENT_PERIOD_RULE_BEGAN,
            ),
        ),
    ),
    Rule(
        "attendance_allowance_money_from",
        Family.MONEY_COUNTS_FROM,
        "Send the Attendance Allowance form so that it counts from the day it was asked for",
        ENGLAND_AND_WALES,
        frozenset(),
        (Fact.RANG_ON,),
        (),
        (),
        "The call that asked for a claim form",
        (
            Version(
                "6 weeks after the form was asked for; money counts from that day.",
                _ATTENDANCE,
                _attendance,
            ),
        ),
    ),
    Rule(
        "pension_credit_backdating",
        Family.MONEY_COUNTS_FROM,
        "Claim Pension Credit so that it counts from an earlier day",
        GREAT_BRITAIN,
        frozenset(),
        (Fact.ENTITLED_FROM,),
        (),
        (),
        "The day from which somebody could have had Pension Credit",
        (
            Version(
                "Not read yet.",
                unseen("Social Security (Claims and Payments) Regulations 1987 regulation 19"),
                check_this("How far back does the Pension Credit claim line say that a claim goes today?"),
            ),
        ),
    ),
    Rule(
        "benefit_dates_northern_ireland",
        Family.MONEY_COUNTS_FROM,
        "The day a benefit counts from (Northern Ireland)",
        NORTHERN_IRELAND,
        frozenset(),
        (Fact.RANG_ON,),
        (),
        (),
        "The call or claim that started it",
        (
            Version(
                "Not read yet.",
                unseen("SR (NI) 2016/220 on claims and payments"),
                check_this("What does the letter say is the last day, and the day of the claim?"),
            ),
        ),
    ),
)

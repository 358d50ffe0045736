"""Immigration and asylum appeals. Only somebody whom the Immigration Advice Authority registers may advise on these."""

from datetime import date

from wraparound.time_limits.answering import (
    EVERYWHERE,
    arrival,
    check_this,
    counted,
    counting_from,
    ends,
    seen,
    unseen,
)
from wraparound.time_limits.counting import days
from wraparound.time_limits.definition import Choice, Fact, Facts, Family, Found, LateRoute, Rule, Version

_APPEAL = seen(
    "Tribunal Procedure (First-tier Tribunal) (Immigration and Asylum Chamber) Rules 2014 (SI 2014/2604) rule 19, "
    "as it stood on 25 December 2023",
    "https://www.legislation.gov.uk/uksi/2014/2604/article/19",
)
_LATE = unseen(
    "SI 2014/2604 rule 20 (late notice of appeal)", "https://www.legislation.gov.uk/uksi/2014/2604/article/20"
)
_SUPPORT = seen(
    "Tribunal Procedure (First-tier Tribunal) (Social Entitlement Chamber) Rules 2008 (SI 2008/2685) rule 22(2)(a)",
    "https://www.legislation.gov.uk/uksi/2008/2685/rule/22",
)

ONLY_REGISTERED = (
    "Only an adviser registered with the Immigration Advice Authority, or a solicitor, may advise. Find one now."
)
FORTNIGHT = days(14)
FOUR_WEEKS = days(28)
THREE_DAYS = days(3)


def _late(_last: date) -> tuple[LateRoute, ...]:
    return (
        LateRoute("Appeal late and give the reasons; the tribunal decides. " + ONLY_REGISTERED, None, _LATE),
        LateRoute("Ask whether a fresh claim or further submissions can be made. " + ONLY_REGISTERED, None, _LATE),
    )


def _in_the_country(facts: Facts) -> Found:
    if Choice.OUT_OF_COUNTRY in facts.choices:
        return Found(asks=("From abroad another rule holds: use “Appeal from outside the United Kingdom”.",))
    sent = facts.dates[Fact.LETTER_SENT]
    last = FORTNIGHT.last_day(sent)
    how = (counted(Fact.LETTER_SENT, sent), ends(FORTNIGHT, last), "When the letter came makes no difference.")
    return Found(
        last,
        (*how, *arrival(last, facts.nation), ONLY_REGISTERED),
        late=_late(last),
        counted_from=sent,
        received_by=True,
    )


def _from_abroad(facts: Facts) -> Found:
    came, left = facts.dates[Fact.LETTER_RECEIVED], facts.dates.get(Fact.LEFT_UK)
    last = FOUR_WEEKS.last_day(came)
    how: tuple[str, ...] = (counted(Fact.LETTER_RECEIVED, came), ends(FOUR_WEEKS, last))
    if left is None:
        how = (*how, *arrival(last, facts.nation), ONLY_REGISTERED)
        return Found(last, how, late=_late(last), counted_from=came, received_by=True)
    after_leaving = FOUR_WEEKS.last_day(left)
    how = (*how, counted(Fact.LEFT_UK, left), ends(FOUR_WEEKS, after_leaving), ONLY_REGISTERED)
    asks = (
        "Was the person here when it was decided, and allowed to appeal only after leaving? Then the second day holds.",
    )
    careful = min(last, after_leaving)
    return Found(how=how, asks=asks, late=_late(careful), counted_from=came, received_by=True, act_as_if=careful)


RULES = (
    Rule(
        "immigration_appeal",
        Family.IMMIGRATION,
        "Appeal to the tribunal about immigration or asylum, in the United Kingdom",
        EVERYWHERE,
        frozenset(),
        (Fact.LETTER_SENT,),
        (),
        (Choice.OUT_OF_COUNTRY,),
        "A decision letter from the Home Office that gives a right of appeal",
        (
            Version(
                "14 days after the decision was sent; the appeal must have arrived.",
                _APPEAL,
                _in_the_country,
                starts=date(2014, 10, 20),
            ),
        ),
    ),
    Rule(
        "immigration_appeal_from_abroad",
        Family.IMMIGRATION,
        "Appeal from outside the United Kingdom about immigration or asylum",
        EVERYWHERE,
        frozenset(),
        (Fact.LETTER_RECEIVED,),
        (Fact.LEFT_UK,),
        (),
        "A decision letter from the Home Office that gives a right of appeal",
        (
            Version(
                "28 days after the decision came; or, for somebody who could appeal only after leaving, 28 days after "
                "they left, which has to be asked. The appeal must have arrived.",
                _APPEAL,
                _from_abroad,
                starts=date(2014, 10, 20),
            ),
        ),
    ),
    Rule(
        "asylum_support_appeal",
        Family.IMMIGRATION,
        "Appeal about asylum support",
        EVERYWHERE,
        frozenset(),
        (Fact.LETTER_RECEIVED,),
        (),
        (),
        "A decision that refuses or stops asylum support",
        (
            Version(
                "3 days after the day the letter came; the appeal must have arrived.",
                _SUPPORT,
                counting_from(
                    (Fact.LETTER_RECEIVED,),
                    THREE_DAYS,
                    received_by=True,
                    late=lambda _last: (
                        LateRoute(
                            "Appeal anyway and ask the tribunal for more time, with the reasons.", None, _SUPPORT
                        ),
                    ),
                ),
            ),
        ),
    ),
    Rule(
        "administrative_review",
        Family.IMMIGRATION,
        "Ask the Home Office for an administrative review",
        EVERYWHERE,
        frozenset(),
        (Fact.LETTER_RECEIVED,),
        (),
        (Choice.OUT_OF_COUNTRY,),
        "A decision letter from the Home Office that gives no right of appeal",
        (
            Version(
                "Not read yet.",
                unseen(
                    "Immigration Rules, Appendix Administrative Review", "https://www.gov.uk/guidance/immigration-rules"
                ),
                check_this("What does the letter say is the last day? " + ONLY_REGISTERED),
            ),
        ),
    ),
)

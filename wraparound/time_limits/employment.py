"""Claims to an employment tribunal, with the clock that stands still while Acas tries to settle."""

from dataclasses import replace
from datetime import date

from wraparound.time_limits.answering import GREAT_BRITAIN, NORTHERN_IRELAND, counted, ends, seen
from wraparound.time_limits.counting import add_months, months, said
from wraparound.time_limits.definition import Choice, Fact, Facts, Family, Found, LateRoute, Rule, Version

_LIMIT = seen(
    "Employment Rights Act 1996 sections 111(2) and 207B (read in sequence: Luton Borough Council v Haque [2018] "
    "UKEAT/0180/17); Equality Act 2010 section 123(1)",
    "https://www.legislation.gov.uk/ukpga/1996/18/section/111",
)
_CHANGE = seen(
    "Employment Rights Act 2025 section 152 and Schedule 12: three months become six on a day not before October 2026 "
    "that was not found",
    "https://www.legislation.gov.uk/ukpga/2025/36",
)
_LIMIT_NI = seen(
    "Employment Rights (Northern Ireland) Order 1996 article 145(2)",
    "https://www.legislation.gov.uk/nisi/1996/1919/article/145",
)

THREE = months(3, beginning_with=True)
SIX = months(6, beginning_with=True)
SIX_MONTHS_ANYWAY = frozenset({Choice.REDUNDANCY_PAY, Choice.EQUAL_PAY})
# A claim about anything that happened by this day had to be made, or to be with Acas, before the change could begin.
SURE_UNTIL = date(2026, 6, 30)
UNSURE_FROM = date(2026, 7, 1)

UNSURE = (
    "The limit may now be six months instead of three (Employment Rights Act 2025). Ask Acas or an employment adviser "
    "which is in force for this, today."
)


def _late(last: date) -> tuple[LateRoute, ...]:
    return (
        LateRoute(
            "Unfair dismissal and pay: a tribunal takes a late claim only if it was not reasonably practicable to be "
            "in "
            f"time, and the claim came soon after. Claim at once and say why it was not made by {said(last)}.",
            None,
            _LIMIT,
        ),
        LateRoute("Discrimination: a tribunal may take a late claim if that is just and equitable.", None, _LIMIT),
    )


def _ask(found: Found, ask: str) -> Found:
    """The same working without its day, which is only the one to be safe by, and a question."""
    return replace(found, last_day=None, act_as_if=found.last_day, asks=(*found.asks, ask))


def _with_acas(found: Found, last: date, facts: Facts) -> Found:
    """The last day once Acas was told: its days do not count, and a month after its certificate is left at least."""
    told, certificate = (facts.dates.get(fact) for fact in (Fact.ACAS_NOTIFIED, Fact.ACAS_CERTIFICATE))
    if told is None and certificate is None:
        return replace(found, how=(*found.how, "Acas must be told by then too, before a claim can be made."))
    if told is None:
        return _ask(found, Fact.ACAS_NOTIFIED.label)
    if told < facts.dates[Fact.EVENT_ON] or (certificate is not None and certificate < told):
        return _ask(
            found, "The days with Acas do not fit the others. Read them again on the certificate; ask an adviser."
        )
    if told > last:
        late = f"Acas was told on {said(told)}, after the last day, which adds no time."
        return replace(found, how=(*found.how, late))
    if certificate is None:
        return _ask(found, Fact.ACAS_CERTIFICATE.label)
    waited = (certificate - told).days
    later, month = last + (certificate - told), add_months(certificate, 1)
    how = (
        *found.how,
        f"Days with Acas, from the day after {said(told)} to {said(certificate)}, do not count: {waited} more, "
        f"{said(later)}.",
        f"A month after the certificate is {said(month)}; the later of the two is the last day.",
    )
    return replace(found, last_day=max(later, month), how=how, late=_late(max(later, month)))


def _claim(facts: Facts) -> Found:
    event = facts.dates[Fact.EVENT_ON]
    period = SIX if facts.choices & SIX_MONTHS_ANYWAY else THREE
    last = period.last_day(event)
    how = (counted(Fact.EVENT_ON, event), ends(period, last))
    found = Found(last, how, late=_late(last), counted_from=event, received_by=True)
    return _with_acas(found, last, facts)


def _claim_or_ask(facts: Facts) -> Found:
    found = _claim(facts)
    if facts.choices & SIX_MONTHS_ANYWAY or found.last_day is None:
        return found
    return _ask(replace(found, how=("Act as if the limit were still three months.", *found.how)), UNSURE)


def _claim_ni(facts: Facts) -> Found:
    event = facts.dates[Fact.EVENT_ON]
    last = THREE.last_day(event)
    how = (counted(Fact.EVENT_ON, event), ends(THREE, last), "The Labour Relations Agency must be told first, by then.")
    late = (
        LateRoute("A tribunal may take a late claim if it was not reasonably practicable in time.", None, _LIMIT_NI),
    )
    found = Found(last, how, late=late, counted_from=event, received_by=True)
    if Fact.ACAS_NOTIFIED in facts.dates or Fact.ACAS_CERTIFICATE in facts.dates:
        return _ask(found, "Ask the Labour Relations Agency how many days conciliation adds (article 249B).")
    return found


LETTER = "The job ended, or the last of the things complained of happened"

RULES = (
    Rule(
        "employment_tribunal",
        Family.EMPLOYMENT,
        "Claim at an employment tribunal",
        GREAT_BRITAIN,
        frozenset(),
        (Fact.EVENT_ON,),
        (Fact.ACAS_NOTIFIED, Fact.ACAS_CERTIFICATE),
        (Choice.REDUNDANCY_PAY, Choice.EQUAL_PAY),
        LETTER,
        (
            Version(
                "3 months beginning with the day it happened (6 for statutory redundancy pay and equal pay). Days with "
                "Acas, after Day A to Day B, do not count; then at least a month after Day B is left.",
                _LIMIT,
                _claim,
                ends=SURE_UNTIL,
            ),
            Version(
                "Check this: 3 months may have become 6. Act as if it were 3. Redundancy pay and equal pay stay at 6.",
                _CHANGE,
                _claim_or_ask,
                starts=UNSURE_FROM,
            ),
        ),
    ),
    Rule(
        "industrial_tribunal_northern_ireland",
        Family.EMPLOYMENT,
        "Claim unfair dismissal at an industrial tribunal (Northern Ireland)",
        NORTHERN_IRELAND,
        frozenset(),
        (Fact.EVENT_ON,),
        (Fact.ACAS_NOTIFIED, Fact.ACAS_CERTIFICATE),
        (),
        "The job ended",
        (
            Version(
                "3 months beginning with the day the job ended. What early conciliation adds is to be checked with the "
                "Labour Relations Agency.",
                _LIMIT_NI,
                _claim_ni,
            ),
        ),
    ),
)

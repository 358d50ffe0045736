"""Notices from landlords in England, before and after 1 May 2026: section 21, and section 8 by ground."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from wraparound.time_limits.answering import ENGLAND, check_this, seen
from wraparound.time_limits.counting import Period, add_months, days, months, weeks
from wraparound.time_limits.definition import Choice, Fact, Facts, Family, Found, Rule, Source, Tenure, Version
from wraparound.time_limits.notices import ASK_A_HOUSING_ADVISER, AT_ONCE, ask_about, claim_within, notice, stay

_BEFORE = seen(
    "Housing Act 1988 section 8(3) to (4B), put there by the Housing Act 1996 section 151",
    "https://www.legislation.gov.uk/ukpga/1996/52/section/151",
)
_AFTER = seen(
    "Housing Act 1988 section 8 as the Renters' Rights Act 2025 section 3 changes it. The periods were read in two "
    "landlords' guides that agree and cite gov.uk's, not in the Act: to be checked by a housing adviser",
    "https://tenancyarmour.co.uk/guides/guide-notice-periods",
)
_SOCIAL = seen(
    "gov.uk, Grounds for possession (1 May 2026): the Renters' Rights Act reaches social housing only from 2027",
    "https://www.gov.uk/government/publications/grounds-for-possession-guidance-for-landlords-and-letting-agents/"
    "grounds-for-possession-guidance-for-landlords-and-letting-agents",
)
_PERIODS_2021 = seen(
    "Housing Act 1988 sections 8 and 21: ordinary periods again from 1 October 2021",
    "https://agent-smart.co.uk/notice-periods-from-1st-october-2021/",
)
_TWENTY_ONE = seen(
    "Housing Act 1988 section 21(4D), as the Deregulation Act 2015's notes on section 36 set it out",
    "https://www.legislation.gov.uk/ukpga/2015/20/section/36/notes",
)
_CUT_OFF = seen(
    "Renters' Rights Act 2025: no section 21 notice from 1 May 2026, and no claim on an older one after 31 July 2026, "
    "as Shelter sets it out",
    "https://england.shelter.org.uk/housing_advice/eviction/eviction_notices_from_private_landlords",
)
_CUT_OFF_8 = seen(
    "Housing Act 1988 section 8(3)(c); for notices of the old law 31 July 2026 at the latest, as Shelter sets it out",
    "https://england.shelter.org.uk/housing_advice/eviction/section_8_notice_private_tenants/before_renters_rights_act",
)
_TWELVE_MONTHS = seen("Housing Act 1988 section 8(3)(c)", "https://www.legislation.gov.uk/ukpga/1988/50/section/8")

PRIVATE = frozenset({Tenure.PRIVATE})
SOCIAL = frozenset({Tenure.SOCIAL})

PANDEMIC_OVER = date(2021, 10, 1)
LAST_OLD = date(2026, 4, 30)
NEW_LAW = date(2026, 5, 1)
LAST_OLD_CLAIM = date(2026, 7, 31)
LAST_SOCIAL = date(2026, 12, 31)
SOCIAL_CHANGE = date(2027, 1, 1)
LAST_OF_PANDEMIC = date(2021, 9, 30)

TWO_MONTHS = months(2)
FOUR_MONTHS = months(4)
SIX_MONTHS = months(6)
TWELVE_MONTHS = months(12)
FORTNIGHT = days(14)
FOUR_WEEKS = weeks(4)

PANDEMIC = "Notices of the pandemic, to 30 September 2021, ran longer, by ground and day. Ask a housing adviser."
FROM_2027 = "The law for social housing changes in 2027, on a day to be checked. Is it in force for this notice?"
ABOLISHED = "Nobody with a private landlord can be given a section 21 notice from 1 May 2026. " + ASK_A_HOUSING_ADVISER
LONGER = (
    "If the notice had to give more than two months, the claim may be begun until four months after the notice ends."
)

_OLD_TWO_MONTHS = (
    Choice.GROUND_1,
    Choice.GROUND_2,
    Choice.GROUND_6,
    Choice.GROUND_7,
    Choice.GROUND_9,
    Choice.GROUND_16,
)
_OLD_FORTNIGHT = (
    Choice.GROUND_7B,
    Choice.GROUND_8,
    Choice.GROUND_10,
    Choice.GROUND_11,
    Choice.GROUND_12,
    Choice.GROUND_13,
    Choice.GROUND_14A,
    Choice.GROUND_15,
    Choice.GROUND_17,
)
# A ground that is in neither table was not law then, or its period could not be settled: it is asked about.
OLD_GROUNDS: Mapping[Choice, Period] = {
    **dict.fromkeys(_OLD_TWO_MONTHS, TWO_MONTHS),
    **dict.fromkeys(_OLD_FORTNIGHT, FORTNIGHT),
    Choice.GROUND_14: AT_ONCE,
}
NEW_GROUNDS: Mapping[Choice, Period] = {
    Choice.GROUND_1: FOUR_MONTHS,
    Choice.GROUND_1A: FOUR_MONTHS,
    Choice.GROUND_2: FOUR_MONTHS,
    Choice.GROUND_7: TWO_MONTHS,
    Choice.GROUND_9: TWO_MONTHS,
    Choice.GROUND_8: FOUR_WEEKS,
    Choice.GROUND_10: FOUR_WEEKS,
    Choice.GROUND_11: FOUR_WEEKS,
    Choice.GROUND_7B: FORTNIGHT,
    Choice.GROUND_12: FORTNIGHT,
    Choice.GROUND_13: FORTNIGHT,
    Choice.GROUND_14A: FORTNIGHT,
    Choice.GROUND_15: FORTNIGHT,
    Choice.GROUND_17: FORTNIGHT,
    Choice.GROUND_7A: AT_ONCE,
    Choice.GROUND_14: AT_ONCE,
}
GROUNDS = tuple(choice for choice in Choice if choice.name.startswith("GROUND_"))
NOT_IN_THE_FIRST_YEAR = frozenset({Choice.GROUND_1, Choice.GROUND_1A})
SEVERAL = (
    "Of several grounds the longest counts; but with one that lets the landlord go to court at once, that one counts."
)
UNSETTLED = {
    Choice.GROUND_1A: "Ground 1A was not law for this notice.",
    Choice.GROUND_6: "Sources differ on ground 6: four months, or two.",
    Choice.GROUND_7A: "For ground 7A it depends: is the tenancy periodic, and on what day does a rent period end?",
    Choice.GROUND_16: "Ground 16 is in no list of grounds after 1 May 2026 that was read.",
}


def _twenty_one(facts: Facts) -> Found:
    return notice(facts, TWO_MONTHS, _PERIODS_2021, asks=(ASK_A_HOUSING_ADVISER,))


def _settled(facts: Facts, table: Mapping[Choice, Period]) -> tuple[Period | None, tuple[str, ...]]:
    """The period that the notice's grounds give together, or what to ask."""
    grounds = [ground for ground in GROUNDS if ground in facts.choices]
    if not grounds:
        return None, ("Which grounds does the notice give? They are numbers, on its first pages.",)
    if any(table.get(ground) == AT_ONCE for ground in grounds):
        return AT_ONCE, ()
    unsettled = tuple(UNSETTLED[ground] for ground in grounds if ground not in table)
    if unsettled:
        return None, (*unsettled, "Ask a housing adviser today.")
    served = facts.dates[Fact.NOTICE_SERVED]
    return max((table[ground] for ground in grounds), key=lambda period: period.last_day(served)), ()


def _eight(facts: Facts, table: Mapping[Choice, Period], source: Source) -> Found:
    period, asks = _settled(facts, table)
    if period is None:
        return ask_about(facts, asks, source)
    several = len(facts.choices & frozenset(GROUNDS)) > 1
    return notice(facts, period, source, *([SEVERAL] if several else []))


def _eight_before(facts: Facts) -> Found:
    return _eight(facts, OLD_GROUNDS, _BEFORE)


def _eight_after(facts: Facts) -> Found:
    found = _eight(facts, NEW_GROUNDS, _AFTER)
    began = facts.dates.get(Fact.TENANCY_BEGAN)
    if found.last_day is None or began is None or not facts.choices & NOT_IN_THE_FIRST_YEAR:
        return found
    if found.last_day < add_months(began, 12):
        asks = (*found.asks, f"On ground 1 or 1A a notice may not run out in the first year. {ASK_A_HOUSING_ADVISER}")
        return replace(found, asks=asks)
    return found


_TWENTY_ONE_COUNTS = "2 months after the day it was given, or longer if the notice gives longer."
_EIGHT_OLD_COUNTS = (
    "By ground, after the day it was given: 2 months for 1, 2, 6, 7, 9 and 16; at once for 14, whatever else is named; "
    "2 weeks for the others; 7A depends on the tenancy. Longer if the notice gives longer."
)
_EIGHT_NEW_COUNTS = (
    "By ground, after the day it was given: 4 months for 1, 1A and 2; 2 months for 7 and 9; 4 weeks for 8, 10 and 11; "
    "2 "
    "weeks for 7B, 12, 13, 14A, 15 and 17; at once for 7A and 14. Ground 6: check this. Longer if the notice gives "
    "longer."
)
_WAS_PANDEMIC = Version(
    "Check this: notices of the pandemic.", _PERIODS_2021, check_this(PANDEMIC), ends=LAST_OF_PANDEMIC
)
_SOCIAL_LATER = Version(
    "Check this: the law for social housing changes in 2027.", _SOCIAL, check_this(FROM_2027), starts=SOCIAL_CHANGE
)
_EIGHT_ASKS = (Fact.NOTICE_ENDS, Fact.TENANCY_BEGAN)


def _rule(
    key: str,
    title: str,
    tenures: frozenset[Tenure],
    letter: str,
    versions: tuple[Version, ...],
    *,
    grounds: bool = False,
) -> Rule:
    asks = _EIGHT_ASKS if grounds else (Fact.NOTICE_ENDS,)
    choices = GROUNDS if grounds else ()
    return Rule(key, Family.POSSESSION, title, ENGLAND, tenures, (Fact.NOTICE_SERVED,), asks, choices, letter, versions)


_SECTION_21 = "A section 21 notice (form 6A)"
_SECTION_8 = "A section 8 notice (form 3, or form 3A from 1 May 2026)"

RULES = (
    _rule(
        "section_21_private",
        "When a section 21 notice runs out (private landlord)",
        PRIVATE,
        _SECTION_21,
        (
            _WAS_PANDEMIC,
            Version(_TWENTY_ONE_COUNTS, _PERIODS_2021, _twenty_one, PANDEMIC_OVER, LAST_OLD),
            Version(
                "No section 21 notice can be given.",
                _CUT_OFF,
                check_this(ABOLISHED, late=stay(_CUT_OFF)),
                starts=NEW_LAW,
            ),
        ),
    ),
    _rule(
        "section_21_social",
        "When a section 21 notice runs out (housing association)",
        SOCIAL,
        _SECTION_21,
        (
            _WAS_PANDEMIC,
            Version(_TWENTY_ONE_COUNTS, _PERIODS_2021, _twenty_one, PANDEMIC_OVER, LAST_SOCIAL),
            _SOCIAL_LATER,
        ),
    ),
    _rule(
        "section_21_claim_private",
        "When a private landlord has to begin a claim on a section 21 notice by",
        PRIVATE,
        _SECTION_21,
        (
            Version(
                "6 months after the day it was given, and not after 31 July 2026.",
                _CUT_OFF,
                claim_within(SIX_MONTHS, _TWENTY_ONE, LONGER, cut_off=LAST_OLD_CLAIM),
                ends=LAST_OLD,
            ),
            Version("No section 21 notice can be given.", _CUT_OFF, check_this(ABOLISHED), starts=NEW_LAW),
        ),
    ),
    _rule(
        "section_21_claim_social",
        "When a housing association has to begin a claim on a section 21 notice by",
        SOCIAL,
        _SECTION_21,
        (
            Version(
                "6 months after the day it was given.",
                _TWENTY_ONE,
                claim_within(SIX_MONTHS, _TWENTY_ONE, LONGER),
                ends=LAST_SOCIAL,
            ),
            _SOCIAL_LATER,
        ),
    ),
    _rule(
        "section_8_private",
        "When a section 8 notice runs out (private landlord)",
        PRIVATE,
        _SECTION_8,
        (
            _WAS_PANDEMIC,
            Version(_EIGHT_OLD_COUNTS, _BEFORE, _eight_before, PANDEMIC_OVER, LAST_OLD),
            Version(_EIGHT_NEW_COUNTS, _AFTER, _eight_after, NEW_LAW),
        ),
        grounds=True,
    ),
    _rule(
        "section_8_social",
        "When a section 8 notice runs out (housing association)",
        SOCIAL,
        _SECTION_8,
        (
            _WAS_PANDEMIC,
            Version(_EIGHT_OLD_COUNTS, _BEFORE, _eight_before, PANDEMIC_OVER, LAST_SOCIAL),
            _SOCIAL_LATER,
        ),
        grounds=True,
    ),
    _rule(
        "section_8_claim_private",
        "When a private landlord has to begin a claim on a section 8 notice by",
        PRIVATE,
        _SECTION_8,
        (
            Version(
                "12 months after the day it was given, and not after 31 July 2026.",
                _CUT_OFF_8,
                claim_within(TWELVE_MONTHS, _TWELVE_MONTHS, cut_off=LAST_OLD_CLAIM),
                ends=LAST_OLD,
            ),
            Version(
                "12 months after the day it was given.",
                _TWELVE_MONTHS,
                claim_within(TWELVE_MONTHS, _TWELVE_MONTHS),
                starts=NEW_LAW,
            ),
        ),
    ),
    _rule(
        "section_8_claim_social",
        "When a housing association has to begin a claim on a section 8 notice by",
        SOCIAL,
        _SECTION_8,
        (
            Version(
                "12 months after the day it was given.",
                _TWELVE_MONTHS,
                claim_within(TWELVE_MONTHS, _TWELVE_MONTHS),
                ends=LAST_SOCIAL,
            ),
            _SOCIAL_LATER,
        ),
    ),
)

"""Invented people, drawn from a seed: the names, lives and troubles of a mixed city borough."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from stdnum.gb import nhs

from wraparound.demo.names import names
from wraparound.pathways.vocabulary import Need, UrgentFlag
from wraparound.people.details import PersonDetails

_NAMES = names()
_STREETS = (
    "Tallow Lane",
    "Ropewalk",
    "Sugar House Road",
    "Lockkeeper Way",
    "Bakers Row",
    "Cooper Street",
    "Wharf Side",
)
_REASONS = {
    Need.BENEFITS: "Sickness benefit stopped after a missed form; not sleeping.",
    Need.DEBT: "Letters piling up unopened, says she dreads the post.",
    Need.HOUSING: "Damp and mould in the bedroom, asthma worse since October.",
    Need.FOOD_OR_FUEL: "Skipping meals so that the children eat.",
    Need.EMPLOYMENT: "Hours cut after telling work about the diagnosis.",
    Need.IMMIGRATION: "Unsure what help is open to him; has papers to look at.",
    Need.LONELINESS: "Few people to talk to since moving; would like company.",
    Need.WELLBEING: "Low for some months; keen to try something before tablets.",
    Need.ACTIVITY: "Wants to get moving again after the knee operation.",
    Need.CARING: "Looks after his mother, no break in a year.",
    Need.BEREAVEMENT: "Husband died in the spring; on her own now.",
    Need.OTHER: "Asked whether somebody could go through things with him.",
}
_COMMON = (
    (Need.BENEFITS, 22), (Need.DEBT, 14), (Need.HOUSING, 16), (Need.FOOD_OR_FUEL, 8), (Need.EMPLOYMENT, 6),
    (Need.IMMIGRATION, 4), (Need.LONELINESS, 18), (Need.WELLBEING, 14), (Need.ACTIVITY, 7), (Need.CARING, 8),
    (Need.BEREAVEMENT, 5), (Need.OTHER, 3),
)  # fmt: skip
_FLAGS = {
    Need.FOOD_OR_FUEL: UrgentFlag.NO_FOOD,
    Need.HOUSING: UrgentFlag.EVICTION_WITHIN_14_DAYS,
    Need.DEBT: UrgentFlag.BAILIFFS_DUE,
    Need.BENEFITS: UrgentFlag.INCOME_STOPPED,
}
_SAFE = (
    {"safe_times": "Weekdays 10am to 2pm, school hours", "voicemail": "no", "may_say_who_is_calling": "no"},
    {"contact_notes": "Shares a phone with her partner: ring, do not text", "mobile_texts": "no", "voicemail": "no"},
    {"address_withheld": True, "letters": "no", "contact_notes": "Moved for her safety: tell nobody the address."},
    {"safe_times": "After 4pm; works nights", "voicemail": "yes"},
    {"contact_notes": "Hard of hearing: text first, then ring", "mobile_texts": "yes"},
)  # fmt: skip


@dataclass(frozen=True)
class Patient:
    """An invented person with what brought them in. `contact` are columns of the person's contact instructions."""

    details: PersonDetails
    needs: tuple[Need, ...]
    urgent_flags: frozenset[UrgentFlag]
    reason: str
    contact: dict[str, object] = field(default_factory=dict)


def patient(number: int, today: date, practice_code: str, place: str = "Eastmarsh") -> Patient:
    """The `number`-th invented person, the same at every call. `place` is where they live."""
    chance = Random(f"wraparound demo {number}")
    given, family, language = _NAMES[number % len(_NAMES)]
    if number >= len(_NAMES):
        family = _NAMES[(number * 11 + number // len(_NAMES) * 5) % len(_NAMES)][1] or "Grant"
    needs = tuple(dict.fromkeys(chance.choices(*zip(*_COMMON, strict=True), k=chance.choice((1, 1, 2, 2, 3)))))
    homeless = chance.random() < 0.04
    details = PersonDetails(
        given_names=given,
        family_name=family,
        known_as="Maggie" if given == "Margaret" else "",
        date_of_birth=None
        if chance.random() < 0.02
        else today - timedelta(days=int(365.25 * chance.triangular(18, 92, 47))),
        nhs_number="" if chance.random() < 0.05 else _nhs_number(number),
        nhs_number_absent_reason=chance.choice(("not_known", "overseas_patient", "not_given")),
        address="" if homeless else f"{chance.randint(1, 140)} {chance.choice(_STREETS)}\n{place}",
        postcode="ZZ99 3VZ"
        if homeless
        else f"ZZ1 {chance.randint(1, 9)}{chance.choice('ABDEFGHJLNPQRSTUWXYZ')}"
        f"{chance.choice('ABDEFGHJLNPQRSTUWXYZ')}",
        no_fixed_abode=homeless,
        mobile=f"07700 900{chance.randint(0, 999):03}" if chance.random() < 0.93 else "",
        landline=f"020 7946 0{chance.randint(200, 999)}" if chance.random() < 0.3 else "",
        email=f"person{number}@mail.example" if chance.random() < 0.5 else "",
        preferred_language=language if chance.random() < 0.5 else "",
        interpreter_needed=bool(language) and chance.random() < 0.25,
        practice_ods_code=practice_code,
    )
    flags = {_FLAGS[need] for need in needs if need in _FLAGS and chance.random() < 0.12}
    if homeless:
        flags.add(UrgentFlag.HOMELESS_TONIGHT)
    contact: dict[str, object] = dict(chance.choice(_SAFE)) if chance.random() < 0.2 else {}
    if chance.random() < 0.1:
        contact["access_needs"] = chance.choice(
            ("Uses a wheelchair", "Large print", "Needs more time to talk", "BSL user")
        )
    contact["digital_access"] = chance.choice(("not_asked", "online", "online", "with_help", "phone_only"))
    return Patient(details, needs, frozenset(flags), _REASONS[needs[0]], contact)


def _nhs_number(number: int) -> str:
    """A number of the range kept for tests that passes the check; each serial has at most one."""
    tries = (f"999{number * 13 + 100_000 + step:06}{digit}" for step in range(13) for digit in range(10))
    return next(number for number in tries if nhs.is_valid(number))

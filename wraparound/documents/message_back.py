"""What a message back says: status and broad category, never the detail.

The fields follow the headings that the professional record standard sets for a message from a social prescribing
service to the GP and the referrer: who it is about, who asked, what for, what was offered, what came of it, what next.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Self

from stdnum import verhoeff


class BroadCategory(StrEnum):
    """All that a message back may say about what the person needs help with."""

    MONEY_AND_EVERYDAY = "Money and everyday living"
    HOME = "Home"
    WORK = "Work"
    WELLBEING = "Wellbeing and connection"
    FAMILY = "Family and caring"
    WELFARE_ADVICE = "Welfare advice"
    OTHER = "Something else"


# Keys are the values of pathways' `Need`, which this package may not import; a test holds the two together.
_BROAD = {
    "benefits": BroadCategory.WELFARE_ADVICE,
    "debt": BroadCategory.WELFARE_ADVICE,
    "immigration": BroadCategory.WELFARE_ADVICE,
    "housing": BroadCategory.HOME,
    "food_or_fuel": BroadCategory.MONEY_AND_EVERYDAY,
    "employment": BroadCategory.WORK,
    "loneliness": BroadCategory.WELLBEING,
    "wellbeing": BroadCategory.WELLBEING,
    "activity": BroadCategory.WELLBEING,
    "bereavement": BroadCategory.WELLBEING,
    "caring": BroadCategory.FAMILY,
    "other": BroadCategory.OTHER,
}


def broad_category(need: str) -> BroadCategory:
    """The category under which a need may be told. A need that has none is an error, so that no new one leaks."""
    return _BROAD[need]


@dataclass(frozen=True)
class SnomedCode:
    """A coded entry for the clinical record, refused when its check digit is wrong."""

    code: str
    term: str

    def __post_init__(self) -> None:
        if not (6 <= len(self.code) <= 18 and self.code.isascii() and verhoeff.is_valid(self.code)):
            raise ValueError(f"{self.code!r} is not a SNOMED CT code.")
        if not self.term:
            raise ValueError(f"SNOMED CT code {self.code} needs its term.")


# Entered once in an episode, at the first contact: `messaging.coding` says when.
REFERRED_TO_SOCIAL_PRESCRIBING = SnomedCode("871731000000106", "Referral to social prescribing service (procedure)")
SOCIAL_PRESCRIBING_DECLINED = SnomedCode("871711000000103", "Social prescribing declined (situation)")


@dataclass(frozen=True, kw_only=True)
class MessageBackContent:
    """One message to the referrer. `support` is whole sentences; so are `outcome` and `next_step`.

    `codes_only`: the scheme wants the occasion, the reference and the codes, and no account of the work.
    """

    reference: str
    occasion: str
    person_name: str
    date_of_birth: date | None
    nhs_number: str
    practice_name: str
    practice_ods: str
    referrer_name: str
    referrer_organisation: str
    sent_on: date
    service: str
    team: str
    needs: tuple[BroadCategory, ...]
    support: tuple[str, ...]
    outcome: str
    next_step: str
    whose_turn: str
    written_on: date
    contact: str
    hide_from_online_view: bool
    invented: bool
    codes: tuple[SnomedCode, ...] = ()
    codes_only: bool = False

    def __post_init__(self) -> None:
        if self.codes_only and (self.needs or self.support or self.outcome or self.next_step or self.whose_turn):
            raise ValueError("A message of codes alone gives no account of the work.")
        # Once each and in one order: two different needs of one category must not show as two.
        told = frozenset(BroadCategory(need) for need in self.needs)
        object.__setattr__(self, "needs", tuple(category for category in BroadCategory if category in told))

    def to_json(self) -> dict[str, object]:
        """Plain values that a JSON column takes; `from_json` gives the same message back."""
        kept = {field.name: _plain(getattr(self, field.name)) for field in fields(self)}
        return {**kept, "codes": [{"code": entry.code, "term": entry.term} for entry in self.codes]}

    @classmethod
    def from_json(cls, kept: Mapping[str, object]) -> Self:
        """The message as it was stored. A missing or unknown key is an error; those that came later may be absent."""
        values = dict(kept)
        for name in ("sent_on", "written_on", "date_of_birth"):
            if values[name] is not None:
                values[name] = date.fromisoformat(str(values[name]))
        for name in ("needs", "support"):
            values[name] = tuple(_listed(values[name]))
        values["codes"] = tuple(SnomedCode(**entry) for entry in _listed(values.get("codes", [])))
        return cls(**values)  # type: ignore[arg-type]


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [str(item) for item in value]
    return value


def _listed(value: object) -> list[dict[str, str]]:
    if not isinstance(value, list):
        raise TypeError(f"Expected a list, not {type(value).__name__}.")
    return value

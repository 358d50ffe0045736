"""What of a record is handed over, by what its organisation decided. Pure: values in, values out.

Nothing is left out silently: in the place of what was withheld stands that it was, and why.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from wraparound.privacy.marks import REASONS, Mark, Reason
from wraparound.privacy.saying import Said


class How(StrEnum):
    SHOW = "show"
    WORDS = "words"
    LEAVE_OUT = "leave_out"


@dataclass(frozen=True)
class Decision:
    """What was decided of one marked value. `words` are what to leave out of it; `reason` why, unless all is shown."""

    how: How
    words: tuple[str, ...] = ()
    reason: Reason | None = None

    def to_json(self) -> dict[str, Any]:
        return {"how": self.how.value, "words": list(self.words), "reason": self.reason.value if self.reason else ""}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Decision":
        reason = Reason(kept["reason"]) if kept["reason"] else None
        return cls(How(kept["how"]), tuple(kept["words"]), reason)


def to_decide(said: Iterable[Said], decided: Mapping[str, Any]) -> list[Said]:
    """Marked values that somebody still has to look at. Names of workers are decided once for a whole part."""
    return [each for each in said if each.mark and each.mark != Mark.WORKER and each.field not in decided]


def not_found(text: str, words: Sequence[str]) -> list[str]:
    """Words to be left out that the text does not hold: nobody should believe they are gone."""
    return [each for each in words if each.casefold() not in text.casefold()]


def handed_over(
    said: Sequence[Said], decided: Mapping[str, Any], names: Decision
) -> list[tuple[str, str, Reason | None]]:
    """Each value as (label, text, why something of it is left out). ValueError where a marked value is not decided."""
    if missing := to_decide(said, decided):
        raise ValueError(f"not decided: {[each.field for each in missing]}")
    told = []
    for each in said:
        if each.mark == Mark.WORKER:
            decision = names
        elif each.mark:
            decision = Decision.from_json(decided[each.field])
        else:
            decision = Decision(How.SHOW)
        told.append((each.label, _text(each.text, decision), decision.reason))
    return told


def _text(text: str, decision: Decision) -> str:
    if decision.how is How.SHOW or decision.reason is None:
        return text
    gap = f"[{REASONS[decision.reason].told}]"
    if decision.how is How.LEAVE_OUT:
        return gap
    longest_first = sorted(decision.words, key=len, reverse=True)
    return re.sub("|".join(map(re.escape, longest_first)), lambda _: gap, text, flags=re.IGNORECASE)

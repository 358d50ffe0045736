"""What changed from one statement to another. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from wraparound.advice.sums import pounds


@dataclass(frozen=True)
class Difference:
    """One thing that is not as it was: in words, before and after. Empty: it was not there."""

    what: str
    before: str
    after: str


SUMS = {"income": "Comes in each month", "outgoings": "Goes out each month", "left": "Left over each month"}


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """The sums first, then each line and debt that is new, gone or different, in the order of the later statement."""
    found = [Difference(said, _money(before["sums"][name]), _money(after["sums"][name])) for name, said in SUMS.items()]
    found += _pairs(_lines(before), _lines(after))
    found += _pairs(_debts(before), _debts(after))
    return [each for each in found if each.before != each.after]


def _pairs(before: Mapping[Any, tuple[str, str]], after: Mapping[Any, tuple[str, str]]) -> list[Difference]:
    keys = [*after, *(key for key in before if key not in after)]
    nothing = ("", "")
    return [
        Difference((after.get(key) or before[key])[0], before.get(key, nothing)[1], after.get(key, nothing)[1])
        for key in keys
    ]


def _lines(said: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    lines = [line for group in said["groups"] for line in group["lines"]]
    return {each["key"]: (each["label"], f"{_money(each['pounds'])} {each['often']}") for each in lines}


def _debts(said: Mapping[str, Any]) -> dict[int, tuple[str, str]]:
    return {
        each["id"]: (f"Owed to {each['creditor']}", f"{_money(each['balance'])}. {each['status']}")
        for each in said["debts"]
    }


def _money(sum_: str) -> str:
    return pounds(Decimal(sum_))

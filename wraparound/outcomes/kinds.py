"""What can come of a matter, read from `kinds.toml`: its words, its definition and what its money is."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType


class Money(StrEnum):
    """What the money of an outcome is. Each is summed apart from the others."""

    NONE = ""
    GAIN_ONGOING = "gain_ongoing"
    GAIN_ONCE = "gain_once"
    WRITTEN_OFF = "written_off"
    MANAGED = "managed"
    WORTH = "worth"

    @property
    def label(self) -> str:
        return {
            Money.NONE: "No money",
            Money.GAIN_ONGOING: "More income that goes on, for one year",
            Money.GAIN_ONCE: "Money paid once",
            Money.WRITTEN_OFF: "Debt written off",
            Money.MANAGED: "Debt brought under control",
            Money.WORTH: "Help in kind, at what it would cost",
        }[self]

    @property
    def gain(self) -> bool:
        return self in (Money.GAIN_ONGOING, Money.GAIN_ONCE)


@dataclass(frozen=True, slots=True)
class Kind:
    key: str
    label: str
    money: Money
    means: str


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind by its key, in the order of the file."""
    text = files("wraparound.outcomes").joinpath("kinds.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["kind"]
    found = {each["key"]: Kind(each["key"], each["label"], Money(each["sum"]), each["means"]) for each in rows}
    return MappingProxyType(found)

"""What a matter can be about: the categories of law and matter types that legal aid counts by."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Category:
    """One category of law. `first` and `second` map the codes of both levels of matter type to their words."""

    code: str
    name: str
    first: Mapping[str, str]
    second: Mapping[str, str]

    def says(self, code: str) -> str:
        """A matter type in words; empty for none. KeyError for one of another category."""
        return (self.first | self.second)[code] if code else ""  # type: ignore[operator]


def _read() -> Mapping[str, Category]:
    text = files("wraparound.advice").joinpath("matter_types.toml").read_text(encoding="utf-8")
    return {
        code: Category(code, table["name"], table.get("first", {}), table.get("second", {}))
        for code, table in tomllib.loads(text).items()
    }


CATEGORIES = _read()

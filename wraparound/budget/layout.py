"""The lines of a budget and the kinds of debt, read from `layout.toml`: a layout of our own, in the order of a talk."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class LineKind:
    """One line. `often` is the key of how often it mostly comes; `hint` is read beside it."""

    key: str
    label: str
    often: str
    income: bool
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that are talked of together."""

    name: str
    income: bool
    lines: Sequence[LineKind]


@dataclass(frozen=True, slots=True)
class DebtKind:
    """One kind of debt. `why` says what not paying it can lead to, where that makes it a priority; `source` from where
    that is known."""

    key: str
    label: str
    priority: bool
    why: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """`version` goes into each statement, which keeps the words that it was made with."""

    version: int
    groups: Sequence[Group]
    lines: Mapping[str, LineKind]
    debts: Mapping[str, DebtKind]
    source: str


@cache
def layout() -> Layout:
    tree = tomllib.loads(files("wraparound.budget").joinpath("layout.toml").read_text(encoding="utf-8"))
    groups = [_group(each) for each in tree["group"]]
    lines = [line for group in groups for line in group.lines]
    debts = [DebtKind(source=tree["priority_source"] if each["priority"] else "", **each) for each in tree["debt"]]
    return Layout(
        version=tree["version"],
        groups=tuple(groups),
        lines=MappingProxyType({each.key: each for each in lines}),
        debts=MappingProxyType({each.key: each for each in debts}),
        source=tree["priority_source"],
    )


def _group(tree: Mapping[str, Any]) -> Group:
    income = tree["income"]
    lines = [LineKind(income=income, **{"often": "month", **each}) for each in tree["line"]]
    return Group(tree["name"], income, tuple(lines))

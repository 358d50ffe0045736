"""One table of a definition, read key by key with its type. A fault is noted and a stand-in given, so reading goes on.

The stand-ins never leave the reader: it raises when any fault was noted, and compares only values that are sound.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from wraparound.pathways.definition import Duration, Unit
from wraparound.pathways.faults import FaultList, near_miss

Word = TypeVar("Word", bound=StrEnum)


class Table:
    """A table at `path` of the file. `close` notes every key that nobody asked for."""

    def __init__(self, faults: FaultList, path: str, tree: object) -> None:
        self._faults = faults
        self.path = path
        self._tree: Mapping[str, object] = {}
        self._missing = False
        self._asked: list[str] = []
        if isinstance(tree, Mapping):
            self._tree = tree
        else:
            self._missing = True
            faults.add(path, "Write a table here, with a key and a value on each line.")

    def key(self, name: str) -> str:
        """The full path of one of this table's keys."""
        return f"{self.path}.{name}" if self.path else name

    def fault(self, name: str, sentence: str) -> None:
        """Note a fault at one of this table's keys."""
        self._faults.add(self.key(name), sentence)

    def _take(self, name: str, need: str) -> object | None:
        """The raw value of a required key; None, with the fault noted, when it is missing."""
        self._asked.append(name)
        if self._tree.get(name) is None and not self._missing:
            self.fault(name, f"Add this key: {need}.")
        return self._tree.get(name)

    def sound(self, name: str) -> bool:
        """Whether nothing is wrong so far at one of this table's keys."""
        return self._faults.sound(self.key(name))

    def has(self, name: str) -> bool:
        """Whether an optional key is there."""
        self._asked.append(name)
        return name in self._tree

    def given(self, name: str) -> bool:
        """Whether an optional key is there and says something: JSON may hold null where TOML has no key."""
        return self.has(name) and self._tree[name] is not None

    def names(self) -> tuple[str, ...]:
        """The keys as written, for tables whose keys are words of a vocabulary."""
        return tuple(self._tree)

    def text(self, name: str) -> str:
        """A text on one line that is not blank."""
        need = "a text in quotation marks, on one line"
        value = self._take(name, need)
        if isinstance(value, str) and value.strip() and value.isprintable():
            return value.strip()
        self._wrong(name, value, need)
        return ""

    def whole(self, name: str, least: int, most: int) -> int:
        """A whole number from `least` to `most`."""
        need = f"a whole number from {least} to {most}"
        value = self._take(name, need)
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self._wrong(name, value, need)
        return least

    def yes_or_no(self, name: str) -> bool:
        """true or false."""
        need = "true or false"
        value = self._take(name, need)
        if isinstance(value, bool):
            return value
        self._wrong(name, value, need)
        return False

    def duration(self, name: str, unit: Unit) -> Duration:
        """A duration in the given unit."""
        example = "2 hours" if unit is Unit.HOURS else "5 working days"
        need = f'a duration in {"hours" if unit is Unit.HOURS else "working days"}, such as "{example}"'
        value = self._take(name, need)
        if isinstance(value, str):
            try:
                duration = Duration.parse(value)
            except ValueError as reason:
                self.fault(name, str(reason))
                return Duration(unit, 1)
            if duration.unit is unit:
                return duration
        self._wrong(name, value, need)
        return Duration(unit, 1)

    def word(self, name: str, words: type[Word]) -> Word:
        """One word of a closed vocabulary."""
        need = f"one of {', '.join(words)}"
        value = self._take(name, need)
        if isinstance(value, str):
            return self._known(name, value, words)
        self._wrong(name, value, need)
        return next(iter(words))

    def words(self, name: str, words: type[Word], *, empty: bool = False) -> tuple[Word, ...]:
        """A list of different words of a closed vocabulary; `empty` lets it hold none."""
        need = f"a list in square brackets of {'' if empty else 'at least one of '}{', '.join(words)}"
        value = self._take(name, need)
        if not isinstance(value, list | tuple) or not all(isinstance(word, str) for word in value):
            self._wrong(name, value, need)
            return ()
        if not value and not empty:
            self.fault(name, f"Name {need.removeprefix('a list in square brackets of ')}.")
        for word in sorted({word for word in value if value.count(word) > 1}):
            self.fault(name, f"Name {word} once only.")
        return tuple(self._known(name, word, words) for word in value)

    def table(self, name: str) -> "Table":
        """A required table inside this one."""
        value = self._take(name, f"a section headed [{self.key(name)}]")
        if value is None:
            silent = Table(self._faults, self.key(name), {})
            silent._missing = True
            return silent
        return Table(self._faults, self.key(name), value)

    def tables(self, name: str) -> "tuple[Table, ...]":
        """An optional list of tables; their paths carry their place, counted from 1."""
        if not self.has(name):
            return ()
        value = self._tree[name]
        if not isinstance(value, list | tuple):
            self._wrong(name, value, "a list of tables")
            return ()
        return tuple(Table(self._faults, f"{self.key(name)}.{at}", each) for at, each in enumerate(value, 1))

    def close(self) -> None:
        """Note each key that is not part of the vocabulary."""
        for name in self._tree:
            if name not in self._asked:
                self.fault(name, f"This key means nothing here.{near_miss(name, self._asked)}")

    def known_key(self, name: str, words: type[Word]) -> Word | None:
        """The vocabulary's word that a key of this table names, or None with the fault noted."""
        self._asked.append(name)
        try:
            return words(name)
        except ValueError:
            self.fault(name, f"“{name}” is not known.{near_miss(name, tuple(words))}")
            return None

    def _known(self, name: str, value: str, words: type[Word]) -> Word:
        try:
            return words(value)
        except ValueError:
            self.fault(name, f"“{value}” is not known.{near_miss(value, tuple(words))}")
            return next(iter(words))

    def _wrong(self, name: str, value: object, need: str) -> None:
        """Note a value of the wrong kind; a missing one is noted already."""
        if value is not None:
            self.fault(name, f"Write {need}.")

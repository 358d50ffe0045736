"""What is wrong with a definition: all of it at once, each with its place and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to put right. `key` is the path inside the file, such as `services.welfare_advice.first_contact`."""

    file: str
    key: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}: {self.key}: {self.sentence}" if self.key else f"{self.file}: {self.sentence}"


class DefinitionFaults(ValueError):
    """A definition cannot be used. `faults` holds every fault that was found."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


class FaultList:
    """Gathers the faults of one file while it is read."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Fault] = []

    def add(self, key: str, sentence: str) -> None:
        self.found.append(Fault(self.file, key, sentence))

    def sound(self, *keys: str) -> bool:
        """Whether no fault lies at, above or below any of these keys, so that their values can be compared."""
        return not any(_related(fault.key, key) for fault in self.found for key in keys)

    def raise_any(self) -> None:
        """Raise DefinitionFaults when anything was found."""
        if self.found:
            raise DefinitionFaults(self.found)


def _related(one: str, other: str) -> bool:
    """Whether two key paths are the same or one lies inside the other."""
    return one == other or one.startswith(f"{other}.") or other.startswith(f"{one}.")


def near_miss(word: str, known: Sequence[str]) -> str:
    """“Did you mean …?” with a leading space when a known word is close, else every known word."""
    close = get_close_matches(word, known, n=1)
    return f" Did you mean {close[0]}?" if close else f" Use one of: {', '.join(known)}."

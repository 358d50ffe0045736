"""What two pathways say differently, as an administrator reads it: what changed first, and the rest folded."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wraparound.pathways import words
from wraparound.pathways.differences import NOT_THERE, TAKEN_OUT, Difference, Part, part_of


@dataclass(frozen=True)
class Row:
    """Lines that were alike and become alike, said once."""

    whats: tuple[str, ...]
    was: str
    becomes: str


@dataclass(frozen=True)
class Group:
    """Rows under one heading. `lines` counts what they stand for."""

    name: str
    rows: tuple[Row, ...]

    @property
    def lines(self) -> int:
        return sum(len(row.whats) for row in self.rows)


@dataclass(frozen=True)
class Differing:
    """`changed` is said otherwise than before, by part; `folded` is what is new, what is not there any more, and what
    the page says elsewhere."""

    changed: tuple[Group, ...]
    folded: tuple[Group, ...]

    def __bool__(self) -> bool:
        return bool(self.changed or self.folded)

    @property
    def sentence(self) -> str:
        """How much differs, and where."""
        lines = sum(group.lines for group in (*self.changed, *self.folded))
        said = "1 line differs" if lines == 1 else f"{lines} lines differ"
        where = [f"{group.lines} under “{group.name}”" for group in (*self.changed, *self.folded)]
        return f"{said}: {words.listed(where)}." if len(where) > 1 else f"{said}."


def differing(found: Sequence[Difference]) -> Differing:
    both = [each for each in found if each.was != NOT_THERE and each.becomes != TAKEN_OUT]
    changed = [(part, [each for each in both if part_of(each) is part]) for part in Part]
    folded = {
        "New": [each for each in found if each.was == NOT_THERE],
        "Not there any more": [each for each in found if each.becomes == TAKEN_OUT],
        Part.CALLED.value: dict(changed)[Part.CALLED],
    }
    return Differing(
        tuple(Group(part.value, _rows(rows)) for part, rows in changed if rows and part is not Part.CALLED),
        tuple(Group(name, _rows(rows)) for name, rows in folded.items() if rows),
    )


def _rows(found: Iterable[Difference]) -> tuple[Row, ...]:
    alike: dict[tuple[str, str], list[str]] = {}
    for each in found:
        alike.setdefault((each.was, each.becomes), []).append(each.where)
    return tuple(Row(tuple(whats), *said) for said, whats in alike.items())

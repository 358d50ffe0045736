"""A table in a CSV file: its rows with their line numbers, and what is wrong with each."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

LARGEST = 8 * 1024 * 1024
T = TypeVar("T")


class NotATable(ValueError):
    """The file cannot be read as the table that it should be. Its text is a sentence."""


@dataclass(frozen=True)
class Bad:
    """A row that is not kept. `line` is where it begins in the file, from 1."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"Line {self.line}: {self.reason}"


@dataclass(frozen=True)
class Row:
    """One row: what stands in each column, without the spaces around it."""

    line: int
    values: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values.get(column, "")


@dataclass
class Checked(Generic[T]):
    """What is good of a table, what is bad, and how many rows say what is so already."""

    good: list[T] = field(default_factory=list)
    bad: list[Bad] = field(default_factory=list)
    same: int = 0


def rows_of(content: bytes | str, needed: Sequence[str]) -> tuple[list[Row], list[Bad]]:
    """The rows of a CSV file in UTF-8, and those that have too many or too few cells. Raises NotATable.

    Columns may come in any order and others may stand beside them; `needed` are those that must be there.
    """
    reader = csv.reader(io.StringIO(_text(content), newline=""), strict=True)
    try:
        heads = [head.strip().lower().replace(" ", "_") for head in next(reader, [])]
        _check(heads, needed)
        return _read(reader, heads)
    except csv.Error as fault:
        raise NotATable(f"Line {reader.line_num}: this is not a CSV file ({fault}).") from None


def _text(content: bytes | str) -> str:
    text = content if isinstance(content, str) else _decoded(content)
    if "\0" in text:
        raise NotATable("This is not a CSV file: it holds bytes that no text has.")
    return text


def _decoded(content: bytes) -> str:
    if len(content) > LARGEST:
        raise NotATable(f"The file is larger than {LARGEST // 1024 // 1024} megabytes.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        raise NotATable(f"Line {line}: the file is not in UTF-8. Save it as “CSV UTF-8” and try again.") from None


def _check(heads: Sequence[str], needed: Sequence[str]) -> None:
    if not any(heads):
        raise NotATable("The file is empty. Its first line names the columns.")
    missing = [name for name in needed if name not in heads]
    if missing:
        raise NotATable(
            f"Line 1: the file has no column {', '.join(missing)}. It has: {', '.join(filter(None, heads))}."
        )
    twice = sorted({head for head in heads if head and heads.count(head) > 1})
    if twice:
        raise NotATable(f"Line 1: the column {', '.join(twice)} is there twice.")


def _read(reader: Iterator[list[str]], heads: Sequence[str]) -> tuple[list[Row], list[Bad]]:
    rows, bad, ended = [], [], 1
    for cells in reader:
        # A cell may hold line breaks: a row begins on the line after the one before it ended.
        line, ended = ended + 1, reader.line_num  # type: ignore[attr-defined]
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(heads):
            bad.append(Bad(line, f"The line has {len(cells)} cells and the first line has {len(heads)}."))
        else:
            rows.append(Row(line, {head: cell.strip() for head, cell in zip(heads, cells, strict=True)}))
    return rows, bad


def checked(rows: Sequence[Row], bad: Sequence[Bad], make: Callable[[Row], T | None]) -> Checked[T]:
    """Every row made into something, or its fault kept. `make` raises ValueError with a sentence; None: so already."""
    found: Checked[T] = Checked(bad=list(bad))
    for row in rows:
        try:
            made = make(row)
        except ValueError as fault:
            found.bad.append(Bad(row.line, str(fault)))
            continue
        if made is None:
            found.same += 1
        else:
            found.good.append(made)
    found.bad.sort(key=lambda each: each.line)
    return found

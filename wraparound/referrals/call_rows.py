"""People in a file, as a practice's system writes them out: which rows can be used, and what is wrong with the others.

Values in, values out: nothing here knows a database.
"""

import csv
import io
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from wraparound.people import codes
from wraparound.people.details import PersonDetails

MOST_ROWS = 1000
_COLUMNS = {
    "name": ("name", "full name", "patient", "patient name"),
    "given": ("first name", "first names", "given name", "given names", "forename", "forenames"),
    "family": ("last name", "family name", "surname"),
    "born": ("birth date", "date of birth", "birthdate", "dob"),
    "number": ("nhs number", "nhs no", "nhs no.", "nhs"),
    "phone": ("phone", "phone number", "telephone", "mobile", "mobile phone", "mobile number"),
    "language": ("language", "preferred language", "main language"),
}
_DATES = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d %b %Y", "%d-%b-%Y", "%d %B %Y")
HEADER = "The first line must name the columns: name, birth date, NHS number, phone, language."


@dataclass(frozen=True)
class GoodRow:
    """Somebody who can be put on a list. `line` counts from 1, the names of the columns among them."""

    line: int
    details: PersonDetails


@dataclass(frozen=True)
class BadRow:
    """A row that cannot be used: its beginning as it was written, and every reason why."""

    line: int
    text: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Read:
    """A whole file. `fault` says why none of it can be used. `repeated` are lines that name somebody a second time."""

    good: tuple[GoodRow, ...] = ()
    bad: tuple[BadRow, ...] = ()
    repeated: tuple[tuple[int, int], ...] = ()
    fault: str = ""


@dataclass
class _Seen:
    """Who was on an earlier line."""

    numbers: dict[str, int] = field(default_factory=dict)
    names: dict[tuple[str, date], list[tuple[int, str]]] = field(default_factory=dict)

    def line_of(self, details: PersonDetails) -> int | None:
        """The line that names the same person: by number, or by name and birth date when a number is missing."""
        if details.nhs_number in self.numbers:
            return self.numbers[details.nhs_number]
        for line, number in self.names.get(_key(details), []) if details.date_of_birth else []:
            if not (number and details.nhs_number):
                return line
        return None

    def add(self, line: int, details: PersonDetails) -> None:
        if details.nhs_number:
            self.numbers[details.nhs_number] = line
        if details.date_of_birth:
            self.names.setdefault(_key(details), []).append((line, details.nhs_number))


def decoded(content: bytes) -> str:
    """The text of a file, as spreadsheets write it on any machine."""
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def read_people(text: str, *, today: date, practice: str = "") -> Read:
    """Every row of a CSV file, good or bad. `practice` is the code of the practice where they are registered."""
    try:
        rows = list(_rows(text))
    except csv.Error:
        return Read(fault="This file cannot be read as CSV. Save it as “CSV (comma separated)” and try again.")
    columns = _columns(rows[0][1]) if rows else {}
    if not ({"name", "given", "family"} & set(columns) and "phone" in columns):
        return Read(fault=HEADER)
    if len(rows) == 1:
        return Read(fault="There is nobody in this file: it has the names of the columns and no rows.")
    if len(rows) > MOST_ROWS + 1:
        return Read(fault=f"This file has {len(rows) - 1:,} rows. Put at most {MOST_ROWS:,} in one file.")
    return _sorted_out(rows[1:], columns, today, practice)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty, with the number of its first line."""
    first = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader, line = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter), 1
    for cells in reader:
        plain = [_plain(cell) for cell in cells]
        if any(plain):
            yield line, plain
        line = reader.line_num + 1


def _plain(cell: str) -> str:
    return " ".join("".join(each if each.isprintable() else " " for each in cell).split())


def _columns(header: Sequence[str]) -> dict[str, int]:
    names = [cell.casefold() for cell in header]
    return {
        column: next(names.index(word) for word in words if word in names)
        for column, words in _COLUMNS.items()
        if set(words) & set(names)
    }


def _sorted_out(rows: Sequence[tuple[int, list[str]]], columns: Mapping[str, int], today: date, practice: str) -> Read:
    seen = _Seen()
    good: list[GoodRow] = []
    bad: list[BadRow] = []
    repeated: list[tuple[int, int]] = []
    for line, cells in rows:
        said = {column: cells[at] if at < len(cells) else "" for column, at in columns.items()}
        details, reasons = _person(said, today, practice)
        if details is None:
            bad.append(BadRow(line, ", ".join(filter(None, cells))[:80], reasons))
        elif earlier := seen.line_of(details):
            repeated.append((line, earlier))
        else:
            seen.add(line, details)
            good.append(GoodRow(line, details))
    return Read(tuple(good), tuple(bad), tuple(repeated))


def _person(said: Mapping[str, str], today: date, practice: str) -> tuple[PersonDetails | None, tuple[str, ...]]:
    given, family = _names(said)
    born, born_fault = _born(said.get("born", ""), today)
    number, number_fault = _checked(codes.nhs_number, said.get("number", ""))
    phone, phone_fault = _phone(said.get("phone", ""))
    language = said.get("language", "")
    reasons = [
        "" if given or family else "There is no name.",
        "The name is too long." if max(len(given), len(family)) > 200 else "",
        born_fault,
        number_fault,
        phone_fault,
        "The language is too long." if len(language) > 60 else "",
        "" if born or number or born_fault or number_fault else "There is no birth date and no NHS number.",
    ]
    if any(reasons):
        return None, tuple(filter(None, reasons))
    mobile = phone.replace(" ", "").startswith(("07", "+447"))
    return PersonDetails(
        given_names=given,
        family_name=family,
        date_of_birth=born,
        nhs_number=number,
        mobile=phone if mobile else "",
        landline="" if mobile else phone,
        preferred_language="" if language.casefold() == "english" else language,
        practice_ods_code=practice,
    ), ()


def _names(said: Mapping[str, str]) -> tuple[str, str]:
    """First names and last name; of one column, the last word is the last name unless a comma says otherwise."""
    given, family, whole = said.get("given", ""), said.get("family", ""), said.get("name", "")
    if given or family:
        return given, family
    if "," in whole:
        family, given = whole.split(",", 1)
        return given.strip(), family.strip()
    *first, last = whole.split() or [""]
    return (" ".join(first), last) if first else (last, "")


def _born(text: str, today: date) -> tuple[date | None, str]:
    for form in _DATES if text else ():
        try:
            born = datetime.strptime(text.split(" 00:00")[0], form).date()  # noqa: DTZ007  (a day has no zone)
        except ValueError:
            continue
        return (born, "") if born.year > 1890 and born <= today else (None, "The birth date cannot be right.")
    return None, "The birth date must be like 27/03/1980." if text else ""


def _phone(text: str) -> tuple[str, str]:
    if not text:
        return "", "There is no phone number."
    digits = text.replace(" ", "")
    # Spreadsheets take a phone number for a number, and its first 0 away.
    if digits.isascii() and digits.isdigit() and len(digits) == 10 and digits[0] in "127":
        text = f"0{digits}"
    number, fault = _checked(codes.own_phone, text)
    if number and sum(map(str.isdigit, number)) < 10:
        return "", "The phone number is too short."
    return number, fault


def _checked(check: Callable[[str], str], text: str) -> tuple[str, str]:
    try:
        return (check(text), "") if text else ("", "")
    except ValueError as fault:
        return "", f"{str(fault).rstrip('.')}."


def _key(details: PersonDetails) -> tuple[str, date]:
    assert details.date_of_birth is not None
    bare = unicodedata.normalize("NFKD", f"{details.given_names} {details.family_name}".casefold())
    words = "".join(each for each in bare if not unicodedata.combining(each)).split()
    return " ".join(sorted(words)), details.date_of_birth

"""GP practices as the published register of practices in London writes them, one on a line."""

import re
from collections.abc import Callable

from wraparound.organisations.codes import phone, postcode
from wraparound.organisations.importing.practices import Above, Practice
from wraparound.organisations.importing.readable import readable
from wraparound.organisations.importing.table import Checked, Row, checked, rows_of
from wraparound.organisations.models import Organisation

COLUMNS = ("practice_code", "practice_name")
_PRACTICE = re.compile(r"[A-Z][0-9]{5}")
_NETWORK = re.compile(r"U[0-9]{5}")
_BOARD = re.compile(r"Q[A-Z0-9]{2}")
# The United Kingdom with its islands, in degrees.
SOUTH, NORTH, WEST, EAST = 49.8, 60.9, -8.7, 1.8


def practices_in(content: bytes) -> Checked[Practice]:
    """Every practice of the file, and every line that is none, with its reason. Raises NotATable."""
    rows, bad = rows_of(content, COLUMNS)
    seen: dict[str, tuple[int, Practice]] = {}

    def once(row: Row) -> Practice | None:
        practice = from_row(row)
        line, before = seen.setdefault(practice.ods_code, (row.line, practice))
        if before is practice:
            return practice
        if before != practice:
            raise ValueError(f"The code {practice.ods_code} stands on line {line} too, with other content.")
        return None

    return checked(rows, bad, once)


def from_row(row: Row) -> Practice:
    """One practice. ValueError with a sentence."""
    code = row["practice_code"].upper()
    if not _PRACTICE.fullmatch(code):
        raise ValueError(f"“{row['practice_code']}” is not a practice’s code, which is a letter and five digits.")
    if not row["practice_name"]:
        raise ValueError(f"The practice {code} has no name.")
    latitude, longitude = _place(row)
    return Practice(
        ods_code=code,
        name=_within(200, readable(row["practice_name"]), "name"),
        address=_within(300, readable(row["address"]), "address"),
        postcode=_code(postcode, row["postcode"]),
        phone=_code(phone, row["phone"]),
        latitude=latitude,
        longitude=longitude,
        list_size=_list_size(row["list_size_2022_23"] or row["list_size"]),
        above=tuple(_above(row)),
    )


def _within(most: int, text: str, what: str) -> str:
    if len(text) > most:
        raise ValueError(f"The {what} is longer than {most} characters.")
    return text


def _code(check: Callable[[str], str], text: str) -> str:
    """Checked where there is one."""
    try:
        return check(text) if text else ""
    except ValueError as fault:
        raise ValueError(f"“{text}”: {fault}") from None


def _place(row: Row) -> tuple[float | None, float | None]:
    """Both coordinates, or neither."""
    if not row["lat"] and not row["lng"]:
        return None, None
    try:
        latitude, longitude = float(row["lat"]), float(row["lng"])
    except ValueError:
        raise ValueError(f"“{row['lat']}, {row['lng']}” is not a latitude and a longitude.") from None
    if not (SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST):
        raise ValueError(f"The place {row['lat']}, {row['lng']} is not in the United Kingdom.")
    return latitude, longitude


def _list_size(text: str) -> int | None:
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,7}(\.0)?", text):
        raise ValueError(f"“{text}” is not a number of people.")
    return int(float(text))


def _above(row: Row) -> list[Above]:
    """The network, the borough and the board, each where the row names one. Some practices belong to no network."""
    found = []
    kinds = Organisation.Kind
    if _NETWORK.fullmatch(row["pcn_code"]) and row["pcn_name"]:
        found.append(Above(kinds.PCN, _within(200, readable(row["pcn_name"]), "network’s name"), row["pcn_code"]))
    if row["borough"]:
        found.append(Above(kinds.BOROUGH, _within(200, readable(row["borough"]), "borough’s name")))
    if _BOARD.fullmatch(row["icb_code"]) and row["icb_name"]:
        found.append(Above(kinds.ICB, _within(200, readable(row["icb_name"]), "board’s name"), row["icb_code"]))
    return found

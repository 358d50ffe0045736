"""An extract of a health record, read into entries: a FHIR Bundle as JSON, or plain text. Read, and kept nowhere."""

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

LONGEST = 1_000_000


class Unreadable(ValueError):
    """What was given is no extract; the text says why, for whoever gave it."""


@dataclass(frozen=True)
class Entry:
    """One entry: when it was written (None where it does not say), by whom ("" likewise), and its words."""

    written_on: date | None
    author: str
    text: str


@dataclass(frozen=True)
class Extract:
    """The entries, the latest first, and how many more hold no words that are read here."""

    entries: Sequence[Entry]
    passed_over: int = 0


def read_extract(text: str) -> Extract:
    """The entries of a Bundle, or of a text whose entries begin with their date. Unreadable when there are none."""
    if len(text) > LONGEST:
        raise Unreadable(f"The extract must be shorter than {LONGEST:,} characters. Take the years that matter.")
    found = _bundle(text) if text.lstrip()[:1] in ("{", "[") else Extract(list(_entries(text)))
    if not found.entries:
        raise Unreadable("There is nothing to read in this. Paste the text of the record, or choose another file.")
    ordered = sorted(found.entries, key=lambda each: each.written_on or date.min, reverse=True)
    return Extract(ordered, found.passed_over)


_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_DATE = re.compile(
    r"^\s*(?:(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})|(?P<d2>\d{1,2})[/.](?P<m2>\d{1,2})[/.](?P<y2>\d{4})"
    r"|(?P<d3>\d{1,2})[ -](?P<m3>[A-Za-z]{3,9})[ -](?P<y3>\d{4}))\b[\s,:;-]*"
)
_AUTHOR = re.compile(r"^(?P<author>(?:Dr|Mr|Mrs|Ms|Miss|Prof|Nurse|Sister)\b\.? [^:\n]{2,60}):\s*")


def _entries(text: str) -> Iterator[Entry]:
    """A line that begins with a date begins an entry."""
    day, author, lines = None, "", list[str]()
    for line in text.splitlines():
        dated = _DATE.match(line)
        began = _day(dated) if dated else None
        if dated and began:
            if said := "\n".join(lines).strip():
                yield Entry(day, author, said)
            rest = line[dated.end() :]
            named = _AUTHOR.match(rest)
            day, author = began, named["author"].strip() if named else ""
            lines = [rest[named.end() :] if named else rest]
        else:
            lines.append(line)
    if said := "\n".join(lines).strip():
        yield Entry(day, author, said)


def _day(found: re.Match[str]) -> date | None:
    part = found.groupdict()
    month = part["m"] or part["m2"]
    if part["m3"]:
        name = part["m3"][:3].lower()
        month = str(_MONTHS.index(name) + 1) if name in _MONTHS else "0"
    with suppress(ValueError):
        return date(int(part["y"] or part["y2"] or part["y3"]), int(month), int(part["d"] or part["d2"] or part["d3"]))
    return None


def _bundle(text: str) -> Extract:
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        raise Unreadable("This begins like a FHIR Bundle and is none: its JSON cannot be read.") from None
    if not isinstance(held, dict) or held.get("resourceType") != "Bundle" or not isinstance(held.get("entry"), list):
        raise Unreadable("This is no FHIR Bundle. Choose the file that the record system exported.")
    resources = [each.get("resource") for each in held["entry"] if isinstance(each, dict)]
    kept = [each for each in resources if isinstance(each, dict)]
    names = {_text(each.get("id")): _named(each) for each in kept}
    found = [_entry(each, names) for each in kept if each.get("resourceType") not in _ABOUT_NOBODYS_HEALTH]
    return Extract([each for each in found if each.text], sum(not each.text for each in found))


_ABOUT_NOBODYS_HEALTH = ("Patient", "Practitioner", "PractitionerRole", "Organization", "Location")
_DATES = (
    "date", "recordedDate", "effectiveDateTime", "authoredOn", "issued", "performedDateTime", "occurrenceDateTime",
    "onsetDateTime", "created",
)  # fmt: skip
_AUTHORS = ("author", "recorder", "performer", "requester", "asserter", "participant")


def _entry(resource: Mapping[str, Any], names: Mapping[str, str]) -> Entry:
    days = (_iso(resource.get(name)) for name in _DATES)
    authors = (_author(resource.get(name), names) for name in _AUTHORS)
    day, author = next((d for d in days if d), None), next((a for a in authors if a), "")
    return Entry(day, author, ". ".join(_words(resource)))


def _words(resource: Mapping[str, Any]) -> Iterator[str]:
    """What the entry says, each thing once."""
    codes = (resource.get("code"), resource.get("medicationCodeableConcept"), resource.get("valueCodeableConcept"))
    said = [
        *map(_concept, codes),
        *(_text(resource.get(name)) for name in ("description", "valueString", "conclusion")),
    ]
    if isinstance(quantity := resource.get("valueQuantity"), dict):
        said.append(f"{quantity.get('value', '')} {_text(quantity.get('unit'))}".strip())
    notes = resource.get("note")
    said += [_text(each.get("text")) for each in notes if isinstance(each, dict)] if isinstance(notes, list) else []
    content = resource.get("content")
    said += [_attached(each) for each in content if isinstance(each, dict)] if isinstance(content, list) else []
    yield from dict.fromkeys(each.strip().rstrip(".") for each in said if each.strip())


def _attached(content: Mapping[str, Any]) -> str:
    """The words of an attachment in plain text; of any other kind, nothing."""
    held = content.get("attachment")
    if not isinstance(held, dict) or not _text(held.get("contentType")).startswith("text/plain"):
        return ""
    try:
        return base64.b64decode(_text(held.get("data")), validate=True).decode("utf-8", "replace")
    except binascii.Error:
        return ""


def _concept(concept: object) -> str:
    if not isinstance(concept, dict):
        return ""
    codings = concept.get("coding")
    shown = [_text(c.get("display")) for c in codings if isinstance(c, dict)] if isinstance(codings, list) else []
    return _text(concept.get("text")) or next((each for each in shown if each), "")


def _author(held: object, names: Mapping[str, str]) -> str:
    first = held[0] if isinstance(held, list) and held else held
    if not isinstance(first, dict):
        return ""
    who = first.get("individual") or first.get("actor") or first
    if not isinstance(who, dict):
        return ""
    return _text(who.get("display")) or names.get(_text(who.get("reference")).rpartition("/")[2], "")


def _named(resource: Mapping[str, Any]) -> str:
    held = resource.get("name")
    first = held[0] if isinstance(held, list) and held else held
    if not isinstance(first, dict):
        return _text(first)
    parts = [part for name in ("prefix", "given") for part in _texts(first.get(name))]
    return _text(first.get("text")) or " ".join([*parts, _text(first.get("family"))]).strip()


def _texts(held: object) -> list[str]:
    return [each for each in held if isinstance(each, str)] if isinstance(held, list) else []


def _iso(held: object) -> date | None:
    with suppress(ValueError):
        return datetime.fromisoformat(_text(held)[:10]).date() if _text(held) else None
    return None


def _text(held: object) -> str:
    return held if isinstance(held, str) else ""

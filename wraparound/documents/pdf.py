"""Values into PDF. Only jobs call this: the typesetter is loaded by the first call and stays out of web workers."""

import json
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from wraparound.documents.message_back import MessageBackContent

if TYPE_CHECKING:
    import typst

_TEMPLATES = Path(__file__).parent / "typst"
# Packages that carry nothing but openly licensed fonts. A machine without them still prints, in what it has.
_FONT_PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")
# In order of wish. Named here so that a page looks the same wherever the packages are; every other font is a fallback.
FAMILIES = ("Noto Sans", "Noto Sans Arabic", "Noto Sans CJK SC", "Liberation Sans", "DejaVu Sans", "Libertinus Serif")
_NOT_SHOWN = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")
# Joiners are part of how some scripts spell; every other invisible mark could turn round or hide the rest of a line.
_JOINERS = "\u200c\u200d"


def message_back_pdf(content: MessageBackContent) -> bytes:
    """The message as one PDF/UA-1 document. The same content on the same machine gives the same bytes."""
    return set_as_pdf("message_back.typ", {**_message(content), "fonts": list(FAMILIES)})


def _message(content: MessageBackContent) -> dict[str, object]:
    """Every word of the document in the order in which it is read."""
    first, *rest = _pairs(*_person(content))
    sections: list[dict[str, object]] = [
        {"heading": "Person", "pairs": [{**first, "strong": True}, *rest]},
        {"heading": "Referral", "pairs": _pairs(*_referral(content))},
    ]
    if not content.codes_only:
        sections += [
            {"heading": "Needs and concerns", "lines": list(content.needs) or ["None recorded"]},
            {"heading": "Support offered", "lines": list(content.support) or ["None recorded"]},
        ]
    if content.codes:
        sections.append(
            {
                "heading": "Coded entries for the record",
                "pairs": [{"label": entry.code, "value": entry.term} for entry in content.codes],
                "note": "SNOMED CT. Enter a referral code once in an episode only.",
            }
        )
    sections.append({"heading": "Contact", "sentence": content.contact})
    return {
        "title": "Message back to GP and referrer",
        "description": f"{content.occasion}, referral {content.reference}",
        "footer": f"Referral {content.reference}, written {_day(content.written_on)}",
        "invented": "Everyone in this document is invented" if content.invented else None,
        "hidden": {
            "heading": "NOT FOR THE PATIENT’S ONLINE RECORD",
            "sentence": "Keep it out of online view when you file it: it may not be safe for it to be seen.",
        }
        if content.hide_from_online_view
        else None,
        "team": content.team,
        "sender": f"{content.service}: {content.team}",
        "occasion": content.occasion,
        "outcome": content.outcome,
        "next_step": content.next_step,
        "whose_turn": content.whose_turn,
        "sections": sections,
    }


def _person(content: MessageBackContent) -> tuple[tuple[str, str], ...]:
    return (
        ("Name", content.person_name),
        ("Date of birth", _day(content.date_of_birth) if content.date_of_birth else "Not known"),
        ("NHS number", _nhs_number(content.nhs_number) or "Not known"),
        ("GP practice", _with_code(content.practice_name, content.practice_ods) or "Not known"),
    )


def _referral(content: MessageBackContent) -> tuple[tuple[str, str], ...]:
    referrer = ", ".join(part for part in (content.referrer_name, content.referrer_organisation) if part)
    return (
        ("Reference", content.reference),
        ("Referred by", referrer),
        ("Referred to", content.service),
        ("Sent", _day(content.sent_on)),
        ("This message written", _day(content.written_on)),
    )


def _pairs(*rows: tuple[str, str]) -> list[dict[str, str]]:
    return [{"label": label, "value": value} for label, value in rows]


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _nhs_number(number: str) -> str:
    return f"{number[:3]} {number[3:6]} {number[6:]}" if len(number) == 10 else number


def _with_code(name: str, code: str) -> str:
    return f"{name} ({code})" if code else name


def set_as_pdf(template: str, message: dict[str, object]) -> bytes:
    """Set the template. PDF/UA refuses a character that no font has: then the machine's own fonts are asked too,
    and what is still missing is printed as its code point, so that no part of a name is ever dropped unseen."""
    import typst

    words = _each_text(message, _printable)
    try:
        return _compile(template, words, system=False)
    except typst.TypstError as error:
        missing = _missing(error)
        if not missing:
            raise
    try:
        return _compile(template, words, system=True)
    except typst.TypstError as error:
        missing = _missing(error)
        if not missing:
            raise
    marked = re.compile("|".join(re.escape(text) for text in sorted(missing, key=len, reverse=True)))
    return _compile(template, _each_text(words, lambda text: marked.sub(_code_points, text)), system=True)


def can_be_set(text: str) -> bool:
    """Whether a font, of the packages or of the machine, has each letter of the text."""
    import typst

    if text.isascii():
        return True
    message = {"text": _printable(text), "fonts": list(FAMILIES)}
    for system in (False, True):
        try:
            _compile("letters.typ", message, system=system)
        except typst.TypstError as error:
            if not _missing(error):
                raise
        else:
            return True
    return False


def _compile(template: str, message: object, *, system: bool) -> bytes:
    import typst

    compiler = typst.Compiler(
        (_TEMPLATES / template).read_bytes(), font_paths=_fonts(system), ignore_system_fonts=not system
    )
    made = compiler.compile(
        format="pdf", pdf_standards=["ua-1"], timestamp=0, sys_inputs={"message": json.dumps(message)}
    )
    if not isinstance(made, bytes):
        raise TypeError("A PDF is one file.")
    return made


@lru_cache(maxsize=2)
def _fonts(system: bool) -> "typst.Fonts":
    import typst

    found = (find_spec(name) for name in _FONT_PACKAGES)
    folders = [str(folder) for spec in found if spec for folder in spec.submodule_search_locations or ()]
    return typst.Fonts(include_system_fonts=system, font_paths=folders)


def _missing(error: "typst.TypstError") -> frozenset[str]:
    told = _NOT_SHOWN.findall(f"{error.message}\n{error.diagnostic}")
    return frozenset(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) for text in told)


def _code_points(found: re.Match[str]) -> str:
    return "".join(f"[U+{ord(character):04X}]" for character in found[0])


def _each_text(value: object, change: Callable[[str], str]) -> object:
    """The same structure with every text in it changed."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_each_text(item, change) for item in value]
    if isinstance(value, dict):
        return {key: _each_text(item, change) for key, item in value.items()}
    return value


def _printable(text: str) -> str:
    """The text in composed form, each control character a space and each invisible mark gone."""
    kept = (" " if unicodedata.category(character) == "Cc" else character for character in text)
    return unicodedata.normalize(
        "NFC", "".join(c for c in kept if c in _JOINERS or unicodedata.category(c) not in ("Cf", "Cs", "Co"))
    )

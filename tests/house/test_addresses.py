"""Browsers, proxies and logs keep addresses, so nothing of a person goes into one."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.finding import PACKAGE, shown

TEMPLATES = sorted(PACKAGE.rglob("web/templates/**/*.jinja"))
FORM = re.compile(r"<form\b(?P<attributes>[^>]*)>(?P<inside>.*?)</form>", re.DOTALL)
NAME = re.compile(r"""\bname="([^"{]+)"|\bform\["([^"]+)"\]""")
LISTED = re.compile(r"for name in \(([^)]+)\)")
# What a form may send in an address: which list, which days, which places; of the register, what an organisation's
# name begins with; of an investigation, days and the numbers of a user and of a record, as other addresses have them.
# None says anything about a person or a member of staff.
IN_AN_ADDRESS = {
    "whose", "urgent", "status", "issue", "first", "last", "team", "practice", "entry", "pathway",
    "category", "label", "matter", "away",
}  # fmt: skip
OF_A_REGISTER = {
    "scheme/organisation_add.jinja": {"q"},
    "rights/investigation_frame.jinja": {"person", "user", "from", "to"},
}


def asked_in_address() -> Iterator[tuple[Path, str]]:
    for path in TEMPLATES:
        for form in FORM.finditer(path.read_text()):
            if 'method="post"' not in form["attributes"]:
                yield path, form["inside"]


ASKED = list(asked_in_address())


@pytest.mark.parametrize(("path", "inside"), ASKED, ids=[shown(path) for path, _ in ASKED])
def test_no_form_puts_anything_of_a_person_into_an_address(path: Path, inside: str) -> None:
    names = {plain or drawn for plain, drawn in NAME.findall(inside)}
    names |= {name.strip(' "') for listed in LISTED.findall(inside) for name in listed.split(",")}
    register = OF_A_REGISTER.get(str(path.relative_to(PACKAGE / "web/templates")), set())
    assert names, "A form without a field that this can read may ask for anything: name its fields."
    assert names <= IN_AN_ADDRESS | register


def test_those_forms_are_found() -> None:
    assert len(ASKED) >= 4

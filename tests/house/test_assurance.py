"""What the security and assurance documents point at is there, and no requirement is left without an answer."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.house.finding import CHECKOUT, shown

DOCUMENTS = [path for folder in ("security", "assurance") for path in sorted((CHECKOUT / "docs" / folder).glob("*.md"))]
CITED = re.compile(r"`((?:tests|wraparound|docs|bench)/[^`\s]+|[A-Za-z.-]+\.(?:md|toml|lock|py))`")
LINKED = re.compile(r"\]\(([^)#]+)[^)]*\)")
ANSWERS = ("Yes", "Not applicable", "Not yet", "Deployer")
# Chapter → section → the requirements of levels 1 and 2 in OWASP ASVS 4.0.3; its deleted numbers are left out.
ASVS = {
    1: {1: "1-7", 2: "1-4", 4: "1 4 5", 5: "1-4", 6: "1-4", 7: "1-2", 8: "1-2", 9: "1-2", 10: "1", 11: "1-2", 12: "2",
        14: "1-6"},
    2: {1: "1-12", 2: "1-3", 3: "1-3", 4: "1-5", 5: "1-7", 6: "1-3", 7: "1-6", 8: "1-7", 9: "1-3", 10: "1-4"},
    3: {1: "1", 2: "1-4", 3: "1-4", 4: "1-5", 5: "1-3", 7: "1"},
    4: {1: "1-3 5", 2: "1-2", 3: "1-3"},
    5: {1: "1-5", 2: "1-8", 3: "1-10", 4: "1-3", 5: "1-4"},
    6: {1: "1-3", 2: "1-6", 3: "1-2", 4: "1-2"},
    7: {1: "1-4", 2: "1-2", 3: "1 3 4", 4: "1-3"},
    8: {1: "1-4", 2: "1-3", 3: "1-8"},
    9: {1: "1-3", 2: "1-4"},
    10: {2: "1-2", 3: "1-3"},
    11: {1: "1-8"},
    12: {1: "1-3", 2: "1", 3: "1-6", 4: "1-2", 5: "1-2", 6: "1"},
    13: {1: "1 3-5", 2: "1-3 5-6", 3: "1-2", 4: "1-2"},
    14: {1: "1-4", 2: "1-6", 3: "2-3", 4: "1-7", 5: "1-4"},
}  # fmt: skip


def requirements() -> set[str]:
    found = set()
    for chapter, sections in ASVS.items():
        for section, parts in sections.items():
            for part in parts.split():
                first, _, last = part.partition("-")
                found |= {f"{chapter}.{section}.{each}" for each in range(int(first), int(last or first) + 1)}
    return found


def rows() -> list[list[str]]:
    text = (CHECKOUT / "docs" / "security" / "asvs.md").read_text(encoding="utf-8")
    return [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if re.match(r"\| \d", line)
    ]


def test_every_requirement_is_answered_once() -> None:
    answered = Counter(number for numbers, *_ in rows() for number in numbers.split(", "))
    assert set(answered) == requirements()
    assert {number for number, times in answered.items() if times > 1} == set()


def test_every_answer_is_one_of_four_and_a_yes_points_at_something() -> None:
    for numbers, _, answer in rows():
        assert answer.startswith(ANSWERS), numbers
    bare = [numbers for numbers, _, answer in rows() if answer.startswith("Yes") and "`" not in answer]
    assert len(bare) < 12, "A yes says where it can be seen."


@pytest.mark.parametrize("path", DOCUMENTS, ids=shown)
def test_what_is_pointed_at_is_there(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    cited = {CHECKOUT / each for each in CITED.findall(text)}
    linked = {path.parent / each for each in LINKED.findall(text) if "://" not in each}
    assert [str(each) for each in sorted(cited | linked) if not each.exists()] == []


def test_there_are_documents() -> None:
    assert len(DOCUMENTS) >= 7

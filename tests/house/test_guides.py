"""The guides say what the product does: pictures exist, addresses lead somewhere, bold words stand on pages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.urls import resolve
from django.urls.exceptions import Resolver404

from tests.house.finding import CHECKOUT, PACKAGE, shown, sources

DOCS = CHECKOUT / "docs"
GUIDES = sorted((DOCS / "guides").glob("*.md"))
PAGES = [CHECKOUT / "README.md", DOCS / "index.md", *GUIDES]
PICTURES = {path.name for path in (DOCS / "pictures").glob("*.png")}
LINK = re.compile(r"(?P<picture>!?)\[(?P<said>[^\]]*)\]\((?P<to>[^)\s]+)\)")
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
ADDRESS = re.compile(r"`(/[a-z0-9/-]*)`")
LEAST_SAID = 20


def linked(path: Path) -> Iterator[tuple[re.Match[str], Path, str]]:
    """Each link to a file here: the link, the file, and the heading in it."""
    for link in LINK.finditer(path.read_text()):
        to, _, heading = link["to"].partition("#")
        if "://" not in to:
            yield link, (path.parent / to).resolve() if to else path, heading


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", path.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def on_pages() -> str:
    """All that the product may say: its templates without their tags, and every text in its code."""
    texts = [re.sub(r"<[^>]+>", " ", path.read_text()) for path in PACKAGE.rglob("*.jinja")]
    for path in sources(generated=True):
        if "demo" not in path.relative_to(PACKAGE).parts:
            constants = (each for each in ast.walk(ast.parse(path.read_text())) if isinstance(each, ast.Constant))
            texts += [each.value for each in constants if isinstance(each.value, str)]
    return re.sub(r"\s+", " ", " | ".join(texts))


SAID = on_pages()


@pytest.mark.parametrize("path", PAGES, ids=shown)
def test_every_link_leads_to_something_and_every_picture_says_what_is_to_be_seen(path: Path) -> None:
    for link, to, heading in linked(path):
        assert to.exists(), f"{link['to']} is not there."
        assert not heading or heading in anchors(to), f"{to.name} has no heading “{heading}”."
        assert not link["picture"] or len(link["said"]) >= LEAST_SAID, f"{link['to']}: say what is to be seen."


def test_every_guide_is_found_from_the_index() -> None:
    assert {*GUIDES} <= {to for _, to, _ in linked(DOCS / "index.md")}


def test_every_picture_is_shown_somewhere() -> None:
    assert {to.name for path in PAGES for link, to, _ in linked(path) if link["picture"]} == PICTURES


@pytest.mark.parametrize("path", GUIDES, ids=shown)
def test_every_address_in_a_guide_is_a_page(path: Path) -> None:
    for address in ADDRESS.findall(path.read_text()):
        try:
            resolve(address)
        except Resolver404:
            pytest.fail(f"{address} is no page.")


@pytest.mark.parametrize("path", GUIDES, ids=shown)
def test_what_a_guide_prints_bold_stands_on_a_page(path: Path) -> None:
    bold = {re.sub(r"\s+", " ", said) for said in BOLD.findall(path.read_text())}
    assert sorted(said for said in bold if not re.search(rf"\b{re.escape(said)}", SAID)) == []

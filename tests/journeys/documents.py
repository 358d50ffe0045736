"""What stands for the parameters of routes of documents, and what somebody gets wrong on their forms."""

from collections.abc import Callable
from typing import Any

from tests.factories import World
from tests.house import files
from tests.journeys.bad import Bad

_PAGES = ("document", "document-version", "document-change", "document-pages", "document-put-away", "document-pdf",
          "document-page")  # fmt: skip
OBJECTS: dict[str, Callable[[World], Any]] = {
    "documents.pk": lambda world: files.a_case(world).pk,
    "document-add.pk": lambda world: files.a_case(world).pk,
    "document-page.number": lambda world: 1,
    **{f"{name}.pk": lambda world: files.shown(world).pk for name in _PAGES},
}
FORMS: dict[str, Bad] = {
    "document-add": Bad(
        "adviser", {"Choose a file, or take a photograph": "Photographs or a PDF"}, "Add it",
        {"What do you call it? (optional)": "PIP decision"},
    ),
    "document-version": Bad(
        "adviser", {"Choose a file, or take a photograph": "The newer version"}, "Add it"
    ),
    "document-change": Bad(
        "adviser",
        {"What do you call it? (optional) must be 120 characters or fewer": "What do you call it? (optional)"},
        "Save", {"What do you call it? (optional)": "é" * 121},
    ),
    "document-put-away": Bad("adviser", {"Enter why it is put away": "Why is it put away?"}, "Put it away"),
}  # fmt: skip


# Each page has a place, and whatever is typed there is one.
NOTHING_TO_GET_WRONG = {"document-pages"}


def path_of(form: str, world: World) -> str:
    if form == "document-add":
        return f"/documents/case/{files.a_case(world).pk}/add/"
    return f"/document/{files.shown(world).pk}/{form.removeprefix('document-')}/"

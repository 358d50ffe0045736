"""The pathways that come with the product, one TOML file each in `library/`."""

from functools import cache
from pathlib import Path

from wraparound.pathways.definition import Pathway
from wraparound.pathways.reader import read

FOLDER = Path(__file__).parent / "library"


NAMES = (
    "link-worker-first",
    "advice-first",
    "both-at-once",
    "single-service",
    "reception-booking",
    "signpost-only",
    "clinical-pathway",
    "proactive-call-list",
)


def names() -> tuple[str, ...]:
    """The names of every pathway of the library, the most usual ways of joining first."""
    return NAMES


@cache
def load(name: str) -> Pathway:
    """The library's pathway of this name; LookupError when there is none."""
    if name not in names():
        raise LookupError(f"The library has no pathway “{name}”. It has: {', '.join(names())}.")
    path = FOLDER / f"{name}.toml"
    return read(path.read_text(encoding="utf-8"), path.name)

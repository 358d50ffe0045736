"""Documents made from the program, so that they cannot say something else than it does."""

import sys
from collections.abc import Callable

from wraparound.cli import places

FOLDER = places.CHECKOUT / "docs" / "generated"


def settings_page() -> str:
    from wraparound.config.environment import SETTINGS

    lines = ["# Settings", "", "Environment variables, read when a process starts.", ""]
    lines += ["| name | meaning | default | in production |", "|---|---|---|---|"]
    for setting in SETTINGS:
        default = "" if setting.secret or not setting.default else f"`{setting.default}`"
        needed = "required" if setting.required_in_production else "optional"
        lines.append(f"| `{setting.name}` | {setting.meaning} | {default} | {needed} |")
    return "\n".join(lines) + "\n"


def pathways_page() -> str:
    from wraparound.pathways.reference import vocabulary_page

    return vocabulary_page()


def states_page() -> str:
    import django

    django.setup()
    from wraparound.referrals.reference import states_page as page

    return page()


def figures_page() -> str:
    from wraparound.reporting.definitions import figures_page as page

    return page()


DOCUMENTS: dict[str, Callable[[], str]] = {
    "figures.md": figures_page,
    "pathways.md": pathways_page,
    "settings.md": settings_page,
    "states.md": states_page,
}


def write() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in DOCUMENTS.items():
        (FOLDER / name).write_text(text(), encoding="utf-8")
    return 0


def check() -> int:
    """1 if a document is not what the program says now, or is no longer made."""
    different = [name for name, text in DOCUMENTS.items() if not _holds(name, text())]
    strangers = [file.name for file in FOLDER.glob("*") if file.name not in DOCUMENTS]
    for name in different:
        print(f"docs/generated/{name} is not what the program says: run `make fix`.", file=sys.stderr)
    for name in strangers:
        print(f"docs/generated/{name} is made by nothing: remove it.", file=sys.stderr)
    return 1 if different or strangers else 0


def _holds(name: str, text: str) -> bool:
    file = FOLDER / name
    return file.exists() and file.read_text(encoding="utf-8") == text

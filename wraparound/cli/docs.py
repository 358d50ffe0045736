"""Documents made from the program, so that they cannot say something else than it does."""

import sys
from collections.abc import Callable, Iterator

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


def api_page() -> str:
    import django

    django.setup()
    from wraparound.interop.api.reference import reference_page

    return reference_page()


def time_limits_page() -> str:
    from wraparound.time_limits.reference import time_limits_page as page

    return page()


DOCUMENTS: dict[str, Callable[[], str]] = {
    "api.md": api_page,
    "figures.md": figures_page,
    "pathways.md": pathways_page,
    "settings.md": settings_page,
    "states.md": states_page,
    "time-limits.md": time_limits_page,
}


# Who can open what is measured on a running product, by a test that writes it when asked.
MEASURED = "access.md"


def addresses() -> set[str]:
    """Every address of the product, as its route is written."""
    import django
    from django.urls import URLPattern, URLResolver, get_resolver

    def found(resolver: URLResolver, before: str = "") -> Iterator[str]:
        for each in resolver.url_patterns:
            path = before + str(each.pattern).removeprefix("^")
            if isinstance(each, URLPattern):
                yield path
            else:
                yield from found(each, path)

    django.setup()
    return set(found(get_resolver()))


def write() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in DOCUMENTS.items():
        (FOLDER / name).write_text(text(), encoding="utf-8")
    return 0


def check() -> int:
    """1 if a document is not what the program says now, or is no longer made."""
    different = [name for name, text in DOCUMENTS.items() if not _holds(name, text())]
    strangers = [file.name for file in FOLDER.glob("*") if file.name not in (*DOCUMENTS, MEASURED)]
    unmeasured = sorted(addresses() ^ _measured())
    for name in different:
        print(f"docs/generated/{name} is not what the program says: run `make fix`.", file=sys.stderr)
    for name in strangers:
        print(f"docs/generated/{name} is made by nothing: remove it.", file=sys.stderr)
    for path in unmeasured:
        print(
            f"docs/generated/{MEASURED} and the routes differ in /{path}: run "
            'make test ARGS="tests/house/test_access_table.py --write-access -n 0".',
            file=sys.stderr,
        )
    return 1 if different or strangers or unmeasured else 0


def _measured() -> set[str]:
    file = FOLDER / MEASURED
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    return {line.split("`")[1].removeprefix("/") for line in text.splitlines() if line.startswith("| `")}


def _holds(name: str, text: str) -> bool:
    file = FOLDER / name
    return file.exists() and file.read_text(encoding="utf-8") == text

"""Every setting of the environment is declared once, used, written down, and asked for in production."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.finding import CHECKOUT, PACKAGE, shown, trees
from wraparound.config.environment import SETTINGS, Setting, read

NAMES = [setting.name for setting in SETTINGS]
# Why these read or set the environment themselves.
READ_IT_THEMSELVES = {
    "wraparound/config/environment.py": "declares every setting",
    "wraparound/config/wsgi.py": "names Django's settings before Django reads them",
    "wraparound/cli/main.py": "names Django's settings before Django reads them",
    "wraparound/cli/database.py": "asks whether an address was given at all, and gives the private one to children",
    "wraparound/cli/dump_programs.py": "tells PostgreSQL's programs where to connect, away from the list of processes",
    "wraparound/cli/reset.py": "gives children their database",
    "wraparound/cli/children.py": "gives children what it was given, and a mark to know them by",
    "wraparound/cli/run.py": "gives children their secret key and tells them which run they belong to",
    "wraparound/cli/testing.py": "hands its own environment on, with a longer path",
}


def settings_used(tree: ast.AST) -> set[object]:
    """The names given to `read(…)`, or to `os.environ.get(…)` where nothing is installed yet."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args]
    reading = [c for c in calls if getattr(c.func, "id", getattr(c.func, "attr", "")) in ("read", "get")]
    return {c.args[0].value for c in reading if isinstance(c.args[0], ast.Constant)}


def reads_environment(tree: ast.AST) -> bool:
    found = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    return any(node.attr in ("environ", "getenv", "environb") for node in found)


def used() -> set[object]:
    prepare = ast.parse((CHECKOUT / "prepare.py").read_text())
    return {name for tree in [prepare, *(tree for _, tree in trees())] for name in settings_used(tree)}


@pytest.mark.parametrize("name", NAMES)
def test_each_is_used(name: str) -> None:
    assert name in used()


@pytest.mark.parametrize("name", NAMES)
def test_each_is_written_down(name: str) -> None:
    assert f"| `{name}` |" in (CHECKOUT / "docs" / "generated" / "settings.md").read_text()


@pytest.mark.parametrize("setting", SETTINGS, ids=NAMES)
def test_a_secret_has_no_default(setting: Setting) -> None:
    assert setting.meaning and not (setting.secret and setting.default)


def test_an_undeclared_one_cannot_be_read() -> None:
    with pytest.raises(KeyError):
        read("WRAPAROUND_SOMETHING_ELSE")


@pytest.mark.parametrize("path", [path for path, tree in trees() if reads_environment(tree)], ids=shown)
def test_nothing_else_reads_the_environment(path: Path) -> None:
    assert shown(path) in READ_IT_THEMSELVES


def test_no_reason_is_given_in_vain() -> None:
    assert set(READ_IT_THEMSELVES) <= {shown(path) for path, tree in trees() if reads_environment(tree)}


def start(**given: str) -> "subprocess.CompletedProcess[str]":
    """Start the product's settings with nothing in the environment but what is given."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(PACKAGE.parent), **given}
    command = [sys.executable, "-c", "import wraparound.config.settings as s; print(s.PRODUCTION, s.DEBUG)"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


COMPLETE = {
    "WRAPAROUND_MODE": "production",
    "DATABASE_URL": "postgresql://web@db.example.org/wraparound",
    "SECRET_KEY": "k" * 50,
    "ALLOWED_HOSTS": "wraparound.example.org",
}
NEEDED = [setting.name for setting in SETTINGS if setting.required_in_production]


def test_the_complete_ones_are_all_that_production_needs() -> None:
    assert set(NEEDED) == set(COMPLETE) - {"WRAPAROUND_MODE"}
    assert start(**COMPLETE).stdout == "True False\n"


@pytest.mark.parametrize("missing", [*[[name] for name in NEEDED], NEEDED], ids=" ".join)
def test_production_does_not_start_without_one_and_names_it(missing: list[str]) -> None:
    given = {name: value for name, value in COMPLETE.items() if name not in missing}
    ended = start(**given)
    assert ended.returncode != 0
    assert {name for name in NEEDED if name in ended.stderr} == set(missing)


@pytest.mark.parametrize("said", ["one", "-1", "1.5"])
def test_a_number_of_proxies_that_is_none_does_not_start(said: str) -> None:
    ended = start(TRUSTED_PROXIES=said)
    assert ended.returncode != 0 and "say how many proxies there are" in ended.stderr


def test_development_starts_with_nothing_given() -> None:
    assert start().stdout == "False False\n"


def test_a_mode_that_is_no_mode_does_not_start() -> None:
    """A slip of the pen must not leave a server open as in development."""
    assert start(**COMPLETE | {"WRAPAROUND_MODE": "Production"}).returncode != 0

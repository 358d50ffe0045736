"""The command line itself."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from wraparound.cli import docs, main, run
from wraparound.cli.problem import Problem, sentence_for

PUBLISHED = docs.FOLDER


def test_help_loads_nothing_heavy() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, wraparound.cli.main as m; m._parser(); print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert {"django", "psycopg", "procrastinate"}.isdisjoint(done.stdout.split())


def test_a_problem_is_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def refuse(**_: object) -> None:
        raise Problem("The kettle is empty: fill it.")

    monkeypatch.setattr(run, "run", refuse)
    assert main.main(["run"]) == 1
    assert capsys.readouterr().err == "The kettle is empty: fill it.\n"


@pytest.mark.parametrize("what", ["users", "teams"])
def test_members_and_teams_are_some_schemes(what: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["import", what, "rows.csv"]) == 1
    assert capsys.readouterr().err == f"Say with --scheme for which scheme the {what} are.\n"


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "The disk is full: make room and run it again."),
        (errno.EACCES, "/there cannot be written to by this user"),
        (errno.EROFS, "/there cannot be written to by this user"),
    ],
)
def test_what_the_machine_refuses_is_one_sentence(number: int, sentence: str) -> None:
    assert (sentence_for(OSError(number, os.strerror(number), "/there")) or "").startswith(sentence)


def test_a_fault_of_our_own_is_not_hidden() -> None:
    assert sentence_for(OSError(errno.EIO, "")) is None


def test_a_command_with_a_database_for_tests_gives_back_its_exit_code() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "wraparound", "test-database", "sh", "-c", 'test -n "$DATABASE_OWNER_URL" && exit 7'],
        check=False,
    )
    assert done.returncode == 7


def test_the_secret_key_is_made_once_and_only_we_can_read_it(tmp_path: Path) -> None:
    key = run.secret_key(tmp_path / "secret_key")
    assert len(key) >= 50
    assert run.secret_key(tmp_path / "secret_key") == key
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


def test_generated_documents_are_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(docs, "FOLDER", tmp_path)
    assert docs.check() == 1
    docs.write()
    shutil.copy(PUBLISHED / docs.MEASURED, tmp_path)
    assert docs.check() == 0
    (tmp_path / "settings.md").write_text("older")
    (tmp_path / "stray.md").write_text("")
    (tmp_path / docs.MEASURED).write_text("| `/nowhere/` | | page |")
    assert docs.check() == 1
    said = capsys.readouterr().err
    assert "docs/generated/access.md and the routes differ in /nowhere/" in said and "in /sign-in/" in said
    assert "docs/generated/settings.md is not what the program says: run `make fix`." in said
    assert "docs/generated/stray.md is made by nothing: remove it." in said

"""Loading the demo by command: two processes tell the years of all schemes, and neither fails unseen."""

import os
from pathlib import Path
from typing import Any

import pytest

from wraparound.cli import demo
from wraparound.cli.problem import Problem
from wraparound.demo import load
from wraparound.demo.place import SchemeData
from wraparound.demo.schemes import SCHEMES


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder with a file for each scheme whose year was told, and in it the process that did."""

    def tell(data: SchemeData, *rest: object, **more: object) -> None:
        (tmp_path / data.slug).write_text(str(os.getpid()))

    for name in ("begin", "finish"):
        monkeypatch.setattr(load, name, lambda *rest, **more: None)
    monkeypatch.setattr(load, "tell_year", tell)
    monkeypatch.setattr(demo, "_hurry", lambda: None)
    return tmp_path


def test_two_processes_tell_every_scheme_s_year_once_the_first_here(told: Path) -> None:
    demo.load(lambda line: None)
    by = {file.name: int(file.read_text()) for file in told.iterdir()}
    assert set(by) == {data.slug for data in SCHEMES}
    assert by[SCHEMES[0].slug] == os.getpid() and len(set(by.values())) == 2


def test_a_year_that_cannot_be_told_is_a_problem_wherever_it_is(monkeypatch: pytest.MonkeyPatch, told: Path) -> None:
    def fail(data: SchemeData, *rest: Any, **more: Any) -> None:
        if data is SCHEMES[1]:
            raise OSError("the disk is full")

    monkeypatch.setattr(load, "tell_year", fail)
    with pytest.raises(Problem, match="could not be loaded"):
        demo.load(lambda line: None)

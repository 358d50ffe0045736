"""No log line holds anybody's name or number, whatever the database says of the row that it refused."""

import logging
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import DataError, IntegrityError

from tests.factories import details, make_world, referred
from tests.house.seeing import Owner
from wraparound.config import logs

NUMBER, NAME, NOTE = "9434765919", "Rosamund", "lives above\n\nthe bakery\nTuesday"
LINE = "%(levelname)s %(name)s %(message)s"


def twice(owner: Owner) -> None:
    """Two people with one NHS number."""
    owner.run(f"UPDATE people_person SET nhs_number = '{NUMBER}', nhs_number_absent = ''")


def half(owner: Owner) -> None:
    """A row without what it must have, whose values have lines of their own."""
    owner.run(f"UPDATE people_person SET family_name = '{NOTE}'")
    owner.run("UPDATE people_person SET given_names = NULL")


def no_date(owner: Owner) -> None:
    """A value that is quoted in the first line, and again in the statement."""
    owner.query("SELECT id FROM people_person WHERE date_of_birth = %s", [f"{NAME} {NUMBER}"])


def failed(owner: Owner, does: Callable[[Owner], None]) -> BaseException:
    """The fault as a worker gets it, raised by another; and from the owner, to whom the database keeps nothing back."""
    world = make_world()
    for number in (NUMBER, ""):
        referred(world, person=details(given_names=NAME, family_name=f"Duarte {number}", nhs_number=number))
    with pytest.raises(RuntimeError) as fault:
        try:
            does(owner)
        except (IntegrityError, DataError) as refused:
            raise RuntimeError(f"This failed: {refused}") from refused
    return fault.value


def written(*said: object, fault: BaseException | None = None) -> str:
    text, *arguments = said
    exc_info = (type(fault), fault, fault.__traceback__) if fault else None
    record = logging.LogRecord("here", logging.ERROR, __file__, 1, text, tuple(arguments), exc_info)
    return logs.WithoutRows(LINE).format(record)


def nobody_is_in(line: str) -> bool:
    return not [word for word in (NUMBER, NAME, "bakery", "Tuesday") if word in line]


@pytest.mark.parametrize("does", [twice, half, no_date])
def test_a_fault_of_the_database_is_told_without_the_row(owner: Owner, does: Callable[[Owner], None]) -> None:
    fault = failed(owner, does)
    cause = fault.__cause__
    assert NUMBER in str(cause) or NAME in str(cause)
    group = ExceptionGroup("two", [ValueError("other"), fault])  # type: ignore[list-item]
    for line in (
        written("It failed", fault=fault),
        written("It failed: %s", cause),
        written("It failed: %r", cause),
        written(fault),
        written(f"It failed: {cause}", fault=ValueError("another")),
        written("Both failed", fault=group),
    ):
        assert nobody_is_in(line), line
        assert "failed" in line
    whole = written("It failed", fault=fault)
    assert does.__name__ in whole and type(cause).__name__ in whole and "RuntimeError: This failed" in whole


def test_what_was_broken_is_still_told(owner: Owner) -> None:
    for does, says in (
        (twice, 'violates unique constraint "'),
        (half, 'null value in column "given_names"'),
        (no_date, "invalid input syntax for type date"),
    ):
        assert says in written("It failed", fault=failed(owner, does))
        owner.empty()


def test_other_lines_stay_as_they_are() -> None:
    line = written("Done in %s seconds", 3, fault=ValueError("a plain\nfault of two lines"))
    assert "Done in 3 seconds" in line and "a plain\nfault of two lines" in line


def test_a_command_that_dies_of_it_says_no_more(owner: Owner, capsys: pytest.CaptureFixture[str]) -> None:
    fault = failed(owner, half)
    logs.tell(type(fault), fault, fault.__traceback__)
    said = capsys.readouterr().err
    assert nobody_is_in(said) and "Traceback (most recent call last)" in said and said.endswith("\n")


PROCESSES = {
    "a command and the worker": "import django; django.setup(); import procrastinate.contrib.django",
    "the web server": "import wraparound.config.wsgi",
}
EVERY_HANDLER = """
import logging, os
os.environ["DJANGO_SETTINGS_MODULE"] = "wraparound.config.settings"
of_the_server = logging.getLogger("gunicorn.error")
of_the_server.addHandler(logging.StreamHandler())
of_the_server.handlers[0].setFormatter(logging.Formatter("[%(process)d] %(message)s"))
{begin}
known = [logging.getLogger(), *map(logging.getLogger, logging.root.manager.loggerDict)]
for logger in known:
    for handler in logger.handlers:
        if not isinstance(handler, logging.NullHandler):
            print(logger.name, type(handler.formatter).__name__)
"""


@pytest.mark.parametrize("process", PROCESSES)
def test_every_handler_of_every_process_leaves_rows_out(process: str) -> None:
    program = EVERY_HANDLER.format(begin=PROCESSES[process])
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    found = dict(line.split() for line in done.stdout.splitlines())
    if process != "the web server":
        assert found.pop("gunicorn.error") == "Formatter"
    assert "root" in found and set(found.values()) == {"WithoutRows"}, found


def test_the_command_line_tells_faults_so(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import sys, wraparound.cli.main as m\ntry: m.main(['--help'])\n"
         "except SystemExit: print(sys.excepthook.__module__)"],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.endswith("wraparound.config.logs\n")

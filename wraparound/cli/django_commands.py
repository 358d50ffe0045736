"""Commands that run inside Django."""

from collections.abc import Callable
from pathlib import Path

from wraparound.cli import database, up_to_date
from wraparound.cli.database import database as with_database
from wraparound.cli.problem import Problem

# Commands after which the private database may no longer be as the migrations leave it.
CHANGE_TABLES = {"migrate", "flush"}


def manage(words: list[str]) -> None:
    """Any Django command, on the database that `wraparound run` uses."""
    from django.core.management import execute_from_command_line

    private = database.is_private()
    with with_database():
        if private and CHANGE_TABLES.intersection(words[:1]):
            up_to_date.note(database.private_postgres(), up_to_date.CHANGED_BY_HAND)
        execute_from_command_line(["wraparound manage", *words])


def work() -> None:
    """Do queued jobs until told to stop; a job under way gets a few seconds to end."""
    import django

    with with_database():
        django.setup()
        from procrastinate.contrib.django import app
        from procrastinate.exceptions import ConnectorException

        try:
            with app.replace_connector(app.connector.get_worker_connector()) as for_worker:  # type: ignore[attr-defined]
                for_worker.run_worker(shutdown_graceful_timeout=5)
        except ConnectorException as error:
            raise Problem(f"The job worker lost the database ({error.__cause__}).") from None


def receive(file: str, sender: str | None) -> int:
    import django

    with with_database():
        django.setup()
        from wraparound.interop.receive import receive_file

        return receive_file(Path(file), sender)


def import_file(what: str, file: str, scheme: str, *, keep_good: bool) -> int:
    import django

    with with_database():
        django.setup()
        from wraparound.interop.importing import files

        return int(getattr(files, what)(Path(file), scheme=scheme, keep_good=keep_good))


def recount(write: Callable[[str], None]) -> None:
    import django

    with with_database():
        django.setup()
        from wraparound.reporting.counting import recount

        write(f"Counted what {recount():,} organisations have sent.")

"""Commands that run inside Django."""

import os
from pathlib import Path

from wraparound.cli import database, up_to_date
from wraparound.cli.database import database as with_database

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wraparound.config.settings")
# Commands after which the private database may no longer be as the migrations leave it.
CHANGE_TABLES = {"migrate", "flush"}


def manage(words: list[str]) -> None:
    """Any Django command, on the database that `wraparound run` uses."""
    from django.core.management import execute_from_command_line

    private = database.is_private()
    with with_database():
        if private and CHANGE_TABLES.intersection(words[:1]):
            up_to_date.note(database.private_postgres(), "")
        execute_from_command_line(["wraparound manage", *words])


def work() -> None:
    """Do queued jobs until told to stop; a job under way gets a few seconds to end."""
    import django
    from django.core.management import call_command

    with with_database():
        django.setup()
        call_command("procrastinate", "worker", "--shutdown-graceful-timeout", "5")


def receive(file: str) -> None:
    import django

    with with_database():
        django.setup()
        from wraparound.interop.receive import receive_file

        print(receive_file(Path(file)))

"""The invented people and organisations that a development database begins with."""

import os
from collections.abc import Callable

from wraparound.cli import database, places
from wraparound.cli.locks import Lock
from wraparound.cli.problem import Problem


def load(write: Callable[[str], None]) -> None:
    import django

    django.setup()
    from wraparound.demo.load import load_demo

    load_demo(write)


def load_if_empty(write: Callable[[str], None]) -> None:
    """Only in development, and only where there is no scheme yet."""
    if os.environ.get("WRAPAROUND_MODE") == "production":
        return
    from wraparound.organisations.models import Scheme

    if not Scheme.objects.using("owner").exists():
        load(write)


def reset(write: Callable[[str], None]) -> None:
    """Throw the private database away, make it anew and load the demo."""
    from wraparound.cli import up_to_date
    from wraparound.cli.run import run_lock_path

    if not database.is_private():
        raise Problem("DATABASE_URL names a database of your own, which this does not throw away: unset it first.")
    lock = Lock(run_lock_path())
    if not lock.try_alone():
        raise Problem("Wraparound is running: stop it first (Ctrl-C where `make run` is).")
    postgres = database.private_postgres()
    try:
        postgres.join()
        with postgres.connect() as connection:
            database.remove_database(connection, database.DATABASE)
        database.make_roles_and_database(postgres)
        os.environ.update(database.environment(postgres))
        up_to_date.make_up_to_date(postgres)
    finally:
        postgres.leave()
        lock.close()
    write(f"The demo database is as new (in {places.database_folder()}).")


def people_to_sign_in_as() -> list[tuple[str, str]]:
    """Role of each, and the address to sign in with."""
    from wraparound.demo.people import sign_in_as

    return [(worker.role, f"{worker.email} ({worker.name}, {worker.organisation})") for worker in sign_in_as()]


def demo_password() -> str:
    from wraparound.demo.people import PASSWORD

    return PASSWORD

"""`wraparound demo reset`: begin the demo again."""

import os
from collections.abc import Callable

from wraparound.cli import database, places, up_to_date
from wraparound.cli.locks import Lock
from wraparound.cli.problem import Problem


def reset(write: Callable[[str], None]) -> None:
    """Throw the private database away, make it anew and load the demo."""
    if not database.is_private():
        raise Problem("DATABASE_URL names a database of your own, which this does not throw away: unset it first.")
    lock = Lock(places.RUN_LOCK)
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

"""The database that tests share: made once by the owner, copied for each worker, and used as the web's role."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from hypothesis import settings as made_up
from psycopg import connect, sql

from wraparound.config.environment import read

# `--hypothesis-profile nightly`: far more made-up input than there is time for on each change.
made_up.register_profile("nightly", max_examples=10_000, deadline=None)


def _as_owner(database: str, statement: sql.Composable) -> None:
    with connect(read("DATABASE_OWNER_URL"), autocommit=True) as connection:
        connection.execute(statement)


def _copy_name(base: str, worker: str) -> str:
    return f"{base}_{worker}"


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, django_db_blocker
) -> Iterator[None]:
    """Each worker gets a fresh database, migrated by the owner; tests then see it as the web's role does."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    name = _copy_name(settings.DATABASES["default"]["NAME"], f"test_{worker}")
    quoted = sql.Identifier(name)
    _as_owner(name, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(quoted))
    _as_owner(name, sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(quoted))
    with django_db_blocker.unblock():
        for alias in connections:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = name
        call_command("migrate", database="owner", verbosity=0, interactive=False)
        connections["owner"].close()
    yield
    with django_db_blocker.unblock():
        for alias in connections:
            connections[alias].close()
    _as_owner(name, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(quoted))


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of open data and published standards that tests read in place."""
    folder = Path(__file__).resolve().parent.parent.parent / "shared"
    if not folder.is_dir():
        pytest.skip("The shared folder of open data and standards is not beside this checkout.")
    return folder

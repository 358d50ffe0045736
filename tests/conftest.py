"""The database that tests share: made once by the owner, copied for each worker, and used as the web's role."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from hypothesis import settings as made_up
from pytest_django import DjangoDbBlocker

from tests import fresh_database

# `--hypothesis-profile nightly`: far more made-up input than there is time for on each change.
made_up.register_profile("nightly", max_examples=10_000, deadline=None)


def _copy_name(base: str, worker: str) -> str:
    return f"{base}_{worker}"


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Each worker gets a fresh database, migrated by the owner; tests then see it as the web's role does."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    name = _copy_name(settings.DATABASES["default"]["NAME"], f"test_{worker}")

    def connections_go_to(database: str) -> None:
        for alias in connections:
            connections[alias].close()
            connections[alias].settings_dict["NAME"] = database

    def migrate(database: str) -> None:
        with django_db_blocker.unblock():
            connections_go_to(database)
            call_command("migrate", database="owner", verbosity=0, interactive=False)
            connections["owner"].close()

    with fresh_database.copied(name, migrate):
        with django_db_blocker.unblock():
            connections_go_to(name)
        yield
        with django_db_blocker.unblock():
            connections_go_to(name)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of open data and published standards that tests read in place."""
    folder = Path(__file__).resolve().parent.parent.parent / "shared"
    if not folder.is_dir():
        pytest.skip("The shared folder of open data and standards is not beside this checkout.")
    return folder

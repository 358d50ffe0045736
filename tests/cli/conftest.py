"""Databases and checkouts of these tests' own; nothing here uses the database that the other tests share."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli import miniature
from tests.cli.running import Running
from wraparound.cli import places
from wraparound.cli.private_postgres import PrivatePostgres


@pytest.fixture(scope="module")
def open_folder() -> Iterator[Path]:
    """A folder that the database's account can reach, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp(prefix="wraparound-test-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def postgres(open_folder: Path) -> Iterator[PrivatePostgres]:
    server = PrivatePostgres(open_folder / "postgres")
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = miniature.make(tmp_path_factory.mktemp("checkout"))
    yield folder
    if os.geteuid() == 0:
        shutil.rmtree(places.SYSTEM_FOLDER / places.identity(folder), ignore_errors=True)


@pytest.fixture(scope="module")
def running(checkout: Path) -> Iterator[Running]:
    """One checkout, started and stopped by its tests in turn."""
    it = Running(checkout)
    yield it
    it.kill_all()

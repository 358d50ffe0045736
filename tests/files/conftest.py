from collections.abc import Iterator

import pytest

from tests.factories import World, make_world
from tests.files.scanner import running


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.fixture(scope="session")
def scanner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scanner that knows the harmless test file."""
    # A socket's path is short: the folder of the tests' own files is too deep for it.
    with running(tmp_path_factory.mktemp("c")) as address:
        yield address

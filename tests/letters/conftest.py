import pytest

from tests.advice.advising import Advised, advised


@pytest.fixture
def found() -> Advised:
    return advised()

"""The copied database of the tests is as new as the code: whatever a migration reads decides its name."""

import re
from pathlib import Path

import wraparound
from tests.fresh_database import DECIDING

PACKAGE = Path(wraparound.__file__).parent
IMPORTED = re.compile(r"^\s*(?:from|import) wraparound\.([\w.]+)", re.MULTILINE)


def test_all_that_migrations_import_of_ours_decides_which_database_is_copied() -> None:
    deciding = {path for pattern in DECIDING for path in PACKAGE.glob(pattern)}
    imported = {
        PACKAGE / name.replace(".", "/")
        for migration in PACKAGE.glob("*/migrations/*.py")
        for name in IMPORTED.findall(migration.read_text())
    }
    files = {path.with_suffix(".py") if path.with_suffix(".py").exists() else path / "__init__.py" for path in imported}
    assert files
    assert files <= deciding

"""The package decides from values alone: it imports no framework, and only the library reads files."""

import ast
import re
import sys
from pathlib import Path

import pytest

import wraparound.pathways

MODULES = sorted(Path(wraparound.pathways.__file__).parent.glob("*.py"))
ALLOWED = {"holidays", "stdnum", "wraparound"}


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_imports_little_beside_the_standard_library_and_its_own_package(path):
    for name in imported(path):
        top = name.split(".")[0]
        assert top in ALLOWED or top in sys.stdlib_module_names
        assert top != "wraparound" or name.startswith("wraparound.pathways")


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_only_the_library_reads_files_and_nothing_reads_the_clock(path):
    text = path.read_text(encoding="utf-8")
    assert path.stem == "library" or "read_text" not in text
    assert not re.search(r"\bopen\(|\.now\(|\.today\(|utcnow", text)

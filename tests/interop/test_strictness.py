"""A good Bundle broken in one way at a time: each is refused, naming the element and the reason."""

import json
import random
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.interop.samples import NHS_NUMBER, TODAY, body, bundle, changed, refused, understand
from wraparound.interop.fhir.intake import from_fhir
from wraparound.interop.fhir.operation_outcome import Malformed, to_fhir
from wraparound.interop.fhir.reading import read_bundle

PATIENT, REQUEST, CONSENT = (f"entry.{index}.resource" for index in range(3))
REQUIRED = "is required"
EMPTY = "is empty"
UNKNOWN = "is not an element of R4"
CODE = "is not one of the codes that R4 allows here"
FORM = "is not in the form that R4 gives this type"
NUMBER = "is outside the numbers that R4 allows here"
DAY = "is not a day that exists"
DATE = "is not a date: YYYY, YYYY-MM or YYYY-MM-DD"
DATE_TIME = "is not a date, or a date and time with seconds and an offset from UTC"
TYPE = "is not a resource type that belongs here"
TWO = "may have one type and has more"
EITHER = "must be given, or extensions instead of it, and not both"
URL_TWICE = {"url": "x", "valueCode": "x", "valueString": "y"}
URL_BESIDE = {"url": "x", "valueString": "y", "_valueCode": {"id": "e"}}
URL_BOTH = {"url": "x", "valueCode": "x", "extension": [{"url": "y", "valueCode": "z"}]}
NOBODY = {"family": "x", "given": [None, "y"], "_given": [None, {"id": "g"}]}
TWO_AUTHORS = {"text": "x", "authorString": "x", "authorReference": {"display": "y"}}

# Where it is broken, with what, what must be said; and of which element, where that is not where it is broken.
BROKEN: list[tuple[str, Any, str, str]] = [
    ("type", ..., REQUIRED, ""),
    ("type", "parcel", CODE, ""),
    ("total", -1, NUMBER, ""),
    ("total", 2**40, NUMBER, ""),
    ("total", 10**30, NUMBER, ""),
    ("total", "1", "must be a whole number, not a string", ""),
    ("total", 1.5, "must be a whole number, not a number", ""),
    ("nonsense", 1, UNKNOWN, ""),
    ("entry", [], EMPTY, ""),
    ("entry", {}, "must be an array, not an object", ""),
    ("entry.0", {}, EMPTY, ""),
    ("entry.0.resource.resourceType", "Patience", TYPE, ""),
    ("entry.0.resource.resourceType", ..., REQUIRED, ""),
    (f"{PATIENT}.id", "no spaces", FORM, ""),
    (f"{PATIENT}.id", "x" * 65, FORM, ""),
    (f"{PATIENT}.birthDate", "2026-02-30", DAY, ""),
    (f"{PATIENT}.birthDate", "1961-13", DAY, ""),
    (f"{PATIENT}.birthDate", "28/02/1961", DATE, ""),
    (f"{PATIENT}.birthDate", 1961, "must be a string", ""),
    (f"{PATIENT}._birthDate", "x", "must be an object, not a string", "birthDate"),
    (f"{PATIENT}.gender", "F", CODE, ""),
    (f"{PATIENT}.surname", "x", UNKNOWN, ""),
    (f"{PATIENT}.name", "Maya", "must be an array, not a string", ""),
    (f"{PATIENT}.name.0.family", "", FORM, ""),
    (f"{PATIENT}.name.0.family", "  ", FORM, ""),
    (f"{PATIENT}.name.0.family", "a\x00b", FORM, ""),
    (f"{PATIENT}.name.0.family", ["x"], "must be a string, not an array", ""),
    (f"{PATIENT}.name.0.family", None, EMPTY, ""),
    (f"{PATIENT}.name.0.given", [], EMPTY, ""),
    (f"{PATIENT}.name.0.given.1", None, EMPTY, ""),
    (f"{PATIENT}.name.0._given", [{"id": "g"}], "has another length than the extensions beside it", "name[0].given"),
    (f"{PATIENT}.name", [NOBODY], EMPTY, "name[0].given[0]"),
    (f"{PATIENT}.telecom.0.rank", 0, NUMBER, ""),
    (f"{PATIENT}.telecom.0.system", "telex", CODE, ""),
    (f"{PATIENT}.deceasedBoolean", "no", "must be true or false, not a string", "deceased"),
    (f"{PATIENT}.extension", [{"url": "x"}], EITHER, "extension[0].value"),
    (f"{PATIENT}.extension", [{"url": "x", "valueAddress": {}}], EMPTY, "extension[0].value"),
    (f"{PATIENT}.extension", [{"valueCode": "x"}], REQUIRED, "extension[0].url"),
    (f"{PATIENT}.extension", [URL_TWICE], TWO, "extension[0].value"),
    (f"{PATIENT}.extension", [URL_BOTH], EITHER, "extension[0].value"),
    (f"{PATIENT}.extension", [URL_BESIDE], TWO, "extension[0].value"),
    (f"{PATIENT}.communication.0.language", ..., REQUIRED, ""),
    (f"{PATIENT}.photo", [{"data": "not base64!"}], "is not base64", "photo[0].data"),
    (f"{PATIENT}.text", {"status": "generated", "div": "<p>x</p>"}, "is not an XHTML div", "text.div"),
    (f"{PATIENT}.contained", [{"resourceType": "Basic"}, {"id": "x"}], REQUIRED, "contained[1].resourceType"),
    (f"{PATIENT}.meta", {"lastUpdated": "2026-11-23"}, DATE_TIME.replace("a date, or ", ""), "meta.lastUpdated"),
    (f"{PATIENT}.meta", {"profile": ["two words"]}, FORM, "meta.profile[0]"),
    (f"{REQUEST}.status", ..., REQUIRED, ""),
    (f"{REQUEST}.status", "open", CODE, ""),
    (f"{REQUEST}.intent", ..., REQUIRED, ""),
    (f"{REQUEST}.intent", "wish", CODE, ""),
    (f"{REQUEST}.subject", ..., REQUIRED, ""),
    (f"{REQUEST}.subject", {}, EMPTY, ""),
    (f"{REQUEST}.priority", "high", CODE, ""),
    (f"{REQUEST}.authoredOn", "2026-11-23T09:30", DATE_TIME, ""),
    (f"{REQUEST}.authoredOn", "2026-11-31T09:30:00Z", DAY, ""),
    (f"{REQUEST}.doNotPerform", 1, "must be true or false, not a whole number", ""),
    (f"{REQUEST}.code.coding.0.code", " 1", FORM, ""),
    (
        f"{REQUEST}.quantityRatio",
        {"numerator": {"value": "1"}},
        "must be a number, not a string",
        "quantity.numerator.value",
    ),
    (f"{REQUEST}.note", [{"authorString": "x"}], REQUIRED, "note[0].text"),
    (f"{REQUEST}.note", [TWO_AUTHORS], TWO, "note[0].author"),
    (f"{CONSENT}.scope", ..., REQUIRED, ""),
    (f"{CONSENT}.category", ..., REQUIRED, ""),
    (f"{CONSENT}.status", "yes", CODE, ""),
    (f"{CONSENT}.provision", {"type": "maybe"}, CODE, "provision.type"),
    (f"{CONSENT}.provision", {"actor": [{"reference": {"display": "x"}}]}, REQUIRED, "provision.actor[0].role"),
    (f"{CONSENT}.verification", [{}], REQUIRED, "verification[0].verified"),
]


def fhirpath(path: str) -> str:
    return re.sub(r"\.([0-9]+)", r"[\1]", f"Bundle.{path}")


@pytest.mark.parametrize(("path", "value", "reason", "elements"), BROKEN)
def test_what_is_broken_is_named(path: str, value: Any, reason: str, elements: str) -> None:
    resource = fhirpath(path[: path.find("resource") + len("resource")])
    expected = [f"{resource}.{element}" for element in elements.split()] or [fhirpath(path)]
    issues = refused(changed(bundle(), path, value))
    assert [(issue.expression, issue.reason) for issue in issues] == [(element, reason) for element in expected]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (f"{PATIENT}.birthDate", "1961"),
        (f"{PATIENT}.birthDate", "1961-02"),
        (f"{PATIENT}.name.0._given", [None, {"id": "g"}]),
        (f"{PATIENT}.extension", [{"url": "x", "_valueString": {"id": "e"}}]),
        (f"{PATIENT}.extension", [{"url": "x", "valueString": "y", "_valueString": {"id": "e"}}]),
        (f"{PATIENT}._deceasedBoolean", {"id": "e"}),
        (f"{PATIENT}.contained", [{"resourceType": "Basic", "anything": {"at": ["all"]}}]),
        (f"{REQUEST}._status", {}),
        (f"{REQUEST}.occurrenceDateTime", "2026"),
        (f"{CONSENT}.verification", [{"verified": False}]),
    ],
)
def test_what_r4_allows_is_not_refused(path: str, value: Any) -> None:
    understand(changed(bundle(), path, value))


TWICE = body(bundle()).replace(b'"status": "active", "intent"', b'"status": "active", "status": "draft", "intent"')


@pytest.mark.parametrize(
    ("sent", "expression", "reason"),
    [
        (b"", "", "The body is not JSON in UTF-8"),
        (b"{", "", "The body is not JSON in UTF-8"),
        (b"\xff\xfe", "", "The body is not JSON in UTF-8"),
        (b'{"resourceType": "Bundle", "type": "collection"} {}', "", "The body is not JSON in UTF-8"),
        (b"[]", "Bundle", "must be an object, not an array"),
        (b'{"resourceType": "Patient"}', "Bundle.resourceType", "is not a resource type that belongs here"),
        (b'{"resourceType": "Bundle", "type": "collection", "Maya": 1}', "Bundle.Maya", "is not an element of R4"),
        (b'{"resourceType": "Bundle", "Maya Zebedee": 1}', "Bundle", "has an element that R4 does not have"),
        (TWICE, "Bundle.entry[1].resource.status", "is given twice"),
        (
            b'{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Basic","a":{}}}]}',
            "Bundle.entry[0].resource.a",
            "is empty",
        ),
    ],
)
def test_what_is_not_even_fhir(sent: bytes, expression: str, reason: str) -> None:
    assert [(issue.expression, issue.reason) for issue in refused(sent)] == [(expression, reason)]


@pytest.mark.parametrize("nest", ['{"extension":[', '{"contained":[', "[", '{"a":'])
def test_endless_nesting_is_refused(nest: str) -> None:
    start = '{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Basic","x":'
    refused((start + nest * 50_000).encode())
    closing = "".join({"[": "]", "{": "}"}[char] for char in reversed(nest) if char in "[{")
    refused((start + nest * 50_000 + "1" + closing * 50_000 + "}}]}").encode())
    url = '"url":"x",' if "extension" in nest else ""
    deep = nest.replace("{", "{" + url, 1) * 50_000
    refused((start.replace("Basic", "Patient").replace('"x":', '"extension":[') + deep).encode())


def leaves(value: Any, path: str = "") -> list[str]:
    if isinstance(value, dict):
        return [leaf for name, one in value.items() for leaf in leaves(one, f"{path}.{name}")] + [path]
    if isinstance(value, list):
        return [leaf for index, one in enumerate(value) for leaf in leaves(one, f"{path}.{index}")] + [path]
    return [path]


PLACES = [path[1:] for path in leaves(bundle()) if path]
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["", "2026-02-30", "1", "x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=5,
)


@settings(max_examples=400, deadline=None)
@given(path=st.sampled_from(PLACES), value=VALUES | st.just(...))
def test_anything_anywhere_is_taken_or_refused_and_never_repeated(path: str, value: Any) -> None:
    """Whatever stands in for whatever, the answer is an intake or issues, and no issue repeats what was sent."""
    document = changed(bundle(), path, value)
    try:
        understood = from_fhir(read_bundle(body_with_surrogates(document)), TODAY)
    except Malformed as fault:
        said = str(to_fhir(fault.issues))
        assert fault.issues
        for private in ("Zebedee", "Maya", NHS_NUMBER, "07700", "maya@", "Elm Street", "rent"):
            assert private not in said
    else:
        assert understood.intake.agreed.how is not None
        assert understood.intake.person is not None
        assert understood.intake.needs


def body_with_surrogates(document: Any) -> bytes:
    """As `body`; what cannot be UTF-8 is escaped, as a careless sender would."""
    return json.dumps(document).encode()


def test_the_order_of_resources_does_not_matter() -> None:
    document = bundle()
    random.Random(1).shuffle(document["entry"])
    assert understand(document).intake.person == understand(bundle()).intake.person

"""Everything that is read from other programs is understood or refused, whatever it is."""

import json
import tomllib
from datetime import date
from urllib.parse import quote

import msgspec
import pytest
from django.test import Client
from hypothesis import given as gives
from hypothesis import strategies as st

from tests.fuzz.inputs import ODD, asked, texts
from tests.interop.samples import TODAY, bundle
from wraparound.interop.fhir.intake import from_fhir
from wraparound.interop.fhir.operation_outcome import Malformed, NotAcceptable, to_fhir
from wraparound.interop.fhir.reading import read_bundle
from wraparound.interop.importing.practices import practices_in
from wraparound.organisations.importing.table import NotATable, rows_of
from wraparound.pathways import library
from wraparound.pathways.faults import DefinitionFaults
from wraparound.pathways.reader import from_tree, read
from wraparound.referrals.call_rows import read_people

Json = dict[str, object] | list[object] | str | int | float | bool | None
trees = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(texts, inside, max_size=4),
    max_leaves=12,
)
GOOD = bundle()


def places(tree: Json, before: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """The way to every value in a tree."""
    inside = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [before, *(way for key, value in inside for way in places(value, (*before, key)))]  # type: ignore[arg-type]


def put(tree: Json, way: tuple[object, ...], value: object) -> Json:
    """A copy of the tree with another value there."""
    if not way:
        return value  # type: ignore[return-value]
    copy = tree.copy()  # type: ignore[union-attr]
    copy[way[0]] = put(copy[way[0]], way[1:], value)  # type: ignore[index,call-overload]
    return copy


PLACES = places(GOOD)


@asked(150, 3_000)
@gives(st.sampled_from(PLACES), trees)
def test_a_bundle_is_understood_or_refused(way: tuple[object, ...], value: object) -> None:
    sent = json.dumps(put(GOOD, way, value)).encode("utf-8", "replace")
    try:
        understood = from_fhir(read_bundle(sent), TODAY)
    except (Malformed, NotAcceptable) as refused:
        assert msgspec.json.encode(to_fhir(refused.issues))
    else:
        assert understood.intake.person is not None


@asked(50, 1_000)
@gives(st.binary(max_size=300) | trees.map(lambda tree: json.dumps(tree).encode("utf-8", "replace")))
def test_what_is_no_bundle_is_refused(sent: bytes) -> None:
    with pytest.raises((Malformed, NotAcceptable)):
        from_fhir(read_bundle(sent), TODAY)


def test_a_deep_tree_is_refused() -> None:
    for sent in (b"[" * 100_000, b'{"entry":' * 50_000 + b"1" + b"}" * 50_000):
        with pytest.raises((Malformed, NotAcceptable)):
            read_bundle(sent)


cells = st.one_of(texts, st.sampled_from(['"', '""', ",", "\n", "\r", "A12345", "E3 4QX", "07700 900123", "3/7/1968"]))
HEADS = (
    "name,birth date,NHS number,phone,language",
    "practice_code,practice_name,postcode,lat,lng,list_size",
    "name,email",
)


@asked(120, 3_000)
@gives(
    st.sampled_from(HEADS), st.lists(st.lists(cells, max_size=7), max_size=5), st.sampled_from([",", ";", "\t", '","'])
)
def test_a_table_is_read_or_refused(head: str, rows: list[list[str]], between: str) -> None:
    """Every good row of it holds only what may be kept."""
    text = "\n".join([head, *(between.join(row) for row in rows)])
    content = text.encode("utf-8", "surrogatepass")
    found = read_people(text, today=date(2026, 11, 23))
    assert all(row.details.given_names or row.details.family_name for row in found.good)
    for reader in (practices_in, lambda given: rows_of(given, ("name", "email"))):
        try:
            reader(content)
        except NotATable as refused:
            assert str(refused)


@asked(60, 1_500)
@gives(st.binary(max_size=400))
def test_a_file_of_anything_is_read_or_refused(content: bytes) -> None:
    for reader in (practices_in, lambda given: rows_of(given, ("name",))):
        try:
            reader(content)
        except NotATable as refused:
            assert str(refused)


TREES = {name: tomllib.loads((library.FOLDER / f"{name}.toml").read_text()) for name in library.names()}
WAYS = [(name, way) for name, tree in TREES.items() for way in places(tree)]


@asked(120, 3_000)
@gives(st.sampled_from(WAYS), trees)
def test_a_pathway_is_read_or_every_fault_of_it_is_said(where: tuple[str, tuple[object, ...]], value: object) -> None:
    name, way = where
    try:
        from_tree(put(TREES[name], way, value), "a.toml")  # type: ignore[arg-type]
    except DefinitionFaults as refused:
        assert refused.faults and all(str(fault) for fault in refused.faults)


@asked(50, 500)
@gives(texts)
def test_a_pathway_of_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(DefinitionFaults):
        read(text, "a.toml")


@pytest.mark.django_db
@pytest.mark.parametrize("text", [*ODD, "1:" + "x" * 4_000, "%2e%2e", "-1:1", "1:1:1", "9" * 30 + ":x"])
def test_a_link_of_anything_leads_nowhere(text: str) -> None:
    """The tokens of links: of launches, invitations and new passwords; and references."""
    shown = quote(text.encode("utf-8", "surrogatepass"), safe="")
    for address in (
        "/refer/launch/{}/",
        "/invitation/{}/",
        "/sign-in/new-password/{}/",
        "/journey/{}/",
        "/signposts/{}/",
    ):
        assert Client(raise_request_exception=False).get(address.format(shown)).status_code in (200, 302, 400, 404)

"""Published versions are kept for ever. `published/<name>.<version>.<hash>.json` holds each one as it was published.

To publish a changed library file, raise its `version` and add the new file beside the old ones; never change one.
"""

import json
from pathlib import Path

import pytest

from wraparound.pathways import library
from wraparound.pathways.canonical import format_of, from_canonical_json, sha256, to_canonical_json
from wraparound.pathways.faults import DefinitionFaults

PUBLISHED = sorted((Path(__file__).parent / "published").glob("*.json"))


def kept() -> dict[tuple[str, int], str]:
    """The hash of each published name and version."""
    parts = [path.stem.rsplit(".", 2) for path in PUBLISHED]
    return {(name, int(version)): digest for name, version, digest in parts}


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.name[:30])
def test_every_published_version_loads_and_keeps_its_hash(path):
    text = path.read_text(encoding="utf-8")
    _, version, digest = path.stem.rsplit(".", 2)
    pathway = from_canonical_json(text, path.name)
    assert pathway.version == int(version)
    assert to_canonical_json(pathway) == text
    assert sha256(pathway) == digest


@pytest.mark.parametrize("path", PUBLISHED, ids=lambda path: path.name[:30])
def test_a_published_version_is_still_a_whole_pathway(path):
    """What format 1 did not know is filled in so that nothing waits, is told about or booked."""
    text = path.read_text(encoding="utf-8")
    pathway = from_canonical_json(text, path.name)
    assert format_of(pathway) == json.loads(text)["format"]
    if format_of(pathway) == 1:
        for terms in pathway.services:
            assert (terms.appointment, terms.when_full, terms.longest_wait) == (None, (), pathway.timeouts.close)
        assert not any(route.signpost or route.session for _, route in pathway.entries)
    else:
        assert all(terms.appointment for terms in pathway.services)


def test_format_1_is_read_without_what_came_later():
    (path,) = (each for each in PUBLISHED if each.name.startswith("both-at-once.1."))
    tree = json.loads(path.read_text(encoding="utf-8"))
    tree["services"]["welfare_advice"]["appointment"] = "10 working days"
    tree["entries"]["clinician"]["session"] = True
    tree["entries"]["self"] = {"like": "clinician"}
    with pytest.raises(DefinitionFaults) as raised:
        from_canonical_json(json.dumps(tree))
    assert {"services.welfare_advice.appointment", "entries.clinician.session", "entries.self.like"} <= {
        fault.key for fault in raised.value.faults
    }


def test_a_null_is_a_key_that_is_missing():
    tree = json.loads(to_canonical_json(library.load("both-at-once")))
    tree["title"] = tree["services"]["welfare_advice"]["appointment"] = None
    with pytest.raises(DefinitionFaults) as raised:
        from_canonical_json(json.dumps(tree))
    assert [fault.key for fault in raised.value.faults] == ["title", "services.welfare_advice.appointment"]


@pytest.mark.parametrize("name", library.names())
def test_a_library_file_is_published_and_unchanged(name):
    pathway = library.load(name)
    assert kept().get((name, pathway.version)) == sha256(pathway), (
        f"{name} version {pathway.version} is not as published: raise its version and add tests/pathways/published/"
        f"{name}.{pathway.version}.{sha256(pathway)}.json"
    )


def test_one_file_for_each_published_version():
    assert len(kept()) == len(PUBLISHED) >= 2


@pytest.mark.parametrize("name", library.names())
def test_canonical_json_is_sorted_without_spaces_and_reads_back(name):
    pathway = library.load(name)
    text = to_canonical_json(pathway)
    assert from_canonical_json(text) == pathway
    assert text == json.dumps(json.loads(text), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hash(pathway) == hash(from_canonical_json(text))


def test_the_order_in_which_a_file_is_written_does_not_matter():
    name = "both-at-once"
    tree = json.loads(to_canonical_json(library.load(name)))
    tree["urgent"]["when"].reverse()
    tree["services"] = dict(reversed(tree["services"].items()))
    tree["entries"] = dict(reversed(tree["entries"].items()))
    assert sha256(from_canonical_json(json.dumps(tree, indent=2))) == sha256(library.load(name))


def test_every_interval_is_kept_as_its_own():
    tree = json.loads(to_canonical_json(library.load("both-at-once")))
    own = iter(range(1, 100))
    for table in (tree["urgent"], *tree["services"].values(), tree["timeouts"], *tree["handover"]):
        for key, value in table.items():
            if isinstance(value, str) and "working day" in value:
                number = next(own)
                table[key] = f"{number} working day{'s' if number > 1 else ''}"
    # Such intervals need not agree with each other to be kept; the reader's own checks are tested elsewhere.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("wraparound.pathways.reader.check", lambda pathway, faults: None)
        text = json.dumps(tree, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        assert to_canonical_json(from_canonical_json(text)) == text


def test_an_unknown_format_is_refused_however_good_the_rest_is():
    text = to_canonical_json(library.load("both-at-once"))
    with pytest.raises(DefinitionFaults, match="format"):
        from_canonical_json(text.replace('"format":2', '"format":3'))


@pytest.mark.parametrize(
    "text",
    ["{}", "[]", "3", "not json", '{"format":2}', '{"format":3}', '{"format":"1"}', '{"format":true}', '{"format":0}'],
)
def test_what_was_never_written_so_is_refused(text):
    with pytest.raises(DefinitionFaults):
        from_canonical_json(text)

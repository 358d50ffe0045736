"""Nothing can change in a pathway without a line that says so."""

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.pathways.test_reader import changed
from wraparound.pathways import library
from wraparound.pathways.canonical import from_canonical_json, to_canonical_json
from wraparound.pathways.differences import Difference, Part, differences, part_of
from wraparound.pathways.reader import from_tree
from wraparound.pathways.vocabulary import Nation

BOTH = library.load("both-at-once")
OTHER_WORDS = ("needs_both", "social_prescribing", "welfare_advice", "issue_resolved", "wales", "tell_referrer")


def changes_of(value: object) -> list[object]:
    """Other values that this one could have been."""
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1]
    if isinstance(value, str):
        found = ["2 hours" if value == "1 hour" else "1 hour"] if value.endswith("hours") else []
        return [*found, "259 working days", *[word for word in OTHER_WORDS if word != value], f"{value} more"]
    return []


def altered(tree: object) -> Iterator[object]:
    """Every tree that differs from this one in one leaf, or by one thing left out."""
    inner = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, value in inner:
        for other in (*changes_of(value), *altered(value)):
            copy = dict(tree) if isinstance(tree, dict) else list(tree)
            copy[key] = other
            yield copy
        if isinstance(tree, list):
            yield [each for at, each in enumerate(tree) if at != key]
            yield [tree[key], *(each for at, each in enumerate(tree) if at != key)]
        else:
            yield {name: each for name, each in tree.items() if name != key}


@pytest.mark.parametrize("name", ["reception-booking", "signpost-only"])
def test_whatever_changes_is_said(name, monkeypatch):
    """Each part is changed by itself; the parts then need not agree with each other."""
    monkeypatch.setattr("wraparound.pathways.reader.check", lambda pathway, faults: None)
    pathway = library.load(name)
    tree = json.loads(to_canonical_json(pathway))
    tried = 0
    for other_tree in altered({key: value for key, value in tree.items() if key not in ("format", "version")}):
        try:
            other = from_tree({"version": pathway.version, **other_tree}, name)
        except ValueError:
            continue
        tried += 1
        assert (differences(pathway, other) == ()) is (other == pathway), other_tree
    assert tried > 200


@pytest.mark.parametrize("name", library.names())
def test_the_same_pathway_differs_in_nothing_whatever_its_version(name):
    pathway = library.load(name)
    assert differences(pathway, from_canonical_json(to_canonical_json(replace(pathway, version=99)))) == ()


def test_a_first_pathway_is_new_in_everything():
    found = differences(None, BOTH)
    assert {each.was for each in found} == {"not there"}
    assert found[0] == Difference("Title", "not there", "Both at once")
    assert len({each.where for each in found}) == len(found)


@pytest.mark.parametrize("name", library.names())
def test_every_line_but_four_is_about_something_of_its_own(name):
    others = [each.where for each in differences(None, library.load(name)) if part_of(each) is Part.CALLED]
    assert others == ["Title", "Nation", "Summary", "The person is asked"]


def test_what_changed_is_said_in_plain_words_and_in_reading_order():
    after = from_tree(
        changed(
            ("nation", "northern_ireland"),
            ("entries.reception.session", True),
            ("entries.call_list", None),
            ("urgent.when", [flag for flag in BOTH.urgent.when if flag != "bailiffs_due"]),
            ("services.welfare_advice.first_contact", "3 working days"),
            ("services.welfare_advice.when_full", []),
            ("handover.0.warm", False),
            ("handover.1.at", "issue_resolved"),
        ),
        "some.toml",
    )
    assert [(each.where, each.was, each.becomes) for each in differences(BOTH, after)] == [
        ("Nation", "England", "Northern Ireland"),
        ("Reception refers",
         "welfare advice when advice is ticked or needed; social prescribing when a need for a link worker is named; "
         "social prescribing when nothing else is reached",
         "welfare advice when advice is ticked or needed; social prescribing when a need for a link worker is named; "
         "social prescribing when nothing else is reached; a session is booked at once"),
        ("Somebody is rung from a call list",
         "social prescribing for every referral; welfare advice when “welfare advice” is ticked", "taken out"),
        ("Urgent: when",
         "immediate danger, nowhere to sleep tonight, no food, an eviction date within 14 days, income that has "
         "stopped, bailiffs due and a legal deadline near",
         "immediate danger, nowhere to sleep tonight, no food, an eviction date within 14 days, income that has "
         "stopped and a legal deadline near"),
        ("Welfare advice: first contact", "within 5 working days", "within 3 working days"),
        ("Welfare advice: when full",
         "offers the next nearest team, then buys a place elsewhere where the two services are paid for together, then "
         "puts the person on the waiting list, then tells the referrer", "sent all the same"),
        ("Hand-over from social prescribing to welfare advice: the workers speak", "yes", "no"),
        ("Hand-over from welfare advice to social prescribing: moment", "after the first appointment",
         "when the problem is resolved"),
    ]  # fmt: skip


def test_one_pathway_for_another_says_every_difference():
    found = differences(library.load("link-worker-first"), replace(BOTH, nation=Nation.SCOTLAND))
    assert {"Title", "Nation", "Summary", "A clinician refers", "Social prescribing: first contact"} <= {
        each.where for each in found
    }

"""The form in which a published version is kept for ever: JSON with sorted keys and no spaces, and its SHA-256.

`format` numbers the shape of the tree. A later shape gets a later number and its own way back into a Pathway; a
number once given is never changed and never dropped. Format 1 knew no appointments, no waiting list, no signposts and
no sessions; a pathway that was read from it is written in it again, so that its hash can always be proved.
"""

import hashlib
import json
from collections.abc import Iterable
from enum import StrEnum

from wraparound.pathways.definition import Also, Handover, Pathway, Route, SameDay, ServiceTerms, Timeouts, Urgent
from wraparound.pathways.faults import DefinitionFaults, Fault
from wraparound.pathways.reader import FORMAT, from_tree

__all__ = ["FORMAT", "format_of", "from_canonical_json", "sha256", "to_canonical_json", "tree_of"]


def to_canonical_json(pathway: Pathway) -> str:
    """The pathway as canonical JSON. The same pathway always gives the same text."""
    tree = {"format": format_of(pathway), **tree_of(pathway)}
    return json.dumps(tree, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def from_canonical_json(text: str, file: str = "published version") -> Pathway:
    """The pathway that `to_canonical_json` wrote, of whatever format; raises DefinitionFaults."""
    try:
        tree = json.loads(text)
    except ValueError as reason:
        raise DefinitionFaults([Fault(file, "", f"This is not JSON: {reason}.")]) from reason
    kept = tree.pop("format", None) if isinstance(tree, dict) else None
    if type(kept) is not int or not 1 <= kept <= FORMAT:
        raise DefinitionFaults([Fault(file, "format", f"Give a format that is known, from 1 to {FORMAT}.")])
    return from_tree(tree, file, format=kept)


def sha256(pathway: Pathway) -> str:
    """The hex SHA-256 of the canonical JSON in UTF-8."""
    return hashlib.sha256(to_canonical_json(pathway).encode()).hexdigest()


def format_of(pathway: Pathway) -> int:
    """The format that a pathway is kept in: only the first promises no appointment."""
    return 1 if all(terms.appointment is None for terms in pathway.services) else FORMAT


def tree_of(pathway: Pathway, format: int | None = None) -> dict[str, object]:
    """The tree that `reader.from_tree` reads back, in the pathway's own format or the one given.

    Where a later format asks for more than the pathway says, there is None for the reader to refuse.
    """
    format = format or format_of(pathway)
    return {
        "title": pathway.title,
        "version": pathway.version,
        "nation": pathway.nation.value,
        "summary": pathway.summary,
        "entries": {entry.value: _route(route, format) for entry, route in pathway.entries},
        "same_day": _same_day(pathway.same_day),
        "urgent": _urgent(pathway.urgent),
        "services": {terms.service.value: _terms(terms, format) for terms in pathway.services},
        "timeouts": _timeouts(pathway.timeouts),
        "handover": [_handover(handover) for handover in pathway.handover],
        "consent": {"needed": _sorted(pathway.consent.needed)},
    }


def _sorted(words: Iterable[StrEnum]) -> list[str]:
    return sorted(word.value for word in words)


def _route(route: Route, format: int) -> dict[str, object]:
    tree: dict[str, object] = {
        "to": [service.value for service in route.to],
        "also": _alsos(route.also),
        "otherwise": [service.value for service in route.otherwise],
    }
    return tree if format == 1 else tree | {"signpost": _alsos(route.signpost), "session": route.session}


def _alsos(alsos: Iterable[Also]) -> list[dict[str, str]]:
    return [{"service": also.service.value, "when": also.when.value} for also in alsos]


def _same_day(same_day: SameDay) -> dict[str, object]:
    return {
        "when": _sorted(same_day.when),
        "help": str(same_day.help),
        "do_now": {flag.value: sentence for flag, sentence in same_day.do_now},
    }


def _urgent(urgent: Urgent) -> dict[str, object]:
    return {
        "when": _sorted(urgent.when),
        "to": [service.value for service in urgent.to],
        "answer": str(urgent.answer),
        "contact": str(urgent.contact),
        "try_again": str(urgent.try_again),
        "review": str(urgent.review),
        "acknowledge": str(urgent.acknowledge),
        "supervisor": str(urgent.supervisor),
        "give_back": str(urgent.give_back),
    }


def _terms(terms: ServiceTerms, format: int) -> dict[str, object]:
    tree: dict[str, object] = {
        "answer": str(terms.answer),
        "first_contact": str(terms.first_contact),
        "attempts": terms.attempts,
        "try_again": str(terms.try_again),
        "review": str(terms.review),
    }
    if format == 1:
        return tree
    return tree | {
        "appointment": str(terms.appointment) if terms.appointment else None,
        "when_full": [word.value for word in terms.when_full],
        "longest_wait": str(terms.longest_wait),
    }


def _timeouts(timeouts: Timeouts) -> dict[str, object]:
    return {
        "acknowledge": str(timeouts.acknowledge),
        "supervisor": str(timeouts.supervisor),
        "give_back": str(timeouts.give_back),
        "close": str(timeouts.close),
        "catch_up": str(timeouts.catch_up),
    }


def _handover(handover: Handover) -> dict[str, object]:
    return {
        "from": handover.from_service.value,
        "to": handover.to_service.value,
        "at": handover.at.value,
        "within": str(handover.within),
        "warm": handover.warm,
        "expected": handover.expected.value,
    }

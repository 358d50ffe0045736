"""What a new version of a pathway changes, line by line in plain words, for whoever publishes it or agrees to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from wraparound.pathways import phrases, words
from wraparound.pathways.definition import Handover, Pathway, ServiceTerms
from wraparound.pathways.vocabulary import ConsentFor, Service

NOT_THERE, TAKEN_OUT = "not there", "taken out"

_CONSENT = {
    ConsentFor.SHARE_BETWEEN_SERVICES: "to share between the services",
    ConsentFor.TELL_REFERRER_OUTCOME: "to tell the referrer how it ended",
    ConsentFor.READ_HEALTH_RECORD: "for the adviser to read the health record",
    ConsentFor.ONWARD_REFERRAL: "to refer on to a named organisation",
    ConsentFor.CONTACT_FOR_FEEDBACK: "to be asked how it went",
    ConsentFor.USE_IN_RESEARCH: "to use in research or evaluation",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that changes: where in the pathway, what it was ("not there"), what it becomes ("taken out")."""

    where: str
    was: str
    becomes: str


class Part(StrEnum):
    """What a line of a pathway is about, in the order in which somebody asks."""

    WHERE_TO = "Where people go"
    CANNOT_WAIT = "What cannot wait"
    PROMISED = "What each service promises"
    NOBODY_ACTS = "When nobody acts"
    HAND_OVERS = "Hand-overs"
    CALLED = "Its name and summary, and what people are asked"


def part_of(difference: Difference) -> Part:
    """The part that a line stands in."""
    name = difference.where.partition(":")[0]
    if name in words.ENTRIES.values():
        return Part.WHERE_TO
    if name in {service.label for service in Service}:
        return Part.PROMISED
    if name.startswith("Hand-over"):
        return Part.HAND_OVERS
    parts = {"Same day": Part.CANNOT_WAIT, "Urgent": Part.CANNOT_WAIT}
    parts |= {"If nobody acts": Part.NOBODY_ACTS, "Taken up late": Part.NOBODY_ACTS}
    return parts.get(name, Part.CALLED)


def differences(before: Pathway | None, after: Pathway) -> tuple[Difference, ...]:
    """Everything that differs but the version number, in reading order; everything there is when `before` is None."""
    old = dict(_lines(before)) if before is not None else {}
    new = dict(_lines(after))
    places = list(new)
    for at, place in enumerate(old):
        if place not in new:
            earlier = [known for known in list(old)[:at] if known in places]
            places.insert(places.index(earlier[-1]) + 1 if earlier else 0, place)
    return tuple(
        Difference(place, old.get(place, NOT_THERE), new.get(place, TAKEN_OUT))
        for place in places
        if old.get(place) != new.get(place)
    )


def _lines(pathway: Pathway) -> Iterator[tuple[str, str]]:
    """Every part of a pathway as (where, what it says), in reading order; no two share a place."""
    yield "Title", pathway.title
    yield "Nation", pathway.nation.replace("_", " ").title()
    yield "Summary", pathway.summary
    for entry, route in pathway.entries:
        yield words.ENTRIES[entry], phrases.route(route)
    yield from _same_day(pathway)
    yield from _urgent(pathway)
    for terms in pathway.services:
        yield from _terms(terms)
    yield from _timeouts(pathway)
    if len(pathway.handover) > 1:
        yield "Hand-overs, in order", words.listed([_between(handover) for handover in pathway.handover])
    for handover in pathway.handover:
        yield from _handover(handover)
    yield (
        "The person is asked",
        words.listed([said for word, said in _CONSENT.items() if word in pathway.consent.needed]),
    )


def _same_day(pathway: Pathway) -> Iterator[tuple[str, str]]:
    yield "Same day: when", words.flags(pathway.same_day.when)
    yield "Same day: help", f"within {pathway.same_day.help}"
    for flag, said in pathway.same_day.do_now:
        yield f"Same day: what the referrer does now about {words.FLAGS[flag]}", said


def _urgent(pathway: Pathway) -> Iterator[tuple[str, str]]:
    urgent = pathway.urgent
    yield "Urgent: when", words.flags(urgent.when)
    yield "Urgent: goes to", words.listed([service.label.lower() for service in urgent.to])
    yield "Urgent: answer", f"within {urgent.answer}"
    yield "Urgent: first contact", f"within {urgent.contact}"
    yield "Urgent: between two tries", str(urgent.try_again)
    yield "Urgent: longest silence on an open case", str(urgent.review)
    yield "Urgent: the referrer reads an answer", f"within {urgent.acknowledge}"
    yield "Urgent: the supervisor steps in", f"within {urgent.supervisor}"
    yield "Urgent: goes back to the referrer", f"after another {urgent.give_back}"


def _terms(terms: ServiceTerms) -> Iterator[tuple[str, str]]:
    name = terms.service.label
    yield f"{name}: answer", f"within {terms.answer}"
    yield f"{name}: first contact", f"within {terms.first_contact}"
    yield f"{name}: first appointment", f"within {terms.appointment}" if terms.appointment else "not promised"
    yield f"{name}: tries before contact is lost", str(terms.attempts)
    yield f"{name}: between two tries", str(terms.try_again)
    yield f"{name}: longest silence on an open case", str(terms.review)
    yield f"{name}: when full", phrases.when_full(terms.when_full) or "sent all the same"
    yield f"{name}: on the waiting list", f"at most {terms.longest_wait}"


def _timeouts(pathway: Pathway) -> Iterator[tuple[str, str]]:
    timeouts = pathway.timeouts
    yield "If nobody acts: the referrer reads an answer", f"within {timeouts.acknowledge}"
    yield "If nobody acts: the supervisor steps in", f"within {timeouts.supervisor}"
    yield "If nobody acts: it goes back to the referrer", f"after another {timeouts.give_back}"
    yield "If nobody acts: it is closed", f"after another {timeouts.close}"
    yield "Taken up late: due", f"within {timeouts.catch_up}"


def _between(handover: Handover) -> str:
    return f"{handover.from_service.label.lower()} to {handover.to_service.label.lower()}"


def _handover(handover: Handover) -> Iterator[tuple[str, str]]:
    name = f"Hand-over from {_between(handover)}"
    yield f"{name}: moment", words.MOMENTS[handover.at]
    yield f"{name}: expected for", words.WHEN[handover.expected]
    yield f"{name}: usually", f"within {handover.within} of first contact"
    yield f"{name}: the workers speak", "yes" if handover.warm else "no"

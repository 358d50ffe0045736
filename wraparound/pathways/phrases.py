"""Parts of a pathway in plain English, for its drawing, its reference page and the list of what a change changes."""

from collections.abc import Iterable
from itertools import groupby

from wraparound.pathways import words
from wraparound.pathways.conditions import Condition
from wraparound.pathways.definition import Also, Pathway, Route, ServiceTerms
from wraparound.pathways.vocabulary import Entry, Model, Service, WhenFull

_REASONS = {Condition(f"clinical_{reason}"): phrase for reason, phrase in words.REASONS.items()}


def route(each: Route) -> str:
    """Where a route leads, as one phrase: “welfare advice when advice is ticked or needed; …”."""
    parts = [f"{service.label.lower()} for every referral" for service in each.to]
    parts += _each(each.also, "")
    parts += [f"{service.label.lower()} when nothing else is reached" for service in each.otherwise]
    parts += _each(each.signpost, "told about ")
    if each.session:
        parts.append("a session is booked at once")
    return "; ".join(parts)


def _each(alsos: tuple[Also, ...], before: str) -> list[str]:
    """Each service of a list with when, in the list's own order; neighbours that differ by clinical reason in one."""
    said: list[str] = []
    for service, near in groupby(alsos, key=lambda also: (also.service, also.when in _REASONS)):
        name = f"{before}{service[0].label.lower()}"
        said += [f"{name} {when}" for when in conditions(tuple(near), service[0])]
    return said


def _when(condition: Condition) -> str:
    return "every time" if condition is Condition.ALWAYS else words.WHEN[condition]


def conditions(alsos: Iterable[Also], service: Service) -> tuple[str, ...]:
    """When one service is reached, or told about, each as a phrase; the clinical reasons together in one."""
    named = [also.when for also in alsos if also.service is service]
    reasons = [_REASONS[when] for when in named if when in _REASONS]
    said = [_when(when) for when in named if when not in _REASONS]
    if reasons:
        said.insert(0, f"when the reason is {words.either(reasons)}")
    return tuple(dict.fromkeys(said))


def ways_in(pathway: Pathway) -> tuple[tuple[tuple[Entry, ...], Route], ...]:
    """The entries that share a route, with it, in the vocabulary's order of the first of them."""
    found: dict[Route, list[Entry]] = {}
    for entry, each in pathway.entries:
        found.setdefault(each, []).append(entry)
    return tuple((tuple(entries), each) for each, entries in found.items())


def when_full(words_tried: tuple[WhenFull, ...]) -> str:
    """What is tried when there is no place: “offers the next nearest team, then tells the referrer”."""
    return ", then ".join(words.WHEN_FULL[word] for word in words_tried)


def full(terms: ServiceTerms) -> tuple[str, ...]:
    """What a service does when it has no place, as phrases with a capital; none in a pathway that does not say."""
    if not terms.when_full:
        return ()
    said = [f"When full: {when_full(terms.when_full)}"]
    if WhenFull.WAITING_LIST in terms.when_full:
        said.append(f"At most {terms.longest_wait} on the waiting list")
    return tuple(said)


MODELS = {
    Model.SEPARATE: "Two services with their own teams, places and records; one refers on to the other.",
    Model.CO_LOCATED: "Two services in one place, whose workers speak and introduce the person.",
    Model.CO_FUNDED: "Two services paid for together, which may buy a place elsewhere when they are full.",
    Model.SINGLE: "One service, whose hybrid workers do both.",
}

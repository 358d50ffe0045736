"""What a scheme may set over a pathway without writing one: promises, what is urgent, and when services hand over.

The values are read and written as JSON. Faults carry keys that a form can map to its fields: `version`,
`services.<service>.first_contact` and so on, `urgent_when`, `urgent_contact`, `handover.<from>.<to>`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wraparound.pathways import words
from wraparound.pathways.canonical import FORMAT, tree_of
from wraparound.pathways.definition import Duration, Pathway, Unit
from wraparound.pathways.differences import Difference, differences
from wraparound.pathways.faults import DefinitionFaults, Fault, FaultList
from wraparound.pathways.reader import MOST_ATTEMPTS, from_tree
from wraparound.pathways.table import Table
from wraparound.pathways.vocabulary import HandoverAt, Nation, Service, UrgentFlag, WhenFull

__all__ = [
    "Difference",
    "Parameters",
    "ServiceParameters",
    "differences",
    "from_json",
    "parameters_of",
    "to_json",
    "with_parameters",
]

FILE = "parameters"


@dataclass(frozen=True, slots=True)
class ServiceParameters:
    """What a scheme sets of one service's terms; see `definition.ServiceTerms`."""

    answer: Duration
    first_contact: Duration
    appointment: Duration | None
    attempts: int
    when_full: tuple[WhenFull, ...]


@dataclass(frozen=True, slots=True)
class Parameters:
    """What a scheme sets. A service or hand-over that is not named keeps what the pathway says."""

    services: Mapping[Service, ServiceParameters]
    urgent_when: frozenset[UrgentFlag]
    urgent_contact: Duration
    handover: Mapping[tuple[Service, Service], HandoverAt]


def parameters_of(pathway: Pathway) -> Parameters:
    """What is set in a pathway as it stands."""
    return Parameters(
        services={
            terms.service: ServiceParameters(
                terms.answer, terms.first_contact, terms.appointment, terms.attempts, terms.when_full
            )
            for terms in pathway.services
        },
        urgent_when=pathway.urgent.when,
        urgent_contact=pathway.urgent.contact,
        handover={(each.from_service, each.to_service): each.at for each in pathway.handover},
    )


def with_parameters(pathway: Pathway, parameters: Parameters, *, version: int, nation: Nation) -> Pathway:
    """The pathway with these set, as another version for this nation; DefinitionFaults with everything wrong.

    The time to answer something urgent shrinks with what is set, so that no scheme has to set it.
    """
    faults = FaultList(FILE)
    tree = tree_of(pathway, FORMAT) | {"version": version, "nation": nation.value}
    tree["services"] = _services(_inside(tree["services"]), parameters.services, faults)
    tree["urgent"] = _inside(tree["urgent"]) | _urgent(pathway, parameters, faults)
    tree["handover"] = _handovers(pathway, parameters.handover, tree["handover"], faults)
    try:
        made = from_tree(tree, FILE)
    except DefinitionFaults as wrong:
        faults.found += [_for_a_form(fault) for fault in wrong.faults]
    faults.raise_any()
    return made


def _inside(tree: object) -> dict[str, object]:
    assert isinstance(tree, dict)
    return tree


def _services(
    tree: dict[str, object], services: Mapping[Service, ServiceParameters], faults: FaultList
) -> dict[str, object]:
    """The trees of all services with what is set."""
    for service, each in services.items():
        if service.value in tree:
            tree[service.value] = _inside(tree[service.value]) | _service_tree(each)
        else:
            faults.add(f"services.{service}", f"Take this out: the pathway has no {service.label.lower()}.")
    return tree


def _service_tree(each: ServiceParameters) -> dict[str, object]:
    return {
        "answer": str(each.answer),
        "first_contact": str(each.first_contact),
        "appointment": str(each.appointment) if each.appointment else None,
        "attempts": each.attempts,
        "when_full": [word.value for word in each.when_full],
    }


def _urgent(pathway: Pathway, parameters: Parameters, faults: FaultList) -> dict[str, object]:
    """The fast track with what is set; its answer is never later than its contact or than a normal answer."""
    urgent = pathway.urgent
    for flag in UrgentFlag:
        if flag in pathway.same_day.when - parameters.urgent_when:
            faults.add("urgent_when", f"Keep this in: {words.FLAGS[flag]}. It needs help on the same day.")
    bounds = [parameters.urgent_contact]
    bounds += [
        set_.answer if (set_ := parameters.services.get(service)) else pathway.terms(service).answer
        for service in urgent.to
    ]
    return {
        "when": sorted(flag.value for flag in parameters.urgent_when | pathway.same_day.when),
        "contact": str(parameters.urgent_contact),
        "answer": str(min(urgent.answer, *(each for each in bounds if each.unit is Unit.WORKING_DAYS))),
    }


def _handovers(
    pathway: Pathway, moments: Mapping[tuple[Service, Service], HandoverAt], trees: object, faults: FaultList
) -> list[dict[str, object]]:
    """The trees of the hand-overs with the moments that are set."""
    assert isinstance(trees, list)
    pairs = [(each.from_service, each.to_service) for each in pathway.handover]
    for from_service, to_service in moments:
        if (from_service, to_service) not in pairs:
            faults.add(_between(from_service, to_service), "Take this out: the pathway has no such hand-over.")
    return [
        tree | ({"at": moments[pair].value} if pair in moments else {}) for pair, tree in zip(pairs, trees, strict=True)
    ]


def _between(from_service: Service, to_service: Service) -> str:
    return f"handover.{from_service}.{to_service}"


_SAID = {"answer": "the answer", "first_contact": "first contact", "appointment": "the first appointment"}


def _for_a_form(fault: Fault) -> Fault:
    """The fault at a form's key, in words that name no key."""
    key = "urgent_contact" if fault.key == "urgent.contact" else fault.key
    said = re.sub(
        r"services\.(\w+)\.(\w+)", lambda at: f"{_SAID[at[2]]} of {Service(at[1]).label.lower()}", fault.sentence
    )
    return Fault(fault.file, key, said.replace("Add this key: ", "Write "))


def to_json(parameters: Parameters) -> dict[str, object]:
    """The parameters as a tree of texts, numbers, lists and tables for JSON."""
    handover: dict[str, dict[str, str]] = {}
    for (from_service, to_service), at in parameters.handover.items():
        handover.setdefault(from_service.value, {})[to_service.value] = at.value
    return {
        "services": {service.value: _service_tree(each) for service, each in parameters.services.items()},
        "urgent_when": _sorted(parameters.urgent_when),
        "urgent_contact": str(parameters.urgent_contact),
        "handover": handover,
    }


def _sorted(flags: Iterable[UrgentFlag]) -> list[str]:
    return [flag.value for flag in UrgentFlag if flag in set(flags)]


def from_json(tree: Mapping[str, object]) -> Parameters:
    """What `to_json` gave; DefinitionFaults with everything wrong in a tree that it did not give."""
    faults = FaultList(FILE)
    top = Table(faults, "", tree)
    services = top.table("services")
    read = {}
    for name in services.names():
        if service := services.known_key(name, Service):
            read[service] = _service(services.table(name))
    parameters = Parameters(
        services=read,
        urgent_when=frozenset(top.words("urgent_when", UrgentFlag)),
        urgent_contact=top.duration("urgent_contact", Unit.WORKING_DAYS),
        handover=_moments(top.table("handover")),
    )
    top.close()
    faults.raise_any()
    return parameters


def _service(table: Table) -> ServiceParameters:
    each = ServiceParameters(
        answer=table.duration("answer", Unit.WORKING_DAYS),
        first_contact=table.duration("first_contact", Unit.WORKING_DAYS),
        # A pathway of format 1 promises none; whether one is needed is for `with_parameters` to say.
        appointment=table.duration("appointment", Unit.WORKING_DAYS) if table.given("appointment") else None,
        attempts=table.whole("attempts", 1, MOST_ATTEMPTS),
        when_full=table.words("when_full", WhenFull, empty=True),
    )
    table.close()
    return each


def _moments(table: Table) -> dict[tuple[Service, Service], HandoverAt]:
    moments = {}
    for name in table.names():
        if giver := table.known_key(name, Service):
            inside = table.table(name)
            for other in inside.names():
                if receiver := inside.known_key(other, Service):
                    moments[giver, receiver] = inside.word(other, HandoverAt)
    return moments

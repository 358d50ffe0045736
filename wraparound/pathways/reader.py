"""Reads a pathway from TOML. Everything wrong with it is said at once: DefinitionFaults holds all the faults."""

import tomllib
from collections.abc import Mapping

from wraparound.pathways.conditions import Condition
from wraparound.pathways.consistency import check
from wraparound.pathways.definition import (
    Also,
    Consent,
    Handover,
    Pathway,
    Route,
    SameDay,
    ServiceTerms,
    Timeouts,
    Unit,
    Urgent,
)
from wraparound.pathways.faults import DefinitionFaults, Fault, FaultList
from wraparound.pathways.table import Table
from wraparound.pathways.vocabulary import ConsentFor, Entry, HandoverAt, Nation, Service, UrgentFlag

MOST_ATTEMPTS = 10
MOST_VERSION = 1_000_000


def read(text: str, file: str) -> Pathway:
    """The pathway that the TOML `text` defines. `file` is its name in the faults; raises DefinitionFaults."""
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as reason:
        raise DefinitionFaults([Fault(file, "", f"This is not TOML. Put this right first: {reason}.")]) from reason
    return from_tree(tree, file)


def from_tree(tree: Mapping[str, object], file: str) -> Pathway:
    """The pathway of an already parsed tree of tables, lists and texts; raises DefinitionFaults."""
    faults = FaultList(file)
    top = Table(faults, "", tree)
    pathway = Pathway(
        title=top.text("title"),
        version=top.whole("version", 1, MOST_VERSION),
        nation=top.word("nation", Nation),
        summary=top.text("summary"),
        entries=_entries(top.table("entries")),
        same_day=_same_day(top.table("same_day")),
        urgent=_urgent(top.table("urgent")),
        services=_services(top.table("services")),
        timeouts=_timeouts(top.table("timeouts")),
        handover=tuple(_handover(table) for table in top.tables("handover")),
        consent=_consent(top.table("consent")),
    )
    top.close()
    check(pathway, faults)
    faults.raise_any()
    return pathway


def _entries(table: Table) -> tuple[tuple[Entry, Route], ...]:
    entries = []
    for name in table.names():
        entry = table.known_key(name, Entry)
        if entry is not None:
            entries.append((entry, _route(table.table(name))))
    return tuple(sorted(entries, key=lambda pair: tuple(Entry).index(pair[0])))


def _route(table: Table) -> Route:
    route = Route(
        to=table.words("to", Service, empty=True) if table.has("to") else (),
        also=tuple(_also(each) for each in table.tables("also")),
        otherwise=table.words("otherwise", Service, empty=True) if table.has("otherwise") else (),
    )
    table.close()
    return route


def _also(table: Table) -> Also:
    also = Also(service=table.word("service", Service), when=table.word("when", Condition))
    table.close()
    return also


def _same_day(table: Table) -> SameDay:
    same_day = SameDay(
        when=frozenset(table.words("when", UrgentFlag)),
        help=table.duration("help", Unit.HOURS),
        do_now=_do_now(table.table("do_now")),
    )
    table.close()
    return same_day


def _do_now(table: Table) -> tuple[tuple[UrgentFlag, str], ...]:
    said = []
    for name in table.names():
        flag = table.known_key(name, UrgentFlag)
        if flag is not None:
            said.append((flag, table.text(name)))
    return tuple(sorted(said, key=lambda pair: tuple(UrgentFlag).index(pair[0])))


def _urgent(table: Table) -> Urgent:
    urgent = Urgent(
        when=frozenset(table.words("when", UrgentFlag)),
        to=table.words("to", Service),
        answer=table.duration("answer", Unit.WORKING_DAYS),
        contact=table.duration("contact", Unit.WORKING_DAYS),
        try_again=table.duration("try_again", Unit.WORKING_DAYS),
        review=table.duration("review", Unit.WORKING_DAYS),
        acknowledge=table.duration("acknowledge", Unit.WORKING_DAYS),
        supervisor=table.duration("supervisor", Unit.WORKING_DAYS),
        give_back=table.duration("give_back", Unit.WORKING_DAYS),
    )
    table.close()
    return urgent


def _services(table: Table) -> tuple[ServiceTerms, ...]:
    services = []
    for name in table.names():
        service = table.known_key(name, Service)
        if service is not None:
            services.append(_terms(table.table(name), service))
    return tuple(sorted(services, key=lambda terms: tuple(Service).index(terms.service)))


def _terms(table: Table, service: Service) -> ServiceTerms:
    terms = ServiceTerms(
        service=service,
        answer=table.duration("answer", Unit.WORKING_DAYS),
        first_contact=table.duration("first_contact", Unit.WORKING_DAYS),
        attempts=table.whole("attempts", 1, MOST_ATTEMPTS),
        try_again=table.duration("try_again", Unit.WORKING_DAYS),
        review=table.duration("review", Unit.WORKING_DAYS),
    )
    table.close()
    return terms


def _timeouts(table: Table) -> Timeouts:
    timeouts = Timeouts(
        acknowledge=table.duration("acknowledge", Unit.WORKING_DAYS),
        supervisor=table.duration("supervisor", Unit.WORKING_DAYS),
        give_back=table.duration("give_back", Unit.WORKING_DAYS),
        close=table.duration("close", Unit.WORKING_DAYS),
        catch_up=table.duration("catch_up", Unit.WORKING_DAYS),
    )
    table.close()
    return timeouts


def _handover(table: Table) -> Handover:
    handover = Handover(
        from_service=table.word("from", Service),
        to_service=table.word("to", Service),
        at=table.word("at", HandoverAt),
        within=table.duration("within", Unit.WORKING_DAYS),
        warm=table.yes_or_no("warm"),
        expected=table.word("expected", Condition),
    )
    table.close()
    return handover


def _consent(table: Table) -> Consent:
    consent = Consent(needed=frozenset(table.words("needed", ConsentFor)))
    table.close()
    return consent

"""Reads a pathway from TOML. Everything wrong with it is said at once: DefinitionFaults holds all the faults.

The same reader reads what is kept of published versions; `format` says in which shape they were kept (see `canonical`).
"""

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
from wraparound.pathways.vocabulary import ConsentFor, Entry, HandoverAt, Nation, Service, UrgentFlag, WhenFull

FORMAT = 2
MOST_ATTEMPTS = 10
MOST_VERSION = 1_000_000


def read(text: str, file: str) -> Pathway:
    """The pathway that the TOML `text` defines. `file` is its name in the faults; raises DefinitionFaults."""
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as reason:
        raise DefinitionFaults([Fault(file, "", f"This is not TOML. Put this right first: {reason}.")]) from reason
    return from_tree(tree, file)


def from_tree(tree: Mapping[str, object], file: str, *, format: int = FORMAT) -> Pathway:
    """The pathway of an already parsed tree of tables, lists and texts; raises DefinitionFaults."""
    faults = FaultList(file)
    top = Table(faults, "", tree)
    timeouts = _timeouts(top.table("timeouts"))
    pathway = Pathway(
        title=top.text("title"),
        version=top.whole("version", 1, MOST_VERSION),
        nation=top.word("nation", Nation),
        summary=top.text("summary"),
        entries=_entries(top.table("entries"), format),
        same_day=_same_day(top.table("same_day")),
        urgent=_urgent(top.table("urgent")),
        services=_services(top.table("services"), timeouts, format),
        timeouts=timeouts,
        handover=tuple(_handover(table) for table in top.tables("handover")),
        consent=_consent(top.table("consent")),
    )
    top.close()
    check(pathway, faults)
    faults.raise_any()
    return pathway


def _entries(table: Table, format: int) -> tuple[tuple[Entry, Route], ...]:
    """Each entry's route, an entry that is `like` another with a copy of that one's."""
    routes: dict[Entry, Route] = {}
    alike: dict[Entry, tuple[Table, Entry]] = {}
    for name in table.names():
        entry = table.known_key(name, Entry)
        if entry is None:
            continue
        inside = table.table(name)
        if format > 1 and inside.has("like"):
            alike[entry] = (inside, inside.word("like", Entry))
            inside.close()
        else:
            routes[entry] = _route(inside, format)
    for entry, (inside, other) in alike.items():
        if other in routes:
            routes[entry] = routes[other]
        elif inside.sound("like"):
            declared = f", such as {next(iter(routes))}" if routes else ""
            inside.fault("like", f"Name an entry that is written out here itself{declared}.")
    return tuple((entry, routes[entry]) for entry in Entry if entry in routes)


def _route(table: Table, format: int) -> Route:
    route = Route(
        to=table.words("to", Service, empty=True) if table.has("to") else (),
        also=tuple(_also(each) for each in table.tables("also")),
        otherwise=table.words("otherwise", Service, empty=True) if table.has("otherwise") else (),
        signpost=tuple(_also(each) for each in table.tables("signpost")) if format > 1 else (),
        session=format > 1 and table.has("session") and table.yes_or_no("session"),
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


def _services(table: Table, timeouts: Timeouts, format: int) -> tuple[ServiceTerms, ...]:
    services = []
    for name in table.names():
        service = table.known_key(name, Service)
        if service is not None:
            services.append(_terms(table.table(name), service, timeouts, format))
    return tuple(sorted(services, key=lambda terms: tuple(Service).index(terms.service)))


def _terms(table: Table, service: Service, timeouts: Timeouts, format: int) -> ServiceTerms:
    """What a service promises. Format 1 knew no appointment, no waiting list and no being full."""
    known = format > 1
    terms = ServiceTerms(
        service=service,
        answer=table.duration("answer", Unit.WORKING_DAYS),
        first_contact=table.duration("first_contact", Unit.WORKING_DAYS),
        appointment=table.duration("appointment", Unit.WORKING_DAYS) if known else None,
        attempts=table.whole("attempts", 1, MOST_ATTEMPTS),
        try_again=table.duration("try_again", Unit.WORKING_DAYS),
        review=table.duration("review", Unit.WORKING_DAYS),
        when_full=table.words("when_full", WhenFull, empty=True) if known else (),
        longest_wait=table.duration("longest_wait", Unit.WORKING_DAYS) if known else timeouts.close,
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

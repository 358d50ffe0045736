"""What no single key can show: the parts of a pathway must agree. Compares only what was read without fault."""

from wraparound.pathways.conditions import Condition
from wraparound.pathways.definition import Duration, Pathway, Route
from wraparound.pathways.faults import FaultList
from wraparound.pathways.vocabulary import ConsentFor, Entry, Service, UrgentFlag


def check(pathway: Pathway, faults: FaultList) -> None:
    """Note every contradiction between the parts of a pathway."""
    _entries(pathway, faults)
    _same_day(pathway, faults)
    _urgent(pathway, faults)
    _services(pathway, faults)
    _handovers(pathway, faults)
    _consent(pathway, faults)


def _declared(pathway: Pathway) -> frozenset[Service]:
    return frozenset(terms.service for terms in pathway.services)


def _need_declared(pathway: Pathway, faults: FaultList, key: str, services: tuple[Service, ...]) -> None:
    """Note each service named at `key` that has no section of its own."""
    if not faults.sound(key) or any(fault.key == "services" for fault in faults.found):
        return
    for service in services:
        if service not in _declared(pathway) and faults.sound(f"services.{service}"):
            faults.add(key, f"Add a section [services.{service}], or take {service} out here.")


def _entries(pathway: Pathway, faults: FaultList) -> None:
    if not pathway.entries and faults.sound("entries"):
        faults.add("entries", f"Add at least one entry, such as [entries.{Entry.CLINICIAN}].")
    seen: set[int] = set()
    for entry, route in pathway.entries:
        if id(route) in seen:  # A copy of another entry's route is at fault there alone.
            continue
        seen.add(id(route))
        key = f"entries.{entry}"
        _need_declared(pathway, faults, f"{key}.to", route.to)
        _need_declared(pathway, faults, f"{key}.otherwise", route.otherwise)
        for at, also in enumerate(route.also, 1):
            _need_declared(pathway, faults, f"{key}.also.{at}.service", (also.service,))
        for at, told in enumerate(route.signpost, 1):
            _need_declared(pathway, faults, f"{key}.signpost.{at}.service", (told.service,))
        if faults.sound(key):
            _route(key, route, faults)


def _route(key: str, route: Route, faults: FaultList) -> None:
    told_always = any(told.when is Condition.ALWAYS for told in route.signpost)
    if not route.to and not route.otherwise and not told_always:
        faults.add(
            key,
            "Name a service in `to` or `otherwise`, or one in `signpost` always, so that no referral reaches nobody.",
        )
    if route.to and route.otherwise:
        faults.add(f"{key}.otherwise", "Take this out: `to` always reaches a service, so it is never used.")
    for at, also in enumerate(route.also, 1):
        if also.service in route.to:
            faults.add(f"{key}.also.{at}.service", f"Take this out: `to` reaches {also.service} always.")
    for at, told in enumerate(route.signpost, 1):
        if told.service in route.to:
            faults.add(f"{key}.signpost.{at}.service", f"Take this out: `to` reaches {told.service} always.")
    if route.session and not (route.to or route.also or route.otherwise):
        faults.add(f"{key}.session", "Take this out: nothing is referred from here, so there is nothing to book.")


def _same_day(pathway: Pathway, faults: FaultList) -> None:
    if not faults.sound("same_day.when"):
        return
    when = pathway.same_day.when
    if faults.sound("urgent.when"):
        for flag in sorted(when - pathway.urgent.when):
            faults.add("same_day.when", f"Add {flag} to urgent.when too: what is same-day is urgent.")
    if faults.sound("same_day.do_now"):
        said = {flag for flag, _ in pathway.same_day.do_now}
        for flag in sorted(when - said):
            faults.add(f"same_day.do_now.{flag}", "Add a sentence: what the referrer does now.")
        for flag in sorted(said - when):
            faults.add(f"same_day.do_now.{flag}", "Take this out, or add the flag to same_day.when.")


def _urgent(pathway: Pathway, faults: FaultList) -> None:
    _need_declared(pathway, faults, "urgent.to", pathway.urgent.to)
    urgent, timeouts = pathway.urgent, pathway.timeouts
    _not_longer(faults, "urgent.answer", urgent.answer, "urgent.contact", urgent.contact)
    for name in ("acknowledge", "supervisor", "give_back"):
        _not_longer(faults, f"urgent.{name}", getattr(urgent, name), f"timeouts.{name}", getattr(timeouts, name))
    for terms in pathway.services:
        if faults.sound("urgent.to") and terms.service in urgent.to:
            for name, normal in (
                ("answer", "answer"), ("contact", "first_contact"), ("try_again", "try_again"), ("review", "review"),
            ):  # fmt: skip
                key = f"services.{terms.service}.{normal}"
                _not_longer(faults, f"urgent.{name}", getattr(urgent, name), key, getattr(terms, normal))


def _not_longer(faults: FaultList, key: str, short: Duration, other: str, long: Duration) -> None:
    """Note when the duration at `key` is longer than that at `other`."""
    if faults.sound(key, other) and short > long:
        faults.add(key, f"Make this at most {long}, as {other} is.")


def _services(pathway: Pathway, faults: FaultList) -> None:
    if not pathway.services and faults.sound("services"):
        faults.add("services", f"Add at least one service, such as [services.{Service.SOCIAL_PRESCRIBING}].")
    for terms in pathway.services:
        key = f"services.{terms.service}"
        _not_longer(faults, f"{key}.answer", terms.answer, f"{key}.first_contact", terms.first_contact)
        if terms.appointment is not None:
            first = f"{key}.first_contact"
            _not_longer(faults, first, terms.first_contact, f"{key}.appointment", terms.appointment)
    if not faults.sound("entries", "urgent.to", "handover"):
        return
    reached = {service for _, route in pathway.entries for service in (*route.to, *route.otherwise)}
    reached |= {also.service for _, route in pathway.entries for also in (*route.also, *route.signpost)}
    reached |= {*pathway.urgent.to, *(handover.to_service for handover in pathway.handover)}
    for service in sorted(_declared(pathway) - reached):
        faults.add(f"services.{service}", "Nothing leads here. Name this service in an entry, or take it out.")


def _handovers(pathway: Pathway, faults: FaultList) -> None:
    seen: set[tuple[Service, Service]] = set()
    for at, handover in enumerate(pathway.handover, 1):
        key = f"handover.{at}"
        _need_declared(pathway, faults, f"{key}.from", (handover.from_service,))
        _need_declared(pathway, faults, f"{key}.to", (handover.to_service,))
        if not faults.sound(f"{key}.from", f"{key}.to"):
            continue
        if handover.from_service is handover.to_service:
            faults.add(f"{key}.to", "Hand over to another service than `from`.")
        elif (handover.from_service, handover.to_service) in seen:
            faults.add(key, f"Keep one hand-over from {handover.from_service} to {handover.to_service}.")
        seen.add((handover.from_service, handover.to_service))


def _consent(pathway: Pathway, faults: FaultList) -> None:
    shared = ConsentFor.SHARE_BETWEEN_SERVICES
    if faults.sound("consent", "services") and len(pathway.services) > 1 and shared not in pathway.consent.needed:
        faults.add("consent.needed", f"Add {shared}: this pathway has more than one service.")


def unflagged(pathway: Pathway) -> tuple[UrgentFlag, ...]:
    """The urgent flags that this pathway treats as normal, for its owners to see."""
    return tuple(flag for flag in UrgentFlag if flag not in pathway.urgent.when)

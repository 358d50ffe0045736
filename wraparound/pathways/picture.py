"""What a drawing of a pathway shows, before anybody lays it out. The words of `describe` come from the same values."""

from dataclasses import dataclass

from wraparound.pathways import words
from wraparound.pathways.definition import Duration, Handover, Pathway, Route, ServiceTerms
from wraparound.pathways.routing import AT_ONCE, Plan, PlannedStep
from wraparound.pathways.vocabulary import Service


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text; `urgent` ones belong to the fast track, `strong` ones are written bold."""

    text: str
    urgent: bool = False
    strong: bool = False


def _fast(text: str) -> Line:
    return Line(text, urgent=True, strong=True)


@dataclass(frozen=True, slots=True)
class Card:
    """One service: the ways in from the referrer, and what it does."""

    service: Service
    arrows: tuple[Line, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Bridge:
    """A hand-over from one card to another; or, where only `told`, word that the other is at work."""

    from_service: Service
    to_service: Service
    label: str
    told: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that is shown. `silence` is what happens, in order, when nobody acts."""

    title: str
    referrer: str
    also_from: str
    cards: tuple[Card, ...]
    bridges: tuple[Bridge, ...]
    back: str
    silence: tuple[str, ...]


BACK = "What happened comes back to the referrer: contacted, declined and why, not reached, or done."


def picture(pathway: Pathway, plan: Plan | None = None) -> Picture:
    """The whole pathway as its first entry sees it, or one referral's own way when its plan is given."""
    if plan is not None:
        cards = tuple(_planned(pathway, step) for step in plan.steps)
        bridges = _planned_bridges(pathway, plan)
        return Picture(pathway.title, "This referral", "", cards, bridges, BACK, _silence(pathway, plan.steps))
    entry, route = pathway.entries[0]
    others = [words.FROM[other] for other, _ in pathway.entries[1:]]
    return Picture(
        title=pathway.title,
        referrer=words.ENTRIES[entry],
        also_from=f"Also: {words.listed(others)}" if others else "",
        cards=tuple(_card(pathway, route, terms) for terms in pathway.services),
        bridges=tuple(_bridge(each) for each in pathway.handover),
        back=BACK,
        silence=_silence(pathway, ()),
    )


def _card(pathway: Pathway, route: Route, terms: ServiceTerms) -> Card:
    """A service as every referral of this entry may reach it."""
    service = terms.service
    arrows = [Line("Every referral") for to in route.to if to is service]
    arrows += [Line(_capital(words.WHEN[also.when])) for also in route.also if also.service is service]
    arrows += [Line("When nothing else is reached") for other in route.otherwise if other is service]
    lines = [Line(f"First contact within {terms.first_contact}", strong=True)]
    if service in pathway.urgent.to:
        arrows.append(_fast("Urgent: straight here"))
        lines.append(_fast(f"Urgent: within {pathway.urgent.contact}"))
        lines.append(_fast(f"Same day: within {pathway.same_day.help}"))
    elif service in route.to:
        lines.append(Line("Is told at once of anything urgent"))
    return Card(service, tuple(arrows), (*lines, _tries(terms)))


def _planned(pathway: Pathway, step: PlannedStep) -> Card:
    """A service as one referral reaches it."""
    terms = pathway.terms(step.service)
    due = words.by(step.first_contact_due)
    if step.starts != AT_ONCE:
        return Card(step.service, (), (Line(f"Contact expected by {due}", strong=True), _tries(terms)))
    if step.urgent:
        kind = "Same day" if step.same_day else "Urgent"
        return Card(
            step.service, (_fast(f"{kind}: straight here"),), (_fast(f"{kind}: contact by {due}"), _tries(terms))
        )
    return Card(step.service, (Line("Sent at once"),), (Line(f"Contact by {due}", strong=True), _tries(terms)))


def _planned_bridges(pathway: Pathway, plan: Plan) -> tuple[Bridge, ...]:
    """The hand-overs of one referral, and who is told of whom where two services start at once."""
    bridges = [
        _bridge(each)
        for each in pathway.handover
        for step in plan.steps
        if step.service is each.to_service and step.starts is each.from_service
    ]
    first, *others = (step for step in plan.steps if step.starts == AT_ONCE)
    label = "Is told at the same moment" if first.urgent else "Each is told of the other"
    bridges += [Bridge(first.service, other.service, label, told=True) for other in others]
    return tuple(bridges)


def _tries(terms: ServiceTerms) -> Line:
    if terms.attempts == 1:
        return Line("Tries once to reach the person, then tells the referrer")
    return Line(f"Tries {terms.attempts} times, on different days, before telling the referrer that contact is lost")


def _bridge(handover: Handover) -> Bridge:
    kind = "Warm hand-over" if handover.warm else "Hand-over"
    return Bridge(handover.from_service, handover.to_service, f"{kind} {words.MOMENTS[handover.at]}")


def _silence(pathway: Pathway, steps: tuple[PlannedStep, ...]) -> tuple[str, ...]:
    """What the clock does when nobody acts, in the intervals of the first step, or in the normal ones."""
    timeouts, urgent = pathway.timeouts, pathway.urgent
    answer: Duration = max(terms.answer for terms in pathway.services)
    supervisor, give_back = timeouts.supervisor, timeouts.give_back
    if steps and steps[0].same_day:
        answer = supervisor = give_back = pathway.same_day.help
    elif steps and steps[0].urgent:
        answer, supervisor, give_back = urgent.answer, urgent.supervisor, urgent.give_back
    unread = timeouts.acknowledge.number + timeouts.supervisor.number + timeouts.close.number
    return (
        f"The service has {answer} to accept or decline.",
        f"Then its supervisor has {supervisor} to step in.",
        f"After another {give_back} it goes back to the referrer.",
        f"Unread for {unread} working days, it is closed.",
    )


def _capital(phrase: str) -> str:
    return f"{phrase[:1].upper()}{phrase[1:]}"


def describe(pathway: Pathway, plan: Plan | None = None) -> tuple[str, ...]:
    """The drawing in words: one plain sentence after another."""
    shown = picture(pathway, plan)
    said = [f"{shown.referrer}."]
    if shown.also_from:
        said.append(f"{shown.also_from}.")
    for card in shown.cards:
        ways = "; ".join(arrow.text for arrow in card.arrows)
        said.append(f"{card.service.label}: {ways or 'by hand-over'}.")
        said.extend(f"{line.text}." for line in card.lines)
    for bridge in shown.bridges:
        pair = f"{bridge.from_service.label} to {bridge.to_service.label.lower()}"
        said.append(f"{pair}: {bridge.label[:1].lower()}{bridge.label[1:]}.")
    said.extend((shown.back, f"If nobody acts: {shown.silence[0]}", *shown.silence[1:]))
    return tuple(said)

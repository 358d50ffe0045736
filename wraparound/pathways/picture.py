"""What a drawing of a pathway shows, before anybody lays it out. The words of `describe` come from the same values."""

from dataclasses import dataclass

from wraparound.pathways import phrases, words
from wraparound.pathways.definition import Duration, Handover, Pathway, Route, ServiceTerms
from wraparound.pathways.routing import AT_ONCE, Plan, PlannedSignpost, PlannedStep
from wraparound.pathways.vocabulary import Entry, Model, Service


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text; `urgent` ones belong to the fast track, `strong` ones are bold, `told` ones send nothing."""

    text: str
    urgent: bool = False
    strong: bool = False
    told: bool = False


def _fast(text: str) -> Line:
    return Line(text, urgent=True, strong=True)


@dataclass(frozen=True, slots=True)
class Card:
    """One service, or several that one worker does: the ways in from the referrer, and what it does.

    `answers`: something comes back from it, which is not so where the person is only told.
    """

    services: tuple[Service, ...]
    arrows: tuple[Line, ...]
    lines: tuple[Line, ...]
    answers: bool = True

    @property
    def title(self) -> str:
        return words.sentence(words.listed([service.label.lower() for service in self.services])).rstrip(".")


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
NOTHING_BACK = "Nothing comes back to the referrer: nobody learns whether the person went."


def picture(
    pathway: Pathway, plan: Plan | None = None, *, entry: Entry | None = None, model: Model = Model.CO_LOCATED
) -> Picture:
    """The whole pathway as one entry sees it (else the first), or one referral's own way when its plan is given.

    `model` matters for the whole alone; a plan was made for one already. LookupError for an entry that it lacks.
    """
    if plan is not None:
        return _of_plan(pathway, plan)
    seen = entry or pathway.entries[0][0]
    route = pathway.route(seen)
    if route is None:
        raise LookupError(f"“{pathway.title}” takes no referrals from this entry: {seen}.")
    if model is Model.SINGLE:
        cards: tuple[Card, ...] = (_joined_card(pathway, route),)
    else:
        cards = tuple(_card(pathway, route, terms) for terms in pathway.services)
    return Picture(
        title=pathway.title,
        referrer=words.ENTRIES[seen],
        also_from=_also_from(pathway, seen, route),
        cards=cards,
        bridges=tuple(_bridge(each, model) for each in pathway.handover) if len(cards) > 1 else (),
        back=BACK,
        silence=_silence(pathway, ()),
    )


def _of_plan(pathway: Pathway, plan: Plan) -> Picture:
    """One referral's own way."""
    cards = (*(_planned(pathway, step) for step in plan.steps), *(_signposted(each) for each in plan.signposts))
    return Picture(
        title=pathway.title,
        referrer="This referral" if plan.steps else "The person is told",
        also_from="",
        cards=cards,
        bridges=_planned_bridges(pathway, plan),
        back=BACK if plan.steps else NOTHING_BACK,
        silence=_silence(pathway, plan.steps) if plan.steps else (),
    )


def _also_from(pathway: Pathway, seen: Entry, route: Route) -> str:
    """Who else goes this way, and who has another."""
    others = [(other, way) for other, way in pathway.entries if other is not seen]
    same = [words.FROM[other] for other, way in others if way == route]
    apart = [words.FROM[other] for other, way in others if way != route]
    said = [f"The same way: {words.listed(same)}."] if same else []
    if apart:
        said.append(f"By other ways: {words.listed(apart)}.")
    return " ".join(said)


def _card(pathway: Pathway, route: Route, terms: ServiceTerms) -> Card:
    """A service as every referral of this entry may reach it."""
    service = terms.service
    lines = [*_promise(terms.first_contact, terms.appointment)]
    if service in pathway.urgent.to:
        lines += _urgent_lines(pathway)
    elif service in route.to:
        lines.append(Line("Is told at once of anything urgent"))
    sent = service in route.to or any(also.service is service for also in route.also) or service in route.otherwise
    if route.session and sent:
        lines.append(Line("A session is booked at once"))
    lines.append(_tries(terms.attempts))
    lines += [Line(said) for said in phrases.full(terms)]
    return Card((service,), _arrows(pathway, route, service), tuple(lines))


def _arrows(pathway: Pathway, route: Route, service: Service) -> tuple[Line, ...]:
    """The ways in to one service."""
    arrows = [Line("Every referral")] if service in route.to else []
    arrows += [Line(_capital(when)) for when in phrases.conditions(route.also, service)]
    if service in route.otherwise:
        arrows.append(Line("When nothing else is reached"))
    arrows += [Line(f"Told about it {when}", told=True) for when in phrases.conditions(route.signpost, service)]
    if service in pathway.urgent.to:
        arrows.append(_fast("Urgent: straight here"))
    return tuple(arrows)


def _joined_card(pathway: Pathway, route: Route) -> Card:
    """The one service of a scheme in which the same worker does everything."""
    each = pathway.services
    appointments = [terms.appointment for terms in each if terms.appointment]
    lines = [
        Line("One hybrid worker for everything"),
        *_promise(min(terms.first_contact for terms in each), min(appointments, default=None)),
        *_urgent_lines(pathway),
        _tries(max(terms.attempts for terms in each)),
    ]
    if route.session:
        lines.insert(1, Line("A session is booked at once"))
    lines += [Line(said) for said in phrases.full(each[0])]
    services = tuple(terms.service for terms in each)
    if route.to or route.otherwise:
        arrows = [Line("Every referral")]
    else:
        sent = [when for service in services for when in phrases.conditions(route.also, service)]
        told = [when for service in services for when in phrases.conditions(route.signpost, service)]
        arrows = [Line(_capital(when)) for when in dict.fromkeys(sent)]
        arrows += [Line("Told about it every time" if "every time" in told else "Told about it", told=True)]
    return Card(services, (*arrows, _fast("Urgent: straight here")), tuple(lines))


def _promise(first_contact: Duration, appointment: Duration | None) -> tuple[Line, ...]:
    contact = Line(f"First contact within {first_contact}", strong=True)
    return (contact, Line(f"First appointment within {appointment}")) if appointment else (contact,)


def _urgent_lines(pathway: Pathway) -> list[Line]:
    return [
        _fast(f"Urgent: within {pathway.urgent.contact}"),
        _fast(f"Same day: within {pathway.same_day.help}"),
    ]


def _planned(pathway: Pathway, step: PlannedStep) -> Card:
    """A service, or those joined, as one referral reaches it."""
    due = words.by(step.first_contact_due)
    lines = [Line("One hybrid worker for both")] if step.joined else []
    if step.session:
        lines.append(Line("A session is to be booked now"))
    lines.append(_tries(max(pathway.terms(service).attempts for service in step.services)))
    if step.starts != AT_ONCE:
        return Card(step.services, (), (Line(f"Contact expected by {due}", strong=True), *lines))
    if step.urgent:
        kind = "Same day" if step.same_day else "Urgent"
        return Card(step.services, (_fast(f"{kind}: straight here"),), (_fast(f"{kind}: contact by {due}"), *lines))
    return Card(step.services, (Line("Sent at once"),), (Line(f"Contact by {due}", strong=True), *lines))


def _signposted(signpost: PlannedSignpost) -> Card:
    """A service that the person is told of."""
    lines = (Line("They get in touch themselves", strong=True), Line("Nothing is sent, and nobody waits for them"))
    return Card((signpost.service,), (Line("Told about it", told=True),), lines, answers=False)


def _planned_bridges(pathway: Pathway, plan: Plan) -> tuple[Bridge, ...]:
    """The hand-overs of one referral, and who is told of whom where two services start at once."""
    bridges = [
        Bridge(each.from_service, each.to_service, _handed_over(each, step.warm))
        for each in pathway.handover
        for step in plan.steps
        if step.service is each.to_service and step.starts is each.from_service
    ]
    at_once = [step for step in plan.steps if step.starts == AT_ONCE]
    for other in at_once[1:]:
        label = "Is told at the same moment" if at_once[0].urgent else "Each is told of the other"
        bridges.append(Bridge(at_once[0].service, other.service, label, told=True))
    return tuple(bridges)


def _tries(attempts: int) -> Line:
    if attempts == 1:
        return Line("Tries once to reach the person, then tells the referrer")
    return Line(f"Tries {attempts} times, on different days, before telling the referrer that contact is lost")


def _bridge(handover: Handover, model: Model) -> Bridge:
    warm = handover.warm and model is not Model.SEPARATE
    return Bridge(handover.from_service, handover.to_service, _handed_over(handover, warm))


def _handed_over(handover: Handover, warm: bool) -> str:
    moment = words.MOMENTS[handover.at]
    return f"Warm hand-over {moment}" if warm else f"Referred on {moment}; it has its own waiting time"


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


def describe(
    pathway: Pathway, plan: Plan | None = None, *, entry: Entry | None = None, model: Model = Model.CO_LOCATED
) -> tuple[str, ...]:
    """The drawing in words: one plain sentence after another. The arguments are those of `picture`."""
    shown = picture(pathway, plan, entry=entry, model=model)
    said = [f"{shown.referrer}."]
    if shown.also_from:
        said.append(shown.also_from)
    for card in shown.cards:
        ways = "; ".join(arrow.text for arrow in card.arrows)
        said.append(f"{card.title}: {ways or 'by hand-over'}.")
        said.extend(f"{line.text}." for line in card.lines)
    for bridge in shown.bridges:
        pair = f"{bridge.from_service.label} to {bridge.to_service.label.lower()}"
        said.append(f"{pair}: {bridge.label[:1].lower()}{bridge.label[1:]}.")
    said.append(shown.back)
    if shown.silence:
        said.extend((f"If nobody acts: {shown.silence[0]}", *shown.silence[1:]))
    return tuple(said)

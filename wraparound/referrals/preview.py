"""What would happen to a referral, before it is sent: for the sender to see and to tell the person."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import time

from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import HelpNow
from wraparound.organisations.pathways import calendar_of
from wraparound.pathways import words
from wraparound.pathways.calendar import Calendar, local
from wraparound.pathways.engine import AT_ONCE, Facts
from wraparound.pathways.vocabulary import ClinicalReason, Entry, Need, Status, UrgentFlag
from wraparound.referrals.intake import LetterSaid
from wraparound.referrals.letters import said_of
from wraparound.referrals.models import Placed
from wraparound.referrals.placing import Decision, Place, Places, decide, find_places
from wraparound.time_limits.letters import Reckoned, reckon


@dataclass(frozen=True)
class Preview:
    """`sentences` in order; `drawing` and `narrow_drawing` are SVG; `help_now` whom to ring at this moment."""

    sentences: tuple[str, ...]
    drawing: str
    narrow_drawing: str
    help_now: tuple[HelpNow, ...]


def preview(
    actor: Actor,
    *,
    needs: frozenset[Need],
    urgent_flags: frozenset[UrgentFlag],
    advice_ticked: bool,
    entry: Entry = Entry.CLINICIAN,
    clinical_reason: ClinicalReason | None = None,
    practice_id: int | None = None,
    letter: LetterSaid | None = None,
) -> Preview:
    """What the scheme's pathway does with these facts now, at the teams that have a place now.

    `practice_id` is the person's practice, where it is known. LookupError when the scheme has no pathway or no entry.
    """
    from wraparound.pathways.drawing import draw

    facts = Facts(entry, needs, urgent_flags, advice_ticked, clinical_reason)
    try:
        decision = decide(actor, facts)
        reckoned = reckon(letter.letter, letter.day, decision.pathway.nation) if letter else None
        if reckoned and reckoned.near(actor.today()):
            decision = decide(actor, replace(facts, urgent_flags=urgent_flags | {UrgentFlag.LEGAL_DEADLINE_NEAR}))
    except Refused as refusal:
        raise LookupError(refusal.sentence) from refusal
    calendar = calendar_of(decision.pathway)
    decided = decision.plan
    return Preview(
        sentences=_sentences(actor, decision, find_places(actor, decision, practice_id), reckoned),
        drawing=draw(decision.pathway, decided),
        narrow_drawing=draw(decision.pathway, decided, narrow=True),
        help_now=help_now(actor, decided.same_day_flags, calendar),
    )


def _sentences(actor: Actor, decision: Decision, places: Places, letter: Reckoned | None) -> tuple[str, ...]:
    """By when to act on a letter, what to do now, what each team does, who waits, what nobody can take, and what the
    person is told of."""
    planned = decision.plan
    sent = [place for place in places.made if place.status is Status.SENT]
    taken = {service for place in places.made for service in place.step.services}
    later = [step for step in planned.steps if step.starts != AT_ONCE and step.service not in taken]
    # Nobody hands over from a service that nobody gives.
    later = [step for step in later if step.starts in taken]
    teams = {place.step.service: place.team.name for place in sent}
    teams |= {service: team.name for service, team in places.told_of.items()}
    said = [said_of(letter)] if letter else []
    said += replace(planned, steps=(*(place.step for place in sent), *later)).sentences(teams)
    said += [place.because for place in sent if place.placed != Placed.FIRST]
    said += [_waits(actor, decision, place) for place in places.made if place.status is Status.WAITING]
    said += [f"No service can take this now: {each.service.label.lower()}. {each.because}" for each in places.unmet]
    return tuple(said)


def _waits(actor: Actor, decision: Decision, place: Place) -> str:
    pathway = decision.pathway
    longest = min(pathway.terms(service).longest_wait for service in place.step.services)
    until = words.day(calendar_of(pathway).add(actor.now(), longest))
    return (
        f"{place.team.name} is full at present: they go on its waiting list. They are offered a place by {until}, or "
        "you are told."
    )


def help_now(actor: Actor, flags: Collection[UrgentFlag], calendar: Calendar) -> tuple[HelpNow, ...]:
    """The scheme's numbers for these flags at this hour, the most dangerous need first."""
    in_order = list(UrgentFlag)
    when = HelpNow.When.OFFICE if _office_hours(actor, calendar) else HelpNow.When.OUT_OF_HOURS
    rows = HelpNow.objects.filter(
        scheme_id=actor.scheme_id, flag__in=list(flags), when__in=[when, HelpNow.When.ALWAYS], ended=None
    )
    return tuple(sorted(rows, key=lambda row: (in_order.index(UrgentFlag(row.flag)), row.pk)))


def _office_hours(actor: Actor, calendar: Calendar) -> bool:
    now = local(actor.now())
    return calendar.is_working_day(now.date()) and time(9) <= now.time() < time(17)

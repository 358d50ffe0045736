"""A letter that whoever refers speaks of: by when something has to be done, before any adviser has looked at it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.pathways import pathway_of
from wraparound.organisations.roles import Capability
from wraparound.pathways.vocabulary import Nation, UrgentFlag
from wraparound.referrals.intake import Intake, LetterSaid
from wraparound.referrals.models import Journey, Referral
from wraparound.referrals.moves import CLOCK_COLUMNS, next_for, set_clocks
from wraparound.time_limits.counting import said
from wraparound.time_limits.letters import NEAR, Letter, Reckoned, fault, reckon


@dataclass(frozen=True)
class LetterOnJourney:
    """What a journey keeps of the letter, and what it comes to. Nobody has confirmed it."""

    letter: Letter
    day: date
    reckoned: Reckoned


def check_letter(intake: Intake, by: Actor) -> None:
    """Refuse a letter whose day cannot be right: `wrong_day` at `letter_day`."""
    letter = intake.letter
    if letter is not None and (wrong := fault(letter.letter, letter.day, by.today())):
        raise Refused("wrong_day", f"{wrong}.", "letter_day")


def hurried(intake: Intake, nation: Nation, today: date) -> Intake:
    """The same, with a legal deadline that is near where the letter's last day is, or nobody can say when it is."""
    letter = intake.letter
    if letter is None or not reckon(letter.letter, letter.day, nation).near(today):
        return intake
    return replace(intake, urgent_flags=intake.urgent_flags | {UrgentFlag.LEGAL_DEADLINE_NEAR})


def said_of(reckoned: Reckoned) -> str:
    """What the letter comes to, in one sentence for somebody who gives no advice."""
    if reckoned.last_day is None:
        return "By when to act on this letter has to be found out. An adviser looks at it first."
    by_when = said(reckoned.last_day)
    act = reckoned.what or "What the letter asks"
    return f"{act}: by {by_when}, going by the day on the letter. An adviser checks this."


def columns_of(letter: LetterSaid | None, nation: Nation) -> dict[str, Any]:
    """What a journey keeps of it."""
    if letter is None:
        return {}
    last_day = reckon(letter.letter, letter.day, nation).last_day
    return {"letter": letter.letter.value, "letter_day": letter.day, "letter_by": last_day}


def letter_of(journey: Journey) -> LetterOnJourney | None:
    """The letter that the referral of a journey spoke of; None where it spoke of none."""
    if not journey.letter or journey.letter_day is None:
        return None
    letter, nation = Letter(journey.letter), Nation(pathway_of(journey.pathway_version_id).nation)
    return LetterOnJourney(letter, journey.letter_day, reckon(letter, journey.letter_day, nation))


@action
def hurry(*, by: Actor, referral: Referral) -> Referral:
    """The last day of its letter has come near while nobody has taken it on: from now on it is urgent.

    Refused `not_yet` where it is not near, is urgent already, or somebody has taken it on: then it is their adviser's.
    """
    by.require(Capability.LET_TIME_PASS)
    rows = Referral.objects.visible_to(by).select_for_update(of=("self",)).select_related("journey")
    held: Referral = rows.get(pk=referral.pk)
    last_day, urgent = held.journey.letter_by, UrgentFlag.LEGAL_DEADLINE_NEAR in held.urgent_flags
    if last_day is None or last_day > by.today() + NEAR or urgent or not held.is_open or held.accepted_at:
        raise Refused("not_yet", "Nothing is to be hurried here.")
    held.urgent_flags, held.rank = sorted({*held.urgent_flags, UrgentFlag.LEGAL_DEADLINE_NEAR}), 0
    set_clocks(held, next_for(held, held.journey.pathway_version_id))
    held.save(update_fields=["urgent_flags", "rank", *CLOCK_COLUMNS])
    record("letter_near", by=by, person_id=held.person_id, journey_id=held.journey_id, referral_id=held.pk)
    return held

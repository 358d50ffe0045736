"""What time is spent on, and how long things mostly take: suggestions to confirm, never figures. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Doing(StrEnum):
    """What kind of work it was."""

    WITH = "with"
    FOR = "for"
    TRAVEL = "travel"
    SUPERVISION = "supervision"
    ADMIN = "admin"

    @property
    def label(self) -> str:
        return {
            Doing.WITH: "With the person",
            Doing.FOR: "For the person",
            Doing.TRAVEL: "Travel",
            Doing.SUPERVISION: "Supervision",
            Doing.ADMIN: "Other work",
        }[self]


@dataclass(frozen=True, slots=True)
class Thing:
    """What an event was, in words; how long it mostly takes; whether each one of a day stands for itself."""

    said: str
    minutes: int
    doing: Doing = Doing.FOR
    each: bool = False


# By the event's name. What is not named here is no piece of work by itself, or part of another.
THINGS: Mapping[str, Thing] = {
    "note_written": Thing("Wrote a note", 10, each=True),
    "referral_reach": Thing("Talked with them", 30, Doing.WITH, each=True),
    "referral_attend": Thing("Met them", 60, Doing.WITH, each=True),
    "referral_try_contact": Thing("Tried to reach them", 5, each=True),
    "referral_accept": Thing("Took the work on", 10),
    "referral_hand_over": Thing("Handed over", 15),
    "referral_close": Thing("Closed the work", 15),
    "matter_opened": Thing("Opened a matter", 10),
    "matter_changed": Thing("Worked on a matter", 10),
    "matter_closed": Thing("Closed a matter", 15, each=True),
    "time_limit_added": Thing("Worked out a time limit", 10),
    "time_limit_met": Thing("Did what a time limit asked for", 30),
    "budget_begun": Thing("Worked on the budget", 30, Doing.WITH),
    "budget_changed": Thing("Worked on the budget", 15, Doing.WITH),
    "debt_added": Thing("Worked on debts", 15, Doing.WITH),
    "debt_changed": Thing("Worked on debts", 15),
    "statement_made": Thing("Made a statement", 10),
    "outcome_recorded": Thing("Wrote down an outcome", 5, each=True),
    "what_changed_said": Thing("Heard what changed", 10, Doing.WITH, each=True),
    "evidence_send": Thing("Asked for medical evidence", 15),
}
CHOICES = (5, 10, 15, 30, 45, 60)


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that a worker did: `key` of the case it was for, and its event."""

    name: str
    event_id: int
    case_id: int


def gathered(done: list[Done]) -> list[tuple[Done, int]]:
    """A day's things in order, each with how often it was done: what was said alike of one case comes once.

    The first event of several stands for them, so that a later one does not make it another thing.
    """
    found: dict[object, tuple[Done, int]] = {}
    for each in done:
        thing = THINGS.get(each.name)
        if thing is None:
            continue
        key: object = each.event_id if thing.each else (each.case_id, thing.said)
        first, times = found.get(key, (each, 0))
        found[key] = (first, times + 1)
    return list(found.values())


def hours(minutes: int) -> str:
    """As people say it: “45 minutes”, “2 hours 5 minutes”."""
    whole, rest = divmod(minutes, 60)
    parts = [f"{whole} hour{'s' * (whole != 1)}"] if whole else []
    if rest or not whole:
        parts.append(f"{rest} minute{'s' * (rest != 1)}")
    return " ".join(parts)

"""What a pathway is once read: frozen values with no defaults, so that a published version never changes its meaning.

`reader` makes them from TOML, `canonical` writes them for keeping, `engine` decides by them, `drawing` shows them.
"""

import re
from dataclasses import dataclass
from enum import IntEnum

from wraparound.pathways.conditions import Condition
from wraparound.pathways.vocabulary import ConsentFor, Entry, HandoverAt, Nation, Service, UrgentFlag, WhenFull

MOST_HOURS = 12
MOST_WORKING_DAYS = 260


class Unit(IntEnum):
    """The two units of a duration, the shorter first."""

    HOURS = 1
    WORKING_DAYS = 2


@dataclass(frozen=True, order=True, slots=True)
class Duration:
    """A length of time as a pathway says it: "2 hours" or "5 working days".

    Hours are by the clock, day and night. At most twelve of them may be asked for, which is always sooner than the
    end of the next working day; so any hours sort before any working days.
    """

    unit: Unit
    number: int

    def __str__(self) -> str:
        word = "hour" if self.unit is Unit.HOURS else "working day"
        return f"{self.number} {word}" if self.number == 1 else f"{self.number} {word}s"

    @classmethod
    def parse(cls, text: str) -> "Duration":
        """The duration that `text` says; ValueError with a sentence when it is anything but exactly that."""
        found = re.fullmatch(r"([1-9][0-9]{0,3}) (hour|working day)(s?)", text, re.ASCII)
        if found is None or (found[1] == "1") == (found[3] == "s"):
            raise ValueError('Write a number and a unit, such as "2 hours", "1 working day" or "5 working days".')
        number = int(found[1])
        if found[2] == "hour":
            if number > MOST_HOURS:
                raise ValueError(f"Write at most {MOST_HOURS} hours, or use working days.")
            return cls(Unit.HOURS, number)
        if number > MOST_WORKING_DAYS:
            raise ValueError(f"Write at most {MOST_WORKING_DAYS} working days.")
        return cls(Unit.WORKING_DAYS, number)


@dataclass(frozen=True, slots=True)
class Also:
    """A further service that is reached, or told about, when the condition holds."""

    service: Service
    when: Condition


@dataclass(frozen=True, slots=True)
class Route:
    """Which services a referral reaches from one entry.

    `to` always; each of `also` when its condition holds; `otherwise` when nothing else was reached. The person is
    told of each service of `signpost` whose condition holds, and not referred to it. `to` or `otherwise` names a
    service, or a signpost is always given, so that nobody goes away with nothing. `session`: whoever refers from
    here is asked to book a session at once.
    """

    to: tuple[Service, ...]
    also: tuple[Also, ...]
    otherwise: tuple[Service, ...]
    signpost: tuple[Also, ...]
    session: bool


@dataclass(frozen=True, slots=True)
class SameDay:
    """Flags that cannot wait for a working day: how soon help is due, and what the referrer does meanwhile."""

    when: frozenset[UrgentFlag]
    help: Duration
    do_now: tuple[tuple[UrgentFlag, str], ...]


@dataclass(frozen=True, slots=True)
class Urgent:
    """The fast track. `when` holds the same-day flags too. Each interval replaces the normal one of its name."""

    when: frozenset[UrgentFlag]
    to: tuple[Service, ...]
    answer: Duration
    contact: Duration
    try_again: Duration
    review: Duration
    acknowledge: Duration
    supervisor: Duration
    give_back: Duration


@dataclass(frozen=True, slots=True)
class ServiceTerms:
    """What one service promises.

    `answer` is the time to accept or decline, `first_contact` the time to the first contact and `appointment` the
    time to the first appointment, all from when the referral was sent; `attempts` the number of tries before contact
    counts as lost, `try_again` the time between two; `review` the longest time without anything happening on an open
    case. `when_full` is tried in order when there is no place; empty: sent all the same. `longest_wait` is the longest
    time on the waiting list. `appointment` is None in a pathway of format 1 alone, which promises none.
    """

    service: Service
    answer: Duration
    first_contact: Duration
    appointment: Duration | None
    attempts: int
    try_again: Duration
    review: Duration
    when_full: tuple[WhenFull, ...]
    longest_wait: Duration


@dataclass(frozen=True, slots=True)
class Timeouts:
    """What happens on silence.

    Overdue goes to the supervisor at once, who has `supervisor`; after `give_back` more it returns to the referrer.
    The referrer has `acknowledge` to read an answer; unread, it is closed `close` after the supervisor's time.
    Something taken up after its promise has passed is due `catch_up` later.
    """

    acknowledge: Duration
    supervisor: Duration
    give_back: Duration
    close: Duration
    catch_up: Duration


@dataclass(frozen=True, slots=True)
class Handover:
    """One service passes the person to another.

    `within` is how long after first contact the moment `at` usually comes; `warm` means that the two workers speak
    and the person is introduced; `expected` says for whom the hand-over is planned from the start. At once means
    that the referral itself reaches the other service too.
    """

    from_service: Service
    to_service: Service
    at: HandoverAt
    within: Duration
    warm: bool
    expected: Condition


@dataclass(frozen=True, slots=True)
class Consent:
    """What the person is asked to agree to."""

    needed: frozenset[ConsentFor]


@dataclass(frozen=True, slots=True)
class Pathway:
    """One version of one way in which referrals move in a scheme."""

    title: str
    version: int
    nation: Nation
    summary: str
    entries: tuple[tuple[Entry, Route], ...]
    same_day: SameDay
    urgent: Urgent
    services: tuple[ServiceTerms, ...]
    timeouts: Timeouts
    handover: tuple[Handover, ...]
    consent: Consent

    def __hash__(self) -> int:
        """Of title and version alone: equal pathways share them, and decisions look pathways up very often."""
        return hash((self.title, self.version))

    def route(self, entry: Entry) -> Route | None:
        """The route of an entry, or None where this pathway has no such entry."""
        for declared, route in self.entries:
            if declared is entry:
                return route
        return None

    def terms(self, service: Service) -> ServiceTerms:
        """What a service promises; LookupError when the pathway does not have it."""
        for terms in self.services:
            if terms.service is service:
                return terms
        raise LookupError(f"The pathway “{self.title}” has no service {service}.")

"""Waiting lists and unmet needs, as they are read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Team
from wraparound.pathways import words
from wraparound.pathways.vocabulary import Need, Service
from wraparound.referrals.capacity import Room
from wraparound.referrals.elsewhere import services_of
from wraparound.referrals.models import Referral, UnmetNeed
from wraparound.referrals.unmet import may_end
from wraparound.web.formats import counted, day
from wraparound.web.wording import NEEDS


def services_said(referral: Referral) -> str:
    """“Social prescribing and welfare advice”: everything that the team is asked for."""
    first, *others = (service.label for service in services_of(referral))
    return words.listed([first, *(label.lower() for label in others)])


def room_of(team: Team, room: Room) -> str:
    """How a team stands, in one sentence."""
    in_hand = "1 person in hand" if room.open == 1 else f"{room.open:,} people in hand"
    waiting = f"{room.waiting:,} waiting" if room.waiting else "nobody waiting"
    if room.places is None:
        said = f"{team.name} has no limit: {in_hand}, {waiting}."
    else:
        free = f"{counted(room.free or 0, 'place')} free" if room.free else "no place free"
        said = f"{team.name} has {counted(room.places, 'place')}: {in_hand}, {free}, {waiting}."
    if room.closed_until:
        said += f" It takes nobody new before {day(room.closed_until)}."
    return said


def needs_said(needs: Iterable[str]) -> str:
    return words.listed([NEEDS[Need(need)] for need in needs]) or "Not said"


@dataclass(frozen=True)
class NotMet:
    """One service that nobody could give, as its reader has it. `name` is blank for who may not know it."""

    need: UnmetNeed
    service: str
    why: str
    wanted: str
    name: str
    next: str
    to_read: bool
    may_end: bool


# What the referrer does about it.
_NEXT = {
    UnmetNeed.Why.FULL: "Tell them now, and think with them who else can help.",
    UnmetNeed.Why.NO_TEAM: "Tell them now, and refer them to a service where they live, if there is one.",
    UnmetNeed.Why.NO_AGREEMENT: "Tell them now. The scheme’s administrator can say when an agreement will be signed. "
    "With the person’s own signature you may refer them again at once.",
    UnmetNeed.Why.CLOSED: "Tell them now, and refer them again when the service takes people, or find other help.",
    UnmetNeed.Why.DECLINED: "Tell them now, and think with them who else can help.",
    UnmetNeed.Why.WAITED: "Tell them now: the wait has gone on too long. Find other help, or refer them again.",
}


def not_met(actor: Actor, needs: Sequence[UnmetNeed], names: dict[int, str] | None = None) -> list[NotMet]:
    return [
        NotMet(
            need=need,
            service=Service(need.service).label,
            why=f"{UnmetNeed.Why(need.why).label}.",
            wanted=needs_said(need.needs),
            name=(names or {}).get(need.person_id, ""),
            next=_NEXT[UnmetNeed.Why(need.why)],
            to_read=need.seen_at is None and need.ended_at is None,
            may_end=need.ended_at is None and may_end(actor, need),
        )
        for need in needs
    ]

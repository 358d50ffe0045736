"""A concern as its page shows it: what to do now, and where it has got to."""

from collections.abc import Sequence
from dataclasses import dataclass

from wraparound.organisations.actor import Actor
from wraparound.organisations.models import HelpNow, User
from wraparound.pathways.calendar import calendar_for
from wraparound.pathways.vocabulary import Nation, UrgentFlag
from wraparound.referrals.preview import help_now
from wraparound.safeguarding.models import Concern
from wraparound.safeguarding.reading import is_late
from wraparound.safeguarding.states import ConcernKind, ConcernStatus

DO_NOW: dict[ConcernKind, tuple[str, ...]] = {
    ConcernKind.ABUSE: (
        "Listen. Do not promise to keep it secret, and do not question or warn whoever it is about.",
        "Find out what the person wants to happen, and whether it is safe to ring or write to them.",
    ),
    ConcernKind.DANGER: (
        "Find out whether it is safe to talk, and whether they can get away safely.",
        "Do not speak with whoever they are in danger from.",
    ),
    ConcernKind.SUICIDAL: (
        "Ask plainly whether they are thinking of killing themselves and how. Asking does not make it likelier.",
        "For urgent help with their mental health they can ring 111. Samaritans answer day and night on 116 123.",
    ),
    ConcernKind.CHILD: (
        "Write down what the child or the adult said, in their words. Do not question the child.",
        "The lead speaks with the council’s children’s services; ring them yourself if you cannot reach the lead.",
    ),
}
STATUS = {
    ConcernStatus.RAISED: ("Nobody owns it yet", "orange"),
    ConcernStatus.OWNED: ("Owned", "blue"),
    ConcernStatus.ENDED: ("Ended", "grey"),
}


@dataclass(frozen=True)
class Row:
    """One line of the list."""

    concern: Concern
    status: str
    colour: str
    late: bool


def row(concern: Concern, actor: Actor) -> Row:
    status, colour = STATUS[ConcernStatus(concern.status)]
    return Row(concern, status, colour, is_late(concern, actor))


def who_is_asked(concern: Concern, answerers: Sequence[User]) -> list[str]:
    """The names of those who must answer: the lead and the deputy, else everybody here who may."""
    named = [user.name for user in (concern.lead, concern.deputy) if user]
    return named or [user.name for user in answerers if user.pk != concern.raised_by_id]


def ring_now(actor: Actor, nation: str) -> tuple[HelpNow, ...]:
    """The scheme's numbers, at this hour, for somebody in danger."""
    numbers = help_now(actor, [UrgentFlag.IMMEDIATE_DANGER], calendar_for(Nation(nation)))
    return tuple(each for each in numbers if each.phone != "999")

"""A concern as its page shows it: what to do now, and where it has got to."""

from collections.abc import Sequence
from dataclasses import dataclass

from wraparound.organisations.actor import Actor
from wraparound.organisations.models import HelpNow, User
from wraparound.pathways.calendar import calendar_for
from wraparound.pathways.vocabulary import Nation, UrgentFlag
from wraparound.referrals.preview import help_now
from wraparound.safeguarding.models import Concern
from wraparound.safeguarding.reading import WaitingConcern, Wants, is_late
from wraparound.safeguarding.rules import Left
from wraparound.safeguarding.states import ConcernKind, ConcernStatus
from wraparound.web.formats import due

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


# After the name of whoever owns it.
LEFT = {
    Left.OWNER_GONE: "no longer works here. Somebody must take this on.",
    Left.OWNER_AWAY: "is away and back too late. Somebody must take this on.",
    Left.UNTOUCHED: "has not looked at this again in time. Speak with them, or take it on.",
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


def said(waiting: WaitingConcern) -> str:
    """What is wanted of the reader: an owner, to look again by its time."""
    if waiting.wants is not Wants.WORK:
        return waiting.said
    by = due(waiting.concern.due_at)
    return f"Look again now: it was due by {by}" if waiting.late else f"Yours until you end it. Look again by {by}"


def who_is_asked(concern: Concern, answerers: Sequence[User]) -> list[str]:
    """The names of those who must answer: the lead and the deputy, else everybody here who may."""
    named = [user.name for user in (concern.lead, concern.deputy) if user]
    return named or [user.name for user in answerers if user.pk != concern.raised_by_id]


def ring_now(actor: Actor, nation: str) -> tuple[HelpNow, ...]:
    """The scheme's numbers, at this hour, for somebody in danger."""
    numbers = help_now(actor, [UrgentFlag.IMMEDIATE_DANGER], calendar_for(Nation(nation)))
    return tuple(each for each in numbers if each.phone != "999")

"""What a first page is made of: sections of lines, each leading to where something is done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.urls import reverse

from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Role
from wraparound.pathways.vocabulary import Service, UrgentFlag
from wraparound.people.models import Person
from wraparound.referrals.models import Referral
from wraparound.web.team.turns import next_turn
from wraparound.web.wording import FLAGS

Tag = tuple[str, str]
URGENT, OVERDUE, DEADLINE = ("Urgent", "red"), ("Overdue", "red"), ("Legal deadline", "red")
WORK = {Service.SOCIAL_PRESCRIBING: ("Link work", "green"), Service.WELFARE_ADVICE: ("Advice", "purple")}


@dataclass(frozen=True)
class Line:
    """One thing that waits, or is only said where it has no `address`.

    `care` leads to how to make contact safely, "" where nothing is to be minded.
    """

    text: str
    address: str
    said: str = ""
    tags: Sequence[Tag] = ()
    care: str = ""


@dataclass(frozen=True)
class Section:
    """Lines under a heading, and a note below them.

    One without lines is left out, unless it has something to say all the same.
    """

    ident: str
    heading: str
    lines: Sequence[Line]
    more: tuple[str, str] = ("", "")
    otherwise: str = ""
    note: str = ""


def shown(sections: Iterable[Section]) -> list[Section]:
    return [each for each in sections if each.lines or each.otherwise]


def journey_address(reference: str) -> str:
    return reverse("journey", kwargs={"reference": reference})


def about(person: Person, reference: str, said: str, tags: Sequence[Tag] = (), address: str = "") -> Line:
    """A line about a person, leading to their journey unless to somewhere nearer."""
    journey = journey_address(reference)
    care = f"{journey}#safe-contact" if person.contact_with_care else ""
    return Line(person.name, address or journey, said, tags, care)


def waiting_line(referral: Referral, actor: Actor) -> Line:
    """A referral by whose turn it is and by when. It comes with its worker, team and both organisations."""
    turn = next_turn(referral, actor)
    tags = [*kind_of_work(referral, actor)]
    if UrgentFlag.LEGAL_DEADLINE_NEAR in referral.urgent_flags:
        tags.append(DEADLINE)
    elif referral.urgent:
        tags.append(URGENT)
    if turn.overdue:
        tags.append(OVERDUE)
    return about(referral.person, referral.journey.reference, turn.said, tags)


def kind_of_work(referral: Referral, actor: Actor) -> list[Tag]:
    """Advice, link work or both, for a worker who does both."""
    if actor.role is not Role.HYBRID_WORKER:
        return []
    return [WORK[Service(service)] for service in (referral.service, *referral.joined)]


def flags_said(flags: Iterable[str]) -> str:
    return ", ".join(FLAGS[UrgentFlag(flag)] for flag in flags)

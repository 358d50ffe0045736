"""The worklist's rows, its filters as addresses, and same-day alerts as they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from wraparound.organisations.actor import Actor
from wraparound.organisations.pathways import calendar_of, pathway_of
from wraparound.organisations.roles import Capability
from wraparound.pathways.vocabulary import Need, Status, UrgentFlag
from wraparound.referrals.models import Referral
from wraparound.referrals.reading import possible_moves
from wraparound.web.came_in import leaves_soon
from wraparound.web.team.turns import NextTurn, next_turn
from wraparound.web.wording import FLAGS, NEEDS, STATUSES

FILTERS = ("whose", "urgent", "status")
WORKED_ON = (
    Status.SENT, Status.CLAIMED, Status.WAITING, Status.ASKED, Status.ACCEPTED, Status.IN_PROGRESS, Status.PAUSED,
    Status.DECLINED, Status.LOST_CONTACT, Status.NOT_ANSWERED,
)  # fmt: skip
MOST_COUNTED = 1000


@dataclass(frozen=True)
class Row:
    """One referral of the worklist."""

    referral: Referral
    age: int | None
    needs: tuple[str, ...]
    flags: tuple[str, ...]
    waited: int
    status: str
    turn: NextTurn
    can_claim: bool
    leaves_soon: bool
    letter_by: date | None


def row(referral: Referral, actor: Actor) -> Row:
    pathway = pathway_of(referral.journey.pathway_version_id)
    return Row(
        referral=referral,
        age=age(referral.person.date_of_birth, actor.today()),
        needs=needs_said(referral),
        flags=flags_said(referral.urgent_flags),
        waited=calendar_of(pathway).working_days_between(_waits_since(referral), actor.now()),
        status=STATUSES[Status(referral.status)][0],
        turn=next_turn(referral, actor),
        can_claim="claim" in {move.verb for move in possible_moves(referral, actor)},
        leaves_soon=leaves_soon(actor, referral.journey),
        letter_by=referral.journey.letter_by if actor.can(Capability.SEE_REASON) else None,
    )


def _waits_since(referral: Referral) -> datetime:
    """Since when the person waits: one that was sent on was sent before."""
    return min(referral.sent_at, referral.counted_from or referral.sent_at)


def age(born: date | None, today: date) -> int | None:
    """Whole years, where the birth date is known."""
    if born is None:
        return None
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def needs_said(referral: Referral) -> tuple[str, ...]:
    return tuple(NEEDS[Need(need)] for need in referral.needs)


def flags_said(flags: list[str]) -> tuple[str, ...]:
    return tuple(FLAGS[UrgentFlag(flag)] for flag in flags)


@dataclass(frozen=True)
class Filter:
    """One link above the worklist."""

    text: str
    address: str
    chosen: bool


def filters(asked: QueryDict, counts: Mapping[str, int]) -> dict[str, list[Filter]]:
    """The links that change one part of what is asked for and keep the rest."""
    whose = [("", f"All ({_count(counts['all'])})"), ("mine", f"Mine ({_count(counts['mine'])})"),
             ("unclaimed", f"Unclaimed ({_count(counts['unclaimed'])})")]  # fmt: skip
    urgent = [("", "Any urgency"), ("yes", f"Urgent ({_count(counts['urgent'])})")]
    return {name: [_filter(asked, name, *each) for each in choices] for name, choices in
            (("whose", whose), ("urgent", urgent))}  # fmt: skip


def _filter(asked: QueryDict, name: str, value: str, text: str) -> Filter:
    return Filter(text, "?" + address(asked, {name: value}), asked.get(name, "") == value)


def address(asked: QueryDict, changes: Mapping[str, str]) -> str:
    """The query of the worklist with some of its parts changed; a new filter begins at the first page."""
    parts = {name: asked.get(name, "") for name in FILTERS} | dict(changes)
    return urlencode({name: value for name, value in parts.items() if value})


def _count(number: int) -> str:
    return f"{MOST_COUNTED:,} or more" if number >= MOST_COUNTED else str(number)


def read_at(actor: Actor, answer: Referral) -> str:
    """Where the sender reads how a referral ended (its journey is read), and says that they have.

    What the organisation referred itself is followed on the referrers' pages; a handover on the journey's.
    """
    began = answer.journey.from_organisation_id == actor.organisation_id
    if began and answer.kind != Referral.Kind.HANDOVER and actor.can(Capability.SEE_PRACTICE_REFERRALS):
        return reverse("referral", kwargs={"reference": answer.journey.reference})
    return reverse("answer", kwargs={"pk": answer.pk})

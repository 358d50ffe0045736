"""What waits at either end of a referral, as a first page lists it: short, due first, and found by an index."""

from datetime import datetime

from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.pathways.vocabulary import Status
from wraparound.referrals.models import Referral, ReferralQuerySet
from wraparound.referrals.reading import ANSWERED
from wraparound.referrals.senders import own_or_nobodys

MOST_COUNTED = 1000


def overdue(actor: Actor, most: int = 10) -> list[Referral]:
    """What the actor's team, or its organisation's teams, should have done by now: the urgent, then the longest due."""
    if not actor.can(Capability.SEE_PEOPLE):
        return []
    rows = Referral.objects.to_team_of(actor).open().filter(due_at__lt=actor.now()).exclude(status__in=ANSWERED)
    # One look at the index for each rank: of a long list only the beginnings are read.
    keys = [rows.filter(rank=rank).order_by("due_at", "id").values("pk")[:most] for rank in (0, 1)]
    found = Referral.objects.visible_to(actor).filter(pk__in=keys[0]) | Referral.objects.visible_to(actor).filter(
        pk__in=keys[1]
    )
    joined = found.select_related("person", "worker", "journey", "to_team", "to_organisation", "from_organisation")
    return list(joined.order_by("rank", "due_at", "id")[:most])


def answers_waiting(actor: Actor, *, mine: bool, most: int = 10) -> list[Referral]:
    """What the actor's organisation sent, that ended without help and nobody has read; due first.

    `mine`: what the actor sent, and what nobody is left there to answer for. With people, journeys, teams and senders.
    """
    if not actor.can(Capability.FOLLOW_REFERRALS):
        return []
    rows = _unread(actor)
    if mine:
        rows = rows.filter(own_or_nobodys(actor))
    return list(rows.select_related("person", "journey", "to_team", "from_user").order_by("due_at", "id")[:most])


def unread_answers(actor: Actor) -> int:
    """How many of those there are in the whole organisation, counted up to `MOST_COUNTED`."""
    return _unread(actor)[:MOST_COUNTED].count()


def longest_waiting(actor: Actor) -> datetime | None:
    """Since when the first of the waiting list has been on it; None when nobody is."""
    rows = Referral.objects.to_team_of(actor).filter(is_open=True, status=Status.WAITING)
    return rows.order_by("status_since").values_list("status_since", flat=True).first()


def _unread(actor: Actor) -> ReferralQuerySet:
    rows = Referral.objects.visible_to(actor)
    return rows.filter(from_organisation_id=actor.organisation_id, status__in=ANSWERED, is_open=True)

"""Whom to ring, and what to do meanwhile, for a same-day need that was already raised."""

from collections.abc import Collection
from dataclasses import dataclass

from wraparound.organisations.actor import Actor
from wraparound.organisations.models import HelpNow
from wraparound.organisations.pathways import calendar_of, pathway_of
from wraparound.pathways.vocabulary import UrgentFlag
from wraparound.referrals.models import Journey
from wraparound.referrals.preview import help_now


@dataclass(frozen=True)
class RingNow:
    """The scheme's numbers at this hour, and the pathway's sentences on what the referrer does meanwhile."""

    numbers: tuple[HelpNow, ...]
    do_now: tuple[str, ...]


def ring_now(actor: Actor, journey: Journey, flags: Collection[str]) -> RingNow:
    """For these flags of the journey, the most dangerous need first."""
    pathway = pathway_of(journey.pathway_version_id)
    raised = tuple(flag for flag in UrgentFlag if flag in flags)
    said = dict(pathway.same_day.do_now)
    return RingNow(
        numbers=help_now(actor, raised, calendar_of(pathway)),
        do_now=tuple(said[flag] for flag in raised if flag in said),
    )

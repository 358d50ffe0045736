"""A digest's lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from wraparound.messaging.models import DigestSent
from wraparound.organisations.actor import Actor
from wraparound.pathways.vocabulary import Service
from wraparound.referrals.models import Journey
from wraparound.web.referring.pages import Standing, standings
from wraparound.web.wording import EVENTS


@dataclass(frozen=True)
class News:
    """What happened to one person's referrals, where each is now, and whether something waits for the reader."""

    journey: Journey
    happened: Sequence[str]
    standings: Sequence[Standing]
    yours: bool


def news_of(actor: Actor, digest: DigestSent, journey: Journey) -> News:
    told = next(each["news"] for each in digest.content if each["reference"] == journey.reference)
    now = standings(actor, journey)
    return News(
        journey=journey,
        happened=[_said(name, service) for name, service in told],
        standings=now,
        yours=any(each.yours for each in now),
    )


def _said(name: str, service: str) -> str:
    what = EVENTS.get(name, "Something happened")
    return f"{Service(service).label}: {what[:1].lower()}{what[1:]}" if service in set(Service) else what

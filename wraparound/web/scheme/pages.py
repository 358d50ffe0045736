"""Pathways as an administrator sees them: drawn, in words, against another, and tried on what came in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from wraparound.organisations.actor import Actor
from wraparound.organisations.models import PathwayVersion, Scheme
from wraparound.organisations.pathways import calendar_of, pathway_of
from wraparound.pathways.definition import Pathway
from wraparound.pathways.drawing import describe, draw
from wraparound.pathways.library import load, names
from wraparound.pathways.parameters import Difference, differences
from wraparound.pathways.trial import ServiceTrial, Trial, try_on
from wraparound.pathways.vocabulary import Model
from wraparound.referrals.past_facts import past_referrals
from wraparound.web.formats import counted
from wraparound.web.scheme.wording import SUITS

TRIED_ON = timedelta(days=30)


@dataclass(frozen=True)
class Drawn:
    """A pathway's drawing for a screen and for a phone, and the same in sentences."""

    title: str
    summary: str
    wide: str
    narrow: str
    sentences: tuple[str, ...]


def drawn(pathway: Pathway) -> Drawn:
    return Drawn(
        pathway.title, pathway.summary, draw(pathway), draw(pathway, narrow=True), tuple(describe(pathway))
    )  # fmt: skip


@dataclass(frozen=True)
class LibraryFile:
    """One pathway to choose. `suits` says how it stands to the scheme's model."""

    name: str
    shown: Drawn
    suits: str


@lru_cache(maxsize=32)
def _library_drawing(name: str) -> Drawn:
    return drawn(load(name))


def library(scheme: Scheme) -> list[LibraryFile]:
    model = Scheme.Model(scheme.model)
    return [LibraryFile(name, _library_drawing(name), SUITS[name][model]) for name in names()]


def in_force(scheme: Scheme) -> Pathway | None:
    return pathway_of(scheme.pathway_version_id) if scheme.pathway_version_id else None


def changes_of(version: PathwayVersion, before: PathwayVersion | None) -> tuple[Difference, ...]:
    """What a version changed. Nothing to compare with: nothing."""
    return differences(pathway_of(before.pk), pathway_of(version.pk)) if before else ()


@dataclass(frozen=True)
class Line:
    """One line of what a trial found: a service, what is counted, and how much of it under each pathway."""

    service: str
    what: str
    today: str
    draft: str


@dataclass(frozen=True)
class Tried:
    """A draft tried on the referrals of the last days: in a sentence, and by service."""

    trial: Trial
    sentence: str
    rows: tuple[Line, ...]


_COUNTED = {
    "at_once": "Reached at once",
    "later": "Reached later, by hand-over",
    "urgent": "Urgent",
    "signposted": "Told to go there",
}


def _lines(found: ServiceTrial) -> Iterator[Line]:
    """What is none under both is left out."""
    for name, what in _COUNTED.items():
        today = getattr(found.before, name) if found.before else None
        draft = getattr(found.after, name)
        if today or draft:
            yield Line(found.service.label, what, "–" if today is None else f"{today:,}", f"{draft:,}")
    before = found.before.days if found.before else None
    yield Line(found.service.label, "Working days to first contact", _days(before), _days(found.after.days))


def tried(actor: Actor, scheme: Scheme, draft: Pathway) -> Tried:
    before = in_force(scheme)
    past = past_referrals(actor, actor.now() - TRIED_ON, actor.now())
    calendar = calendar_of(draft)
    trial = try_on(
        before, draft, past, calendar_of(before) if before else calendar, calendar, Model(scheme.model)
    )  # fmt: skip
    return Tried(trial, _sentence(trial), tuple(line for each in trial.services for line in _lines(each)))


def _sentence(trial: Trial) -> str:
    if not trial.referrals:
        return f"No referral came in during the last {TRIED_ON.days} days, so there is nothing to try it on."
    came = f"{counted(trial.referrals, 'referral')} came in during the last {TRIED_ON.days} days."
    if trial.elsewhere is None:
        return came
    went = "None of them would" if not trial.elsewhere else f"{trial.elsewhere:,} of them would"
    said = f"{came} {went} have gone elsewhere."
    refused = trial.refused_after - (trial.refused_before or 0)
    if refused > 0:
        said += f" {refused:,} could not have come in at all, since this pathway does not take them."
    return said


def _days(number: float | None) -> str:
    """Working days as they are said: whole, or with a half."""
    return "–" if number is None else f"{number:g}"

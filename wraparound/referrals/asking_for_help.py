"""Somebody asks for help from outside, for themselves or for another: one request to the scheme's front door."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from wraparound.events.action import Refused, action
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import HelpNow, Organisation, Scheme
from wraparound.organisations.pathways import calendar_of, pathway_of
from wraparound.organisations.roles import Capability, Role
from wraparound.pathways.engine import first_contact_due
from wraparound.pathways.vocabulary import Entry, Service, Status, UrgentFlag
from wraparound.referrals.actions import refer
from wraparound.referrals.intake import Intake
from wraparound.referrals.models import Journey, PublicRequest, Referral, Signpost, UnmetNeed
from wraparound.referrals.preview import help_now

# A library or a hostel has one address for many people.
MOST_FROM_ONE_PLACE, MOST_IN_A_SCHEME, WITHIN = 20, 200, timedelta(hours=1)
PUBLIC_ENTRIES = (Entry.SELF, Entry.ON_BEHALF)


def schemes_to_ask() -> QuerySet[Scheme]:
    """Schemes in which anybody may ask for help."""
    open_ = Scheme.objects.exclude(front_door=None).exclude(slug=None).exclude(pathway_version=None)
    return open_.select_related("front_door").order_by("name")


def entries_of(scheme: Scheme) -> list[Entry]:
    """How somebody may ask in this scheme: for themselves, for another, or both."""
    assert scheme.pathway_version_id is not None
    pathway = pathway_of(scheme.pathway_version_id)
    return [entry for entry in PUBLIC_ENTRIES if pathway.route(entry) is not None]


def entries_booking(scheme: Scheme) -> frozenset[Entry]:
    """Those of them from which the scheme's pathway books a session, so that who asks says which would suit."""
    assert scheme.pathway_version_id is not None
    pathway = pathway_of(scheme.pathway_version_id)
    routes = {entry: pathway.route(entry) for entry in PUBLIC_ENTRIES}
    return frozenset(entry for entry, route in routes.items() if route is not None and route.session)


def practices_of(scheme: Scheme) -> list[Organisation]:
    """The practices of a scheme, for people to say which is theirs."""
    found = scheme.organisations.filter(partner__ended=None, kind=Organisation.Kind.PRACTICE)
    return list(found.exclude(ods_code="").order_by("name"))


def asker(scheme: Scheme) -> Actor:
    """Somebody outside, at the scheme's front door. They see nothing of what is known there."""
    assert scheme.front_door_id is not None
    return Actor(scheme_id=scheme.pk, organisation_id=scheme.front_door_id, role=Role.PUBLIC)


def ring_now(scheme: Scheme, flags: frozenset[UrgentFlag]) -> tuple[HelpNow, ...]:
    """The scheme's numbers at this hour for those of the flags that cannot wait for a working day."""
    assert scheme.pathway_version_id is not None
    pathway = pathway_of(scheme.pathway_version_id)
    return help_now(asker(scheme), pathway.same_day.when & flags, calendar_of(pathway))


def place_digest(by: Actor, place: str) -> str:
    """What is kept of where a request came from: it tells requests of one day apart, and nothing else."""
    return hashlib.sha256(f"{settings.SECRET_KEY} {by.now():%Y-%m-%d} {place}".encode()).hexdigest()


@dataclass(frozen=True)
class Asked:
    """All that whoever asked is told: who will contact the person and by when, and where there is a wait.

    `go_to` are teams to ring oneself, with their numbers; `unmet` says that somebody could not be found.
    """

    reference: str
    coming: tuple[tuple[str, datetime], ...]
    waiting: tuple[str, ...]
    go_to: tuple[tuple[str, str], ...]
    unmet: bool


@action
def ask_for_help(*, by: Actor, intake: Intake, place: str) -> Asked:
    """Take in a request by the public. `place` is the network address that it came from, of which a digest is kept.

    Nobody is told whether the person is known here. Refused: what `refer` refuses, and `too_many`.
    """
    by.require(Capability.ASK_IN_PUBLIC)
    _not_too_many(by, place)
    PublicRequest.objects.create(scheme_id=by.scheme_id, place_sha256=place_digest(by, place), at=by.now())
    # The record is looked up and added to inside; what comes out is the reference of the request alone.
    inside = replace(by, role=Role.FRONT_DOOR)
    return _asked(refer(by=inside, intake=replace(intake, known=False)), inside)


def _not_too_many(by: Actor, place: str) -> None:
    recent = PublicRequest.objects.filter(scheme_id=by.scheme_id, at__gt=by.now() - WITHIN)
    from_here = recent.filter(place_sha256=place_digest(by, place))
    if _full(from_here, MOST_FROM_ONE_PLACE) or _full(recent, MOST_IN_A_SCHEME):
        raise Refused(
            "too_many", "Many people are asking at this moment. Wait an hour and send this again, or ring us instead."
        )


def _full(rows: QuerySet[PublicRequest], most: int) -> bool:
    return rows[:most].count() >= most


def _asked(journey: Journey, by: Actor) -> Asked:
    pathway = pathway_of(journey.pathway_version_id)
    calendar, coming, waiting = calendar_of(pathway), [], []
    for referral in Referral.objects.visible_to(by).filter(journey=journey).select_related("to_team").order_by("pk"):
        if referral.status == Status.WAITING:
            waiting.append(referral.to_team.name)
            continue
        flags = frozenset(UrgentFlag(flag) for flag in referral.urgent_flags)
        due = first_contact_due(pathway, Service(referral.service), flags, calendar, referral.sent_at)
        coming.append((referral.to_team.name, due))
    unmet = UnmetNeed.objects.visible_to(by).filter(journey=journey).exists()
    signposts = Signpost.objects.visible_to(by).filter(given_on=journey).select_related("to_team").order_by("pk")
    told = [(each.to_team.name, each.to_team.phone) for each in signposts if each.to_team]
    return Asked(journey.reference, tuple(coming), tuple(waiting), tuple(told), unmet)

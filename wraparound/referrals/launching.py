"""A referral begun inside a GP system: the details wait for some minutes for one user, who sends them once."""

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from django.core.signing import BadSignature, Signer

from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.people.details import PersonDetails
from wraparound.referrals.actions import refer
from wraparound.referrals.intake import Intake
from wraparound.referrals.models import Journey, Launch

OPEN_WITHIN = timedelta(minutes=10)
# Opened in time, a page may be filled in for as long as a user stays signed in.
SEND_WITHIN = timedelta(hours=12)
_SIGNER = Signer(salt="referrals.launch")


def token_of(launch: Launch) -> str:
    """What the link carries: the launch's number, signed, and nothing about the person."""
    return _SIGNER.sign(str(launch.pk))


def number_in(token: str) -> int | None:
    """The launch that a link names, or None when it was not made here."""
    try:
        return int(_SIGNER.unsign(token))
    except (BadSignature, ValueError):
        return None


@action
def start_launch(*, by: Actor, details: PersonDetails) -> Launch:
    """Keep what the practice's system says of the person until one of its users opens the link."""
    by.require(Capability.REFER)
    launch = Launch.objects.create(
        scheme_id=by.scheme_id,
        organisation_id=by.organisation_id,
        details=_as_json(details),
        made_at=by.now(),
        expires_at=by.now() + OPEN_WITHIN,
    )
    record("launch_started", by=by, data={"launch": launch.pk})
    return launch


@action
def open_launch(*, by: Actor, number: int) -> PersonDetails:
    """The details, for the first user of the practice who opens the link in time, and for that user alone after."""
    by.require(Capability.REFER)
    launch = _locked(by, number)
    if launch.used_by_id is None:
        if by.now() > launch.expires_at:
            raise Refused("launch_expired", "This link has run out. Start again from the GP system.")
        launch.used_by_id = by.user_id
        launch.save(update_fields=["used_by"])
    record("launch_opened", by=by, data={"launch": launch.pk})
    return _from_json(launch.details)


@action
def refer_from_launch(*, by: Actor, number: int, intake: Intake) -> Journey:
    """Send the referral, and forget the details that waited for it."""
    launch = _locked(by, number)
    journey = refer(by=by, intake=intake)
    launch.used_at = by.now()
    launch.details = {}
    launch.save(update_fields=["used_at", "details"])
    return journey


def sent_as(actor: Actor, system: str, identifier: str) -> Journey | None:
    """The journey that the actor's organisation began under this identifier."""
    sent: Journey | None = (
        Journey.objects.visible_to(actor)
        .filter(from_organisation_id=actor.organisation_id, sender_system=system, sender_identifier=identifier)
        .first()
    )
    return sent


def _locked(by: Actor, number: int) -> Launch:
    """The launch, as long as this user may still use it. Launch.DoesNotExist for another organisation's."""
    launch = Launch.objects.select_for_update().get(
        pk=number, scheme_id=by.scheme_id, organisation_id=by.organisation_id
    )
    if launch.used_at is not None:
        raise Refused("launch_used", "The referral from this link was already sent. Find it under Referrals.")
    if launch.used_by_id not in (None, by.user_id):
        raise Refused("launch_taken", "Somebody else has opened this link. Start again from the GP system.")
    if by.now() > launch.made_at + SEND_WITHIN:
        raise Refused("launch_expired", "This link has run out. Start again from the GP system.")
    return launch


def _as_json(details: PersonDetails) -> dict[str, Any]:
    born = details.date_of_birth
    return {**asdict(details), "date_of_birth": born.isoformat() if born else None}


def _from_json(kept: dict[str, Any]) -> PersonDetails:
    born = kept["date_of_birth"]
    return PersonDetails(**{**kept, "date_of_birth": date.fromisoformat(born) if born else None})

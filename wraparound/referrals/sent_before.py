"""The same referral sent twice makes one, whether by a double click, a retry or two machines at once."""

from collections.abc import Iterable

from django.db import connection

from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor
from wraparound.people.details import PersonDetails
from wraparound.referrals.intake import Intake
from wraparound.referrals.models import Journey


def one_at_a_time(by: Actor, intake: Intake) -> None:
    """Wait for another transaction that is taking in the same referral or the same person in this scheme."""
    keys = [_person_key(by, intake.person)] if intake.person else []
    if intake.sender:
        keys.append(f"sender {by.organisation_id} {intake.sender.system} {intake.sender.identifier}")
    _wait_for(keys)


def wait_for_people(by: Actor, people: Iterable[PersonDetails]) -> None:
    """Wait for other transactions that are taking in any of the same people in this scheme."""
    _wait_for([_person_key(by, person) for person in people])


def _person_key(by: Actor, person: PersonDetails) -> str:
    if person.nhs_number:
        return f"person {by.scheme_id} {person.nhs_number}"
    return f"born {by.scheme_id} {person.date_of_birth}" if person.date_of_birth else ""


def _wait_for(keys: Iterable[str]) -> None:
    """In one order for everybody, so that two never wait for each other."""
    if wanted := sorted(set(filter(None, keys))):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(key, 0)) FROM unnest(%s::text[]) key", [wanted]
            )


def already_sent(by: Actor, intake: Intake) -> Journey | None:
    """The journey that this sender's identifier already made, or None. Refused when its content has changed since."""
    sender = intake.sender
    if sender is None:
        return None
    before: Journey | None = (
        Journey.objects.visible_to(by)
        .filter(
            from_organisation_id=by.organisation_id,
            sender_system=sender.system,
            sender_identifier=sender.identifier,
        )
        .first()
    )
    if before and before.sender_sha256 != sender.body_sha256:
        raise Refused(
            "already_sent_changed",
            "A referral with this identifier was sent before with other content. Send it under a new identifier.",
        )
    return before

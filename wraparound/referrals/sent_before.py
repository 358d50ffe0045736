"""The same referral sent twice makes one, whether by a double click, a retry or two machines at once."""

from django.db import connection

from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor
from wraparound.referrals.intake import Intake
from wraparound.referrals.models import Journey


def one_at_a_time(by: Actor, intake: Intake) -> None:
    """Wait for another transaction that is taking in the same referral or the same person in this scheme."""
    keys = []
    if intake.sender:
        keys.append(f"sender {by.organisation_id} {intake.sender.system} {intake.sender.identifier}")
    if intake.person and intake.person.nhs_number:
        keys.append(f"person {by.scheme_id} {intake.person.nhs_number}")
    elif intake.person and intake.person.date_of_birth:
        keys.append(f"born {by.scheme_id} {intake.person.date_of_birth}")
    if keys:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(key, 0)) FROM unnest(%s::text[]) key", [sorted(keys)]
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

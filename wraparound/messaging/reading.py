"""Messages back as their readers list and open them."""

from datetime import datetime

from wraparound.messaging.models import MessageBack
from wraparound.organisations.actor import Actor
from wraparound.referrals.models import Journey


def message_of(actor: Actor, pk: int) -> MessageBack:
    """One message. MessageBack.DoesNotExist when it is not the actor's to see."""
    return MessageBack.objects.visible_to(actor).select_related("journey", "referral__to_team").get(pk=pk)


def messages_of(actor: Actor, journey: Journey) -> list[MessageBack]:
    """The messages back of a journey, oldest first, without their PDFs."""
    rows = MessageBack.objects.visible_to(actor).filter(journey=journey)
    return list(rows.select_related("referral__to_team").defer("pdf").order_by("written_at", "pk"))


def unread_by_journey(actor: Actor, journey_ids: list[int]) -> dict[int, int]:
    """How many unread messages each of these journeys has for the actor's organisation."""
    counts: dict[int, int] = {}
    rows = MessageBack.objects.visible_to(actor).filter(
        journey_id__in=journey_ids, to_organisation_id=actor.organisation_id, read_at=None
    )
    for journey_id in rows.values_list("journey_id", flat=True):
        counts[journey_id] = counts.get(journey_id, 0) + 1
    return counts


def mark_read(actor: Actor, message: MessageBack, at: datetime | None = None) -> None:
    """Note the first time that somebody of the organisation it was written to has opened it."""
    if message.read_at is None and message.to_organisation_id == actor.organisation_id:
        MessageBack.objects.visible_to(actor).filter(pk=message.pk, read_at=None).update(read_at=at or actor.now())

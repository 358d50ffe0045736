"""Messages back and digests as their readers list and open them."""

from datetime import date, datetime, time, timedelta

from django.db.models import Prefetch, QuerySet

from wraparound.messaging.models import DigestQuerySet, DigestSent, MessageBack
from wraparound.organisations.actor import Actor
from wraparound.pathways.calendar import LONDON
from wraparound.referrals.models import Journey, Referral


def message_of(actor: Actor, pk: int) -> MessageBack:
    """One message. MessageBack.DoesNotExist when it is not the actor's to see."""
    return MessageBack.objects.visible_to(actor).select_related("journey", "referral__to_team").get(pk=pk)


def messages_of(actor: Actor, journey: Journey) -> list[MessageBack]:
    """The messages back of a journey, oldest first, without their PDFs."""
    rows = MessageBack.objects.visible_to(actor).filter(journey=journey)
    return list(rows.select_related("referral__to_team").defer("pdf").order_by("written_at", "pk"))


def messages_to(actor: Actor, until: datetime) -> QuerySet[MessageBack]:
    """Every message to the actor's organisation that was written until then, the earliest first, without the PDFs."""
    rows = MessageBack.objects.visible_to(actor).filter(to_organisation_id=actor.organisation_id, written_at__lte=until)
    return rows.select_related("referral", "journey").defer("pdf").order_by("written_at", "pk")


def unread_by_journey(actor: Actor, journey_ids: list[int]) -> dict[int, int]:
    """How many unread messages each of these journeys has for the actor's organisation."""
    counts: dict[int, int] = {}
    rows = MessageBack.objects.visible_to(actor).filter(
        journey_id__in=journey_ids, to_organisation_id=actor.organisation_id, read_at=None
    )
    for journey_id in rows.values_list("journey_id", flat=True):
        counts[journey_id] = counts.get(journey_id, 0) + 1
    return counts


def messages_between(actor: Actor, first: date, last: date, most: int = 10_000) -> int:
    """How many messages back were written to the actor's organisation on these days, both included; at most `most`."""
    begins, ends = (datetime.combine(day, time(), LONDON) for day in (first, last + timedelta(days=1)))
    rows = MessageBack.objects.visible_to(actor).filter(
        to_organisation_id=actor.organisation_id, written_at__gte=begins, written_at__lt=ends
    )
    return rows[:most].count()


def mark_read(actor: Actor, message: MessageBack, at: datetime | None = None) -> None:
    """Note the first time that somebody of the organisation it was written to has opened it."""
    if message.read_at is None and message.to_organisation_id == actor.organisation_id:
        MessageBack.objects.visible_to(actor).filter(pk=message.pk, read_at=None).update(read_at=at or actor.now())


def digest_of(actor: Actor, pk: int) -> DigestSent:
    """One digest of the actor's own. DigestSent.DoesNotExist when it is not theirs, or had nothing to say."""
    found: DigestSent = _digests(actor).get(pk=pk)
    return found


def digests_of(actor: Actor, most: int = 10) -> list[DigestSent]:
    """The actor's own latest digests."""
    return list(_digests(actor).order_by("-until")[:most])


def _digests(actor: Actor) -> DigestQuerySet:
    return DigestSent.objects.visible_to(actor).filter(membership_id=actor.membership_id or 0).exclude(content=[])


def journeys_in(actor: Actor, digest: DigestSent) -> list[Journey]:
    """The journeys of a digest that the actor may still see, in its order, with their persons and referrals."""
    order = [each["reference"] for each in digest.content]
    with_referrals = Prefetch(
        "referrals", Referral.objects.visible_to(actor).select_related("to_team", "worker").order_by("pk")
    )
    rows = Journey.objects.visible_to(actor).filter(reference__in=order).select_related("person", "from_user")
    return sorted(rows.prefetch_related(with_referrals), key=lambda journey: order.index(journey.reference))


def mark_digest_read(actor: Actor, digest: DigestSent) -> None:
    """Note the first time that its reader has opened it."""
    if digest.read_at is None:
        DigestSent.objects.visible_to(actor).filter(pk=digest.pk, read_at=None).update(read_at=actor.now())

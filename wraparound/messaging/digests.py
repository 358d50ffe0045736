"""Digests: what happened to what somebody sent, put together for them at the times that they chose."""

from datetime import datetime, timedelta

from django.db.models import Q

from wraparound.events.action import action
from wraparound.events.models import Event
from wraparound.events.recording import record
from wraparound.messaging.models import DigestSent
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Digest, Membership
from wraparound.organisations.roles import Capability
from wraparound.referrals.models import Referral, UnmetNeed

# What is news to whoever sent a referral. A try at making contact, or another worker, is not.
NEWS = (
    "referral_accept referral_decline referral_reach referral_attend referral_lose_contact referral_close "
    "referral_lapse referral_give_up referral_expire referral_ask referral_reroute referral_offer_place "
    "referral_pause referral_hand_over referral_reopen"
).split()
UNMET = "unmet_need_recorded"
FIRST = {Digest.DAILY: timedelta(days=1), Digest.WEEKLY: timedelta(days=7)}
FARTHEST = timedelta(days=31)


@action
def choose_digest(*, by: Actor, digest: Digest) -> Membership:
    """How often the actor hears what happened to what they sent."""
    by.require(Capability.SEE_PRACTICE_REFERRALS)
    own = Membership.objects.select_for_update(of=("self",)).get(
        pk=by.membership_id or 0, user_id=by.user(), scheme_id=by.scheme_id, organisation_id=by.organisation_id
    )
    own.digest = digest
    own.save(update_fields=["digest"])
    record("digest_chosen", by=by, data={"digest": digest})
    return own


def follows_all(reader: Actor) -> bool:
    """Whoever refers hears of their own referrals; a practice manager, who does not, of the whole practice's."""
    return not reader.can(Capability.REFER)


def put_together(membership: Membership, until: datetime, by: Actor) -> DigestSent:
    """The one digest of this reader for this moment: made now, or as it was made before. Empty is none to send."""
    by.require(Capability.SEND_DIGESTS)
    own = DigestSent.objects.visible_to(by).filter(membership=membership)
    if made := own.filter(until=until).first():
        return made
    last = own.filter(until__lt=until).order_by("-until").values_list("until", flat=True).first()
    since = max(last, until - FARTHEST) if last else until - FIRST[Digest(membership.digest)]
    return DigestSent.objects.create(
        scheme_id=by.scheme_id,
        organisation_id=by.organisation_id,
        membership=membership,
        since=since,
        until=until,
        content=news(membership, since, until, by),
    )


def news(membership: Membership, since: datetime, until: datetime, by: Actor) -> list[dict[str, object]]:
    """By reference, what happened after `since` and up to `until` to what the reader sent and did not do themselves."""
    reader = Actor.of(membership)
    sent = Q(from_organisation_id=by.organisation_id)
    if not follows_all(reader):
        sent &= Q(from_user_id=reader.user_id)
    referrals = Referral.objects.visible_to(by).filter(sent & (Q(is_open=True) | Q(ended_at__gt=since)))
    happened = (
        Event.objects.filter(
            scheme_id=by.scheme_id,
            organisation_ids__contains=[by.organisation_id],
            referral_id__in=list(referrals.values_list("pk", flat=True)),
            name__in=NEWS,
            occurred_at__gt=since,
            occurred_at__lte=until,
        )
        .exclude(by_user_id=reader.user_id)
        .order_by("occurred_at", "pk")
        .values_list("journey__reference", "name", "data")
    )
    unmet = UnmetNeed.objects.visible_to(by).filter(sent, recorded_at__gt=since, recorded_at__lte=until)
    told = [(reference, name, str(data.get("service", ""))) for reference, name, data in happened]
    told += [(each.journey.reference, UNMET, each.service) for each in unmet.select_related("journey").order_by("pk")]
    by_reference: dict[str, list[list[str]]] = {}
    for reference, name, service in told:
        happenings = by_reference.setdefault(reference, [])
        if [name, service] not in happenings:
            happenings.append([name, service])
    return [{"reference": reference, "news": happenings} for reference, happenings in by_reference.items()]

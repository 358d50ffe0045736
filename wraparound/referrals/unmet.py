"""What no service could take: written down, told to the referrer and to whoever manages the service, and ended."""

from collections.abc import Iterable, Sequence

from django.db.models import Q

from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.people.models import Person
from wraparound.referrals.models import Journey, Referral, UnmetNeed
from wraparound.referrals.paging import PAGE, Page, moment, page_of, past
from wraparound.referrals.placing import Nobody
from wraparound.referrals.senders import own_or_nobodys

OLDEST = ("recorded_at", "id")
LONGEST_ENDING = 500


def record_unmet(
    journey: Journey, nobodies: Iterable[Nobody], *, needs: Sequence[str], by: Actor, referral: Referral | None = None
) -> list[UnmetNeed]:
    """A row and an event for each service that nobody gives now. `referral` is the one that came to nothing, if any."""
    return [_one(journey, nobody, sorted(needs), by, referral) for nobody in nobodies]


def _one(journey: Journey, nobody: Nobody, needs: list[str], by: Actor, referral: Referral | None) -> UnmetNeed:
    sender = referral or journey
    told = sorted({sender.from_organisation_id, by.organisation_id, *filter(None, [nobody.managed_by])})
    unmet = UnmetNeed.objects.create(
        scheme_id=journey.scheme_id,
        organisation_ids=told,
        journey=journey,
        reference=journey.reference,
        person_id=journey.person_id,
        service=nobody.service,
        needs=needs,
        why=nobody.why,
        from_organisation_id=sender.from_organisation_id,
        from_user_id=sender.from_user_id,
        managed_by_id=nobody.managed_by,
        recorded_at=by.now(),
    )
    record(
        "unmet_need_recorded",
        by=by,
        told=told,
        person_id=journey.person_id,
        journey_id=journey.pk,
        referral_id=referral.pk if referral else None,
        data={"service": nobody.service, "why": nobody.why, "unmet_need": unmet.pk},
    )
    return unmet


@action
def see_unmet_need(*, by: Actor, unmet: UnmetNeed) -> UnmetNeed:
    """The referrer has read that nobody could take it. Refused: `not_yours`, `too_late`."""
    by.require(Capability.FOLLOW_REFERRALS)
    held = _held(unmet, by)
    if held.from_organisation_id != by.organisation_id:
        raise Refused("not_yours", "Another organisation referred this person.")
    if held.seen_at is not None:
        raise Refused("too_late", "This has already been read.")
    held.seen_at, held.seen_by_id = by.now(), by.user()
    held.save(update_fields=["seen_at", "seen_by"])
    _told("unmet_need_seen", held, by)
    return held


@action
def end_unmet_need(*, by: Actor, unmet: UnmetNeed, ending: str) -> UnmetNeed:
    """Say how it ended: who helped in the end, or that nobody did. For the referrer, and whoever manages the service.

    Refused: `not_allowed`, `no_words`, `too_long`, `too_late`.
    """
    if not may_end(by, unmet):
        raise Refused("not_allowed", "The referrer, or whoever manages the service, says how this ended.")
    words = ending.strip()
    if not words:
        raise Refused("no_words", "Write how it ended: who helped in the end, or that nobody did.", "ending")
    if len(words) > LONGEST_ENDING:
        raise Refused("too_long", f"Use {LONGEST_ENDING} characters or fewer; this has {len(words)}.", "ending")
    held = _held(unmet, by)
    if held.ended_at is not None:
        raise Refused("too_late", "Somebody has already said how this ended.")
    held.ended_at, held.ended_by_id, held.ending = by.now(), by.user(), words
    held.save(update_fields=["ended_at", "ended_by", "ending"])
    _told("unmet_need_ended", held, by)
    return held


def may_end(actor: Actor, unmet: UnmetNeed) -> bool:
    """Whether the actor is one of the two who say how it ended."""
    refers = unmet.from_organisation_id == actor.organisation_id and actor.can(Capability.FOLLOW_REFERRALS)
    return refers or (unmet.managed_by_id == actor.organisation_id and actor.can(Capability.SHARE_OUT))


def _held(unmet: UnmetNeed, by: Actor) -> UnmetNeed:
    held: UnmetNeed = UnmetNeed.objects.visible_to(by).select_for_update().get(pk=unmet.pk)
    return held


def _told(name: str, unmet: UnmetNeed, by: Actor) -> None:
    record(
        name,
        by=by,
        told=unmet.organisation_ids,
        person_id=unmet.person_id,
        journey_id=unmet.journey_id,
        data={"service": unmet.service, "unmet_need": unmet.pk},
    )


def unmet_of(actor: Actor, pk: int) -> UnmetNeed:
    """One unmet need, of which the actor is referrer or manager. UnmetNeed.DoesNotExist when it is not."""
    ours = Q(from_organisation_id=actor.organisation_id) | Q(managed_by_id=actor.organisation_id)
    found: UnmetNeed = UnmetNeed.objects.visible_to(actor).filter(ours).select_related("from_organisation").get(pk=pk)
    return found


def unmet_to_manage(actor: Actor, *, after: str = "", size: int = PAGE) -> Page:
    """Open unmet needs for services that the actor's organisation manages: the longest unmet first."""
    if not actor.can(Capability.SHARE_OUT):
        return Page([], "")
    rows = UnmetNeed.objects.visible_to(actor).filter(managed_by_id=actor.organisation_id, ended_at=None)
    rows = past(rows, OLDEST, after, moment, int)
    found = rows.select_related("from_organisation", "from_user").order_by(*OLDEST)[: size + 1]
    return page_of(list(found), size, OLDEST)


def unmet_to_read(actor: Actor, most: int = 5) -> list[UnmetNeed]:
    """What the actor's organisation referred, nobody could take and nobody there has read; the longest unmet first.

    At a service a worker reads of their own and of what nobody is left to answer for, a supervisor of all.
    With journeys.
    """
    if not actor.can(Capability.FOLLOW_REFERRALS):
        return []
    rows = UnmetNeed.objects.visible_to(actor).filter(
        from_organisation_id=actor.organisation_id, ended_at=None, seen_at=None
    )
    if actor.can(Capability.WORK_REFERRALS) and not actor.can(Capability.SUPERVISE):
        rows = rows.filter(own_or_nobodys(actor))
    return list(rows.select_related("journey").order_by(*OLDEST)[:most])


def names_of(actor: Actor, unmet: Iterable[UnmetNeed]) -> dict[int, str]:
    """The names, by their ids, of those people whom the actor's organisation has to do with anyway.

    Being told of an unmet need opens nobody's record.
    """
    people = Person.objects.visible_to(actor).filter(pk__in=[each.person_id for each in unmet])
    return {person.pk: person.name for person in people}


def unmet_on(actor: Actor, journeys: Iterable[Journey]) -> dict[int, list[UnmetNeed]]:
    """What nobody could take of these journeys, by the journey's id, in the order in which it was recorded."""
    found: dict[int, list[UnmetNeed]] = {}
    rows = UnmetNeed.objects.visible_to(actor).filter(journey_id__in=[journey.pk for journey in journeys])
    for unmet in rows.order_by("pk"):
        found.setdefault(unmet.journey_id, []).append(unmet)
    return found

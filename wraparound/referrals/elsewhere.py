"""What becomes of a referral that a team declined for want of room: another team gets it, or it is an unmet need."""

from wraparound.consent.agreed import AgreedHow
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Scheme, Team
from wraparound.organisations.pathways import pathway_of
from wraparound.pathways.placing import NobodyWhy
from wraparound.pathways.vocabulary import Model, Service
from wraparound.referrals.models import Placed, Referral, UnmetNeed
from wraparound.referrals.placing import Nobody, hold_places, place_elsewhere
from wraparound.referrals.rerouting import begin_again
from wraparound.referrals.sending import hold_journey
from wraparound.referrals.states import DeclineReason
from wraparound.referrals.unmet import record_unmet

FOR_ANOTHER_TEAM = (DeclineReason.NO_CAPACITY, DeclineReason.OUT_OF_AREA)


def hold_others(referral: Referral, *, by: Actor) -> None:
    """What `try_elsewhere` locks, to be locked before the referral itself."""
    hold_journey(referral, by=by)
    hold_places(by, services_of(Referral.objects.visible_to(by).get(pk=referral.pk)))


def try_elsewhere(declined: Referral, reason: DeclineReason, *, by: Actor) -> Referral | None:
    """The next referral on the same journey, or None when nobody else can take it, which is then recorded."""
    services = services_of(declined)
    before = Referral.objects.visible_to(by).filter(journey_id=declined.journey_id)
    placed, team = place_elsewhere(
        by,
        pathway_of(declined.journey.pathway_version_id),
        Model(Scheme.objects.values_list("model", flat=True).get(pk=by.scheme_id)),
        services,
        sender_id=declined.from_organisation_id,
        practice_id=declined.person.practice_id,
        without=set(before.values_list("to_team_id", flat=True)),
        declined_by=declined.to_team.name,
        urgent=declined.urgent,
        for_room=reason is DeclineReason.NO_CAPACITY,
        routine=not AgreedHow(declined.agreement.how).needs_no_agreement,
    )
    if team is None or placed.placed is None:
        why = UnmetNeed.Why(placed.nobody or NobodyWhy.DECLINED)
        _nobody(declined, why, by)
        return None
    return _sent_on(declined, team, services, Placed(placed.placed.value), by)


def waited_too_long(lapsed: Referral, *, by: Actor) -> None:
    """No place came free in the time that the pathway allows."""
    _nobody(lapsed, UnmetNeed.Why.WAITED, by)


def sent_on_from(declined: Referral) -> Referral | None:
    """The next team's referral, where a declined one was sent on."""
    again = declined.journey.referrals.filter(kind=Referral.Kind.REROUTED, service=declined.service, pk__gt=declined.pk)
    return again.select_related("to_team").order_by("pk").first()


def services_of(referral: Referral) -> tuple[Service, ...]:
    return (Service(referral.service), *(Service(each) for each in referral.joined))


def _nobody(referral: Referral, why: UnmetNeed.Why, by: Actor) -> None:
    managed_by = referral.to_organisation_id
    nobodies = [Nobody(service, why, "", managed_by) for service in services_of(referral)]
    record_unmet(referral.journey, nobodies, needs=referral.needs, by=by, referral=referral)


def _sent_on(declined: Referral, team: Team, services: tuple[Service, ...], placed: Placed, by: Actor) -> Referral:
    sent = begin_again(declined, team, services, "", by, placed=placed)
    record(
        "referral_sent_on",
        by=by,
        told=sent.organisation_ids,
        person_id=sent.person_id,
        journey_id=sent.journey_id,
        referral_id=sent.pk,
        data={
            "entry": sent.journey.entry,
            "service": sent.service,
            "services": list(services),
            "urgent": sent.urgent,
            "placed": placed,
            "sharing": {str(team.pk): team.organisation_id} if team.shares_out else {},
        },
    )
    return sent

"""Sending: writing the referral rows of a journey, and opening the records that they need."""

from collections.abc import Sequence
from typing import Any

from wraparound.consent.models import Agreement
from wraparound.events.action import Refused
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Team
from wraparound.pathways.engine import PlannedStep
from wraparound.pathways.vocabulary import Status
from wraparound.people.models import Involvement
from wraparound.people.recording import involve
from wraparound.referrals.handing_over import Receiver
from wraparound.referrals.intake import Intake
from wraparound.referrals.models import WITH_A_TEAM, Journey, Referral, SessionWanted
from wraparound.referrals.moves import next_for, set_clocks
from wraparound.referrals.placing import Place
from wraparound.referrals.readers import keep_readers
from wraparound.referrals.told import note_asked


def send(
    journey: Journey,
    places: Sequence[Place],
    agreement: Agreement,
    *,
    by: Actor,
    intake: Intake,
    differs: dict[str, str],
) -> list[Referral]:
    """One referral at each place, the record opened to each, and an event that all of them see."""
    referrals = [_of_place(journey, place, agreement, by=by, intake=intake, differs=differs) for place in places]
    Referral.objects.bulk_create(referrals)
    asked = {place.team.organisation_id: Involvement.Reason.ASKED for place in places}
    involve(journey.person_id, {by.organisation_id: Involvement.Reason.REFERRED} | asked, by=by)
    note_asked(journey.person_id, asked, agreement, by=by)
    if referrals:
        services = [service for place in places for service in place.step.services]
        urgent = any(place.step.urgent for place in places)
        sharing = {str(place.team.pk): place.team.organisation_id for place in places if place.team.shares_out}
        record(
            "referral_made",
            by=by,
            told=journey.organisation_ids,
            person_id=journey.person_id,
            journey_id=journey.pk,
            data={"entry": intake.entry, "services": services, "urgent": urgent, "sharing": sharing},
        )
    return referrals


def _of_place(
    journey: Journey, place: Place, agreement: Agreement, *, by: Actor, intake: Intake, differs: dict[str, str]
) -> Referral:
    step = place.step
    return _row(
        journey,
        place.team,
        agreement,
        by=by,
        service=step.service,
        joined=[service.value for service in step.joined],
        placed=place.placed,
        status=place.status,
        session=_session(step, intake),
        needs=sorted(intake.needs),
        urgent_flags=sorted(intake.urgent_flags) if step.urgent else [],
        rank=0 if step.urgent else 1,
        reason=intake.reason,
        told=intake.told.strip(),
        said_differently=differs,
    )


def _session(step: PlannedStep, intake: Intake) -> str:
    """The session to book: any, where nobody was asked which. Help within hours is not left to one."""
    if step.same_day:
        return ""
    return intake.session or (SessionWanted.ANY.value if step.session else "")


def _row(journey: Journey, team: Team, agreement: Agreement, *, by: Actor, **columns: Any) -> Referral:
    """A referral not yet saved, its clocks set by the journey's pathway."""
    always = {"service": team.service, "status": Status.SENT}
    referral = Referral(
        scheme_id=journey.scheme_id,
        organisation_ids=journey.organisation_ids,
        journey=journey,
        person_id=journey.person_id,
        agreement=agreement,
        from_organisation_id=by.organisation_id,
        from_user_id=by.user_id,
        to_organisation_id=team.organisation_id,
        to_team=team,
        sent_at=by.now(),
        status_since=by.now(),
        last_activity_at=by.now(),
        **(always | columns),
    )
    set_clocks(referral, next_for(referral, journey.pathway_version_id))
    return referral


def send_handover(
    journey: Journey, receiver: Receiver, agreement: Agreement, *, by: Actor, told: str, needs: list[str]
) -> Referral:
    """A warm handover on a journey under way: the other team joins it, and must accept as with any referral."""
    team = receiver.team
    assert team is not None
    if journey.referrals.filter(to_team=team, status__in=WITH_A_TEAM).exists():
        raise Refused("already_there", f"{team.name} already has an open referral for this person.", "service")
    join_journey(journey, team)
    referral = _row(
        journey, team, agreement, by=by, kind=Referral.Kind.HANDOVER, service=receiver.service,
        placed=receiver.placed, status=receiver.status, needs=needs, told=told,
        urgent_flags=list(receiver.urgent_flags), rank=0 if receiver.urgent_flags else 1,
    )  # fmt: skip
    referral.save()
    keep_readers(journey.pk)
    involve(journey.person_id, {team.organisation_id: Involvement.Reason.ASKED}, by=by)
    note_asked(journey.person_id, [team.organisation_id], agreement, by=by)
    return referral


def hold_journey(referral: Referral, *, by: Actor) -> None:
    """Lock the journey before anything of its referrals: of two teams that bring in a third at once, one waits."""
    Journey.objects.visible_to(by).select_for_update(no_key=True).values_list("pk").get(pk=referral.journey_id)


def join_journey(journey: Journey, team: Team) -> None:
    """Let a further team's organisation see the journey. What it reads there is decided when its referral is saved."""
    joined = sorted({*journey.organisation_ids, team.organisation_id})
    if joined != journey.organisation_ids:
        journey.organisation_ids = joined
        journey.save(update_fields=["organisation_ids"])

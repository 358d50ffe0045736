"""Sending: writing the referral rows of a journey, with the agreement they stand on and the records they open."""

from collections.abc import Iterable, Sequence
from typing import Any

from wraparound.consent.agreed import AgreedHow, Wording
from wraparound.consent.models import Agreement
from wraparound.events.action import Refused
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Team
from wraparound.pathways.engine import Plan
from wraparound.pathways.vocabulary import Service, Status
from wraparound.people.models import Involvement
from wraparound.people.recording import involve
from wraparound.referrals.intake import Intake
from wraparound.referrals.models import WITH_A_TEAM, Journey, Referral
from wraparound.referrals.moves import next_for, set_clocks


def teams_for(scheme_id: int, services: Iterable[Service]) -> dict[Service, Team]:
    """The scheme's team for each service, in the order of `services`."""
    wanted = list(services)
    # The latest comes first, so that of several teams the oldest is the one that stays.
    rows = Team.objects.filter(scheme_id=scheme_id, service__in=wanted).order_by("-pk")
    teams = {Service(team.service): team for team in rows}
    for service in wanted:
        if service not in teams:
            name = service.label.lower()
            raise Refused("no_team", f"This scheme has no {name} team yet. Tell the scheme administrator.")
    return {service: teams[service] for service in wanted}


def team_for(scheme_id: int, service: Service) -> Team:
    return teams_for(scheme_id, [service])[service]


def record_agreement(
    person_id: int, how: AgreedHow | None, exception_reason: str, wording: Wording, *, teams: Iterable[Team], by: Actor
) -> Agreement:
    """Write down that the person agreed, or why the referral is made without. No agreement, no referral.

    Only the sender and the teams sent to may read it: why somebody lacks capacity is not for others on the journey.
    """
    if how is None:
        raise Refused(
            "no_agreement",
            "Ask the person first, and record how they agreed. Without that the referral cannot be sent.",
            "agreed_how",
        )
    if how.is_exception and not exception_reason.strip():
        raise Refused(
            "no_reason", "Write why this referral is made without the person's agreement.", "exception_reason"
        )
    return Agreement.objects.create(
        scheme_id=by.scheme_id,
        organisation_ids=sorted({by.organisation_id, *(team.organisation_id for team in teams)}),
        person_id=person_id,
        how=how,
        exception_reason=exception_reason.strip() if how.is_exception else "",
        wording=wording.name,
        recorded_by_id=by.user_id,
        recorded_by_organisation_id=by.organisation_id,
        recorded_at=by.now(),
    )


def send(
    journey: Journey,
    teams: Sequence[Team],
    agreement: Agreement,
    decided: Plan,
    *,
    by: Actor,
    intake: Intake,
    differs: dict[str, str],
) -> list[Referral]:
    """One referral to each team, the record opened to each, and an event that all of them see."""
    urgent = {step.service for step in decided.steps if step.urgent}
    referrals = [
        _row(
            journey,
            team,
            agreement,
            by=by,
            needs=sorted(intake.needs),
            urgent_flags=sorted(intake.urgent_flags) if Service(team.service) in urgent else [],
            rank=0 if Service(team.service) in urgent else 1,
            reason=intake.reason,
            said_differently=differs,
        )
        for team in teams
    ]
    Referral.objects.bulk_create(referrals)
    asked = {team.organisation_id: Involvement.Reason.ASKED for team in teams}
    involve(journey.person_id, {by.organisation_id: Involvement.Reason.REFERRED} | asked, by=by)
    record(
        "referral_made",
        by=by,
        told=journey.organisation_ids,
        person_id=journey.person_id,
        journey_id=journey.pk,
        data={"entry": intake.entry, "services": [team.service for team in teams], "urgent": bool(urgent)},
    )
    return referrals


def _row(journey: Journey, team: Team, agreement: Agreement, *, by: Actor, **columns: Any) -> Referral:
    """A referral not yet saved, its clocks set by the journey's pathway."""
    referral = Referral(
        scheme_id=journey.scheme_id,
        organisation_ids=journey.organisation_ids,
        journey=journey,
        person_id=journey.person_id,
        agreement=agreement,
        service=team.service,
        from_organisation_id=by.organisation_id,
        from_user_id=by.user_id,
        to_organisation_id=team.organisation_id,
        to_team=team,
        sent_at=by.now(),
        status=Status.SENT,
        status_since=by.now(),
        last_activity_at=by.now(),
        **columns,
    )
    set_clocks(referral, next_for(referral, journey.pathway_version_id))
    return referral


def send_handover(
    journey: Journey,
    team: Team,
    agreement: Agreement,
    *,
    by: Actor,
    told: str,
    needs: list[str],
    urgent_flags: list[str],
) -> Referral:
    """A warm handover on a journey under way: the other team joins it, and must accept as with any referral."""
    if journey.referrals.filter(to_team=team, status__in=WITH_A_TEAM).exists():
        raise Refused("already_there", f"{team.name} already has an open referral for this person.", "service")
    join_journey(journey, team, by=by)
    referral = _row(
        journey, team, agreement, by=by, kind=Referral.Kind.HANDOVER, needs=needs, urgent_flags=urgent_flags,
        rank=0 if urgent_flags else 1, told=told,
    )  # fmt: skip
    referral.save()
    involve(journey.person_id, {team.organisation_id: Involvement.Reason.ASKED}, by=by)
    return referral


def join_journey(journey: Journey, team: Team, *, by: Actor) -> None:
    """Let a further team's organisation see the journey and every referral on it."""
    joined = sorted({*journey.organisation_ids, team.organisation_id})
    if joined != journey.organisation_ids:
        journey.organisation_ids = joined
        journey.save(update_fields=["organisation_ids"])
        Referral.objects.visible_to(by).filter(journey=journey).update(organisation_ids=joined)

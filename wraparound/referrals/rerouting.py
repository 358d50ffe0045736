"""Sending a referral on: another team of the scheme gets it before the first has taken the person on."""

from dataclasses import replace

from django.db.models import Q, QuerySet

from wraparound.consent.agreed import AgreedHow
from wraparound.consent.data_sharing import shared_with
from wraparound.consent.models import Agreement
from wraparound.consent.recording import join_agreement
from wraparound.events.action import Refused, action
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Team
from wraparound.organisations.pathways import pathway_of
from wraparound.organisations.roles import Capability
from wraparound.pathways.vocabulary import Service, Status
from wraparound.people.models import Involvement
from wraparound.people.recording import involve
from wraparound.referrals.letting_go import let_go
from wraparound.referrals.models import WITH_A_TEAM, Placed, Referral, SameDayAlert
from wraparound.referrals.moves import move, next_for, set_clocks
from wraparound.referrals.readers import keep_readers
from wraparound.referrals.sending import hold_journey, join_journey
from wraparound.referrals.states import Outcome, SentOnBecause
from wraparound.referrals.told import note_asked

LONGEST_TOLD = 5_000


@action
def reroute(*, by: Actor, referral: Referral, team: Team, why: SentOnBecause, told: str) -> Referral:
    """Send an unaccepted referral to another team, with why and what the person has told; the new referral.

    Its promises count from the first sending. Refused: `same_team`, `elsewhere`, `no_sharing_agreement`,
    `wrong_service`, `already_there`, `help_first`, `nothing_told`, and what stands against the move.
    """
    by.require(Capability.WORK_REFERRALS)
    hold_journey(referral, by=by)
    seen = Referral.objects.visible_to(by).select_related("journey").get(pk=referral.pk)
    if not told.strip():
        raise Refused("nothing_told", "Write what the next team needs to know, so that nobody asks again.", "told")
    services = _check(seen, team, by)
    sent_on = {"to_team": team.name, "to_service": services[0], "reason": why}
    old = move(seen, "reroute", by=by, also_told=[team.organisation_id], outcome=Outcome.SENT_ON, data=sent_on)
    new = begin_again(old, team, services, told.strip()[:LONGEST_TOLD], by)
    _leave(old, by)
    return new


def goes_to(referral: Referral, team: Team) -> tuple[Service, ...]:
    """The services that the team would give of those that the referral is for; () when it would leave one out.

    A team of the other service alone may be sent a referral for one service, which then is for that.
    """
    gives = [team.service, *team.also]
    asked = [referral.service, *referral.joined]
    if set(asked) <= set(gives):
        return tuple(Service(each) for each in asked)
    return () if referral.joined else (Service(team.service),)


def can_go_to(by: Actor, referral: Referral) -> list[Team]:
    """Teams of the scheme that may be sent this referral (its journey is read): those of its own service first."""
    has_it = set(
        Referral.objects.visible_to(by)
        .filter(journey_id=referral.journey_id, status__in=WITH_A_TEAM)
        .values_list("to_team_id", flat=True)
    )
    given = {terms.service for terms in pathway_of(referral.journey.pathway_version_id).services}
    rows = shared_teams(by, referral).exclude(pk__in=has_it | {referral.to_team_id})
    found = [
        team
        for team in rows.select_related("organisation").order_by("name")
        if (services := goes_to(referral, team)) and given.issuperset(services)
    ]
    return sorted(found, key=lambda team: referral.service not in (team.service, *team.also))


def shared_teams(by: Actor, referral: Referral) -> QuerySet[Team]:
    """Teams whose organisation may be told: by a data-sharing agreement in force, or where none is needed."""
    rows = Team.objects.filter(scheme_id=by.scheme_id)
    agreement = Agreement.objects.filter(organisation_ids__contains=[by.organisation_id]).get(pk=referral.agreement_id)
    if AgreedHow(agreement.how).needs_no_agreement:
        return rows
    shared = shared_with(by.scheme_id, by.organisation_id, by.today(), "organisation_id")
    return rows.annotate(shared_under=shared).exclude(~Q(organisation_id=by.organisation_id), shared_under=[])


def _check(referral: Referral, team: Team, by: Actor) -> tuple[Service, ...]:
    """What stands against this team, and else the services that it is sent the person for."""
    if team.pk == referral.to_team_id:
        raise Refused("same_team", "This team has it already. Choose another.", "team")
    if team.scheme_id != by.scheme_id:
        raise Refused("elsewhere", "This team is not of your scheme. Choose another.", "team")
    if not shared_teams(by, referral).filter(pk=team.pk).exists():
        sentence = f"No data-sharing agreement is in force with {team.organisation.name}. Choose another team."
        raise Refused("no_sharing_agreement", sentence, "team")
    services = goes_to(referral, team)
    given = {terms.service for terms in pathway_of(referral.journey.pathway_version_id).services}
    if not services or not given.issuperset(services):
        raise Refused("wrong_service", f"{team.name} does not give all that they were referred for.", "team")
    if Referral.objects.visible_to(by).filter(
        journey_id=referral.journey_id, to_team=team, status__in=WITH_A_TEAM
    ).exists():  # fmt: skip
        raise Refused("already_there", f"{team.name} already has an open referral for this person.", "team")
    alerts = SameDayAlert.objects.visible_to(by).filter(journey_id=referral.journey_id, helped_at=None)
    if alerts.filter(to_team_id=referral.to_team_id).exists():
        raise Refused("help_first", "Help for the same-day alert comes first. Record it, then send the referral on.")
    return services


def begin_again(
    old: Referral, team: Team, services: tuple[Service, ...], told: str, by: Actor, *, placed: Placed = Placed.CHOSEN
) -> Referral:
    """The same referral at the next team: from whoever sent it first, and no later than was promised."""
    journey = old.journey
    join_journey(journey, team)
    service, *joined = services
    new = Referral(
        scheme_id=old.scheme_id,
        organisation_ids=journey.organisation_ids,
        journey=journey,
        person_id=old.person_id,
        agreement=_agreement(old, team, by),
        kind=Referral.Kind.REROUTED,
        service=service,
        joined=joined,
        from_organisation_id=old.from_organisation_id,
        from_user_id=old.from_user_id,
        to_organisation_id=team.organisation_id,
        to_team=team,
        needs=old.needs,
        urgent_flags=old.urgent_flags,
        rank=old.rank,
        reason=old.reason,
        told="\n\n".join(filter(None, [old.told, told])),
        said_differently=old.said_differently,
        session=old.session,
        # A mark is told to nobody outside the organisation that made it.
        supervisor_decides=old.supervisor_decides and team.organisation_id == old.to_organisation_id,
        sent_at=by.now(),
        counted_from=old.counted_from or old.sent_at,
        placed=placed,
        status=Status.SENT,
        status_since=by.now(),
        last_activity_at=by.now(),
    )
    set_clocks(new, next_for(new, journey.pathway_version_id))
    new.save()
    _open_record(new, by)
    return new


def _open_record(sent: Referral, by: Actor) -> None:
    """Opened by whoever sent it first, so that their taking it back closes the record again."""
    keep_readers(sent.journey_id)
    sender = replace(by, organisation_id=sent.from_organisation_id)
    involve(sent.person_id, {sent.to_organisation_id: Involvement.Reason.ASKED}, by=sender)
    note_asked(sent.person_id, [sent.to_organisation_id], sent.agreement, by=by)


def _agreement(old: Referral, team: Team, by: Actor) -> Agreement:
    """What the person agreed to, so that the next team can read it too."""
    agreement = Agreement.objects.filter(organisation_ids__contains=[by.organisation_id]).get(pk=old.agreement_id)
    join_agreement(agreement, team.organisation_id)
    return agreement


def _leave(old: Referral, by: Actor) -> None:
    """The organisation that sent it on has no more to do with the person.

    Unless it made the referral itself, as a front door does: then it hears how that ends.
    """
    if old.from_organisation_id != by.organisation_id:
        assert by.organisation_id is not None
        let_go(old.person_id, by.organisation_id, by=by)

"""Same-day alerts: raised with the referral, owned by somebody named, ended only by help given."""

from collections.abc import Mapping

from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Team
from wraparound.organisations.roles import Capability
from wraparound.pathways.engine import Plan
from wraparound.pathways.vocabulary import Service
from wraparound.referrals.models import Journey, SameDayAlert
from wraparound.referrals.states import ALERT_MOVES, AlertStatus


def raise_alert(journey: Journey, decided: Plan, teams: Mapping[Service, Team], *, by: Actor) -> SameDayAlert | None:
    """Tell the named person of the team that must help today; None when no team at all has the person.

    `teams` are those that the referral was sent to, by service. Where the service that must help has nobody, any
    other that has the person is told: somebody in danger is not left to a list.
    """
    steps = [step for step in decided.steps if any(service in teams for service in step.services)]
    step = next((step for step in steps if step.same_day), steps[0] if steps else None)
    if step is None:
        return None
    team = next(teams[service] for service in step.services if service in teams)
    help_due = min(each.first_contact_due for each in decided.steps if each.same_day)
    alert = SameDayAlert.objects.create(
        scheme_id=journey.scheme_id,
        organisation_ids=journey.organisation_ids,
        journey=journey,
        person_id=journey.person_id,
        to_team=team,
        named_id=team.same_day_lead_id,
        flags=list(decided.same_day_flags),
        status=AlertStatus.RAISED,
        raised_at=by.now(),
        due_at=help_due,
    )
    _record("alert_raised", alert, by=by)
    return alert


@action
def acknowledge_alert(*, by: Actor, alert: SameDayAlert) -> SameDayAlert:
    """Own it: the clock goes on until help is given."""
    return _move(alert, "acknowledge", by=by, acknowledged_at=by.now(), acknowledged_by_id=by.user_id)


@action
def record_help(*, by: Actor, alert: SameDayAlert, help_given: str) -> SameDayAlert:
    """Say what help the person was given today, which ends the alert. An attempt is not help."""
    if not help_given.strip():
        raise Refused("no_help", "Write what help the person was given.", "help_given")
    return _move(alert, "give_help", by=by, helped_at=by.now(), helped_by_id=by.user_id, help_given=help_given.strip())


def _move(alert: SameDayAlert, verb: str, *, by: Actor, **changes: object) -> SameDayAlert:
    by.require(Capability.ANSWER_SAME_DAY)
    locked: SameDayAlert = (
        SameDayAlert.objects.visible_to(by)
        .select_for_update(of=("self",))
        # Those who acted are looked up only when asked: joined, they would be as they were before waiting for the lock.
        .select_related("to_team")
        .get(pk=alert.pk)
    )
    if locked.to_team.organisation_id != by.organisation_id:
        raise Refused("not_yours", "This alert is another organisation's to answer.")
    from_, to = ALERT_MOVES[verb]
    if AlertStatus(locked.status) not in from_:
        who = locked.helped_by or locked.acknowledged_by
        raise Refused("too_late", f"{who.name if who else 'Somebody'} has already done this.")
    locked.status = to
    for name, value in changes.items():
        setattr(locked, name, value)
    locked.save(update_fields=["status", *changes])
    _record(f"alert_{verb}", locked, by=by)
    return locked


def _record(name: str, alert: SameDayAlert, *, by: Actor) -> None:
    record(
        name,
        by=by,
        told=alert.organisation_ids,
        person_id=alert.person_id,
        journey_id=alert.journey_id,
        data={"flags": alert.flags, "alert": alert.pk},
    )

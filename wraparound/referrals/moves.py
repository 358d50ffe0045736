"""The one way a referral changes status: lock the row, check the table, move, ask the pathway what is next, tell."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from wraparound.events.action import Refused
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.pathways import calendar_of, pathway_of
from wraparound.organisations.roles import Capability
from wraparound.pathways.calendar import LONDON, OPENS
from wraparound.pathways.engine import Next, Progress, next_step
from wraparound.pathways.vocabulary import Service, Status, Turn, UrgentFlag
from wraparound.referrals.covering import waits_for
from wraparound.referrals.models import WITH_A_TEAM, Referral
from wraparound.referrals.states import DECLINES, MOVES, DeclineReason, Move, Side

CLOCK_COLUMNS = ("whose_turn", "due_at", "escalate_at", "timeout_at", "timeout_to")


def next_for(referral: Referral, pathway_version_id: int) -> Next:
    """What the journey's pathway says comes next for this referral."""
    pathway = pathway_of(pathway_version_id)
    progress = Progress(
        service=Service(referral.service),
        status=Status(referral.status),
        sent_at=referral.counted_from or referral.sent_at,
        since=referral.status_since,
        urgent_flags=frozenset(UrgentFlag(flag) for flag in referral.urgent_flags),
        attempts=referral.attempts,
        escalated=referral.escalated,
        last_activity_at=referral.last_activity_at,
        decline_turn=_decline_turn(referral),
        joined=tuple(Service(each) for each in referral.joined),
        paused_until=_pause_ends(referral.paused_until),
        reached=referral.reached_at is not None,
        supervisor_decides=decided_by_supervisor(referral),
    )
    return next_step(pathway, progress, calendar_of(pathway))


def decided_by_supervisor(referral: Referral) -> bool:
    """Nobody stops trying by the number of tries alone: a safeguarding mark, or a legal deadline on the journey."""
    raised = {*referral.urgent_flags, *referral.journey.urgent_flags}
    return referral.supervisor_decides or referral.limit_runs or UrgentFlag.LEGAL_DEADLINE_NEAR in raised


def _pause_ends(until: date | None) -> datetime | None:
    """When services open on the day."""
    return datetime.combine(until, OPENS, LONDON) if until else None


def set_clocks(referral: Referral, step: Next) -> None:
    referral.whose_turn = step.turn
    referral.due_at = step.due
    referral.escalate_at = step.escalate_at
    referral.timeout_at = step.timeout.at if step.timeout else None
    referral.timeout_to = step.timeout.to if step.timeout else ""


def move(
    referral: Referral,
    verb: str,
    *,
    by: Actor,
    also_told: Iterable[int] = (),
    privately: bool = False,
    data: dict[str, Any] | None = None,
    **changes: Any,
) -> Referral:
    """Make one move of the table, with further column `changes`, and record the event `referral_<verb>`.

    `also_told` are organisations that the event reaches beside those of the journey; `privately`, only the actor's own.
    Referral.DoesNotExist when the actor cannot see it; Refused when the table, the side, the role or another worker's
    claim stands against it.
    """
    rule = MOVES[verb]
    by.require(rule.capability)
    locked = (
        Referral.objects.visible_to(by)
        .select_for_update(of=("self",))
        # The worker is looked up only when asked: joined, it would be as it was before waiting for the lock.
        .select_related("journey")
        .get(pk=referral.pk)
    )
    if refusal := why_not(locked, rule, by):
        raise refusal
    before = locked.status
    _change(locked, rule, by, changes)
    told = {"service": locked.service, "sender": locked.from_organisation_id, "from": before, "to": locked.status}
    record(
        f"referral_{verb}",
        by=by,
        told=[] if privately else [*locked.organisation_ids, *also_told],
        person_id=locked.person_id,
        journey_id=locked.journey_id,
        referral_id=locked.pk,
        data=told | (data or {}),
    )
    return locked


def _change(referral: Referral, rule: Move, by: Actor, changes: dict[str, Any]) -> None:
    if referral.status == Status.WAITING and rule.to in (Status.SENT, Status.CLAIMED):
        # Nobody could keep a promise while there was no place.
        changes = {"counted_from": by.now()} | changes
    for name, value in changes.items():
        setattr(referral, name, value)
    if rule.to is not None and rule.to != referral.status:
        still_in_hand = rule.to in WITH_A_TEAM
        referral.ended_at = None if still_in_hand else referral.ended_at or by.now()
        referral.status = rule.to
        referral.status_since = by.now()
        referral.escalated = False
    if rule.side is not Side.CLOCK and rule.is_work:
        referral.last_activity_at = by.now()
        referral.escalated = False
    set_clocks(referral, next_for(referral, referral.journey.pathway_version_id))
    columns = ("status", "status_since", "ended_at", "escalated", "last_activity_at", *CLOCK_COLUMNS)
    referral.save(update_fields=[*columns, *changes])


def worked_on(referral: Referral, *, by: Actor) -> None:
    """Work that nobody else is told of keeps a referral in progress from seeming forgotten."""
    locked = (
        Referral.objects.visible_to(by).select_for_update(of=("self",)).select_related("journey").get(pk=referral.pk)
    )
    if locked.status == Status.IN_PROGRESS:
        locked.last_activity_at = by.now()
        locked.escalated = False
        set_clocks(locked, next_for(locked, locked.journey.pathway_version_id))
        locked.save(update_fields=["last_activity_at", "escalated", *CLOCK_COLUMNS])


def why_not(referral: Referral, rule: Move, by: Actor) -> Refused | None:
    """What stands against the move in the referral's own state, or None."""
    sides = {Side.SENDER: referral.from_organisation_id, Side.RECEIVER: referral.to_organisation_id}
    if rule.side in sides and sides[rule.side] != by.organisation_id:
        return Refused("not_yours", "This referral is another organisation's to act on.")
    if Status(referral.status) not in rule.from_:
        return too_late(referral)
    if rule.side is Side.RECEIVER and not rule.by_colleague:
        return somebody_elses(referral, by)
    return None


def somebody_elses(referral: Referral, by: Actor) -> Refused | None:
    """The refusal where another worker of the team has it in hand, whom the actor neither supervises nor covers."""
    if referral.worker_id is None or by.can(Capability.SUPERVISE) or waits_for(by, referral):
        return None
    assert referral.worker is not None
    return Refused("taken", f"{referral.worker.name} has taken this on. Ask them or a supervisor.")


def too_late(referral: Referral) -> Refused:
    """The refusal where a referral is no longer, or not yet, where an action needs it."""
    return Refused("too_late", _too_late(referral))


def _too_late(referral: Referral) -> str:
    """Who was first, and what they did, so that nobody wonders."""
    done = {
        Status.SENT: "This referral is waiting to be claimed.",
        Status.CLAIMED: f"{referral.worker.name if referral.worker else 'Somebody'} has already claimed this.",
        Status.ACCEPTED: f"{referral.worker.name if referral.worker else 'Somebody'} has already accepted this.",
        Status.IN_PROGRESS: f"{referral.worker.name if referral.worker else 'Somebody'} is already working on this.",
        Status.DECLINED: "This has already been declined.",
        Status.LOST_CONTACT: "This was ended because the person could not be reached.",
        Status.NOT_ANSWERED: "This went back to the referrer because it was not answered in time.",
        Status.CLOSED: "This is already closed.",
        Status.WITHDRAWN: "The referrer has withdrawn this.",
        Status.WAITING: "This is on the waiting list.",
        Status.ASKED: "A question about this is with the referrer.",
        Status.PAUSED: "This is paused.",
    }
    return done[Status(referral.status)]


def _decline_turn(referral: Referral) -> Turn | None:
    return DECLINES[DeclineReason(referral.decline_reason)].turn if referral.decline_reason else None

"""A service's own work on a referral: taking it on, trying to reach the person, notes, handing over, ending."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from wraparound.casework.models import Case, ContactAttempt, ContactBy, ContactResult, Note, Task
from wraparound.casework.moments import after_contact, at_closing
from wraparound.casework.reading import IN_CONTACT, stopping_of, tries_of
from wraparound.casework.rules import Stopping
from wraparound.casework.to_do import end_tasks
from wraparound.consent.asking import Agreed
from wraparound.consent.recording import record_agreement
from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.pathways.vocabulary import Need, Service
from wraparound.people.models import Involvement
from wraparound.people.recording import end_involvement, involve
from wraparound.referrals.handing_over import Receiver, receiver_of
from wraparound.referrals.models import Referral
from wraparound.referrals.moves import move, why_not, worked_on
from wraparound.referrals.readers import keep_readers
from wraparound.referrals.sending import hold_journey, send_handover
from wraparound.referrals.states import MOVES, Outcome
from wraparound.referrals.unmet import record_unmet

LONGEST_NOTE = 20_000
WHEN_TO_STOP = "You may stop after tries on {} different days, at different times of the day."
_MOVED_BY = {ContactResult.SPOKE: "reach", ContactResult.CAME: "attend"}
PRESSED_TWICE = timedelta(minutes=1)


class OtherService(StrEnum):
    """What somebody said of the other service as their work ended."""

    WANTED = "wanted"
    NOT_WANTED = "not_wanted"
    NOT_ASKED = "not_asked"


@action
def accept(*, by: Actor, referral: Referral) -> Case:
    """Take the person on: opens the case, and the record, to this organisation."""
    taken = move(referral, "accept", by=by, worker_id=referral.worker_id or by.user_id, accepted_at=by.now())
    involve(taken.person_id, {by.organisation_id: Involvement.Reason.WORKING}, by=by)
    end_involvement(taken.person_id, by.organisation_id, Involvement.Reason.ASKED, by=by)
    # From here on, a sender reads what becomes of it only where the person lets it be told.
    keep_readers(taken.journey_id)
    return Case.objects.create(
        scheme_id=by.scheme_id,
        organisation_id=by.organisation_id,
        referral=taken,
        journey_id=taken.journey_id,
        person_id=taken.person_id,
        team_id=taken.to_team_id,
        worker_id=taken.worker_id or by.user(),
        opened_at=by.now(),
    )


@action
def record_contact(
    *,
    by: Actor,
    case: Case,
    channel: ContactBy,
    result: ContactResult,
    remark: str = "",
    occurred_at: datetime | None = None,
) -> ContactAttempt:
    """Write down one try at reaching the person, or an appointment. Being in contact moves the referral on."""
    by.require(Capability.WORK_REFERRALS)
    at = occurred_at or by.now()
    if at > by.now():
        raise Refused("in_the_future", "This time has not come yet. Check the date and time.", "occurred_at")
    if at < case.opened_at:
        raise Refused("too_early", "This is before you accepted the referral. Check the date and time.", "occurred_at")
    # Counted on the locked row: two workers may write down a try at once.
    referral = Referral.objects.visible_to(by).select_for_update(of=("self",)).get(pk=case.referral_id)
    held = Case.objects.visible_to(by).select_related("journey", "referral").get(pk=case.pk)
    said = {"worker_id": by.user(), "by": channel, "result": result, "remark": remark.strip()}
    _not_twice(ContactAttempt.objects.filter(case=held, **said), at)
    attempt = ContactAttempt.objects.create(
        scheme_id=by.scheme_id, organisation_id=by.organisation_id, case=held, occurred_at=at, **said
    )
    verb = _MOVED_BY.get(result, "try_contact")
    moved = move(referral, verb, by=by, data={"result": result}, **_told_by(attempt, referral, by))
    after_contact(held, moved, result, first=referral.reached_at is None, by=by)
    return attempt


def _told_by(attempt: ContactAttempt, referral: Referral, by: Actor) -> dict[str, Any]:
    """The referral's columns that a contact changes: how far the tries have come, and the first of what went well."""
    if attempt.result not in IN_CONTACT:
        return {"attempts": tries_of(by, attempt.case).counted}
    reached = {"attempts": 0, "reached_at": referral.reached_at or attempt.occurred_at}
    came = attempt.result == ContactResult.CAME
    return reached | ({"attended_at": referral.attended_at or attempt.occurred_at} if came else {})


@action
def write_note(*, by: Actor, case: Case, text: str) -> Note:
    """Write a note that only this organisation sees."""
    by.require(Capability.WRITE_NOTES)
    if not text.strip():
        raise Refused("empty", "Write the note first.", "text")
    if len(text) > LONGEST_NOTE:
        raise Refused("too_long", f"A note holds {LONGEST_NOTE:,} characters; this has {len(text):,}.", "text")
    case = Case.objects.visible_to(by).select_related("referral").get(pk=case.pk)
    worked_on(case.referral, by=by)
    _not_twice(Note.objects.filter(case=case, author_id=by.user(), text=text.strip()), by.now())
    note = Note.objects.create(
        scheme_id=by.scheme_id,
        organisation_id=by.organisation_id,
        case=case,
        author_id=by.user(),
        text=text.strip(),
        legal=_in_advising(case.referral, by),
        occurred_at=by.now(),
    )
    # Seen by this organisation alone: that there is a note says something too.
    record("note_written", by=by, person_id=case.person_id, journey_id=case.journey_id, referral_id=case.referral_id)
    return note


def _in_advising(referral: Referral, by: Actor) -> bool:
    """What an adviser writes on advice work is confidential between the person and those who advise them."""
    return by.can(Capability.GIVE_ADVICE) and Service.WELFARE_ADVICE in (referral.service, *referral.joined)


def _not_twice(same: QuerySet[Any], at: datetime) -> None:
    """The same words again within a minute are a button pressed twice. The referral's row is locked by now."""
    if same.filter(occurred_at__range=(at - PRESSED_TWICE, at + PRESSED_TWICE)).exists():
        raise Refused("already_saved", "This is saved already.")


@action
def hand_over(
    *,
    by: Actor,
    case: Case,
    service: Service,
    needs: frozenset[Need],
    told: str,
    agreed: Agreed,
) -> Referral | None:
    """Warm handover to the scheme's other team, with what was already told. They must accept it.

    A full team's waiting list is used where the pathway says so; None when nobody can take it, which is recorded.
    """
    by.require(MOVES["hand_over"].capability)
    referral = case.referral
    if service in (referral.service, *referral.joined):
        raise Refused("same_service", "Choose the other service: this one is already yours.", "service")
    if not told.strip():
        raise Refused("nothing_told", "Write what the person has already told, so that nobody asks again.", "told")
    hold_journey(referral, by=by)
    held = Referral.objects.visible_to(by).select_related("journey", "person").get(pk=referral.pk)
    receiver = receiver_of(by, held, service, hold=True, routine=agreed.routine)
    if receiver.team is None:
        _nobody_takes(held, receiver, needs, by)
        return None
    told_too = [receiver.team.organisation_id]
    moved = move(referral, "hand_over", by=by, also_told=told_too, data={"to_service": service})
    agreement = record_agreement(held.person, agreed, to=[receiver.team.organisation_id], by=by)
    end_tasks(case, (Task.Kind.HANDOVER, Task.Kind.PREPARE), by=by)
    return send_handover(moved.journey, receiver, agreement, by=by, told=told.strip(), needs=sorted(needs))


def _nobody_takes(referral: Referral, receiver: Receiver, needs: frozenset[Need], by: Actor) -> None:
    """Write down that nobody can take a hand-over, where the actor may make one."""
    if refusal := why_not(referral, MOVES["hand_over"], by):
        raise refusal
    assert receiver.nobody is not None
    record_unmet(referral.journey, [receiver.nobody], needs=sorted(needs), by=by, referral=referral)


@action
def close(*, by: Actor, case: Case, outcome: Outcome, other_service: OtherService | None = None) -> Case:
    """End the work, with how it went for the person.

    `other_service` is what they said of the other service, where the pathway asks about it now: not asked, it stays
    something to do.
    """
    if outcome in (Outcome.NOT_RECORDED, Outcome.SENT_ON):
        raise Refused("no_outcome", "Choose how it ended for the person.", "outcome")
    if Referral.objects.visible_to(by).filter(pk=case.referral_id, limit_runs=True).exists():
        raise Refused("limit_runs", "A time limit still runs in this work. An adviser says first what came of it.")
    moved = move(case.referral, "close", by=by, outcome=outcome, data={"outcome": outcome})
    if other_service is not OtherService.NOT_WANTED:
        held = Case.objects.visible_to(by).select_related("journey", "referral").get(pk=case.pk)
        at_closing(held, moved, by=by)
    return _closed(case, by)


@action
def lose_contact(*, by: Actor, case: Case) -> Case:
    """End the work because the person cannot be reached. Urgent ones are a supervisor's decision."""
    by.require(Capability.WORK_REFERRALS)
    referral = Referral.objects.visible_to(by).select_related("journey").get(pk=case.referral_id)
    tries = tries_of(by, case)
    may = stopping_of(referral, tries)
    if may is Stopping.NOT_YET:
        raise Refused("too_few_attempts", f"{tries.what_is_missing} {WHEN_TO_STOP.format(tries.needed)}")
    if may is Stopping.SUPERVISOR:
        by.require(Capability.SUPERVISE)
    move(referral, "lose_contact", by=by)
    return _closed(case, by)


def _closed(case: Case, by: Actor) -> Case:
    case.closed_at = by.now()
    case.save(update_fields=["closed_at"])
    return case

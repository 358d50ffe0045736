"""Giving one's work to a colleague, who must take it on. Until then it stays the giver's."""

from typing import Any

from django.db.models import QuerySet

from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.away import workers_of
from wraparound.organisations.models import User
from wraparound.organisations.roles import Capability
from wraparound.pathways.vocabulary import Status
from wraparound.referrals.models import Referral, Transfer, TransferStatus
from wraparound.referrals.moves import move, somebody_elses, too_late
from wraparound.referrals.states import MOVES

LONGEST = 500


@action
def offer(*, by: Actor, referral: Referral, to: User, why: str) -> Transfer:
    """Offer a referral that one has in hand to a colleague, with what they need to know."""
    by.require(Capability.WORK_REFERRALS)
    locked = _locked(referral, by)
    if locked.worker_id is None or Status(locked.status) not in MOVES["take_over"].from_:
        raise too_late(locked)
    if refusal := somebody_elses(locked, by):
        raise refusal
    if not why.strip():
        raise Refused("no_reason", "Write what your colleague needs to know.", "why")
    if to.pk == locked.worker_id:
        raise Refused("has_it", f"{to.name} has it already.", "to")
    if to.pk not in {each.user_id for each in workers_of(by)}:
        raise Refused("no_colleague", "Choose somebody who works with people in your organisation.", "to")
    _offers(locked, by).exclude(from_user_id=locked.worker_id).update(**_over(by))
    if held := _offers(locked, by).first():
        raise Refused("offered", f"It is offered to {held.to_user.name} already. Take that back first.", "to")
    transfer = Transfer.objects.create(
        scheme_id=by.scheme_id,
        organisation_ids=[by.organisation_id],
        organisation_id=by.organisation_id,
        referral=locked,
        from_user_id=locked.worker_id,
        to_user=to,
        why=why.strip()[:LONGEST],
        offered_at=by.now(),
    )
    _record("transfer_offered", transfer, locked, by)
    return transfer


@action
def take_over(*, by: Actor, transfer: Transfer) -> Referral:
    """Take on what a colleague offered: from now on it is one's own."""
    by.require(Capability.WORK_REFERRALS)
    found, locked = _offered(transfer, by)
    if found.to_user_id != by.user_id:
        raise Refused("not_yours", f"This is offered to {found.to_user.name}.")
    _end(found, TransferStatus.TAKEN, by)
    return move(locked, "take_over", by=by, worker_id=by.user(), data={"from_user": found.from_user_id})


@action
def not_take_over(*, by: Actor, transfer: Transfer, why: str) -> Transfer:
    """Not take on what a colleague offered, with a sentence for them. It stays theirs."""
    by.require(Capability.WORK_REFERRALS)
    found, locked = _offered(transfer, by)
    if found.to_user_id != by.user_id:
        raise Refused("not_yours", f"This is offered to {found.to_user.name}.")
    if not why.strip():
        raise Refused("no_reason", f"Write a sentence for {found.from_user.name}.", "why")
    _end(found, TransferStatus.DECLINED, by, answer=why.strip()[:LONGEST])
    _record("transfer_declined", found, locked, by)
    return found


@action
def take_back(*, by: Actor, transfer: Transfer) -> Transfer:
    """Keep one's work after all, while nobody has taken it on."""
    by.require(Capability.WORK_REFERRALS)
    found, locked = _offered(transfer, by)
    if found.from_user_id != by.user_id and not by.can(Capability.SUPERVISE):
        raise Refused("not_yours", f"{found.from_user.name} offered this. Ask them or a supervisor.")
    _end(found, TransferStatus.TAKEN_BACK, by)
    _record("transfer_taken_back", found, locked, by)
    return found


def _locked(referral: Referral, by: Actor) -> Referral:
    """The referral as it is now, received by the actor's organisation."""
    locked = Referral.objects.visible_to(by).select_for_update(of=("self",)).get(pk=referral.pk)
    if locked.to_organisation_id != by.organisation_id:
        raise Refused("not_yours", "This referral is another organisation's to act on.")
    return locked


def _offered(transfer: Transfer, by: Actor) -> tuple[Transfer, Referral]:
    """The offer and its referral, locked in the order in which offers are made. Refused when it is over."""
    seen = Transfer.objects.visible_to(by).get(pk=transfer.pk)
    locked = _locked(seen.referral, by)
    found = Transfer.objects.visible_to(by).select_for_update(of=("self",)).get(pk=transfer.pk)
    if found.status != TransferStatus.OFFERED or found.from_user_id != locked.worker_id:
        raise Refused("too_late", f"This offer is over: {found.get_status_display().lower()}.")
    return found, locked


def end_offers(referral: Referral, *, by: Actor) -> None:
    """What was offered before the work was closed is no offer once it is opened again."""
    _offers(referral, by).update(**_over(by))


def _offers(referral: Referral, by: Actor) -> QuerySet[Transfer]:
    return Transfer.objects.visible_to(by).filter(referral=referral, status=TransferStatus.OFFERED)


def _over(by: Actor) -> dict[str, Any]:
    return {"status": TransferStatus.TAKEN_BACK, "answered_at": by.now()}


def _end(transfer: Transfer, status: TransferStatus, by: Actor, answer: str = "") -> None:
    transfer.status, transfer.answered_at, transfer.answer = status, by.now(), answer
    transfer.save(update_fields=["status", "answered_at", "answer"])


def _record(name: str, transfer: Transfer, referral: Referral, by: Actor) -> None:
    """Told to nobody outside: who does the work inside an organisation is its own until it changes."""
    record(
        name,
        by=by,
        person_id=referral.person_id,
        journey_id=referral.journey_id,
        referral_id=referral.pk,
        data={"transfer": transfer.pk, "to_user": transfer.to_user.name, "from_user": transfer.from_user.name},
    )

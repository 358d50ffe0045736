"""Raising a safeguarding concern, and what is done until somebody has dealt with it."""

from collections.abc import Collection
from typing import Any

from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.people.models import Involvement, Person
from wraparound.people.recording import involve
from wraparound.referrals.models import Journey, Referral
from wraparound.referrals.moves import move
from wraparound.referrals.states import MOVES
from wraparound.safeguarding.circumstances import (
    already_raised,
    looked_at_again_by,
    owned_by,
    owners_now,
    practice_reached,
    raised_at_their_practice,
)
from wraparound.safeguarding.leads import answerers, named_at
from wraparound.safeguarding.models import Acknowledgement, Concern, leads_here, works_with_people
from wraparound.safeguarding.states import CONCERN_MOVES, ConcernKind, ConcernStatus, TellGp, Whose

LONGEST_SAID = 20_000


@action
def raise_concern(
    *,
    by: Actor,
    person: Person,
    kind: ConcernKind,
    journey: Journey | None = None,
    kept_from: Collection[int] = (),
) -> Concern:
    """Raise it at once, with nothing more to fill in: the organisation's lead is told, and its clock runs.

    `kept_from` are users of the organisation who must not see it, such as one whom it is about.
    """
    by.require(Capability.RAISE_CONCERN)
    hidden = frozenset(kept_from) - {by.user()}
    # Referrals before their person, as whoever answers one locks them; so that a button pressed twice raises one.
    marked = _to_mark(person, by, hidden)
    held = Person.objects.visible_to(by).select_for_update(of=("self",)).get(pk=person.pk)
    on = Journey.objects.visible_to(by).get(pk=journey.pk, person=held) if journey else None
    if already_raised(by, held, kind):
        raise Refused("already_saved", "You have raised this already.")
    named = named_at(by.scheme_id, by.organisation_id, hidden)
    concern = Concern.objects.create(
        scheme_id=by.scheme_id,
        organisation_ids=[by.organisation_id],
        organisation_id=by.organisation_id,
        person=held,
        journey=on,
        kind=kind,
        raised_by_id=by.user(),
        raised_at=by.now(),
        due_at=owned_by(by),
        lead=named.lead,
        deputy=named.deputy,
        kept_from=sorted(hidden),
    )
    # Whatever else ends here, those who answer can still open it.
    involve(held.pk, {by.organisation_id: Involvement.Reason.SAFETY}, by=by)
    _mark(marked, by)
    _record("concern_raised", concern, by)
    return concern


@action
def write_said(*, by: Actor, concern: Concern, said: str) -> Concern:
    """Write down what was said or seen. Later words come after the first, with whose they are."""
    locked = _locked(concern, by, raiser_may=True)
    text = said.strip()
    if not text:
        raise Refused("empty", "Write what was said or seen.", "said")
    if text == locked.said or locked.said.endswith(f"\n{text}"):
        raise Refused("already_saved", "This is saved already.")
    whole = f"{locked.said}\n\n{by.name}, {by.now():%d/%m/%Y}:\n{text}" if locked.said else text
    if len(whole) > LONGEST_SAID:
        raise Refused("too_long", f"This holds {LONGEST_SAID:,} characters altogether.", "said")
    return _change(locked, "concern_said", by, said=whole, **_looked_at(locked, by))


@action
def acknowledge(*, by: Actor, concern: Concern) -> Concern:
    """Say that one has read it. It stays open until somebody owns it."""
    locked = _move(concern, "acknowledge", by)
    _, new = Acknowledgement.objects.get_or_create(
        concern=locked,
        user_id=by.user(),
        defaults={
            "scheme_id": by.scheme_id,
            "organisation_ids": sorted({locked.organisation_id, by.organisation_id}),
            "organisation_id": by.organisation_id,
            "at": by.now(),
        },
    )
    if not new:
        raise Refused("too_late", "You have said already that you have read this.")
    return locked


@action
def own(*, by: Actor, concern: Concern) -> Concern:
    """Take it on: from now on it is theirs to see through. Also what another owns who has left it."""
    locked = _locked(concern, by, own_only=True)
    others = locked.owner_id not in (None, by.user_id)
    verb = "take_over" if others and owners_now(by, [locked]).left(locked, by) else "own"
    return _move(locked, verb, by, own_only=True, **_owned_from_now(locked, by, by.user()))


@action
def look_again(*, by: Actor, concern: Concern) -> Concern:
    """Say that one has looked at what one owns and that it stays open. Its time begins anew."""
    _require(concern, by)
    held = _seen(concern, by)
    return _move(held, "look_again", by, own_only=True, **_looked_at(held, by))


@action
def hand_on(*, by: Actor, concern: Concern, to: int) -> Concern:
    """Give it to another (the id of a user) who may answer here: by its owner, or over the owner's head by a lead."""
    _require(concern, by)
    held = _seen(concern, by)
    if held.owner_id == to:
        raise Refused("same_owner", "They own it already.", "to")
    if to not in {user.pk for user in answerers(held)}:
        raise Refused("not_theirs", "Choose somebody here who may answer safeguarding concerns.", "to")
    return _move(held, "hand_on", by, own_only=True, **_owned_from_now(held, by, to))


@action
def decide_gp(*, by: Actor, concern: Concern, tell_gp: TellGp, why: str = "") -> Concern:
    """Decide whether the person's practice is told, and tell it. What was told cannot be taken back."""
    locked = _locked(concern, by, raiser_may=True, own_only=True)
    if tell_gp is TellGp.TO_DECIDE:
        raise Refused("undecided", "Choose whether the practice is told.", "tell_gp")
    if tell_gp.needs_why and not why.strip():
        raise Refused("no_reason", "Write why. It stays on record.", "tell_gp_why")
    if locked.practice_told_at is not None:
        raise Refused("too_late", "The practice has been told already.")
    decided: dict[str, Any] = {"tell_gp": tell_gp, "tell_gp_why": why.strip() if tell_gp.needs_why else ""}
    practice = practice_reached(locked) if tell_gp.told else None
    if practice is not None:
        involve(locked.person_id, {practice.pk: Involvement.Reason.SAFETY}, by=by)
        decided |= {"practice_id": practice.pk, "practice_told_at": by.now()}
        decided |= {"organisation_ids": sorted({*locked.organisation_ids, practice.pk})}
    return _change(locked, "concern_gp_decided", by, **decided, **_looked_at(locked, by, tell_gp))


@action
def end(*, by: Actor, concern: Concern, ending: str) -> Concern:
    """End it, with what was done. Only its owner does."""
    _require(concern, by)
    held = _seen(concern, by)
    if not ending.strip():
        raise Refused("no_ending", "Write what was done and why it can end.", "ending")
    if held.tell_gp == TellGp.TO_DECIDE and not raised_at_their_practice(held):
        raise Refused("gp_undecided", "Decide first whether the person’s practice is told.", "ending")
    return _move(concern, "end", by, own_only=True, ending=ending.strip(), ended_at=by.now(), ended_by_id=by.user())


@action
def grow_late(*, by: Actor, concern: Concern) -> Concern:
    """Nobody owns it in time, or its owner has left it: from now on it is before all here who may answer."""
    by.require(Capability.LET_TIME_PASS)
    locked = _seen(concern, by, lock=True)
    if locked.late_at is not None or owners_now(by, [locked]).left(locked, by) is None:
        raise Refused("not_yet", "Nothing is due here yet.")
    return _move(locked, "grow_late", by, late_at=by.now())


@action
def mark_referral(*, by: Actor, referral: Referral) -> Referral:
    """One that came in while a concern about its person is open here: a supervisor decides when to stop trying."""
    by.require(Capability.LET_TIME_PASS)
    locked = Referral.objects.visible_to(by).select_for_update(of=("self",)).get(pk=referral.pk)
    open_ = Concern.objects.visible_to(by).filter(person_id=locked.person_id, organisation_id=by.organisation_id)
    reasons = [each for each in open_.exclude(status=ConcernStatus.ENDED) if locked.worker_id not in each.kept_from]
    if locked.supervisor_decides or not reasons:
        raise Refused("not_yet", "Nothing is to be marked here.")
    return move(locked, "mark", by=by, privately=True, supervisor_decides=True)


def _to_mark(person: Person, by: Actor, hidden: frozenset[int]) -> list[Referral]:
    """No team of this organisation stops trying to reach the person by count: a supervisor decides. Locked.

    Not those of whom it is kept from: what they then may not do would tell them.
    """
    rows = Referral.objects.visible_to(by).filter(
        person=person,
        to_organisation_id=by.organisation_id,
        status__in=MOVES["mark"].from_,
        supervisor_decides=False,
    )
    return list(rows.exclude(worker_id__in=hidden).select_for_update(of=("self",)).order_by("pk"))


def _mark(referrals: Collection[Referral], by: Actor) -> None:
    for referral in referrals:
        # Told to nobody else: that there is a mark would say that there is a concern.
        move(referral, "mark", by=by, privately=True, supervisor_decides=True)


def _move(concern: Concern, verb: str, by: Actor, *, own_only: bool = False, **changes: Any) -> Concern:
    """One move of the table, or why it cannot be made."""
    rule = CONCERN_MOVES[verb]
    locked = _locked(concern, by, own_only=own_only) if rule.whose is not Whose.CLOCK else _seen(concern, by, lock=True)
    if ConcernStatus(locked.status) not in rule.from_:
        raise Refused("too_late", _too_late(locked))
    if rule.whose is Whose.OWNER and locked.owner_id != by.user_id:
        who = locked.owner.name if locked.owner else "Its owner"
        raise Refused("not_owner", f"{who} owns this. Speak with them.")
    if rule.to is not None:
        changes["status"] = rule.to
    return _change(locked, rule.event, by, **changes)


def _owned_from_now(concern: Concern, by: Actor, owner: int) -> dict[str, Any]:
    return {
        "owner_id": owner,
        "owned_at": by.now(),
        "due_at": looked_at_again_by(concern, by),
        "late_at": None,
    }


def _looked_at(concern: Concern, by: Actor, tell_gp: TellGp | None = None) -> dict[str, Any]:
    """Whatever its owner does, they have looked at it. What another does puts off nothing."""
    if concern.owner_id is None or concern.owner_id != by.user_id:
        return {}
    return {"due_at": looked_at_again_by(concern, by, tell_gp), "late_at": None}


def _too_late(concern: Concern) -> str:
    if concern.status == ConcernStatus.ENDED:
        return "This has ended already."
    if concern.status == ConcernStatus.OWNED:
        return f"{concern.owner.name if concern.owner else 'Somebody'} has taken this on already."
    return "Nobody owns this yet. Take it on first."


def _locked(concern: Concern, by: Actor, *, raiser_may: bool = False, own_only: bool = False) -> Concern:
    """The row, for somebody who may answer it. Concern.DoesNotExist when it is not the actor's to see."""
    _require(concern, by, raiser_may=raiser_may)
    locked = _seen(concern, by, lock=True)
    _require(locked, by, raiser_may=raiser_may)
    if own_only and locked.organisation_id != by.organisation_id:
        raise Refused("not_yours", f"{locked.organisation.name} answers this. Speak with them.")
    if locked.status == ConcernStatus.ENDED:
        raise Refused("too_late", _too_late(locked))
    return locked


def _require(concern: Concern, by: Actor, *, raiser_may: bool = False) -> None:
    """Answering is for a role that may, the named, and (where nobody else can) whoever raised it."""
    if not works_with_people(by):
        by.require(Capability.ANSWER_CONCERN)
    named = by.user_id is not None and by.user_id in (concern.lead_id, concern.deputy_id, concern.owner_id)
    raised = by.user_id is not None and by.user_id == concern.raised_by_id
    if by.can(Capability.ANSWER_CONCERN) or named or (raised and raiser_may) or leads_here(by):
        return
    if raised and [user.pk for user in answerers(concern)] == [by.user_id]:
        return
    by.require(Capability.ANSWER_CONCERN)


def _seen(concern: Concern, by: Actor, *, lock: bool = False) -> Concern:
    rows = Concern.objects.visible_to(by).select_related("person", "organisation")
    # Owner and leads are looked up only when asked: joined, they would be as they were before waiting for the lock.
    found: Concern = (rows.select_for_update(of=("self",)) if lock else rows).get(pk=concern.pk)
    return found


def _change(concern: Concern, event: str, by: Actor, **changes: Any) -> Concern:
    for name, value in changes.items():
        setattr(concern, name, value)
    if changes:
        concern.save(update_fields=list(changes))
    _record(event, concern, by)
    return concern


def _record(event: str, concern: Concern, by: Actor) -> None:
    """Which concern, and nothing of whom it is about or what it is: no timeline finds it."""
    record(event, by=by, told=concern.organisation_ids, data={"concern": concern.pk})

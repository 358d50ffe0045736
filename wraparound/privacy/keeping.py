"""Holding, lengthening, agreeing to removals. Removing is done by the operator, as the owner of the tables."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.people.models import Person
from wraparound.privacy.models import LegalHold, LongerPeriod, RemovalRun
from wraparound.privacy.rules import RULES, Rule, Whose, before

LONGEST_MONTHS = 1200


@action
def place_hold(*, by: Actor, person: Person, reason: str) -> LegalHold:
    """Nothing about the person is removed from now on, by any organisation of the scheme. Refused `held_already`."""
    by.require(Capability.KEEP_RECORDS)
    held = Person.objects.visible_to(by).select_for_update().get(pk=person.pk)
    if not reason.strip():
        raise Refused("no_reason", "Enter why nothing may be removed.", "reason")
    if LegalHold.objects.visible_to(by).filter(person=held, ended_at=None).exists():
        raise Refused("held_already", "Your organisation has placed a hold on this record already.")
    hold = LegalHold.objects.create(
        scheme_id=by.scheme_id,
        organisation_id=by.organisation_id,
        person=held,
        name=held.name,
        reason=reason.strip(),
        placed_at=by.now(),
        placed_by_id=by.user(),
    )
    record("legal_hold_placed", by=by, person_id=held.pk, data={"hold": hold.pk})
    return hold


@action
def end_hold(*, by: Actor, hold: LegalHold, ending: str) -> LegalHold:
    """The hold is over: what was due meanwhile may be removed by the next removal that two people agree to."""
    by.require(Capability.KEEP_RECORDS)
    held: LegalHold = LegalHold.objects.visible_to(by).select_for_update().get(pk=hold.pk)
    if held.ended_at:
        raise Refused("too_late", "This hold has ended already.")
    if not ending.strip():
        raise Refused("no_ending", "Enter why the hold can end.", "ending")
    held.ended_at, held.ended_by_id, held.ending = by.now(), by.user(), ending.strip()
    held.save(update_fields=["ended_at", "ended_by", "ending"])
    record("legal_hold_ended", by=by, person_id=held.person_id, data={"hold": held.pk})
    return held


@action
def keep_longer(*, by: Actor, kind: str, months: int, reason: str) -> LongerPeriod:
    """The organisation keeps a kind of record for so many months. Refused `shorter` than the rule, or `no_reason`."""
    by.require(Capability.KEEP_RECORDS)
    rule = RULES[kind]
    if months < rule.months:
        raise Refused("shorter", f"It is kept for at least {rule.months} months.", "months")
    if months > LONGEST_MONTHS:
        raise Refused("too_long", f"Enter at most {LONGEST_MONTHS} months.", "months")
    if not reason.strip():
        raise Refused("no_reason", "Enter why it is kept so long.", "reason")
    made = LongerPeriod.objects.create(
        scheme_id=by.scheme_id,
        organisation_id=by.organisation_id,
        kind=kind,
        months=months,
        reason=reason.strip(),
        set_at=by.now(),
        set_by_id=by.user(),
    )
    record("retention_lengthened", by=by, data={"kind": kind, "months": months})
    return made


def months_of(rule: Rule, scheme_id: int, organisation_id: int) -> int:
    """How long this organisation keeps the kind: never shorter than the rule."""
    newest = LongerPeriod.objects.filter(scheme_id=scheme_id, organisation_id=organisation_id, kind=rule.kind)
    longer = newest.order_by("-pk").values_list("months", flat=True).first()
    return max(rule.months, longer or 0)


def due_counts(by: Actor, day: date) -> dict[str, int]:
    """How many rows of each kind are due on a day, of the actor's own organisation; kinds with none are left out.

    Where another organisation's work still hangs on one, the removal leaves it, and says so.
    """
    whose = Whose(by.scheme_id, by.organisation_id)
    counts = {kind: due(rule, whose, day).count() for kind, rule in RULES.items()}
    return {kind: count for kind, count in counts.items() if count}


def due(rule: Rule, whose: Whose, day: date) -> "QuerySet[Any]":
    """The rows of a kind whose time is over on a day."""
    return rule.rows(whose, before(day, months_of(rule, whose.scheme_id, whose.organisation_id)))


def erasable(rule: Rule, whose: Whose, now: datetime, day: date) -> "QuerySet[Any]":
    """The rows of a kind that may go on request, as the law stood to them on a day."""
    return rule.erasable(whose, now, before(day, months_of(rule, whose.scheme_id, whose.organisation_id)))


@action
def preview_removal(*, by: Actor) -> RemovalRun:
    """Count what is due today, for somebody else to agree to; nothing is changed. Refused `nothing_due`, `open_run`."""
    by.require(Capability.KEEP_RECORDS)
    if RemovalRun.objects.visible_to(by).filter(done_at=None, dropped_at=None, person_key=None).exists():
        raise Refused("open_run", "A removal is waiting already. Agree to it or drop it first.")
    counts = due_counts(by, by.today())
    if not counts:
        raise Refused("nothing_due", "Nothing is due to be removed today.")
    return previewed(by, counts, None)


def previewed(by: Actor, counts: Mapping[str, int], person_id: int | None) -> RemovalRun:
    """A removal that waits for a second person; for an erasure with the person's key."""
    run = RemovalRun.objects.create(
        scheme_id=by.scheme_id,
        organisation_id=by.organisation_id,
        person_key=person_id,
        as_of=by.today(),
        counts=dict(counts),
        previewed_at=by.now(),
        previewed_by_id=by.user(),
    )
    record("removal_previewed", by=by, data={"run": run.pk, "counts": dict(counts)})
    return run


@action
def agree_to_removal(*, by: Actor, run: RemovalRun, counted: int) -> RemovalRun:
    """Agree, having read the counts: `counted` is their sum. Refused `same_person` or `other_count`."""
    held = _waiting(run, by)
    if held.previewed_by_id == by.user():
        raise Refused("same_person", "Somebody else must agree: two people stand for what is removed for good.")
    if counted != sum(held.counts.values()):
        raise Refused("other_count", f"Enter how many records this removes: {sum(held.counts.values()):,}.", "counted")
    held.agreed_at, held.agreed_by_id = by.now(), by.user()
    held.save(update_fields=["agreed_at", "agreed_by"])
    record("removal_agreed", by=by, data={"run": held.pk, "counts": held.counts})
    return held


@action
def drop_removal(*, by: Actor, run: RemovalRun) -> RemovalRun:
    """It is not done. What is due stays due."""
    held = _waiting(run, by)
    held.dropped_at = by.now()
    held.save(update_fields=["dropped_at"])
    record("removal_dropped", by=by, data={"run": held.pk})
    return held


def _waiting(run: RemovalRun, by: Actor) -> RemovalRun:
    by.require(Capability.KEEP_RECORDS)
    held: RemovalRun = RemovalRun.objects.visible_to(by).select_for_update().get(pk=run.pk)
    if held.agreed_at or held.dropped_at:
        raise Refused("too_late", "Somebody has decided about this removal already.")
    return held

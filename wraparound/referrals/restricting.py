"""Keeping a record for named readers: somebody's own, a relative's, or that of somebody publicly known."""

from collections.abc import Collection
from typing import Any

from django.db import connection

from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Membership
from wraparound.organisations.roles import Capability
from wraparound.people.models import Person, Restriction


@action
def restrict(
    *, by: Actor, person: Person, why: Restriction.Why, readers: Collection[int], kept_from: Collection[int]
) -> Restriction:
    """Keep the record for the actor, for whoever works with the person now, and for `readers` (ids of users).

    Nobody of `kept_from` reads it, whatever their role. Refused: `already`, `keeps_out_self`, `elsewhere`.
    """
    by.require(Capability.RESTRICT_RECORDS)
    held = Person.objects.visible_to(by).select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    if Restriction.objects.filter(person=held, ended_at=None).exists():
        raise Refused("already", "This record is restricted already. Change who reads it there.")
    made = Restriction(
        scheme_id=by.scheme_id,
        organisation_ids=held.organisation_ids,
        person=held,
        why=why,
        reader_ids=sorted({by.user(), *_workers_of(held.pk), *readers} - set(kept_from)),
        kept_from=sorted(set(kept_from)),
        made_by_id=by.user(),
        made_by_organisation_id=by.organisation_id,
        made_at=by.now(),
    )
    _check(by, readers, kept_from)
    made.save(force_insert=True)
    record("record_restricted", by=by, person_id=held.pk, data={"why": why})
    return made


@action
def change_readers(
    *, by: Actor, restriction: Restriction, readers: Collection[int], kept_from: Collection[int]
) -> Restriction:
    """Say anew who of the actor's organisation reads the record and who may not. What others said for theirs stays.

    Refused: `keeps_out_self`, `elsewhere`, `too_late`.
    """
    by.require(Capability.RESTRICT_RECORDS)
    held = _held(restriction, by)
    _check(by, readers, kept_from)
    ours = set(colleagues(by))
    reading = (set(held.reader_ids) - ours) | set(readers) | {by.user()}
    kept = (set(held.kept_from) - ours) | set(kept_from)
    held.reader_ids, held.kept_from = sorted(reading - kept), sorted(kept)
    held.save(update_fields=["reader_ids", "kept_from"])
    record("restriction_changed", by=by, person_id=held.person_id, data={"readers": len(held.reader_ids)})
    return held


@action
def lift_restriction(*, by: Actor, restriction: Restriction) -> Restriction:
    """Open the record again to everybody whose work it is. Refused: `too_late`."""
    by.require(Capability.RESTRICT_RECORDS)
    held = _held(restriction, by)
    held.ended_at, held.ended_by_id = by.now(), by.user()
    held.save(update_fields=["ended_at", "ended_by"])
    record("restriction_lifted", by=by, person_id=held.person_id, data={})
    return held


@action
def let_worker_read(*, by: Actor, restriction: Restriction) -> Restriction:
    """Whoever was given work with the person reads the record from now on. Refused: `too_late`, `nobody_new`.

    Somebody it is kept from stays out: the supervisor sees that their worker cannot open it.
    """
    by.require(Capability.LET_TIME_PASS)
    held = _held(restriction, by)
    reading = sorted({*held.reader_ids, *_workers_of(held.person_id)} - set(held.kept_from))
    if reading == held.reader_ids:
        raise Refused("nobody_new", "Everybody who works with them reads it already.")
    held.reader_ids = reading
    held.save(update_fields=["reader_ids"])
    record("restriction_changed", by=by, person_id=held.person_id, data={"readers": len(reading)})
    return held


def restriction_of(actor: Actor, person: Person) -> Restriction | None:
    """The restriction in force, for somebody who reads the record."""
    return Restriction.objects.visible_to(actor).filter(person=person, ended_at=None).first()


def colleagues(actor: Actor) -> dict[int, str]:
    """Names by user id of everybody who works at the actor's organisation in the scheme now."""
    rows = Membership.objects.filter(scheme_id=actor.scheme_id, organisation_id=actor.organisation_id, ended=None)
    return dict(rows.order_by("user__name").values_list("user_id", "user__name"))


def _check(by: Actor, readers: Collection[int], kept_from: Collection[int]) -> None:
    if by.user() in kept_from:
        raise Refused(
            "keeps_out_self", "You cannot keep it from yourself. Ask a colleague to restrict it.", "kept_from"
        )
    if not {*readers, *kept_from} <= set(colleagues(by)):
        raise Refused("elsewhere", "Somebody chosen does not work here any more. Look at the list again.", "readers")


def _held(restriction: Restriction, by: Actor) -> Restriction:
    rows = Restriction.objects.visible_to(by).select_for_update(of=("self",))
    found: Restriction = rows.get(pk=restriction.pk)
    if found.ended_at is not None:
        raise Refused("too_late", "This record is not restricted any more.")
    return found


def _workers_of(person_id: int) -> set[int]:
    with connection.cursor() as cursor:
        rows: list[Any] = cursor.execute("SELECT * FROM referrals_workers_of(%s)", [person_id]).fetchall()
    return {worker for (worker,) in rows}

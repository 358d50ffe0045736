"""Opening a record in an emergency: for hours, told to its owners at once, and looked at afterwards."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor, see_anew
from wraparound.organisations.roles import Capability
from wraparound.people import codes
from wraparound.people.models import EmergencyOpening, Involvement
from wraparound.people.recording import end_involvement

LASTS = timedelta(hours=4)
LONGEST = 500
NOT_FOUND = (
    "No record in this scheme has this NHS number and this date of birth together. Check both. Nothing was opened."
)


@dataclass(frozen=True, kw_only=True)
class Emergency:
    """Whose record is needed, and why now."""

    nhs_number: str
    born: date
    why: EmergencyOpening.Why
    reason: str


@action
def open_in_emergency(*, by: Actor, emergency: Emergency) -> EmergencyOpening:
    """Open a record for four hours. Every organisation that has it is told; a supervisor or manager looks at it after.

    Notes of other organisations stay closed. Refused: `not_allowed`, `nhs_number`, `no_reason`, `not_found`.
    """
    by.require(Capability.OPEN_IN_EMERGENCY)
    person_id = _find(emergency)
    mine = EmergencyOpening.objects.visible_to(by).filter(person_id=person_id, user_id=by.user(), ended_at=None)
    before = mine.filter(organisation_id=by.organisation_id).select_for_update(of=("self",)).first()
    if before is not None:
        if before.ends_at > by.now():
            record("emergency_opening_asked_again", by=by, person_id=person_id, data={"opening": before.pk})
            return before
        _end(before, by)
    made = EmergencyOpening.objects.create(
        scheme_id=by.scheme_id,
        organisation_ids=[by.organisation_id],
        person_id=person_id,
        user_id=by.user(),
        organisation_id=by.organisation_id,
        role=by.role,
        why=emergency.why,
        reason=emergency.reason.strip()[:LONGEST],
        opened_at=by.now(),
        ends_at=by.now() + LASTS,
    )
    see_anew(by)
    with connection.cursor() as cursor:
        [owners] = cursor.execute("SELECT people_open_in_emergency(%s)", [person_id]).fetchone()
        cursor.execute("SELECT referrals_follow_emergency(%s)", [person_id])
    made.organisation_ids = sorted({by.organisation_id, *owners})
    made.save(update_fields=["organisation_ids"])
    data = {"opening": made.pk, "why": made.why}
    record("record_opened_in_emergency", by=by, told=made.organisation_ids, person_id=person_id, data=data)
    return made


def _find(emergency: Emergency) -> int:
    if not emergency.reason.strip():
        raise Refused(
            "no_reason", "Write why the record is needed now, for whoever looks at this afterwards.", "reason"
        )
    try:
        number = codes.nhs_number(emergency.nhs_number)
    except ValueError as fault:
        raise Refused("nhs_number", str(fault), "nhs_number") from None
    with connection.cursor() as cursor:
        [found] = cursor.execute("SELECT people_find_in_emergency(%s, %s)", [number, emergency.born]).fetchone()
    if found is None:
        raise Refused("not_found", NOT_FOUND, "nhs_number")
    person: int = found
    return person


@action
def end_opening(*, by: Actor, opening: EmergencyOpening) -> EmergencyOpening:
    """Close the record again: by whoever opened it, or by the clock once its hours are over. Refused: `too_late`."""
    if not by.can(Capability.LET_TIME_PASS):
        by.require(Capability.OPEN_IN_EMERGENCY)
    held = _held(opening, by)
    if held.ended_at is not None:
        raise Refused("too_late", "This is closed already.")
    if held.user_id != by.user_id and held.ends_at > by.now():
        raise Refused("not_yours", "Whoever opened it closes it.")
    return _end(held, by)


@action
def look_at_opening(
    *, by: Actor, opening: EmergencyOpening, verdict: EmergencyOpening.Verdict, words: str
) -> EmergencyOpening:
    """Write down what somebody responsible found. Refused: `own`, `already`, and `no_words` for what is to follow."""
    by.require(Capability.LOOK_AT_OPENINGS)
    held = _held(opening, by)
    if held.user_id == by.user_id:
        raise Refused("own", "Somebody else has to look at what you opened yourself.")
    if held.looked_at is not None:
        raise Refused("already", "Somebody has looked at this already.")
    if verdict is EmergencyOpening.Verdict.FOLLOW_UP and not words.strip():
        raise Refused("no_words", "Write what has to be followed up, and by whom.", "words")
    held.verdict, held.words, held.looked_at = verdict, words.strip()[:LONGEST], by.now()
    held.looked_at_by_id, held.looked_at_for_id = by.user(), by.organisation_id
    held.save(update_fields=["verdict", "words", "looked_at", "looked_at_by", "looked_at_for"])
    data = {"opening": held.pk, "verdict": verdict}
    record("opening_looked_at", by=by, told=held.organisation_ids, person_id=held.person_id, data=data)
    return held


def opening_now(actor: Actor, person_id: int) -> EmergencyOpening | None:
    """The actor's own opening of the record that is in force, if that is how they read it."""
    if actor.user_id is None:
        return None
    rows = EmergencyOpening.objects.visible_to(actor).filter(person_id=person_id, user_id=actor.user_id, ended_at=None)
    return rows.filter(organisation_id=actor.organisation_id, ends_at__gt=actor.now()).first()


def to_look_at(actor: Actor, most: int = 50) -> list[EmergencyOpening]:
    """Openings that nobody has looked at, the oldest first, without the actor's own."""
    if actor.user_id is None or not actor.can(Capability.LOOK_AT_OPENINGS):
        return []
    rows = EmergencyOpening.objects.visible_to(actor).filter(looked_at=None).exclude(user_id=actor.user_id)
    return list(rows.select_related("user", "organisation").order_by("opened_at", "pk")[:most])


def opening_of(actor: Actor, pk: int) -> EmergencyOpening:
    """EmergencyOpening.DoesNotExist when it is not the actor's to see."""
    found: EmergencyOpening = (
        EmergencyOpening.objects.visible_to(actor).select_related("user", "organisation").get(pk=pk)
    )
    return found


def _held(opening: EmergencyOpening, by: Actor) -> EmergencyOpening:
    found: EmergencyOpening = EmergencyOpening.objects.visible_to(by).select_for_update(of=("self",)).get(pk=opening.pk)
    return found


def _end(held: EmergencyOpening, by: Actor) -> EmergencyOpening:
    held.ended_at = by.now()
    held.save(update_fields=["ended_at"])
    others = EmergencyOpening.objects.filter(person_id=held.person_id, organisation_id=held.organisation_id)
    if not others.filter(ended_at=None).exists():
        end_involvement(held.person_id, held.organisation_id, Involvement.Reason.EMERGENCY, by=by)
        with connection.cursor() as cursor:
            cursor.execute("SELECT referrals_follow_emergency(%s)", [held.person_id])
    record("emergency_opening_ended", by=by, told=held.organisation_ids, person_id=held.person_id,
           data={"opening": held.pk})  # fmt: skip
    return held

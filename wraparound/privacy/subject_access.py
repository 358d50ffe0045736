"""A person asks for what is held about them: taken, checked, collected, decided by each organisation, handed over."""

from collections.abc import Sequence
from datetime import date

from django.db import connection

from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Scheme
from wraparound.organisations.roles import Capability
from wraparound.pathways.calendar import Calendar, calendar_for
from wraparound.pathways.vocabulary import Nation
from wraparound.people.models import Person
from wraparound.privacy import packing, tasks
from wraparound.privacy.marks import Mark, Reason
from wraparound.privacy.models import AccessPart, AccessRecord, SubjectAccessRequest
from wraparound.privacy.models.subject_access import AskedHow, HandedOver, IdentityChecked, PartStatus
from wraparound.privacy.redacting import Decision, How, not_found, to_decide
from wraparound.privacy.saying import Said
from wraparound.privacy.time_limits import due_on


@action
def take_request(
    *, by: Actor, person: Person, asked_on: date, asked_how: AskedHow, asked_by: str = ""
) -> SubjectAccessRequest:
    """Write down that the person asked, with a part for each organisation that holds something.

    Refused `asked_later`, `no_authority` or `asked_already`.
    """
    by.require(Capability.ANSWER_RIGHTS)
    held = Person.objects.visible_to(by).select_for_update().get(pk=person.pk)
    if asked_on > by.today():
        raise Refused("asked_later", "The day they asked must be today or before.", "asked_on")
    if asked_how == AskedHow.ON_BEHALF and not asked_by.strip():
        raise Refused("no_authority", "Enter who asked for them, and which authority you have seen.", "asked_by")
    holders = _holders(held.pk) | {by.organisation_id}
    if SubjectAccessRequest.objects.visible_to(by).filter(person=held, ended_at=None).exists():
        raise Refused("asked_already", "A request of this person is open. It is answered with everything held.")
    made = SubjectAccessRequest.objects.create(
        scheme_id=by.scheme_id,
        organisation_ids=sorted(holders),
        organisation_id=by.organisation_id,
        person=held,
        name=held.name,
        asked_on=asked_on,
        asked_how=asked_how,
        asked_by=asked_by.strip(),
        taken_by_id=by.user(),
        taken_at=by.now(),
    )
    for holder in sorted(holders):
        AccessPart.objects.create(
            scheme_id=by.scheme_id,
            organisation_ids=sorted({by.organisation_id, holder}),
            organisation_id=holder,
            request=made,
        )
    _record("subject_access_taken", made, by)
    return made


def _holders(person_id: int) -> set[int]:
    with connection.cursor() as cursor:
        rows = cursor.execute("SELECT organisation FROM privacy_holders(%s)", [person_id]).fetchall()
    return {organisation for (organisation,) in rows}


@action
def confirm_identity(
    *, by: Actor, request: SubjectAccessRequest, identity: IdentityChecked, identity_on: date
) -> SubjectAccessRequest:
    """Say how it was checked who asked. The time to answer begins, and each part is collected."""
    held = _own(request, by)
    if held.due_on:
        raise Refused("already_saved", "It is written down already who asked.")
    if identity == IdentityChecked.NOT_YET:
        raise Refused("not_checked", "Select how you checked who they are.", "identity")
    if not held.asked_on <= identity_on <= by.today():
        raise Refused("bad_day", "The day must be from the day they asked up to today.", "identity_on")
    held.identity, held.identity_on = identity, identity_on
    held.due_on = due_on(held.asked_on, identity_on, _calendar(by))
    held.save(update_fields=["identity", "identity_on", "due_on"])
    for part in held.parts.order_by("pk"):
        tasks.collect_later(part, by)
    _record("subject_access_confirmed", held, by, due=held.due_on.isoformat())
    return held


@action
def extend(*, by: Actor, request: SubjectAccessRequest, reason: str) -> SubjectAccessRequest:
    """Two months more, for a request that is complex or one of many, once the person was told so and why."""
    held = _own(request, by)
    if held.due_on is None or held.identity_on is None:
        raise Refused("not_begun", "The time to answer has not begun: it is not written down yet who asked.")
    if held.extended_on:
        raise Refused("extended_already", "It was extended before. It cannot be twice.")
    if by.today() > held.due_on:
        raise Refused("too_late", "The first month is over: it could be extended within it only. Answer now.")
    if not reason.strip():
        raise Refused("no_reason", "Enter why it takes longer, as you told the person.", "reason")
    held.extended_on, held.extension_reason = by.today(), reason.strip()
    held.due_on = due_on(held.asked_on, held.identity_on, _calendar(by), extended=True)
    held.save(update_fields=["extended_on", "extension_reason", "due_on"])
    _record("subject_access_extended", held, by, due=held.due_on.isoformat())
    return held


@action
def decide(
    *,
    by: Actor,
    entry: AccessRecord,
    fields: Sequence[str],
    how: How,
    words: Sequence[str] = (),
    reason: Reason | None = None,
) -> AccessRecord:
    """Decide what of marked values is handed over. Refused `no_reason`, `no_words` or `not_there`."""
    by.require(Capability.ANSWER_RIGHTS)
    held = AccessRecord.objects.visible_to(by).select_for_update(of=("self",)).select_related("part").get(pk=entry.pk)
    _reviewable(held.part)
    said = [Said(*each) for each in held.said]
    marked = {each.field: each.text for each in said if each.mark and each.mark != Mark.WORKER}
    if not fields or not set(fields) <= set(marked):
        raise Refused("not_marked", "Nothing is marked there.")
    wanted = tuple(word.strip() for word in words if word.strip()) if how is How.WORDS else ()
    if how is How.WORDS and not wanted:
        raise Refused("no_words", "Enter the words to leave out.", "words")
    if absent := not_found(" ".join(marked[field] for field in fields), wanted):
        raise Refused(
            "not_there", f"The text does not hold “{absent[0]}”. Copy the words as they stand in it.", "words"
        )
    if how is not How.SHOW and reason is None:
        raise Refused("no_reason", "Select why it is left out.", "reason")
    kept = Decision(how, wanted, None if how is How.SHOW else reason)
    held.decided = {**held.decided, **{field: kept.to_json() for field in fields}}
    held.to_decide = len(to_decide(said, held.decided))
    held.save(update_fields=["decided", "to_decide"])
    record("subject_access_decided", by=by, data={"part": held.part_id, "record": held.pk, "how": how.value})
    return held


@action
def decide_names(*, by: Actor, part: AccessPart, show: bool, reason: Reason | None = None) -> AccessPart:
    """Whether names of those who worked in their jobs are handed over: once for a whole part."""
    held = _part(part, by)
    if not show and reason is None:
        raise Refused("no_reason", "Select why names are left out.", "reason")
    held.names_of_workers, held.names_reason = show, "" if show or reason is None else reason.value
    held.save(update_fields=["names_of_workers", "names_reason"])
    record("subject_access_names_decided", by=by, data={"part": held.pk, "shown": show})
    return held


@action
def release(*, by: Actor, part: AccessPart, handed_over: HandedOver) -> AccessPart:
    """Hand the organisation's part over. Refused `undecided` while somebody has to look at something."""
    held = _part(part, by)
    waiting = AccessRecord.objects.visible_to(by).filter(part=held, to_decide__gt=0).count()
    if waiting or held.names_of_workers is None:
        raise Refused("undecided", "Decide first about everything that is marked, and about names of workers.")
    held.status, held.handed_over = PartStatus.RELEASED, handed_over
    held.released_at, held.released_by_id = by.now(), by.user()
    held.save(update_fields=["status", "handed_over", "released_at", "released_by"])
    packing.keep_released(held, by)
    tasks.set_part.later(by=by, part_id=held.pk)
    record("subject_access_released", by=by, told=held.organisation_ids, data={"part": held.pk, "how": handed_over})
    return held


@action
def end_request(
    *, by: Actor, request: SubjectAccessRequest, ending: str, answered: bool = True
) -> SubjectAccessRequest:
    """Close it: every part was handed over, or the person no longer wants it. `ending` says how, in words."""
    held = _own(request, by)
    if not ending.strip():
        raise Refused("no_ending", "Enter how the answer was handed over, or why there is none.", "ending")
    open_parts = held.parts.exclude(status__in=[PartStatus.RELEASED, PartStatus.NOTHING_HELD])
    if answered and (held.due_on is None or open_parts.exists()):
        raise Refused("parts_open", "Not every organisation has released its part yet.", "answered")
    held.ended_at, held.ended_by_id, held.ending = by.now(), by.user(), ending.strip()
    held.save(update_fields=["ended_at", "ended_by", "ending"])
    _record("subject_access_ended", held, by, answered=answered)
    return held


def _own(request: SubjectAccessRequest, by: Actor) -> SubjectAccessRequest:
    """The open request, locked, for the organisation that took it."""
    by.require(Capability.ANSWER_RIGHTS)
    held: SubjectAccessRequest = SubjectAccessRequest.objects.visible_to(by).select_for_update().get(pk=request.pk)
    if held.organisation_id != by.organisation_id:
        raise Refused("not_yours", "The organisation that took this request answers to the person.")
    if held.ended_at:
        raise Refused("too_late", "This request has ended.")
    return held


def _part(part: AccessPart, by: Actor) -> AccessPart:
    """The part, locked, for its own organisation while it is reviewed."""
    by.require(Capability.ANSWER_RIGHTS)
    held: AccessPart = AccessPart.objects.visible_to(by).select_for_update().get(pk=part.pk)
    if held.organisation_id != by.organisation_id:
        raise Refused("not_yours", "Each organisation decides about its own part.")
    _reviewable(held)
    return held


def _reviewable(part: AccessPart) -> None:
    if part.status == PartStatus.COLLECTING:
        raise Refused("collecting", "This part is still being collected. Try again in a minute.")
    if part.status != PartStatus.TO_REVIEW:
        raise Refused("too_late", "This part was released already.")


def _calendar(by: Actor) -> Calendar:
    return calendar_for(Nation(Scheme.objects.values_list("nation", flat=True).get(pk=by.scheme_id)))


def _record(name: str, request: SubjectAccessRequest, by: Actor, **data: object) -> None:
    record(
        name, by=by, told=request.organisation_ids, person_id=request.person_id, data={"request": request.pk, **data}
    )

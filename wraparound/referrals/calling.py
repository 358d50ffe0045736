"""Call lists: people whom a practice rings because they may need help and have not asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db.models import Q

from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.pathways.calendar import local
from wraparound.pathways.vocabulary import Entry
from wraparound.people.details import PersonDetails
from wraparound.people.models import Contact, Involvement, Person
from wraparound.people.recording import find_or_add, involve
from wraparound.referrals.actions import refer
from wraparound.referrals.call_reading import TO_DO, to_call_now
from wraparound.referrals.entries import way_in
from wraparound.referrals.intake import Intake
from wraparound.referrals.models import Call, CallList, CallStatus, Journey
from wraparound.referrals.sent_before import already_sent, wait_for_people

HELD_FOR = timedelta(minutes=20)
TRIES = 3


@dataclass(frozen=True)
class Added:
    """How many people came onto a list, and how many not and why."""

    added: int = 0
    already: int = 0
    declined: int = 0
    no_phone: int = 0


@action
def make_call_list(*, by: Actor, name: str, why: str) -> CallList:
    """Begin an empty list. `why` is what the caller may say. Refused: `no_name`, `no_why`, `wrong_entry`."""
    by.require(Capability.RUN_CALL_LISTS)
    if not name.strip():
        raise Refused("no_name", "Give the list a name.", "name")
    if not why.strip():
        raise Refused("no_why", "Write why these people are called.", "why")
    if closed := way_in(by, Entry.CALL_LIST).refused:
        raise Refused("wrong_entry", closed)
    made = CallList.objects.create(
        scheme_id=by.scheme_id,
        organisation_id=by.organisation_id,
        name=name.strip(),
        why=why.strip(),
        made_by_id=by.user(),
        made_at=by.now(),
    )
    record("call_list_made", by=by, data={"call_list": made.pk})
    return made


@action
def close_call_list(*, by: Actor, call_list: CallList) -> CallList:
    """Nobody on it is called any more. What came of the calls stays."""
    held = _open_list(by, call_list)
    held.closed_at = by.now()
    held.save(update_fields=["closed_at"])
    record("call_list_closed", by=by, data={"call_list": held.pk})
    return held


@action
def add_to_call_list(*, by: Actor, call_list: CallList, person_ids: Sequence[int]) -> Added:
    """Put people on a list whom the organisation knows; others among `person_ids` are left out."""
    held = _open_list(by, call_list)
    people = Person.objects.visible_to(by).filter(pk__in=list(person_ids))
    return _put_on(held, list(people), by)


@action
def add_people_to_call_list(*, by: Actor, call_list: CallList, people: Sequence[PersonDetails]) -> Added:
    """Put people on a list who may be new here: each gets a record that only the actor's organisation sees."""
    held = _open_list(by, call_list)
    wait_for_people(by, people)
    why = Involvement.Reason.REGISTERED
    found = [find_or_add(details, by=by, why=why).person for details in people]
    for person in found:
        involve(person.pk, {by.organisation_id: why}, by=by)
    return _put_on(held, found, by)


def _put_on(held: CallList, people: Sequence[Person], by: Actor) -> Added:
    ids = [person.pk for person in people]
    rows = Call.objects.visible_to(by).filter(person_id__in=ids)
    already = set(rows.filter(call_list=held).values_list("person_id", flat=True))
    # Who did not want to be called once is not put on another list.
    declined = set(rows.filter(status=CallStatus.DECLINED).values_list("person_id", flat=True)) - already
    rest = [person for person in people if person.pk not in already | declined]
    wanted = {person.pk: person for person in rest if may_be_called(person)}
    Call.objects.bulk_create(
        Call(scheme_id=by.scheme_id, organisation_id=by.organisation_id, call_list=held, person_id=person_id)
        for person_id in wanted
    )
    no_phone = len({person.pk for person in rest} - set(wanted))
    added = Added(len(wanted), len(already), len(declined), no_phone)
    record("call_list_added", by=by, data={"call_list": held.pk, "added": added.added})
    return added


def may_be_called(person: Person) -> bool:
    """Whether there is a number that the person has not said to leave alone."""
    ways = ((person.mobile, person.mobile_calls), (person.landline, person.landline_calls))
    return any(number and may != Contact.NO for number, may in ways)


@action
def take_call(*, by: Actor, call: Call) -> Call:
    """Hold a call for 20 minutes, so that nobody else calls. Refused: `taken` by whom, `too_late`, `closed`."""
    return _hold(_locked(by, call), by)


@action
def take_next_call(*, by: Actor, call_list: CallList) -> Call:
    """Hold the next call of a list: the actor's own that is held already, else nobody's. Refused: `nobody_left`."""
    held = _open_list(by, call_list)
    own = Q(caller_id=by.user(), held_until__gt=by.now())
    rows = to_call_now(by, held).filter(own | Q(held_until=None) | Q(held_until__lte=by.now()))
    # One that another caller is taking at this moment is skipped, not waited for.
    call = rows.select_for_update(skip_locked=True, of=("self",)).order_by("tries", "pk").first()
    if call is None:
        raise Refused("nobody_left", "There is nobody left to call on this list today.")
    return _hold(call, by)


@action
def put_call_back(*, by: Actor, call: Call) -> Call:
    """Give a call back unmade, for whoever calls next."""
    held = _locked(by, call)
    held.held_until = None
    held.save(update_fields=["held_until"])
    record("call_put_back", by=by, person_id=held.person_id, data={"call": held.pk})
    return held


@action
def record_call(*, by: Actor, call: Call, result: CallStatus) -> Call:
    """Say what came of a call: no answer, no need at present, or no calls wanted.

    Each day without an answer counts as one try; the third ends in `not_reached`. Refused: `not_yours` unless the
    actor holds it, `too_late`, `closed`. ValueError for a result that no caller gives.
    """
    if result not in (CallStatus.NO_ANSWER, CallStatus.NO_NEED, CallStatus.DECLINED):
        raise ValueError(f"{result} is not the result of a call")
    held = _own(by, call)
    if result == CallStatus.NO_ANSWER:
        held.tries += held.last_try_at is None or _day(held.last_try_at) < _day(by.now())
        result = CallStatus.NOT_REACHED if held.tries >= TRIES else result
    held.status, held.last_try_at, held.held_until = result, by.now(), None
    held.save(update_fields=["status", "tries", "last_try_at", "held_until"])
    record("call_made", by=by, person_id=held.person_id, data={"call": held.pk, "result": held.status})
    return held


@action
def refer_from_call(*, by: Actor, call: Call, intake: Intake) -> Journey:
    """The person wants help: refer them, agreed on the telephone. Sent again, it is the same referral."""
    intake = replace(intake, entry=Entry.CALL_LIST, person=None, person_id=call.person_id)
    if already_sent(by, intake):
        by.require(Capability.RUN_CALL_LISTS)
        return refer(by=by, intake=intake)
    held = _own(by, call)
    journey = refer(by=by, intake=intake)
    held.status, held.journey, held.last_try_at, held.held_until = CallStatus.REFERRED, journey, by.now(), None
    held.save(update_fields=["status", "journey", "last_try_at", "held_until"])
    return journey


def _open_list(by: Actor, call_list: CallList) -> CallList:
    """The list, locked. CallList.DoesNotExist when it is another organisation's."""
    by.require(Capability.RUN_CALL_LISTS)
    held: CallList = CallList.objects.visible_to(by).select_for_update(of=("self",)).get(pk=call_list.pk)
    if held.closed_at:
        raise Refused("closed", "This call list is closed.")
    return held


def _locked(by: Actor, call: Call) -> Call:
    """The call, locked, as long as somebody is still to be called."""
    by.require(Capability.RUN_CALL_LISTS)
    rows = Call.objects.visible_to(by).select_for_update(of=("self",)).select_related("call_list")
    held: Call = rows.get(pk=call.pk)
    if held.call_list.closed_at:
        raise Refused("closed", "This call list is closed.")
    if held.status not in TO_DO:
        who = held.caller.name if held.caller else "Somebody"
        raise Refused("too_late", f"{who} has called them already: {CallStatus(held.status).label.lower()}.")
    if is_held(held, by.now()) and held.caller_id != by.user():
        raise Refused("taken", f"{held.caller.name if held.caller else 'Somebody'} is calling them now.")
    return held


def _own(by: Actor, call: Call) -> Call:
    """The call that the actor took; 20 minutes may have passed, if nobody else took it since."""
    held = _locked(by, call)
    if held.held_until is None or held.caller_id != by.user():
        raise Refused("not_yours", "Somebody else has had this call since you began it. Take it again first.")
    return held


def _hold(call: Call, by: Actor) -> Call:
    call.caller_id, call.held_until = by.user(), by.now() + HELD_FOR
    call.save(update_fields=["caller", "held_until"])
    record("call_taken", by=by, person_id=call.person_id, data={"call": call.pk})
    return call


def is_held(call: Call, now: datetime) -> bool:
    return call.held_until is not None and call.held_until > now


def _day(moment: datetime) -> date:
    return local(moment).date()

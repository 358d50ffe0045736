"""Call lists: who comes onto one, who is called next and by whom, and what each answer leads to."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.at_once import all_at_once
from tests.factories import NOW, World, details, intake, make_world, member, referred
from tests.house.seeing import Owner
from wraparound.consent.agreed import AgreedHow
from wraparound.events.action import Refused
from wraparound.events.models import Event
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.roles import Role
from wraparound.pathways.vocabulary import Entry
from wraparound.people.actions import change_contact
from wraparound.people.models import Involvement, Person
from wraparound.referrals.call_reading import to_call_now
from wraparound.referrals.calling import (
    HELD_FOR,
    Added,
    add_people_to_call_list,
    add_to_call_list,
    close_call_list,
    make_call_list,
    put_call_back,
    record_call,
    refer_from_call,
    take_call,
    take_next_call,
)
from wraparound.referrals.intake import Sender
from wraparound.referrals.models import Call, CallList, CallStatus, Journey

PEOPLE = [
    details(given_names="Ngozi", family_name="Adichie", date_of_birth=None, nhs_number="9990000018"),
    details(given_names="Tomasz", family_name="Nowak", nhs_number="9990000026", postcode=""),
    details(given_names="Yusuf", family_name="Khan", nhs_number="9990000034", mobile="", landline="020 7946 0001"),
]


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def a_list(world: World, people: int = 3) -> CallList:
    by = world.receptionist
    with acting_as(by):
        made = make_call_list(by=by, name="Winter", why="We ring people who live alone before winter.")
        add_people_to_call_list(by=by, call_list=made, people=PEOPLE[:people])
    return made


def next_call(by: Actor, made: CallList) -> Call:
    with acting_as(by):
        return take_next_call(by=by, call_list=made)


def answered(by: Actor, call: Call, result: CallStatus) -> Call:
    with acting_as(by):
        return record_call(by=by, call=take_call(by=by, call=call), result=result)


def days(by: Actor, number: float) -> Actor:
    return by.at(NOW + timedelta(days=number))


def test_people_of_a_file_come_onto_the_list_once_and_only_the_practice_knows(world: World) -> None:
    made, by = a_list(world), world.receptionist
    with acting_as(by):
        again = add_people_to_call_list(by=by, call_list=made, people=[PEOPLE[0]])
        assert again == Added(already=1)
        people = list(Person.objects.visible_to(by))
        assert {person.organisation_ids[0] for person in people} == {by.organisation_id}
        reasons = Involvement.objects.values_list("reason", flat=True)
        assert set(reasons) == {Involvement.Reason.REGISTERED}
    with acting_as(world.link_worker):
        assert not Person.objects.visible_to(world.link_worker).exists()
    with acting_as(world.other_clinician):
        assert not Call.objects.visible_to(world.other_clinician).exists()


def test_somebody_the_practice_knows_is_put_on_by_choosing_them(world: World) -> None:
    journey, made, by = referred(world), a_list(world, 0), world.clinician
    theirs = referred(world, by=world.other_clinician, person=details(family_name="Ahmed", date_of_birth=None))
    with acting_as(by):
        added = add_to_call_list(by=by, call_list=made, person_ids=[journey.person_id, theirs.person_id, 10**9])
    assert added == Added(added=1)


def test_who_may_not_be_called_is_not_put_on(world: World) -> None:
    known, unreachable = referred(world), referred(world, person=details(mobile="", family_name="Silva"))
    made, by = a_list(world, 0), world.clinician
    with acting_as(by):
        change_contact(by=by, person=known.person, changes={"mobile_calls": "no"})
        ids = [known.person_id, unreachable.person_id]
        assert add_to_call_list(by=by, call_list=made, person_ids=ids) == Added(no_phone=2)


def test_who_wants_no_calls_is_not_put_on_another_list(world: World) -> None:
    made, by = a_list(world, 1), world.receptionist
    answered(by, next_call(by, made), CallStatus.DECLINED)
    another = a_list(world, 0)
    with acting_as(by):
        assert add_people_to_call_list(by=by, call_list=another, people=PEOPLE) == Added(added=2, declined=1)


def test_a_call_is_one_callers_for_20_minutes(world: World) -> None:
    made, sam, amara = a_list(world, 1), world.receptionist, world.clinician
    call = next_call(sam, made)
    with acting_as(amara):
        for do in (lambda: take_call(by=amara, call=call), lambda: take_next_call(by=amara, call_list=made)):
            with pytest.raises(Refused) as refused:
                do()
            assert refused.value.code in ("taken", "nobody_left")
        with pytest.raises(Refused, match=r"Sam Reed is calling them now\."):
            record_call(by=amara, call=call, result=CallStatus.NO_NEED)
    assert next_call(sam, made).pk == call.pk
    later = amara.at(NOW + HELD_FOR + timedelta(seconds=1))
    assert next_call(later, made).caller_id == amara.user_id
    with acting_as(sam), pytest.raises(Refused) as refused:
        record_call(by=sam.at(later.now()), call=call, result=CallStatus.NO_NEED)
    assert refused.value.code == "taken"


def test_20_minutes_over_and_nobody_else_took_it_the_caller_may_still_say(world: World) -> None:
    made, sam = a_list(world, 1), world.receptionist
    call, late = next_call(sam, made), sam.at(NOW + timedelta(hours=2))
    with acting_as(late):
        assert record_call(by=late, call=call, result=CallStatus.NO_NEED).status == CallStatus.NO_NEED


def test_put_back_it_is_anybodys(world: World) -> None:
    made = a_list(world, 1)
    call = next_call(world.receptionist, made)
    with acting_as(world.receptionist):
        put_call_back(by=world.receptionist, call=call)
    assert next_call(world.clinician, made).pk == call.pk


def test_of_many_callers_at_once_each_gets_somebody_else(owner: Owner) -> None:
    world = make_world()
    made = a_list(world)
    callers = [member(world.scheme, world.practice, Role.RECEPTIONIST, f"Caller {n}").at(NOW) for n in range(4)]
    got = all_at_once(*((by, lambda by: take_next_call(by=by, call_list=made)) for by in callers))
    calls = [each.person_id for each in got if isinstance(each, Call)]
    assert len(calls) == len(set(calls)) >= 1
    assert all(isinstance(each, Call) or each.code == "nobody_left" for each in got)


def test_two_who_take_the_same_call_at_once_do_not_both_have_it(owner: Owner) -> None:
    world = make_world()
    made = a_list(world, 1)
    with acting_as(world.clinician):
        call = Call.objects.get(call_list=made)
    got = all_at_once(*((by, lambda by: take_call(by=by, call=call)) for by in (world.clinician, world.receptionist)))
    assert sorted(isinstance(each, Refused) for each in got) == [False, True]


def test_three_tries_on_different_days_and_they_are_not_reached(world: World) -> None:
    made, by = a_list(world, 1), world.receptionist
    call = next_call(by, made)
    for day, tries, status in (
        (0, 1, CallStatus.NO_ANSWER), (0.1, 1, CallStatus.NO_ANSWER), (1, 2, CallStatus.NO_ANSWER),
        (5, 3, CallStatus.NOT_REACHED),
    ):  # fmt: skip
        call = answered(days(by, day), call, CallStatus.NO_ANSWER)
        assert (call.tries, call.status, call.held_until) == (tries, status, None)
    with acting_as(by), pytest.raises(Refused, match="called them already: could not be reached"):
        take_call(by=days(by, 6), call=call)


def test_who_did_not_answer_comes_again_on_another_day_after_the_others(world: World) -> None:
    made, by = a_list(world), world.receptionist
    first = answered(by, next_call(by, made), CallStatus.NO_ANSWER)
    with acting_as(by):
        assert first.pk not in set(to_call_now(by, made).values_list("pk", flat=True))
    tomorrow = days(by, 1)
    order = [answered(tomorrow, next_call(tomorrow, made), CallStatus.NO_NEED).pk for _ in range(3)]
    assert order[-1] == first.pk and len(set(order)) == 3
    with acting_as(by), pytest.raises(Refused, match="nobody left"):
        take_next_call(by=tomorrow, call_list=made)


def wants_help(by: Actor, call: Call, identifier: str = "one") -> Journey:
    sender = Sender(system="urn:page", identifier=identifier, body_sha256="0" * 64)
    said = intake(entry=Entry.CALL_LIST, person=None, agreed_how=AgreedHow.BY_PHONE, sender=sender)
    with acting_as(by):
        return refer_from_call(by=by, call=call, intake=said)


def test_who_wants_help_is_referred_from_the_call_and_sent_twice_it_is_one(world: World) -> None:
    made, by = a_list(world, 1), world.clinician
    call = next_call(by, made)
    journey = wants_help(by, call)
    assert (journey.entry, journey.person_id) == (Entry.CALL_LIST, call.person_id)
    assert wants_help(by, call).pk == journey.pk
    with pytest.raises(Refused) as refused:
        wants_help(by, call, "another")
    assert refused.value.code == "too_late"
    with acting_as(by):
        call.refresh_from_db()
        assert (call.status, call.journey_id, call.held_until) == (CallStatus.REFERRED, journey.pk, None)


def test_a_refused_referral_leaves_the_call_as_it_was(world: World) -> None:
    made, by = a_list(world, 1), world.clinician
    call = next_call(by, made)
    with acting_as(by), pytest.raises(Refused):
        refer_from_call(by=by, call=call, intake=intake(entry=Entry.CALL_LIST, agreed_how=None))
    with acting_as(by):
        call.refresh_from_db()
        assert call.status == CallStatus.TO_CALL


def test_a_closed_list_is_called_no_more(world: World) -> None:
    made, by = a_list(world, 1), world.receptionist
    call = next_call(by, made)
    with acting_as(by):
        close_call_list(by=by, call_list=made)
        for do in (
            lambda: record_call(by=by, call=call, result=CallStatus.NO_NEED),
            lambda: take_next_call(by=by, call_list=made),
            lambda: add_to_call_list(by=by, call_list=made, person_ids=[]),
        ):
            with pytest.raises(Refused) as refused:
                do()
            assert refused.value.code == "closed"


def test_a_list_has_a_name_and_says_why(world: World) -> None:
    by = world.receptionist
    for name, why, field in ((" ", "Because", "name"), ("Winter", " ", "why")):
        with acting_as(by), pytest.raises(Refused) as refused:
            make_call_list(by=by, name=name, why=why)
        assert refused.value.field == field


def test_what_was_said_on_the_telephone_is_the_practices_alone(world: World) -> None:
    made, by = a_list(world, 1), world.receptionist
    answered(by, next_call(by, made), CallStatus.NO_NEED)
    with acting_as(by):
        told = Event.objects.filter(name__in=["call_taken", "call_made"]).values_list("organisation_ids", flat=True)
        assert list(told) and all(ids == [by.organisation_id] for ids in told)


def test_nobody_elses_result_can_be_given(world: World) -> None:
    made, by = a_list(world, 1), world.receptionist
    call = next_call(by, made)
    with acting_as(by), pytest.raises(ValueError, match="not the result"):
        record_call(by=by, call=call, result=CallStatus.REFERRED)
    with acting_as(by), pytest.raises(Call.DoesNotExist):
        record_call(by=replace(world.other_clinician), call=call, result=CallStatus.NO_NEED)

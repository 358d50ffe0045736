"""A call list at one practice, half-way through: some want help, some do not, some did not answer."""

from functools import partial
from random import Random

from wraparound.consent.agreed import REFERRAL, AgreedHow
from wraparound.consent.asking import Agreed
from wraparound.demo.arrivals import ADVICE_NEEDS, person
from wraparound.demo.patients import Patient
from wraparound.demo.year import Steps, Year
from wraparound.organisations.actor import Actor
from wraparound.organisations.models import Organisation
from wraparound.organisations.roles import Role
from wraparound.pathways.vocabulary import Entry
from wraparound.people.details import PersonDetails
from wraparound.referrals.calling import (
    add_people_to_call_list,
    make_call_list,
    record_call,
    refer_from_call,
    take_next_call,
)
from wraparound.referrals.intake import Intake
from wraparound.referrals.models import Call, CallList, CallStatus, Referral

NAME = "Carers without a check this year"
WHY = "We are ringing everybody who looks after somebody, to ask how they are and whether anything would help."
RESULTS = (
    CallStatus.REFERRED, CallStatus.NO_NEED, CallStatus.NO_ANSWER, CallStatus.REFERRED, CallStatus.NO_ANSWER,
    CallStatus.NO_NEED, CallStatus.DECLINED, CallStatus.REFERRED,
)  # fmt: skip


def call_list(year: Year, numbers: range) -> Steps:
    """Begun two weeks ago by a receptionist, who has rung half of the people."""
    chance = Random(year.chance.random())
    caller = next(actor for actor in year.actors.values() if actor.role is Role.RECEPTIONIST)
    people = _people(year, caller, numbers)
    moment = year.on_day(13, 9, 15)
    yield moment
    held = year.do(caller, moment, lambda by: make_call_list(by=by, name=NAME, why=WHY))
    details: list[PersonDetails] = [them.details for them in people]
    year.do(caller, moment, lambda by: add_people_to_call_list(by=by, call_list=held, people=details))
    for number in range(len(people) // 2):
        moment = year.on_day(12 - number, 11 + number % 4, chance.randint(0, 59))
        yield moment
        result = RESULTS[number % len(RESULTS)]
        called = year.do(caller, moment, partial(_call, call_list=held, result=result, them=people[0]))
        year.sent(called, moment)


def _call(by: Actor, *, call_list: CallList, result: CallStatus, them: Patient) -> list[Referral]:
    """The next one is rung. What was sent of it, if anything was."""
    call = take_next_call(by=by, call_list=call_list)
    if result is CallStatus.REFERRED:
        return _refer(by, call, them)
    record_call(by=by, call=call, result=result)
    return []


def _people(year: Year, caller: Actor, numbers: range) -> list[Patient]:
    """People of the caller's practice with a number to ring."""
    practice = Organisation.objects.get(pk=caller.organisation_id)
    said = next(name for name, each in year.made.organisations.items() if each.pk == practice.pk)
    return [them for number in numbers if (them := person(year, number, said)).details.mobile]


def _refer(by: Actor, call: Call, them: Patient) -> list[Referral]:
    needs = frozenset(them.needs)
    intake = Intake(
        entry=Entry.CALL_LIST,
        needs=needs,
        advice_ticked=bool(ADVICE_NEEDS & needs),
        agreed=Agreed(how=AgreedHow.BY_PHONE, wording=REFERRAL),
    )
    journey = refer_from_call(by=by, call=call, intake=intake)
    return list(Referral.objects.visible_to(by).filter(journey=journey).order_by("pk"))

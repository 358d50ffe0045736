"""How to come to each action of a call list."""

from tests.factories import World, details, intake, referred
from tests.house.trial import Recipe, Trial
from wraparound.consent.agreed import AgreedHow
from wraparound.organisations.actor import Actor, acting_as
from wraparound.pathways.vocabulary import Entry
from wraparound.referrals.calling import add_people_to_call_list, make_call_list, take_call
from wraparound.referrals.models import Call, CallList, CallStatus


def _call(world: World, taker: Actor | None = None) -> Call:
    """On a list of one; being made by `taker`."""
    by = world.receptionist
    with acting_as(by):
        call_list = make_call_list(by=by, name="Winter", why="Before winter")
        add_people_to_call_list(by=by, call_list=call_list, people=[details()])
        call = Call.objects.select_related("call_list").get(call_list=call_list)
        return take_call(by=taker, call=call) if taker else call


def _list(world: World) -> CallList:
    return _call(world).call_list


def _refer(world: World) -> Trial:
    said = intake(entry=Entry.CALL_LIST, agreed_how=AgreedHow.BY_PHONE)
    return Trial(world.clinician, {"call": _call(world, world.clinician), "intake": said})


CALLING: dict[str, Recipe] = {
    f"wraparound.referrals.calling.{name}": recipe
    for name, recipe in {
        "make_call_list": lambda world: Trial(
            world.receptionist, {"name": "Winter", "why": "Before winter"}, makes_its_own=True
        ),
        "close_call_list": lambda world: Trial(world.receptionist, {"call_list": _list(world)}),
        "add_to_call_list": lambda world: Trial(
            world.receptionist, {"call_list": _list(world), "person_ids": [referred(world).person_id]}
        ),
        "add_people_to_call_list": lambda world: Trial(
            world.receptionist, {"call_list": _list(world), "people": [details(family_name="Silva")]}
        ),
        "take_call": lambda world: Trial(world.receptionist, {"call": _call(world)}),
        "take_next_call": lambda world: Trial(world.receptionist, {"call_list": _list(world)}),
        "put_call_back": lambda world: Trial(world.receptionist, {"call": _call(world, world.receptionist)}),
        "record_call": lambda world: Trial(
            world.receptionist, {"call": _call(world, world.receptionist), "result": CallStatus.NO_NEED}
        ),
        "refer_from_call": _refer,
    }.items()
}

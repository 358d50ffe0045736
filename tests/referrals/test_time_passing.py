"""Nobody acts: the clock walks every path to its end, at the moments that the pathway's engine foretells."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from tests.factories import NOW, World, make_world, referral_to, referred
from wraparound.casework.actions import accept, record_contact
from wraparound.casework.models import Case, ContactBy, ContactResult
from wraparound.events.action import Refused
from wraparound.organisations.actor import acting_as, system
from wraparound.organisations.pathways import calendar_of, pathway_of
from wraparound.pathways.engine import Progress, when_silent
from wraparound.pathways.vocabulary import Service, Status, UrgentFlag
from wraparound.referrals.actions import claim, decline, let_time_pass
from wraparound.referrals.models import Referral
from wraparound.referrals.moves import _decline_turn
from wraparound.referrals.states import DeclineReason

pytestmark = pytest.mark.django_db

Begin = Callable[[World, Referral], object]


def _accepted(world: World, referral: Referral) -> Case:
    return accept(by=world.adviser, referral=referral)


def _tried(times: int) -> Begin:
    def begin(world: World, referral: Referral) -> None:
        case = _accepted(world, referral)
        for day in range(times):
            by = world.adviser.at(NOW + timedelta(days=day))
            record_contact(by=by, case=case, channel=ContactBy.PHONE, result=ContactResult.NO_ANSWER)

    return begin


def _spoke(world: World, referral: Referral) -> None:
    case = _accepted(world, referral)
    record_contact(by=world.adviser, case=case, channel=ContactBy.PHONE, result=ContactResult.SPOKE)


BEGINNINGS: dict[str, Begin] = {
    "never taken up": lambda world, referral: None,
    "claimed": lambda world, referral: claim(by=world.adviser, referral=referral),
    "declined": lambda world, referral: decline(by=world.adviser, referral=referral, reason=DeclineReason.NO_CAPACITY),
    "accepted": _accepted,
    "tried once": _tried(1),
    "tried often enough": _tried(3),
    "spoken with": _spoke,
}
FLAGS = {"normal": frozenset(), "urgent": frozenset({UrgentFlag.BAILIFFS_DUE}), "same day": {UrgentFlag.NO_FOOD}}


def begun(world: World, how: str, flags: str) -> Referral:
    referral = referral_to(referred(world, urgent_flags=frozenset(FLAGS[flags])), world.adviser)
    with acting_as(world.adviser):
        BEGINNINGS[how](world, referral)
        return Referral.objects.select_related("journey").get(pk=referral.pk)


def foretold(referral: Referral) -> list[tuple[datetime, str, str]]:
    """When the engine says that something happens, and what the referral then is: status and whose turn."""
    pathway = pathway_of(referral.journey.pathway_version_id)
    here = Progress(
        service=Service(referral.service),
        status=Status(referral.status),
        sent_at=referral.sent_at,
        since=referral.status_since,
        urgent_flags=frozenset(UrgentFlag(flag) for flag in referral.urgent_flags),
        attempts=referral.attempts,
        last_activity_at=referral.last_activity_at,
        decline_turn=_decline_turn(referral),
    )
    states = list(when_silent(pathway, here, calendar_of(pathway)))
    moments = [step.escalate_at or (step.timeout and step.timeout.at) for _, step in states[:-1]]
    return [
        (moment, after.status, step.turn) for moment, (after, step) in zip(moments, states[1:], strict=True) if moment
    ]


def walked(world: World, referral: Referral) -> list[tuple[datetime, str, str]]:
    """The same, as the product's clock makes it: asked what is next, and moved at exactly that moment."""
    seen = []
    for _ in range(20):
        with acting_as(world.adviser):
            now = Referral.objects.get(pk=referral.pk)
        if now.next_clock_at is None:
            return seen
        moved = tick(world, now, now.next_clock_at)
        seen.append((now.next_clock_at, moved.status, moved.whose_turn))
    raise AssertionError("It never ends.")


def tick(world: World, referral: Referral, moment: datetime) -> Referral:
    waits_at = referral.from_organisation_id if referral.status in _ANSWERS else referral.to_organisation_id
    clock = system(world.scheme, waits_at).at(moment)
    with acting_as(clock):
        return let_time_pass(by=clock, referral=referral)


_ANSWERS = ("declined", "lost_contact", "not_answered")


@pytest.mark.parametrize("flags", FLAGS)
@pytest.mark.parametrize("how", BEGINNINGS)
def test_silence_ends_every_path_as_the_engine_foretells(how: str, flags: str) -> None:
    world = make_world()
    referral = begun(world, how, flags)
    expected = foretold(referral)
    assert walked(world, referral) == expected
    assert expected[-1][1:] == ("closed", "nobody")


@pytest.mark.parametrize("how", BEGINNINGS)
def test_a_moment_before_its_time_nothing_happens(how: str) -> None:
    world = make_world()
    referral = begun(world, how, "normal")
    assert referral.next_clock_at
    with pytest.raises(Refused) as refused:
        tick(world, referral, referral.next_clock_at - timedelta(seconds=1))
    assert refused.value.code == "not_yet"


def test_work_put_down_without_a_result_is_closed_as_not_recorded() -> None:
    world = make_world()
    referral = begun(world, "spoken with", "normal")
    walked(world, referral)
    with acting_as(world.clinician):
        assert Referral.objects.get(pk=referral.pk).outcome == "not_recorded"

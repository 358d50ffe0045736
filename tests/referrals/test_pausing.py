"""Work that rests until a day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.factories import NOW, World, make_world, referral_to, referred
from wraparound.casework.actions import accept, record_contact
from wraparound.casework.models import ContactBy, ContactResult
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.pathways.vocabulary import UrgentFlag
from wraparound.referrals.actions import let_time_pass
from wraparound.referrals.models import Referral
from wraparound.referrals.pausing import pause, resume
from wraparound.referrals.states import PauseReason

pytestmark = pytest.mark.django_db

# NOW is Monday 23 November 2026. Sixty working days later, past Christmas and New Year, is 18 February 2027.
SOON, LAST = date(2026, 12, 7), date(2027, 2, 18)


def accepted(world: World, by: Actor, *, spoken: bool = False, **changes: object) -> Referral:
    referral = referral_to(referred(world, **changes), by)
    with acting_as(by):
        case = accept(by=by, referral=referral)
        if spoken:
            record_contact(by=by, case=case, channel=ContactBy.PHONE, result=ContactResult.SPOKE)
        return Referral.objects.visible_to(by).get(pk=referral.pk)


def paused(referral: Referral, by: Actor, until: date = SOON) -> Referral:
    with acting_as(by):
        return pause(by=by, referral=referral, until=until, reason=PauseReason.IN_HOSPITAL)


@pytest.mark.parametrize(("spoken", "after"), [(False, "accepted"), (True, "in_progress")])
def test_a_pause_ends_on_its_day_where_the_work_was(spoken: bool, after: str) -> None:
    world = make_world()
    referral = paused(accepted(world, world.link_worker, spoken=spoken), world.link_worker)
    assert (referral.status, referral.whose_turn) == ("paused", "worker")
    opens = datetime(2026, 12, 7, 9, tzinfo=UTC)
    assert referral.next_clock_at is None or referral.timeout_at == opens
    clock = system(world.scheme, world.social.organisation_id)
    with acting_as(clock):
        early = clock.at(opens - timedelta(seconds=1))
        with pytest.raises(Refused, match="Nothing is due"):
            let_time_pass(by=early, referral=referral)
        moved = let_time_pass(by=clock.at(opens), referral=referral)
    assert (moved.status, moved.paused_until, moved.pause_reason) == (after, None, "")
    # Nothing is late at once: the promise was made before the pause.
    assert moved.due_at and moved.due_at > opens


@pytest.mark.parametrize(("spoken", "after"), [(False, "accepted"), (True, "in_progress")])
def test_a_pause_can_be_ended_at_any_time(spoken: bool, after: str) -> None:
    world = make_world()
    referral = paused(accepted(world, world.link_worker, spoken=spoken), world.link_worker)
    with acting_as(world.link_worker):
        moved = resume(by=world.link_worker, referral=referral)
    assert (moved.status, moved.paused_until) == (after, None)


@pytest.mark.parametrize(
    ("until", "code"),
    [(NOW.date(), "not_ahead"), (date(2020, 1, 1), "not_ahead"), (LAST + timedelta(days=1), "too_long"),
     (date(9999, 12, 31), "too_long")],
)  # fmt: skip
def test_a_pause_has_an_end_that_can_be_seen(until: date, code: str) -> None:
    world = make_world()
    referral = accepted(world, world.link_worker)
    with pytest.raises(Refused) as refused:
        paused(referral, world.link_worker, until)
    assert (refused.value.code, refused.value.field) == (code, "until")


@pytest.mark.parametrize("until", [NOW.date() + timedelta(days=1), LAST])
def test_a_pause_may_be_a_day_or_sixty_working_days(until: date) -> None:
    world = make_world()
    assert paused(accepted(world, world.link_worker), world.link_worker, until).paused_until == until


def test_what_is_urgent_is_paused_by_a_supervisor_alone() -> None:
    world = make_world()
    referral = accepted(world, world.adviser, urgent_flags=frozenset({UrgentFlag.BAILIFFS_DUE}))
    with pytest.raises(Refused, match="only a supervisor pauses it"):
        paused(referral, world.adviser)
    assert paused(referral, world.advice_supervisor).status == "paused"


def test_who_is_marked_for_safeguarding_is_paused_by_a_supervisor_alone() -> None:
    world = make_world()
    referral = accepted(world, world.link_worker)
    with acting_as(world.link_worker):
        Referral.objects.filter(pk=referral.pk).update(supervisor_decides=True)
    with pytest.raises(Refused, match="only a supervisor pauses it"):
        paused(referral, world.link_worker)
    assert paused(referral, world.link_supervisor).status == "paused"

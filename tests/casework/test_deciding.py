"""Where nobody may be let go by the number of tries, a supervisor decides."""

from datetime import timedelta

import pytest

from tests.casework.taking_on import now, taken_on, tasks, tried_enough
from tests.factories import NOW, World, make_world
from wraparound.casework.actions import lose_contact
from wraparound.casework.deciding import go_on_trying, write_instead
from wraparound.casework.models import Case
from wraparound.casework.reading import tries_of
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.pathways.vocabulary import UrgentFlag
from wraparound.referrals.actions import let_time_pass
from wraparound.referrals.models import Referral
from wraparound.referrals.reading import decisions_for_supervisor

pytestmark = pytest.mark.django_db

AFTER = NOW + timedelta(days=3)


def urgent(world: World) -> tuple[Case, Actor, Actor]:
    case = taken_on(world, world.adviser, urgent_flags=frozenset({UrgentFlag.BAILIFFS_DUE}))
    return case, world.adviser, world.advice_supervisor


def with_a_deadline(world: World) -> tuple[Case, Actor, Actor]:
    """Raised on the journey, though the fast track does not lead to this service."""
    case = taken_on(world, world.link_worker, urgent_flags=frozenset({UrgentFlag.LEGAL_DEADLINE_NEAR}))
    return case, world.link_worker, world.link_supervisor


def marked(world: World) -> tuple[Case, Actor, Actor]:
    case = taken_on(world, world.link_worker)
    with acting_as(world.link_worker):
        Referral.objects.filter(pk=case.referral_id).update(supervisor_decides=True)
    return case, world.link_worker, world.link_supervisor


HELD = {"urgent": urgent, "a legal deadline": with_a_deadline, "marked for safeguarding": marked}


@pytest.mark.parametrize("why", HELD)
def test_all_tries_made_it_is_the_supervisors_to_decide(why: str) -> None:
    world = make_world()
    case, worker, supervisor = HELD[why](world)
    tried_enough(case, worker)
    referral = now(case, worker)
    assert (referral.whose_turn, referral.escalated) == ("supervisor", False)
    with acting_as(supervisor):
        assert [row.pk for row in decisions_for_supervisor(supervisor)] == [case.referral_id]
    with acting_as(worker):
        assert decisions_for_supervisor(worker) == []
        with pytest.raises(Refused, match="This needs a supervisor"):
            lose_contact(by=worker.at(AFTER), case=case)
    with acting_as(supervisor):
        lose_contact(by=supervisor.at(AFTER), case=case)
    assert now(case, worker).status == "lost_contact"


@pytest.mark.parametrize("why", HELD)
def test_the_clock_never_loses_them_by_the_number_of_tries(why: str) -> None:
    world = make_world()
    case, worker, _ = HELD[why](world)
    tried_enough(case, worker)
    referral = now(case, worker)
    assert referral.next_clock_at
    clock = system(world.scheme, worker.organisation_id).at(referral.next_clock_at)
    with acting_as(clock):
        assert let_time_pass(by=clock, referral=referral).status == "not_answered"


def test_told_to_go_on_the_worker_tries_again_from_the_beginning() -> None:
    world = make_world()
    case, worker, supervisor = urgent(world)
    tried_enough(case, worker)
    with acting_as(supervisor):
        moved = go_on_trying(by=supervisor.at(AFTER), case=case)
        assert decisions_for_supervisor(supervisor) == []
    assert (moved.whose_turn, moved.attempts, moved.status) == ("worker", 0, "accepted")
    with acting_as(supervisor):
        assert tries_of(supervisor, case).days == 0
        with pytest.raises(Refused, match="Try on 3 more days"):
            lose_contact(by=supervisor.at(AFTER), case=case)


def test_told_to_write_the_worker_has_it_to_do_by_tomorrow() -> None:
    world = make_world()
    case, worker, supervisor = urgent(world)
    tried_enough(case, worker)
    with acting_as(supervisor):
        write_instead(by=supervisor.at(AFTER), case=case)
    [task] = tasks(case, worker)
    assert (task.worker_id, task.due_on) == (worker.user_id, (AFTER + timedelta(days=1)).date())
    assert task.title.startswith("Write to them")
    assert now(case, worker).whose_turn == "worker"


def test_a_worker_does_not_decide_it() -> None:
    world = make_world()
    case, worker, _ = urgent(world)
    tried_enough(case, worker)
    for act in (go_on_trying, write_instead):
        with acting_as(worker), pytest.raises(Refused, match="This needs a supervisor"):
            act(by=worker.at(AFTER), case=case)

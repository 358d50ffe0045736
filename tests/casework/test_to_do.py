"""Tasks: one's own, a colleague's, the team's, and those that the pathway makes by itself."""

from datetime import date, timedelta

import pytest

from tests.casework.taking_on import contact, now, taken_on, tasks
from tests.factories import NOW, World, handover_agreed, make_world, referred
from wraparound.casework.actions import OtherService, close, hand_over
from wraparound.casework.models import Case, ContactBy, ContactResult, Task
from wraparound.casework.reading import tasks_due, tasks_on, tasks_open
from wraparound.casework.to_do import add_task, finish_task, give_task
from wraparound.consent.agreed import AgreedHow
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as
from wraparound.pathways.vocabulary import Need, Service
from wraparound.referrals.states import Outcome

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
ONLY_SOCIAL = {"advice_ticked": False, "needs": frozenset({Need.LONELINESS})}


def added(by: Actor, case: Case | None = None, **changes: object) -> Task:
    said = {"title": "Ring the lunch club", "due_on": TODAY, "worker_id": by.user_id}
    with acting_as(by):
        return add_task(by=by, case=case, **(said | changes))  # type: ignore[arg-type]


def due(by: Actor) -> list[int]:
    with acting_as(by):
        return [task.pk for task in tasks_due(by)]


def test_a_task_is_shown_when_it_is_due_to_whose_it_is() -> None:
    world = make_world()
    by, colleague = world.link_worker, world.second_link_worker
    case = taken_on(world, by)
    own, team = added(by, case), added(by, case, worker_id=None)
    added(by, case, due_on=TODAY + timedelta(days=1))
    theirs = added(by, case, worker_id=colleague.user_id)
    assert due(by) == [own.pk, team.pk] and due(colleague) == [team.pk, theirs.pk]
    assert due(world.adviser) == [] == due(world.clinician)
    with acting_as(by):
        assert len(tasks_on(by, case.journey)) == 4


def test_a_task_may_be_about_nobody() -> None:
    world = make_world()
    task = added(world.link_worker)
    assert task.person_id is None and due(world.link_worker) == [task.pk]


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [({"title": " \n"}, "no_title", "title"), ({"title": "x" * 201}, "too_long", "title"),
     ({"due_on": TODAY - timedelta(days=1)}, "wrong_day", "due_on"),
     ({"due_on": date(9999, 1, 1)}, "wrong_day", "due_on"), ({"worker_id": 0}, "no_colleague", "worker")],
)  # fmt: skip
def test_a_task_says_what_by_when_and_whose(changes: dict[str, object], code: str, field: str) -> None:
    world = make_world()
    with pytest.raises(Refused) as refused:
        added(world.link_worker, **changes)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_a_task_is_given_to_a_colleague_and_back_to_the_team() -> None:
    world = make_world()
    by, colleague = world.link_worker, world.second_link_worker
    task = added(by)
    with acting_as(by):
        give_task(by=by, task=task, worker_id=colleague.user_id)
    assert due(by) == [] and due(colleague) == [task.pk]
    with acting_as(colleague):
        give_task(by=colleague, task=task, worker_id=None)
    assert due(by) == due(colleague) == [task.pk]
    with acting_as(by), pytest.raises(Refused, match="in your organisation"):
        give_task(by=by, task=task, worker_id=world.adviser.user_id)


@pytest.mark.parametrize("needed", [True, False])
def test_what_is_done_or_not_needed_is_over(needed: bool) -> None:
    world = make_world()
    by = world.link_worker
    task = added(by)
    with acting_as(by):
        done = finish_task(by=by, task=task, needed=needed)
        assert (done.done_by_id, done.done_at, done.not_needed) == (by.user_id, NOW, not needed)
        with pytest.raises(Refused, match=f"Leila Haddad has already {'done' if needed else 'dropped'} this"):
            finish_task(by=by, task=task)
    assert due(by) == []


def test_another_workers_task_is_theirs() -> None:
    world = make_world()
    task = added(world.link_worker)
    with acting_as(world.second_link_worker), pytest.raises(Refused, match="Leila Haddad has this task"):
        finish_task(by=world.second_link_worker, task=task)
    with acting_as(world.link_supervisor):
        finish_task(by=world.link_supervisor, task=task)


def test_the_list_is_paged_due_first() -> None:
    world = make_world()
    by = world.link_worker
    made = [added(by, due_on=TODAY + timedelta(days=number % 3)).pk for number in range(7)]
    with acting_as(by):
        first = tasks_open(by, size=3)
        second = tasks_open(by, after=first.after, size=3)
        third = tasks_open(by, after=second.after, size=3)
        assert [len(page.rows) for page in (first, second, third)] == [3, 3, 1] and not third.after
        listed = [row for page in (first, second, third) for row in page.rows]
        assert {row.pk for row in listed} == set(made)
        assert [row.due_on for row in listed] == sorted(row.due_on for row in listed)
        assert tasks_open(by, after="nonsense", size=3).rows == first.rows


# What the pathway asks by itself


def kinds(case: Case, by: Actor) -> list[tuple[str, str]]:
    return [(task.kind, task.title) for task in tasks(case, by)]


ASK = ("handover", "Ask whether a link worker could help with the rest")
PREPARE = ("prepare", "Prepare them for an adviser, and hand over")


def alone_with_an_adviser(world: World) -> Case:
    """In advice first, a need for advice alone reaches the adviser and nobody else."""
    return taken_on(world, world.adviser, referred(world, advice_ticked=True, needs=frozenset({Need.DEBT})))


def test_after_the_first_appointment_the_adviser_asks_about_a_link_worker_once() -> None:
    world = make_world("advice-first")
    case = alone_with_an_adviser(world)
    contact(case, world.adviser, ContactResult.SPOKE)
    assert kinds(case, world.adviser) == []
    for day in range(2):
        contact(case, world.adviser.at(NOW + timedelta(days=day)), ContactResult.CAME, ContactBy.IN_PERSON)
    assert kinds(case, world.adviser) == [ASK]
    [task] = tasks(case, world.adviser)
    assert (task.worker_id, task.due_on) == (world.adviser.user_id, TODAY + timedelta(days=2))


def test_nobody_asks_about_a_service_that_has_them_already() -> None:
    world = make_world("both-at-once")
    case = taken_on(world, world.adviser)
    contact(case, world.adviser, ContactResult.CAME)
    with acting_as(world.adviser):
        close(by=world.adviser, case=case, outcome=Outcome.HELPED)
    assert kinds(case, world.adviser) == []


@pytest.mark.parametrize(
    ("said", "left"),
    [(None, [ASK]), (OtherService.NOT_ASKED, [ASK]), (OtherService.WANTED, [ASK]), (OtherService.NOT_WANTED, [])],
)
def test_at_closing_what_was_not_asked_stays_to_do(said: OtherService | None, left: list[tuple[str, str]]) -> None:
    world = make_world("advice-first")
    case = alone_with_an_adviser(world)
    with acting_as(world.adviser):
        close(by=world.adviser, case=case, outcome=Outcome.HELPED, other_service=said)
    assert kinds(case, world.adviser) == left


def test_what_was_settled_after_the_appointment_is_not_asked_again() -> None:
    world = make_world("advice-first")
    case = alone_with_an_adviser(world)
    contact(case, world.adviser, ContactResult.CAME)
    with acting_as(world.adviser):
        finish_task(by=world.adviser, task=tasks(case, world.adviser)[0], needed=False)
        close(by=world.adviser, case=case, outcome=Outcome.HELPED)
    assert kinds(case, world.adviser) == [ASK]


def test_at_first_contact_a_link_worker_prepares_whoever_needs_an_adviser() -> None:
    world = make_world("link-worker-first")
    needs_it = taken_on(world, world.link_worker, needs=frozenset({Need.DEBT}), advice_ticked=False)
    contact(needs_it, world.link_worker, ContactResult.NO_ANSWER)
    assert kinds(needs_it, world.link_worker) == []
    contact(needs_it, world.link_worker, ContactResult.SPOKE)
    contact(needs_it, world.link_worker.at(NOW + timedelta(days=1)), ContactResult.SPOKE)
    assert kinds(needs_it, world.link_worker) == [PREPARE]
    does_not = taken_on(world, world.link_worker, **ONLY_SOCIAL)
    contact(does_not, world.link_worker, ContactResult.SPOKE)
    assert kinds(does_not, world.link_worker) == []


def test_handing_over_is_what_the_pathway_asked_for_also_once_closed() -> None:
    world = make_world("advice-first")
    by = world.adviser
    case = alone_with_an_adviser(world)
    with acting_as(by):
        close(by=by, case=case, outcome=Outcome.HELPED)
        hand_over(
            by=by, case=case, service=Service.SOCIAL_PRESCRIBING, needs=frozenset({Need.LONELINESS}), told="Alone now",
            agreed=handover_agreed(AgreedHow.BY_PHONE),
        )  # fmt: skip
    [task] = tasks(case, by)
    assert task.done_at and not task.not_needed
    assert now(case, by).status == "closed"

"""Tasks: something to be done by a day, for oneself, for a colleague, or for whoever in the team gets to it first."""

from datetime import date, timedelta

from wraparound.casework.models import Case, Task
from wraparound.events.action import Refused, action
from wraparound.events.recording import record
from wraparound.organisations.actor import Actor
from wraparound.organisations.away import workers_of
from wraparound.organisations.models import Membership
from wraparound.organisations.roles import Capability
from wraparound.referrals.covering import covered_by

LONGEST_TITLE = 200
FURTHEST = timedelta(days=2 * 366)


@action
def add_task(*, by: Actor, title: str, due_on: date, case: Case | None = None, worker_id: int | None = None) -> Task:
    """Write down something to be done by a day. `worker_id` None: anybody of the case's team, or of one's own."""
    by.require(Capability.WORK_REFERRALS)
    said = " ".join(title.split())
    if not said:
        raise Refused("no_title", "Write what is to be done.", "title")
    if len(said) > LONGEST_TITLE:
        raise Refused("too_long", f"Write it in {LONGEST_TITLE} characters or fewer; this has {len(said)}.", "title")
    today = by.today()
    if not today <= due_on <= today + FURTHEST:
        raise Refused("wrong_day", "The day must be today or later, within two years.", "due_on")
    held = Case.objects.visible_to(by).get(pk=case.pk) if case else None
    if worker_id is not None:
        colleague(by, worker_id)
    return new_task(by=by, title=said, due_on=due_on, case=held, worker_id=worker_id, made_by_id=by.user())


def new_task(
    *,
    by: Actor,
    title: str,
    due_on: date,
    case: Case | None,
    worker_id: int | None,
    kind: str = Task.Kind.OWN,
    made_by_id: int | None = None,
) -> Task:
    """A task with its event, which nobody outside the organisation is told."""
    task = Task.objects.create(
        scheme_id=by.scheme_id,
        organisation_id=by.organisation_id,
        team_id=case.team_id if case else by.team_id,
        worker_id=worker_id,
        person_id=case.person_id if case else None,
        journey_id=case.journey_id if case else None,
        case=case,
        kind=kind,
        title=title,
        due_on=due_on,
        made_by_id=made_by_id,
        made_at=by.now(),
    )
    _record("task_added", task, by)
    return task


@action
def give_task(*, by: Actor, task: Task, worker_id: int | None) -> Task:
    """Give a task to a colleague, or (None) to the team for whoever gets to it first.

    Whoever shares out the work may, also where they do none of it themselves.
    """
    if not by.can(Capability.SHARE_OUT):
        by.require(Capability.WORK_REFERRALS)
    held = _open(task, by)
    held.worker_id = colleague(by, worker_id).user_id if worker_id is not None else None
    held.save(update_fields=["worker_id"])
    _record("task_given", held, by)
    return held


@action
def finish_task(*, by: Actor, task: Task, needed: bool = True) -> Task:
    """It is done; or (`needed` False) it need not be done after all."""
    by.require(Capability.WORK_REFERRALS)
    return _end(_open(task, by), needed, by)


def end_tasks(case: Case, kinds: tuple[str, ...], *, by: Actor) -> None:
    """What the pathway asked of this case has been done."""
    for task in Task.objects.visible_to(by).filter(case=case, kind__in=kinds, done_at=None):
        _end(task, True, by)


def colleague(by: Actor, worker_id: int) -> Membership:
    """One of those who work with people in the actor's organisation; Refused for anybody else."""
    found = next((each for each in workers_of(by) if each.user_id == worker_id), None)
    if found is None:
        raise Refused("no_colleague", "Choose somebody who works with people in your organisation.", "worker")
    return found


def _open(task: Task, by: Actor) -> Task:
    """The task as it is now, and the actor's to change: their own or that of somebody they cover, their team's, or one
    that they wrote down."""
    held: Task = Task.objects.visible_to(by).select_for_update(of=("self",)).get(pk=task.pk)
    if held.done_at:
        who = held.done_by.name if held.done_by else "Somebody"
        raise Refused("too_late", f"{who} has already {'dropped' if held.not_needed else 'done'} this.")
    own = held.worker_id in {None, by.user_id, *covered_by(by)} or held.made_by_id == by.user_id
    if not own and not by.can(Capability.SUPERVISE):
        assert held.worker is not None
        raise Refused("taken", f"{held.worker.name} has this task. Ask them or a supervisor.")
    return held


def _end(task: Task, needed: bool, by: Actor) -> Task:
    task.done_at, task.done_by_id, task.not_needed = by.now(), by.user_id, not needed
    task.save(update_fields=["done_at", "done_by_id", "not_needed"])
    _record("task_done" if needed else "task_not_needed", task, by)
    return task


def _record(name: str, task: Task, by: Actor) -> None:
    record(name, by=by, person_id=task.person_id, journey_id=task.journey_id, data={"task": task.pk})

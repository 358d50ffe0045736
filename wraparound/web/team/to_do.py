"""Tasks: the list, a new one, giving one to somebody else, and done."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wraparound.casework import to_do
from wraparound.casework.models import Case, Task
from wraparound.casework.reading import case_of, task_of, tasks_open
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor
from wraparound.organisations.away import workers_of
from wraparound.organisations.roles import Capability
from wraparound.people.reading import note_access
from wraparound.web.access import Request, needs
from wraparound.web.nhsuk import DateField, RadiosField, TextField
from wraparound.web.team.forms import ActionForm, posted

TEAM = "team"


def _whose(actor: Actor) -> list[tuple[str, str]]:
    """Oneself first, for somebody who does such work, then the team, then the colleagues."""
    others = {each.user_id: each.user.name for each in workers_of(actor) if each.user_id != actor.user_id}
    named = sorted(others.items(), key=lambda each: each[1])
    me = [(str(actor.user_id), "Me")] if actor.can(Capability.WORK_REFERRALS) else []
    return [*me, (TEAM, "Anybody in the team"), *((str(pk), name) for pk, name in named)]


class GiveTaskForm(ActionForm):
    worker = RadiosField("Whose is it?", choices=(), missing="Select whose it is", size="s")

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(RadiosField, self.fields["worker"]).choices = _whose(actor)

    def clean_worker(self) -> int | None:
        chosen: str = self.cleaned_data["worker"]
        return None if chosen == TEAM else int(chosen)


class TaskForm(GiveTaskForm):
    title = TextField("What is to be done?", missing="Enter what is to be done", size="s")
    due_on = DateField(
        "The day by which it is to be done", future=True, missing="Enter the day by which it is to be done", size="s"
    )

    field_order = ("title", "due_on", "worker")


@needs(Capability.WORK_REFERRALS)
@require_GET
def tasks(request: Request) -> HttpResponse:
    """What is to be done, due first."""
    actor, asked = request.actor, request.GET
    whose = TEAM if asked.get("whose") == TEAM else ""
    page = tasks_open(actor, whose=whose, after=asked.get("after", ""))
    today = actor.today()
    shown = {
        "tasks": page.rows, "whose": whose, "next": page.after, "first": not asked.get("after"), "today": today,
        "tomorrow": today + timedelta(days=1),
    }  # fmt: skip
    return render(request, "team/tasks.jinja", shown)


@needs(Capability.WORK_REFERRALS)
@require_http_methods(["GET", "POST"])
def new_task(request: Request) -> HttpResponse:
    """Something to be done that is about nobody in particular."""
    return _add(request, None)


@needs(Capability.WORK_REFERRALS)
@require_http_methods(["GET", "POST"])
def add_to_case(request: Request, pk: int) -> HttpResponse:
    """Something to be done for one person."""
    try:
        return _add(request, case_of(request.actor, pk))
    except Case.DoesNotExist:
        raise Http404 from None


def _add(request: Request, case: Case | None) -> HttpResponse:
    actor = request.actor
    form = TaskForm(posted(request), actor=actor, initial={"worker": str(actor.user_id)})
    if form.done(lambda said: to_do.add_task(
        by=actor, case=case, title=said["title"], due_on=said["due_on"], worker_id=said["worker"]
    )):  # fmt: skip
        messages.success(request, "Task added.")
        return redirect("journey", reference=case.journey.reference) if case else redirect("tasks")
    if case:
        note_access(actor, case.person, "task")
    shown = {"case": case, "person": case.person if case else None, "form": form}
    return render(request, "team/task_new.jinja", shown)


@needs(Capability.SEE_WORKLIST)
@require_http_methods(["GET", "POST"])
def give_task(request: Request, pk: int) -> HttpResponse:
    """Give a task to somebody else: also for who manages a service, and does none of its tasks."""
    task, actor = _task(request, pk), request.actor
    held = str(task.worker_id) if task.worker_id else TEAM
    form = GiveTaskForm(posted(request), actor=actor, initial={"worker": held})
    if form.done(lambda said: to_do.give_task(by=actor, task=task, worker_id=said["worker"])):
        messages.success(request, "Given.")
        return _back(task) if actor.can(Capability.WORK_REFERRALS) else redirect("home")
    if task.person:
        note_access(actor, task.person, "task")
    return render(request, "team/task_give.jinja", {"task": task, "person": task.person, "form": form})


@needs(Capability.WORK_REFERRALS)
@require_POST
def done(request: Request, pk: int) -> HttpResponse:
    task = _task(request, pk)
    return _do(request, task, lambda: to_do.finish_task(by=request.actor, task=task), "Done.")


@needs(Capability.WORK_REFERRALS)
@require_POST
def not_needed(request: Request, pk: int) -> HttpResponse:
    task = _task(request, pk)
    return _do(
        request, task, lambda: to_do.finish_task(by=request.actor, task=task, needed=False), "Taken off the list."
    )  # fmt: skip


def _do(request: Request, task: Task, act: Callable[[], object], told: str) -> HttpResponse:
    try:
        act()
        messages.success(request, told)
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return _back(task) if "journey" in request.POST else redirect("tasks")


def _back(task: Task) -> HttpResponse:
    if task.journey is None:
        return redirect("tasks")
    return HttpResponseRedirect(reverse("journey", kwargs={"reference": task.journey.reference}))


def _task(request: Request, pk: int) -> Task:
    try:
        return task_of(request.actor, pk)
    except Task.DoesNotExist:
        raise Http404 from None

"""The plan: its page, goals, steps, reviews and measures."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from wraparound.events.action import Refused
from wraparound.measures.library import MEASURES, NOT_SHIPPED, ONS4
from wraparound.organisations.roles import Capability
from wraparound.social_prescribing.measuring import record_measure
from wraparound.social_prescribing.models import Step
from wraparound.social_prescribing.planning import add_goal, add_step, end_step, review_goal
from wraparound.social_prescribing.reading import answers_of, changes_of, goals_of, step_of
from wraparound.web.access import Request, needs
from wraparound.web.plan import forms
from wraparound.web.plan.found import answer, case_or_404, draw, goal_or_404
from wraparound.web.plan.pages import asked
from wraparound.web.team.forms import posted


@needs(Capability.SEE_REASON)
@require_GET
def plan(request: Request, pk: int) -> HttpResponse:
    """What was talked about, the goals with their steps, and how they feel it goes."""
    case = case_or_404(request, pk)
    return draw(
        request, case, "plan", answers=answers_of(request.actor, case), goals=goals_of(request.actor, case),
        asked=asked(changes_of(request.actor, case)), measures=MEASURES.values(), today=request.actor.today(),
    )  # fmt: skip


@needs(Capability.WRITE_NOTES)
@require_http_methods(["GET", "POST"])
def goal_add(request: Request, pk: int) -> HttpResponse:
    """Write down what the person wants."""
    case = case_or_404(request, pk)
    return answer(
        request, case, "goal-add", forms.GoalForm(posted(request)), "Goal saved. What is the first step?",
        lambda said: add_goal(by=request.actor, case=case, **said),
    )  # fmt: skip


@needs(Capability.WRITE_NOTES)
@require_http_methods(["GET", "POST"])
def step_add(request: Request, pk: int) -> HttpResponse:
    """Write down one thing that somebody does towards a goal."""
    goal = goal_or_404(request, pk)
    return answer(
        request, goal.case, "step-add", forms.StepForm(posted(request)), "Step saved.",
        lambda said: add_step(by=request.actor, goal=goal, **said), goal=goal,
    )  # fmt: skip


@needs(Capability.WRITE_NOTES)
@require_http_methods(["GET", "POST"])
def goal_review(request: Request, pk: int) -> HttpResponse:
    """Look at a goal together, and say what becomes of it."""
    goal = goal_or_404(request, pk)
    form = forms.ReviewForm(posted(request), goal=goal)
    return answer(
        request, goal.case, "goal-review", form, "Review saved.",
        lambda said: review_goal(by=request.actor, goal=goal, outcome=form.outcome()), goal=goal,
    )  # fmt: skip


@needs(Capability.WRITE_NOTES)
@require_POST
def step_done(request: Request, pk: int) -> HttpResponse:
    """It is done."""
    return _end(request, pk, done=True)


@needs(Capability.WRITE_NOTES)
@require_POST
def step_not_needed(request: Request, pk: int) -> HttpResponse:
    """It need not be done after all."""
    return _end(request, pk, done=False)


def _end(request: Request, pk: int, *, done: bool) -> HttpResponse:
    try:
        step = step_of(request.actor, pk)
    except Step.DoesNotExist:
        raise Http404 from None
    try:
        end_step(by=request.actor, step=step, done=done)
        messages.success(request, "Done." if done else "Not needed any more.")
    except Refused as refusal:
        messages.warning(request, refusal.sentence)
    return redirect("plan", pk=step.case_id)


@needs(Capability.WRITE_NOTES)
@require_http_methods(["GET", "POST"])
def measure_ask(request: Request, pk: int) -> HttpResponse:
    """Ask a measure's questions word for word."""
    case = case_or_404(request, pk)
    measure = MEASURES.get(request.GET.get("measure", ONS4.key))
    if measure is None:
        raise Http404
    form = forms.MeasureForm(posted(request), measure=measure)
    return answer(
        request, case, "measure-ask", form, "Answers saved.",
        lambda _: record_measure(by=request.actor, case=case, measure=measure, answers=form.answers()),
        measure=measure, others=[each for each in MEASURES.values() if each is not measure], not_shipped=NOT_SHIPPED,
    )  # fmt: skip

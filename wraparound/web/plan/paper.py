"""The plan for the person: a page to look at together or print, and large print to take home."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from wraparound.casework.models import Case
from wraparound.documents.plan_pdf import PaperGoal, PaperStep, PlanPaper, plan_pdf_of
from wraparound.organisations.roles import Capability
from wraparound.people.reading import note_access
from wraparound.social_prescribing.models import Goal
from wraparound.social_prescribing.reading import goals_of
from wraparound.social_prescribing.states import GoalStatus
from wraparound.web.access import Request, needs
from wraparound.web.formats import full_date
from wraparound.web.plan.found import case_or_404, draw
from wraparound.web.plan.pages import open_goals, steps_to_do, who_said

INTRO = "This is your plan. It says what you want, and what each of us will do."
ENDING = "You can change your plan at any time. Tell us if something is not right."


@needs(Capability.SEE_REASON)
@require_GET
def plan_paper(request: Request, pk: int) -> HttpResponse:
    """In plain words and on a page that prints well."""
    case = case_or_404(request, pk)
    return draw(request, case, "plan-paper", paper=_paper(request, case))


@needs(Capability.SEE_REASON)
@require_GET
def plan_pdf(request: Request, pk: int) -> HttpResponse:
    """The same in large print."""
    case = case_or_404(request, pk)
    note_access(request.actor, case.person, "plan-pdf")
    # The name says nothing of the person: it stands in the list of what was saved last.
    headers = {"Content-Disposition": f'inline; filename="plan-{case.journey.reference}.pdf"'}
    return HttpResponse(plan_pdf_of(_paper(request, case)), content_type="application/pdf", headers=headers)


def _paper(request: Request, case: Case) -> PlanPaper:
    goals = goals_of(request.actor, case)
    worker = (case.referral.worker or case.worker).name
    return PlanPaper(
        name=case.person.name,
        made_on=full_date(request.actor.today()),
        organisation=request.membership.organisation.name,
        worker=worker,
        intro=INTRO,
        ending=ENDING,
        goals=[_goal(goal, worker) for goal in open_goals(goals)],
        reached=[goal.words for goal in goals if goal.status == GoalStatus.REACHED],
        invented=request.membership.scheme.invented,
    )


def _goal(goal: Goal, worker: str) -> PaperGoal:
    """Who does a step is said to the person: “You”, or a name."""
    steps = [
        PaperStep(
            what=step.what,
            who=who_said(step, worker) or "You",
            by_when=full_date(step.by_when) if step.by_when else "",
        )
        for step in steps_to_do(goal)
    ]
    return PaperGoal(goal.words, steps, full_date(goal.review_on) if goal.review_on else "")

"""What pages read of conversations and plans. Nothing here reaches another organisation's rows."""

from collections.abc import Iterable

from django.db.models import Prefetch, Q

from wraparound.casework.models import Case
from wraparound.casework.reading import case_of
from wraparound.measures.definition import Change, Measure, changes
from wraparound.measures.library import MEASURES
from wraparound.organisations.actor import Actor
from wraparound.organisations.roles import Capability
from wraparound.referrals.covering import covered_by
from wraparound.social_prescribing.holding import prescribes
from wraparound.social_prescribing.models import Answer, Goal, Measured, Review, Step
from wraparound.social_prescribing.states import GoalStatus
from wraparound.social_prescribing.topics import Topic

MOST_GOALS = 20


def prescribing_case(actor: Actor, pk: int) -> Case:
    """One case of social prescribing. Case.DoesNotExist when it is not, or not the actor's to see."""
    found = case_of(actor, pk)
    if not prescribes(found.referral):
        raise Case.DoesNotExist
    return found


def answers_of(actor: Actor, case: Case) -> dict[Topic, Answer]:
    """What is written so far, in the order of the conversation."""
    rows = Answer.objects.visible_to(actor).filter(case=case).select_related("changed_by")
    found = {Topic(each.topic): each for each in rows}
    return {topic: found[topic] for topic in Topic if topic in found}


def goals_of(actor: Actor, case: Case) -> list[Goal]:
    """Every goal with its steps and reviews: the open ones first, then as they were made."""
    rows = Goal.objects.visible_to(actor).filter(case=case).select_related("became").order_by("pk")
    steps = Step.objects.visible_to(actor).order_by("pk")
    reviews = Review.objects.visible_to(actor).select_related("worker").order_by("-at", "-pk")
    with_all = rows.prefetch_related(Prefetch("steps", steps)).prefetch_related(Prefetch("reviews", reviews))
    return sorted(with_all, key=lambda goal: goal.status != GoalStatus.OPEN)


def open_goals_on(actor: Actor, cases: Iterable[Case]) -> dict[int, list[Goal]]:
    """The open goals of these cases with their steps, by the case's id: those to look at again soonest first."""
    own = [case.pk for case in cases if prescribes(case.referral)]
    if not own:
        return {}
    rows = Goal.objects.visible_to(actor).filter(case__in=own, status=GoalStatus.OPEN)
    found: dict[int, list[Goal]] = {}
    for goal in rows.order_by("review_on", "pk").prefetch_related(Prefetch("steps", Step.objects.visible_to(actor)))[
        :MOST_GOALS
    ]:
        found.setdefault(goal.case_id, []).append(goal)
    return found


def goal_of(actor: Actor, pk: int) -> Goal:
    """One goal with its case. Goal.DoesNotExist when it is not the actor's to see."""
    told = ("case__journey", "case__person__practice", "case__referral")
    found: Goal = Goal.objects.visible_to(actor).select_related(*told).get(pk=pk)
    return found


def step_of(actor: Actor, pk: int) -> Step:
    """One step with its case. Step.DoesNotExist when it is not the actor's to see."""
    found: Step = Step.objects.visible_to(actor).select_related("case__referral", "case__journey", "goal").get(pk=pk)
    return found


def measured_of(actor: Actor, case: Case, measure: Measure) -> list[Measured]:
    """The times a measure was asked, oldest first."""
    rows = Measured.objects.visible_to(actor).filter(case=case, measure=measure.key).select_related("worker")
    return list(rows.order_by("at", "pk"))


def changes_of(actor: Actor, case: Case) -> list[tuple[Measure, list[Measured], list[Change]]]:
    """Each measure that was asked at all, with its times and how each question changed."""
    found = []
    for measure in MEASURES.values():
        if times := measured_of(actor, case, measure):
            found.append((measure, times, changes(measure, [each.answers for each in times])))
    return found


def reviews_due(actor: Actor, most: int = 20) -> list[Goal]:
    """Goals to look at again today or before, of whom the actor has in hand or covers; due first."""
    if actor.user_id is None or not actor.can(Capability.WORK_REFERRALS):
        return []
    in_hand = Q(case__referral__worker_id__in={actor.user_id, *covered_by(actor)}, case__closed_at=None)
    rows = Goal.objects.visible_to(actor).filter(in_hand, status=GoalStatus.OPEN, review_on__lte=actor.today())
    # Mostly there is none, which the short question finds out for much less than the long one.
    if not rows.exists():
        return []
    told = ("person", "case__journey", "case__referral__worker")
    return list(rows.select_related(*told).order_by("review_on", "pk")[:most])

"""The plan: goals in the person's words, steps towards them, and reviews at which they go on or end."""

from dataclasses import dataclass
from datetime import date

from wraparound.casework.models import Case
from wraparound.events.action import Refused, action
from wraparound.organisations.actor import Actor
from wraparound.social_prescribing.holding import ahead, hold, not_twice, on_scale, own, tell, written
from wraparound.social_prescribing.models import Goal, Review, Step
from wraparound.social_prescribing.states import MOVES, GoalStatus, StepStatus, Who

LONGEST_GOAL, LONGEST_STEP, LONGEST_NAME, LONGEST_HOW = 500, 300, 100, 5_000
NO_GOAL = "Write what they want, in their words."


@action
def add_goal(
    *,
    by: Actor,
    case: Case,
    words: str,
    importance: int | None = None,
    confidence: int | None = None,
    review_on: date | None = None,
) -> Goal:
    """Write down what the person wants. `importance` and `confidence` are from 0 to 10, where they like to say."""
    held = hold(case, by=by)
    said = written(words, LONGEST_GOAL, "words", NO_GOAL)
    not_twice(Goal.objects.visible_to(by).filter(case=held, words=said), by.now(), "made_at")
    goal = Goal.objects.create(
        words=said,
        importance=on_scale(importance, "importance"),
        confidence=on_scale(confidence, "confidence"),
        review_on=ahead(review_on, "review_on", by=by),
        made_by_id=by.user(),
        made_at=by.now(),
        **own(held, by),
    )
    tell("goal_set", held, by=by)
    return goal


@action
def add_step(*, by: Actor, goal: Goal, what: str, who: Who, named: str = "", by_when: date | None = None) -> Step:
    """Write down one thing that somebody does towards a goal. `named` says who, where it is somebody else."""
    held, case = _goal(goal, by)
    if held.status != GoalStatus.OPEN:
        raise _over(held)
    said = written(what, LONGEST_STEP, "what", "Write what is to be done.")
    name = written(named, LONGEST_NAME, "named", "Write who does it.") if who is Who.SOMEBODY_ELSE else ""
    not_twice(Step.objects.visible_to(by).filter(goal=held, what=said, who=who, named=name), by.now(), "made_at")
    step = Step.objects.create(
        goal=held,
        what=said,
        who=who,
        named=name,
        by_when=ahead(by_when, "by_when", by=by),
        made_at=by.now(),
        **own(case, by),
    )
    tell("step_added", case, by=by)
    return step


@action
def end_step(*, by: Actor, step: Step, done: bool) -> Step:
    """It is done; or (`done` False) it need not be done after all."""
    case = hold(step.case, by=by)
    held: Step = Step.objects.visible_to(by).select_for_update(of=("self",)).get(pk=step.pk)
    if held.status != StepStatus.TO_DO:
        raise Refused("too_late", f"Somebody has already said of this: {StepStatus(held.status).label.lower()}.")
    held.status = StepStatus.DONE if done else StepStatus.NOT_NEEDED
    held.ended_at = by.now()
    held.save(update_fields=["status", "ended_at"])
    tell(f"step_{held.status}", case, by=by)
    return held


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a review came to: how it went, the move, and what follows. `new_words` are for a goal that changed."""

    verb: str
    how: str = ""
    importance: int | None = None
    confidence: int | None = None
    review_on: date | None = None
    new_words: str = ""


@action
def review_goal(*, by: Actor, goal: Goal, outcome: Outcome) -> Goal:
    """Look at a goal together. Answers the goal, or the one that has taken its place.

    KeyError for a move that the table does not have.
    """
    held, case = _goal(goal, by)
    move = MOVES[outcome.verb]
    if GoalStatus(held.status) not in move.from_:
        raise _over(held)
    if len(outcome.how) > LONGEST_HOW:
        raise Refused("too_long", f"Write it in {LONGEST_HOW:,} characters or fewer.", "how")
    review = Review(
        goal=held,
        how=outcome.how.strip(),
        verb=move.verb,
        importance=on_scale(outcome.importance, "importance"),
        confidence=on_scale(outcome.confidence, "confidence"),
        worker_id=by.user(),
        at=by.now(),
        **own(case, by),
    )
    said = {"how": review.how, "verb": review.verb, "importance": review.importance, "confidence": review.confidence}
    not_twice(Review.objects.visible_to(by).filter(goal=held, **said), by.now(), "at")
    review.save()
    next_on = ahead(outcome.review_on, "review_on", by=by) if move.to in (GoalStatus.OPEN, GoalStatus.CHANGED) else None
    _move(held, review, next_on if move.to == GoalStatus.OPEN else None, by)
    tell(f"goal_{move.verb}", case, by=by)
    return _another(held, case, outcome, next_on, by) if move.to == GoalStatus.CHANGED else held


def _move(goal: Goal, review: Review, review_on: date | None, by: Actor) -> None:
    """The one place where a goal changes its status. What the person said of it last is what holds."""
    goal.status = MOVES[review.verb].to
    goal.ended_at = None if goal.status == GoalStatus.OPEN else by.now()
    goal.review_on = review_on
    goal.importance = goal.importance if review.importance is None else review.importance
    goal.confidence = goal.confidence if review.confidence is None else review.confidence
    goal.save(update_fields=["status", "ended_at", "review_on", "importance", "confidence"])


def _another(goal: Goal, case: Case, outcome: Outcome, review_on: date | None, by: Actor) -> Goal:
    """The goal that has taken its place, with the steps that are still to be done."""
    new = Goal.objects.create(
        words=written(outcome.new_words, LONGEST_GOAL, "new_words", NO_GOAL),
        importance=outcome.importance,
        confidence=outcome.confidence,
        review_on=review_on,
        instead_of=goal,
        made_by_id=by.user(),
        made_at=by.now(),
        **own(case, by),
    )
    for step in Step.objects.visible_to(by).filter(goal=goal, status=StepStatus.TO_DO):
        step.goal = new
        step.save(update_fields=["goal"])
    return new


def _goal(goal: Goal, by: Actor) -> tuple[Goal, Case]:
    case = hold(goal.case, by=by)
    held: Goal = Goal.objects.visible_to(by).select_for_update(of=("self",)).get(pk=goal.pk)
    return held, case


def _over(goal: Goal) -> Refused:
    return Refused("too_late", f"Somebody has already looked at this goal: {GoalStatus(goal.status).label.lower()}.")

"""A plan: goals in the person's words, steps, reviews, and when they are due."""

from datetime import timedelta

import pytest
from django.core.exceptions import ObjectDoesNotExist

from tests.factories import NOW, make_world
from tests.social_prescribing.talking import WORDS, a_goal, a_step, talked_with
from wraparound.casework.actions import close
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as
from wraparound.referrals.states import Outcome as Ended
from wraparound.social_prescribing.models import Goal
from wraparound.social_prescribing.planning import Outcome, end_step, review_goal
from wraparound.social_prescribing.reading import goals_of, reviews_due
from wraparound.social_prescribing.states import MOVES, GoalStatus, Who, moves_from

pytestmark = pytest.mark.django_db
TODAY = NOW.date()


def reviewed(goal: Goal, by: Actor, verb: str, **said: object) -> Goal:
    with acting_as(by):
        return review_goal(by=by, goal=goal, outcome=Outcome(verb=verb, **said))  # type: ignore[arg-type]


def due(by: Actor) -> list[str]:
    with acting_as(by):
        return [goal.words for goal in reviews_due(by)]


def test_a_goal_is_in_the_persons_words_and_not_made_twice() -> None:
    world = make_world()
    by, case = world.link_worker, talked_with(world)
    assert a_goal(case, by, f"  {WORDS} ").words == WORDS
    with pytest.raises(Refused) as refused:
        a_goal(case, by)
    assert refused.value.code == "already_saved"
    assert a_goal(case, by.at(NOW + timedelta(minutes=2))).pk


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [({"words": " \n"}, "empty", "words"), ({"words": "x" * 501}, "too_long", "words"),
     ({"importance": 11}, "off_scale", "importance"), ({"confidence": -1}, "off_scale", "confidence"),
     ({"review_on": TODAY - timedelta(days=1)}, "wrong_day", "review_on"),
     ({"review_on": TODAY + timedelta(days=1000)}, "wrong_day", "review_on")],
)  # fmt: skip
def test_what_a_goal_cannot_be(changes: dict[str, object], code: str, field: str) -> None:
    world = make_world()
    with pytest.raises(Refused) as refused:
        a_goal(talked_with(world), world.link_worker, **changes)  # type: ignore[arg-type]
    assert (refused.value.code, refused.value.field) == (code, field)


def test_a_review_is_due_to_whoever_has_the_person_in_hand() -> None:
    world = make_world()
    by, case = world.link_worker, talked_with(world)
    a_goal(case, by, "Today", review_on=TODAY)
    a_goal(case, by, "Tomorrow", review_on=TODAY + timedelta(days=1))
    a_goal(case, by, "Some day")
    assert due(by) == ["Today"] and due(by.at(NOW + timedelta(days=1))) == ["Today", "Tomorrow"]
    assert due(world.second_link_worker) == due(world.adviser) == due(world.clinician) == []


def test_what_is_over_is_not_reviewed() -> None:
    world = make_world()
    by, case = world.link_worker, talked_with(world)
    goal, other = (a_goal(case, by, words, review_on=TODAY) for words in ("One", "Two"))
    reviewed(goal, by, "reach")
    assert due(by) == ["Two"]
    with acting_as(by):
        close(by=by, case=case, outcome=Ended.HELPED)
    assert due(by) == [] and other.review_on == TODAY


def test_a_review_says_how_it_went_and_when_to_look_again() -> None:
    world = make_world()
    by, case = world.link_worker, talked_with(world)
    goal = a_goal(case, by, importance=8, confidence=3, review_on=TODAY)
    later = reviewed(goal, by, "go_on", how="Went twice.", confidence=6, review_on=TODAY + timedelta(days=14))
    assert (later.status, later.importance, later.confidence) == ("open", 8, 6)
    assert later.review_on == TODAY + timedelta(days=14)
    with acting_as(by):
        assert later.reviews.get().how == "Went twice."


def test_a_goal_that_changed_stays_as_it_was_said_and_its_open_steps_go_on() -> None:
    world = make_world()
    by, case = world.link_worker, talked_with(world)
    goal = a_goal(case, by)
    done, open_ = a_step(goal, by, "Look at the times"), a_step(goal, by)
    with acting_as(by):
        end_step(by=by, step=done, done=True)
    new = reviewed(goal, by, "change", new_words="Teach somebody to cook", review_on=TODAY)
    with acting_as(by):
        first, second = goals_of(by, case)
        assert (first.words, first.instead_of_id, first.review_on) == ("Teach somebody to cook", goal.pk, TODAY)
        assert (second.words, second.status, second.became.pk) == (WORDS, "changed", new.pk)
        assert [step.pk for step in first.steps.all()] == [open_.pk]
        assert [step.pk for step in second.steps.all()] == [done.pk]


def test_a_goal_without_its_new_words_does_not_change() -> None:
    world = make_world()
    by, case = world.link_worker, talked_with(world)
    goal = a_goal(case, by)
    with pytest.raises(Refused) as refused:
        reviewed(goal, by, "change")
    assert refused.value.field == "new_words"
    with acting_as(by):
        assert [each.status for each in goals_of(by, case)] == ["open"]


@pytest.mark.parametrize("verb", MOVES)
@pytest.mark.parametrize("status", list(GoalStatus))
def test_a_goal_moves_as_the_table_says_and_no_other_way(verb: str, status: GoalStatus) -> None:
    world = make_world()
    by, case = world.link_worker, talked_with(world)
    goal = a_goal(case, by)
    came_by = {GoalStatus.REACHED: "reach", GoalStatus.CHANGED: "change", GoalStatus.LET_GO: "let_go"}
    if status in came_by:
        reviewed(goal, by, came_by[status], new_words="Something else")
    said = {"how": "Later.", "new_words": "Another thing"}
    if MOVES[verb] in moves_from(status):
        reviewed(goal, by, verb, **said)
        with acting_as(by):
            assert Goal.objects.visible_to(by).get(pk=goal.pk).status == MOVES[verb].to
    else:
        with pytest.raises(Refused) as refused:
            reviewed(goal, by, verb, **said)
        assert refused.value.code == "too_late"


def test_a_step_says_who_does_it() -> None:
    world = make_world()
    by, case = world.link_worker, talked_with(world)
    goal = a_goal(case, by)
    assert a_step(goal, by, who=Who.SOMEBODY_ELSE, named="Her sister").named == "Her sister"
    assert a_step(goal, by, who=Who.PERSON, named="Left over from the form").named == ""
    with pytest.raises(Refused) as refused:
        a_step(goal, by, what="Drive there", who=Who.SOMEBODY_ELSE)
    assert refused.value.field == "named"


def test_a_step_ends_once() -> None:
    world = make_world()
    by, case = world.link_worker, talked_with(world)
    step = a_step(a_goal(case, by), by)
    with acting_as(by):
        assert end_step(by=by, step=step, done=False).ended_at == NOW
        with pytest.raises(Refused, match="already said of this: not needed"):
            end_step(by=by, step=step, done=True)


def test_a_goal_that_is_over_gets_no_step() -> None:
    world = make_world()
    by, case = world.link_worker, talked_with(world)
    goal = a_goal(case, by)
    reviewed(goal, by, "let_go")
    with pytest.raises(Refused, match="let go"):
        a_step(goal, by)


@pytest.mark.parametrize("chair", ["adviser", "clinician", "commissioner"])
def test_a_plan_is_the_organisations_own(chair: str) -> None:
    world = make_world()
    goal, stranger = a_goal(talked_with(world), world.link_worker), world.actors[chair]
    with acting_as(stranger):
        assert not Goal.objects.exists()
    with pytest.raises((Refused, ObjectDoesNotExist)):
        reviewed(goal, stranger, "reach")

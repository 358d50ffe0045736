"""How to come to each action of a conversation and a plan."""

from datetime import timedelta

from tests.factories import NOW, World, referral_to, referred
from tests.house.trial import Recipe, Trial
from wraparound.casework.actions import accept
from wraparound.casework.models import Case
from wraparound.measures.library import ONS4
from wraparound.organisations.actor import Actor, acting_as
from wraparound.social_prescribing.conversation import Said, digest_of, write_conversation
from wraparound.social_prescribing.measuring import record_measure
from wraparound.social_prescribing.models import Goal, Step
from wraparound.social_prescribing.planning import Outcome, add_goal, add_step, review_goal
from wraparound.social_prescribing.states import Who
from wraparound.social_prescribing.topics import Heard, Topic

FIRST = {
    Topic.MATTERS: Said(Heard.NOT_ASKED, "Her garden, and her sister.", digest_of(None)),
    Topic.MONEY: Said(Heard.YES, "The heating is off by day.", digest_of(None)),
}


def _case(world: World) -> Case:
    referral = referral_to(referred(world, advice_ticked=False), world.link_worker)
    with acting_as(world.link_worker):
        return accept(by=world.link_worker, referral=referral)


def a_goal(world: World, case: Case | None = None) -> Goal:
    by, held = world.link_worker, case or _case(world)
    with acting_as(by):
        return add_goal(by=by, case=held, words="Cook for people again", review_on=by.today())


def a_step(world: World, case: Case | None = None) -> Step:
    goal, by = a_goal(world, case), world.link_worker
    with acting_as(by):
        return add_step(by=by, goal=goal, what="Ring the lunch club", who=Who.SOMEBODY_ELSE, named="Her sister")


def planned(case: Case, by: Actor) -> None:
    """Everything that a plan has, once."""
    with acting_as(by):
        write_conversation(by=by, case=case, said=FIRST)
        goal = add_goal(by=by, case=case, words="Cook for people again")
        add_step(by=by, goal=goal, what="Ring the lunch club", who=Who.WORKER)
        review_goal(by=by, goal=goal, outcome=Outcome(verb="go_on", how="Went twice"))
        record_measure(by=by, case=case, measure=ONS4, answers={"happy": 4})


def _add_step(world: World) -> Trial:
    said = {"what": "Ring the lunch club", "who": Who.PERSON, "by_when": NOW.date() + timedelta(days=3)}
    return Trial(world.link_worker, {"goal": a_goal(world), **said})


PLANNING: dict[str, Recipe] = {
    "wraparound.social_prescribing.conversation.write_conversation": lambda world: Trial(
        world.link_worker, {"case": _case(world), "said": FIRST}
    ),
    "wraparound.social_prescribing.planning.add_goal": lambda world: Trial(
        world.link_worker, {"case": _case(world), "words": "Cook for people again"}
    ),
    "wraparound.social_prescribing.planning.add_step": _add_step,
    "wraparound.social_prescribing.planning.end_step": lambda world: Trial(
        world.link_worker, {"step": a_step(world), "done": True}
    ),
    "wraparound.social_prescribing.planning.review_goal": lambda world: Trial(
        world.link_worker, {"goal": a_goal(world), "outcome": Outcome(verb="reach", how="Every Friday now")}
    ),
    "wraparound.social_prescribing.measuring.record_measure": lambda world: Trial(
        world.link_worker, {"case": _case(world), "measure": ONS4, "answers": {"happy": 4}}
    ),
}

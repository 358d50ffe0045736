"""What tests of conversations and plans share: a case of a link worker, and what is written in it."""

from tests.casework.taking_on import taken_on
from tests.factories import World
from wraparound.casework.models import Case
from wraparound.organisations.actor import Actor, acting_as
from wraparound.social_prescribing.conversation import Said, Written, digest_of, write_conversation
from wraparound.social_prescribing.models import Goal, Step
from wraparound.social_prescribing.planning import add_goal, add_step
from wraparound.social_prescribing.reading import answers_of
from wraparound.social_prescribing.states import Who
from wraparound.social_prescribing.topics import Heard, Topic

WORDS = "Cook for people again, and not only for myself"


def talked_with(world: World, by: Actor | None = None) -> Case:
    return taken_on(world, by or world.link_worker, advice_ticked=False)


def opened(case: Case, by: Actor, topic: Topic) -> str:
    """What the page that shows this part carries."""
    with acting_as(by):
        return digest_of(answers_of(by, case).get(topic))


def said(case: Case, by: Actor, topic: Topic, text: str, heard: Heard = Heard.NOT_ASKED, seen: str = "") -> Written:
    part = Said(heard, text, seen or opened(case, by, topic))
    with acting_as(by):
        return write_conversation(by=by, case=case, said={topic: part})


def texts(case: Case, by: Actor) -> dict[str, str]:
    with acting_as(by):
        return {topic.value: answer.text for topic, answer in answers_of(by, case).items()}


def a_goal(case: Case, by: Actor, words: str = WORDS, **more: object) -> Goal:
    with acting_as(by):
        return add_goal(by=by, case=case, words=words, **more)  # type: ignore[arg-type]


def a_step(goal: Goal, by: Actor, what: str = "Ring the lunch club", who: Who = Who.WORKER, **more: object) -> Step:
    with acting_as(by):
        return add_step(by=by, goal=goal, what=what, who=who, **more)  # type: ignore[arg-type]

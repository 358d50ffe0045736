"""A conversation and a plan: what stands for the parameters of their routes, and what somebody may get wrong."""

from collections.abc import Callable

from tests.factories import World
from tests.house.planning import a_goal, a_step
from tests.journeys.bad import Bad
from tests.journeys.the_day import taken_on

_DAY = {"Day": "31", "Month": "2", "Year": "2027"}

# What stands for a route's parameter, by the route's name and the parameter's.
OBJECTS: dict[str, Callable[[World], object]] = {
    f"{name}.pk": lambda world: a_goal(world, taken_on(world)).pk for name in ("step-add", "goal-review")
} | {
    f"{name}.pk": lambda world: a_step(world, taken_on(world)).pk for name in ("step-done", "step-not-needed")
}  # fmt: skip
CASES = ("plan", "goal-add", "measure-ask", "plan-paper", "plan-pdf", "conversation")

FORMS: dict[str, Bad] = {
    "conversation": Bad(
        "link_worker",
        {"What they said: money must be 5000 characters or fewer": "What they said: money"},
        "Save", {"What matters most to you at the moment?": "Her garden", "What they said: money": "é" * 5_001},
    ),
    "goal-add": Bad(
        "link_worker",
        {
            "Enter what they want, in their words": "What do they want?",
            "The day to look at it together again must be a real date": "The day to look at it together again",
        },
        "Save the goal", _DAY,
    ),
    "step-add": Bad(
        "link_worker",
        {"Enter what is to be done": "What is to be done?", "Enter who does it": "Who is it?",
         "The day by which it is to be done must be a real date": "The day by which it is to be done"},
        "Save the step", _DAY, ("Somebody else",),
    ),
    "goal-review": Bad(
        "link_worker",
        {"Enter what they want now, in their words": "What do they want now?",
         "The day to look at it again must be a real date": "The day to look at it again"},
        "Save the review", {"How did it go? (optional)": "Went twice, and stayed for tea", **_DAY},
        ("It is another goal now",),
    ),
    "measure-ask": Bad(
        "link_worker",
        {"Choose an answer to at least one question, or go back: they need not answer any.": "Overall, how satisfied"},
        "Save the answers",
    ),
}  # fmt: skip


def path_of(form: str, world: World) -> str:
    """The address of one of `FORMS`, with what it is about."""
    case = taken_on(world)
    if form in ("step-add", "goal-review"):
        return f"/goals/{a_goal(world, case).pk}/{form.partition('-')[2] if form == 'goal-review' else 'step'}/"
    pages = {"conversation": "conversation", "goal-add": "plan/goal", "measure-ask": "plan/measure"}
    return f"/case/{case.pk}/{pages[form]}/"

"""What an adviser may get wrong on a matter or a time limit, and what stands for the parameters of their routes."""

from collections.abc import Callable
from typing import Any

from tests.factories import World
from tests.house.advice import a_limit, a_matter, a_permission, a_specialist, advised_in
from tests.journeys.bad import Bad

OBJECTS: dict[str, Callable[[World], Any]] = {
    "matter-new.pk": lambda world: advised_in(world).case.pk,
    "permission-end.pk": lambda world: a_permission(world).pk,
    "sign-off.pk": lambda world: world.adviser.user_id,
    **{
        f"{name}.pk": lambda world: a_matter(world).pk
        for name in (
            "matter", "matter-change", "matter-split", "matter-move", "matter-give", "matter-join", "matter-close",
            "matter-reopen", "matter-specialist", "limit-new", "limit-day",
        )
    },
    **{
        f"{name}.pk": lambda world: a_limit(world).pk
        for name in ("limit", "limit-confirm", "limit-other-day", "limit-done", "limit-aside")
    },
}  # fmt: skip
_ABOUT = {
    "Enter what it is in a few words": "What is it, in a few words?",
    "Select how much is done": "How much is done?",
    "Select how far it has come": "How far has it come?",
}
_DAY = {
    "The last day must be a real date": "The last day",
    "Enter where this day comes from": "Where does this day come from?",
}
_NO_DAY = {"Day": "31", "Month": "2", "Year": "2026"}
FORMS: dict[str, Bad] = {
    "matter-new": Bad("adviser", _ABOUT, "Save", {"Their reference": "JP 12 34 56 C"}),
    "matter-change": Bad(
        "adviser", {"Enter what it is in a few words": "What is it, in a few words?"}, "Save",
        {"What is it, in a few words?": " ", "Their reference": "JP 12 34 56 C"},
    ),
    "matter-split": Bad(
        "adviser", {"Enter what it is in a few words": "What is it, in a few words?"}, "Save",
        {"Their reference": "JP 12 34 56 C"},
    ),
    "matter-give": Bad("adviser", {"Select who takes it": "Who takes it?"}, "Give it to them"),
    "matter-join": Bad(
        "adviser", {"Select the other matter": "Which matter does it become part of?"}, "Join them"
    ),
    "matter-specialist": Bad(
        "adviser",
        {
            "Select who is asked": "Who is asked?",
            "Enter what they have already told you": "What have they already told you?",
            "Select how they agreed. Ask them first: without that you cannot hand over": "How did they agree?",
        },
        "Ask them in", {"What have they already told you?": " "},
    ),
    "matter-close": Bad(
        "adviser",
        {
            "Select what came of it; if nobody knows, say that": "Which of these is it?",
            "Enter what came of it": "What came of it?",
        },
        "Close it",
    ),
    "limit-new": Bad(
        "adviser", {"This day must be a real date": "What is the date on the letter?"},
        "Work out the last day", _NO_DAY,
    ),
    "limit-day": Bad(
        "adviser", {"Enter what has to be done by then": "What has to be done by then?"} | _DAY, "Save", _NO_DAY,
    ),
    "limit-other-day": Bad("adviser", _DAY, "Save the day", _NO_DAY),
    "limit-done": Bad("adviser", {"Enter what was done, and when": "What was done, and when?"}, "Save"),
    "limit-aside": Bad(
        "adviser",
        {"Enter why it does not apply, or why it is not used": "Why does it not apply, or why is it not used?"}, "Save",
    ),
    "sign-off": Bad(
        "advice_supervisor",
        {
            "The last day on which this holds must be a real date": "The last day on which this holds",
        },
        "Sign off", _NO_DAY, ("Debt, money problems", "Level 2"),
    ),
    "permission-new": Bad(
        "advice_supervisor",
        {
            "Select what your organisation holds": "What does your organisation hold?",
            "Enter from when it holds": "From",
        },
        "Save", {"Its number": "FRN 123456"},
    ),
}  # fmt: skip


def path_of(form: str, world: World) -> str:
    if form == "matter-new":
        return f"/matters/for/{advised_in(world).case.pk}/?category=benefits"
    if form == "sign-off":
        return f"/team/competence/{world.adviser.user_id}/"
    if form == "permission-new":
        return "/team/permission/"
    if form in ("limit-other-day", "limit-done", "limit-aside"):
        last = {"limit-other-day": "day", "limit-done": "done", "limit-aside": "aside"}[form]
        return f"/time-limit/{a_limit(world).pk}/{last}/"
    matter = a_matter(world)
    if form == "matter-join":
        a_matter(world)
    if form == "matter-specialist":
        a_specialist(world)
    last = {
        "limit-new": "time-limit/?rule=mandatory_reconsideration", "limit-day": "day/",
        "matter-split": "split/?category=benefits",
    }.get(form, f"{form.removeprefix('matter-')}/")  # fmt: skip
    return f"/matter/{matter.pk}/{last}"

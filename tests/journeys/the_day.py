"""A team's day: what it is asked, offered and has to do, and what somebody may get wrong about it."""

from collections.abc import Callable

from tests.factories import World, referral_to
from tests.house.consenting import a_mandate, a_signature, shared
from tests.journeys import given
from tests.journeys.bad import Bad
from wraparound.casework.models import Case, Task
from wraparound.casework.to_do import add_task
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import User
from wraparound.pathways.calendar import local
from wraparound.pathways.vocabulary import UrgentFlag
from wraparound.referrals.actions import claim
from wraparound.referrals.asking import ask
from wraparound.referrals.models import Question, Referral, Transfer
from wraparound.referrals.transferring import offer

QUESTION = "Which floor does she live on, and is there a lift?"


def claimed(world: World) -> Referral:
    """By the link worker, and for link workers alone."""
    referral = referral_to(given.a_referral(world, advice_ticked=False), world.link_worker)
    with acting_as(world.link_worker):
        return claim(by=world.link_worker, referral=referral)


def asked(world: World) -> Question:
    referral = claimed(world)
    with acting_as(world.link_worker):
        return ask(by=world.link_worker, referral=referral, question=QUESTION)


def taken_on(world: World) -> Case:
    return given.accepted(given.a_referral(world, advice_ticked=False), world.link_worker)


def offered(world: World, giver: Actor, taker: Actor) -> Transfer:
    case = given.accepted(given.a_referral(world, advice_ticked=False), giver)
    with acting_as(giver):
        to = User.objects.get(pk=taker.user_id)
        return offer(by=giver, referral=case.referral, to=to, why="I am away from Monday. She has a form to hand in.")


def to_decide(world: World) -> Case:
    """All tries are made for somebody with bailiffs due."""
    flags = frozenset({UrgentFlag.BAILIFFS_DUE})
    case = given.accepted(given.a_referral(world, days_ago=6, urgent_flags=flags), world.adviser, days_ago=5)
    given.tried(case, world.adviser, days_ago=[4, 3])
    given.tried_at(case, world.adviser, given.at_another_time(2))
    return case


def to_do(world: World, title: str = "Ring the lunch club about a lift") -> Task:
    case, by = taken_on(world), world.link_worker
    with acting_as(by):
        return add_task(by=by, title=title, due_on=local(by.now()).date(), case=case, worker_id=by.user_id)


# What stands for a route's parameter, by the route's name and the parameter's.
OBJECTS: dict[str, Callable[[World], object]] = {
    "reroute.pk": lambda world: claimed(world).pk,
    "ask-referrer.pk": lambda world: claimed(world).pk,
    "question.pk": lambda world: asked(world).pk,
    "pause.pk": lambda world: taken_on(world).referral_id,
    "resume.pk": lambda world: taken_on(world).referral_id,
    "transfer.pk": lambda world: taken_on(world).referral_id,
    "decide.pk": lambda world: to_decide(world).pk,
    "reopen.pk": lambda world: taken_on(world).pk,
    "task-add.pk": lambda world: taken_on(world).pk,
    "consent-ask.purpose": lambda world: "read_health_record",
    "consent-confirm.pk": lambda world: shared(world).pk,
    "consent-take-back.pk": lambda world: shared(world).pk,
    "signature-print.pk": lambda world: a_signature(world).pk,
    "signature-pdf.pk": lambda world: a_signature(world).pk,
} | {
    f"{name}.pk": lambda world: a_mandate(world, given.a_referral(world)).pk
    for name in ("mandate", "mandate-sign", "mandate-paper", "mandate-print", "mandate-pdf")
} | {
    f"{name}.pk": lambda world: offered(world, world.second_link_worker, world.link_worker).pk
    for name in ("transfer-take", "transfer-not-take", "transfer-take-back")
} | {f"{name}.pk": lambda world: to_do(world).pk for name in ("task-give", "task-done", "task-not-needed")}  # fmt: skip

_TASK = {
    "Enter what is to be done": "What is to be done?",
    "The day by which it is to be done must be a real date": "The day by which it is to be done",
}
FORMS: dict[str, Bad] = {
    "reroute": Bad(
        "link_worker",
        {"Select the team that gets it": "Which team?", "Select why you send it on": "Why?"},
        "Send it on", {"What does the next team need to know?": "Uses a wheelchair; ring before noon"},
    ),
    "ask-referrer": Bad(
        "link_worker", {"Enter what you need to know": "What do you need to know before you can answer?"}, "Ask",
    ),
    "question": Bad("clinician", {"Enter your answer": "Your answer"}, "Answer"),
    "pause": Bad(
        "link_worker",
        {"Select why the work rests": "Why does the work rest?",
         "The day on which it goes on must be a real date": "The day on which it goes on"},
        "Pause", {"Day": "31", "Month": "2", "Year": "2027"},
    ),
    "transfer": Bad(
        "link_worker", {"Select who should take it on": "Who should take it on?"}, "Offer it",
        {"What do they need to know?": "I am away from Monday"},
    ),
    "transfer-not-take": Bad(
        "link_worker", {"Enter a sentence for your colleague": "A sentence for your colleague"}, "Do not take it on",
    ),
    "decide": Bad("advice_supervisor", {"Select what should happen": "What should happen?"}, "Decide"),
    "task-add": Bad(
        "link_worker", _TASK, "Add the task", {"Day": "31", "Month": "2", "Year": "2027"}, ("Anybody in the team",)
    ),
    "task-new": Bad("link_worker", _TASK, "Add the task", {"Day": "30", "Month": "2", "Year": "2027"}),
    "consent-ask": Bad(
        "link_worker",
        {"Select the organisation": "Which organisation?", "Select how they agreed": "How did they agree?",
         "Until when must be a real date": "Until when"},
        "Write down that they agreed", {"Day": "31", "Month": "2", "Year": "2027"},
    ),
    "mandate-sign": Bad(
        "link_worker",
        {
            "Enter the full name of whoever signs": "Full name of whoever signs",
            "Tick that they have read it, or that it was read to them": "I have read this, or it was read to me",
        },
        "Sign", {"If somebody else signs": "Deed seen, 3 May 2024"},
    ),
    "mandate-paper": Bad(
        "link_worker",
        {
            "Enter the name that stands under it": "Name under it",
            "Signed on must be a real date": "Signed on",
            "Enter where the signed paper is kept": "Where is the paper kept?",
        },
        "Write it down", {"Day": "31", "Month": "2", "Year": "2026"},
    ),
    "consent-take-back": Bad(
        "link_worker", {"Select how they told you": "How did they tell you?"}, "Write down that they take it back",
    ),
}  # fmt: skip
NOTHING_TO_GET_WRONG = {"task-give"}


def path_of(form: str, world: World) -> str:
    """The address of one of `FORMS`, with what it is about."""
    if form == "task-new":
        return "/tasks/new/"
    if form == "consent-ask":
        case = taken_on(world)
        with acting_as(world.link_worker):
            return f"/journey/{case.journey.reference}/consents/ask/read_health_record/"
    pk = OBJECTS[f"{form}.pk"](world)
    return {
        "reroute": f"/referral/{pk}/send-on/", "ask-referrer": f"/referral/{pk}/ask/",
        "question": f"/questions/{pk}/", "pause": f"/referral/{pk}/pause/", "transfer": f"/referral/{pk}/give/",
        "transfer-not-take": f"/transfers/{pk}/not-take/", "decide": f"/case/{pk}/decide/",
        "task-add": f"/case/{pk}/task/", "consent-take-back": f"/consents/{pk}/take-back/",
        "mandate-sign": f"/consents/{pk}/mandate/sign/", "mandate-paper": f"/consents/{pk}/mandate/paper/",
    }[form]  # fmt: skip

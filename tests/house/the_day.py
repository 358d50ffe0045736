"""How to come to each action of a team's day: sending on, asking, pausing, giving on, deciding, tasks."""

from datetime import timedelta

from tests.factories import NOW, World, referral_to, referred
from tests.house.trial import Recipe, Trial
from wraparound.casework.actions import accept, close
from wraparound.casework.models import Case, Task
from wraparound.casework.to_do import add_task
from wraparound.organisations.actor import acting_as
from wraparound.organisations.models import User
from wraparound.pathways.vocabulary import UrgentFlag
from wraparound.referrals.actions import claim
from wraparound.referrals.asking import ask
from wraparound.referrals.models import Question, Referral, Transfer
from wraparound.referrals.pausing import pause
from wraparound.referrals.states import Outcome, PauseReason, SentOnBecause
from wraparound.referrals.transferring import offer


def _claimed(world: World) -> Referral:
    referral = referral_to(referred(world), world.link_worker)
    with acting_as(world.link_worker):
        return claim(by=world.link_worker, referral=referral)


def _case(world: World) -> Case:
    referral = referral_to(referred(world, advice_ticked=False), world.link_worker)
    with acting_as(world.link_worker):
        return accept(by=world.link_worker, referral=referral)


def _reroute(world: World) -> Trial:
    referral = referral_to(referred(world, advice_ticked=False), world.link_worker)
    said = {"team": world.advice, "why": SentOnBecause.OTHER_SERVICE, "told": "Rent arrears"}
    return Trial(world.link_worker, {"referral": referral, **said})


def _asked(world: World) -> Question:
    referral = _claimed(world)
    with acting_as(world.link_worker):
        return ask(by=world.link_worker, referral=referral, question="Does she speak English?")


def _pause(world: World) -> Trial:
    said = {"until": NOW.date() + timedelta(days=7), "reason": PauseReason.AWAY}
    return Trial(world.link_worker, {"referral": _case(world).referral, **said})


def _resume(world: World) -> Trial:
    trial = _pause(world)
    with acting_as(trial.by):
        return Trial(trial.by, {"referral": pause(by=trial.by, **trial.arguments)})


def _offer(world: World) -> Trial:
    to = User.objects.get(pk=world.second_link_worker.user_id)
    return Trial(world.link_worker, {"referral": _claimed(world), "to": to, "why": "I leave on Friday"})


def _offered(world: World) -> Transfer:
    trial = _offer(world)
    with acting_as(trial.by):
        return offer(by=trial.by, **trial.arguments)


def _to_decide(world: World) -> Trial:
    journey = referred(world, urgent_flags=frozenset({UrgentFlag.BAILIFFS_DUE}))
    with acting_as(world.adviser):
        case = accept(by=world.adviser, referral=referral_to(journey, world.adviser))
    return Trial(world.advice_supervisor, {"case": case})


def _reopen(world: World) -> Trial:
    case = _case(world)
    with acting_as(world.link_worker):
        return Trial(world.link_worker, {"case": close(by=world.link_worker, case=case, outcome=Outcome.HELPED)})


def _add_task(world: World) -> Trial:
    return Trial(world.link_worker, {"case": _case(world), "title": "Ring the lunch club", "due_on": NOW.date()})


def _task(world: World) -> Task:
    trial = _add_task(world)
    with acting_as(trial.by):
        return add_task(by=trial.by, **trial.arguments)


THE_DAY: dict[str, Recipe] = {
    "wraparound.referrals.rerouting.reroute": _reroute,
    "wraparound.referrals.asking.ask": lambda world: Trial(
        world.link_worker, {"referral": _claimed(world), "question": "Which floor?"}
    ),
    "wraparound.referrals.asking.answer": lambda world: Trial(
        world.clinician, {"question": _asked(world), "answer": "A little"}
    ),
    "wraparound.referrals.pausing.pause": _pause,
    "wraparound.referrals.pausing.resume": _resume,
    "wraparound.referrals.transferring.offer": _offer,
    "wraparound.referrals.transferring.take_over": lambda world: Trial(
        world.second_link_worker, {"transfer": _offered(world)}
    ),
    "wraparound.referrals.transferring.not_take_over": lambda world: Trial(
        world.second_link_worker, {"transfer": _offered(world), "why": "I am full"}
    ),
    "wraparound.referrals.transferring.take_back": lambda world: Trial(
        world.link_worker, {"transfer": _offered(world)}
    ),
    "wraparound.casework.deciding.go_on_trying": _to_decide,
    "wraparound.casework.deciding.write_instead": _to_decide,
    "wraparound.casework.reopening.reopen": _reopen,
    "wraparound.casework.to_do.add_task": _add_task,
    "wraparound.casework.to_do.give_task": lambda world: Trial(
        world.link_worker, {"task": _task(world), "worker_id": world.second_link_worker.user_id}
    ),
    "wraparound.casework.to_do.finish_task": lambda world: Trial(world.link_worker, {"task": _task(world)}),
}

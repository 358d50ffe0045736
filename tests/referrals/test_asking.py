"""A question to the referrer: one at a time, answered by them, and not waited for without end."""

from datetime import timedelta

import pytest

from tests.factories import NOW, World, make_world, referral_to, referred
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.organisations.models import Organisation
from wraparound.pathways.vocabulary import UrgentFlag
from wraparound.referrals.actions import claim, let_time_pass, withdraw
from wraparound.referrals.asking import answer, ask
from wraparound.referrals.models import Question, Referral
from wraparound.referrals.reading import questions_answered, questions_to_answer

pytestmark = pytest.mark.django_db


def claimed(world: World, **changes: object) -> Referral:
    referral = referral_to(referred(world, **changes), world.link_worker)
    with acting_as(world.link_worker):
        return claim(by=world.link_worker, referral=referral)


def asked(world: World) -> Question:
    referral = claimed(world)
    with acting_as(world.link_worker):
        return ask(by=world.link_worker, referral=referral, question="Does she speak English?")


def answered(question: Question, by: Actor) -> Question:
    with acting_as(by):
        return answer(by=by, question=question, answer="A little. Portuguese is better.")


def now(referral: Referral, by: Actor) -> Referral:
    with acting_as(by):
        return Referral.objects.visible_to(by).get(pk=referral.pk)


def test_a_question_is_the_referrers_turn_and_the_answer_the_workers_again() -> None:
    world = make_world()
    question = asked(world)
    referral = now(question.referral, world.link_worker)
    assert (referral.status, referral.whose_turn) == ("asked", "referrer")
    with acting_as(world.receptionist):
        assert questions_to_answer(world.receptionist) == [question]
    told = answered(question, world.receptionist)
    assert told.answer == "A little. Portuguese is better." and told.answered_by_id == world.receptionist.user_id
    referral = now(question.referral, world.link_worker)
    assert (referral.status, referral.whose_turn, referral.worker_id) == (
        "claimed", "worker", world.link_worker.user_id,
    )  # fmt: skip
    with acting_as(world.link_worker):
        assert questions_answered(world.link_worker) == [question]
    with acting_as(world.receptionist):
        assert questions_to_answer(world.receptionist) == []


def test_no_time_is_won_by_asking() -> None:
    """The promise to answer counts from the sending, whatever was asked meanwhile."""
    world = make_world()
    before = claimed(world)
    with acting_as(world.link_worker):
        question = ask(by=world.link_worker, referral=before, question="Which floor?")
    answered(question, world.clinician)
    assert now(before, world.link_worker).due_at == before.due_at


def test_one_question_at_a_time() -> None:
    world = make_world()
    question = asked(world)
    with acting_as(world.link_worker), pytest.raises(Refused, match="A question about this is with the referrer"):
        ask(by=world.link_worker, referral=question.referral, question="And her son?")
    answered(question, world.clinician)
    with acting_as(world.link_worker):
        assert ask(by=world.link_worker, referral=question.referral, question="And her son?").pk != question.pk


def test_the_page_of_an_old_question_does_not_answer_the_new_one() -> None:
    world = make_world()
    old = asked(world)
    answered(old, world.clinician)
    with acting_as(world.link_worker):
        new = ask(by=world.link_worker, referral=old.referral, question="And her son?")
    with acting_as(world.receptionist), pytest.raises(Refused, match="asked another one since"):
        answer(by=world.receptionist, question=old, answer="She speaks English well")
    assert now(new.referral, world.link_worker).status == "asked"
    with acting_as(world.receptionist):
        old.refresh_from_db()
        assert old.answer == "A little. Portuguese is better."
        assert questions_to_answer(world.receptionist) == [new]


@pytest.mark.parametrize("flag", [UrgentFlag.NO_FOOD, UrgentFlag.HOMELESS_TONIGHT, UrgentFlag.IMMEDIATE_DANGER])
def test_what_cannot_wait_is_not_written_about(flag: UrgentFlag) -> None:
    """Also at the service that the fast track does not lead to."""
    world = make_world()
    Organisation.objects.filter(pk=world.practice.pk).update(phone="020 7946 0100")
    referral = claimed(world, urgent_flags=frozenset({flag}))
    with acting_as(world.link_worker), pytest.raises(Refused) as refused:
        ask(by=world.link_worker, referral=referral, question="Does she speak English?")
    assert refused.value.sentence == "Ring them: this cannot wait. Elm Street Surgery: 020 7946 0100."


def test_without_an_answer_the_team_goes_on() -> None:
    world = make_world()
    question = asked(world)
    referral = now(question.referral, world.link_worker)
    assert referral.next_clock_at is not None
    clock = system(world.scheme, world.social.organisation_id).at(referral.next_clock_at)
    with acting_as(clock):
        moved = let_time_pass(by=clock, referral=referral)
    assert (moved.status, moved.whose_turn) == ("claimed", "worker")
    with acting_as(world.clinician), pytest.raises(Refused, match="the team went on without"):
        answer(by=world.clinician, question=question, answer="Yes")
    with acting_as(world.link_worker):
        [left] = questions_answered(world.link_worker)
        assert left.lapsed_at == clock.now()
        ask(by=world.link_worker, referral=moved, question="Shall I ring you?")


def test_only_the_two_ends_see_a_question_and_only_the_sender_answers() -> None:
    world = make_world()
    question = asked(world)
    with acting_as(world.adviser):
        assert not Question.objects.visible_to(world.adviser).exists()
    with acting_as(world.link_supervisor), pytest.raises(Refused, match="another organisation's to answer"):
        answer(by=world.link_supervisor, question=question, answer="I say so")


def test_what_was_taken_back_is_not_asked_about() -> None:
    world = make_world()
    question = asked(world)
    with acting_as(world.clinician):
        withdraw(by=world.clinician, referral=question.referral)
        assert questions_to_answer(world.clinician) == []
        question.refresh_from_db()
    assert question.lapsed_at == NOW


@pytest.mark.parametrize(("text", "code"), [(" \n", "empty"), ("x" * 501, "too_long")])
def test_a_question_is_neither_empty_nor_endless(text: str, code: str) -> None:
    world = make_world()
    referral = claimed(world)
    with acting_as(world.link_worker), pytest.raises(Refused) as refused:
        ask(by=world.link_worker.at(NOW + timedelta(hours=1)), referral=referral, question=text)
    assert (refused.value.code, refused.value.field) == (code, "question")

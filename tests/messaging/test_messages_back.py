"""What comes back to the referrer: on which occasions, in which words, and to whom alone."""

from datetime import timedelta

import pytest

from tests.casework.taking_on import contact, taken_on
from tests.factories import NOW, World, make_world, referral_to, referred
from wraparound.casework.actions import accept, close, lose_contact, record_contact
from wraparound.casework.models import Case, ContactBy, ContactResult
from wraparound.casework.reopening import reopen
from wraparound.messaging.models import MessageBack, Occasion
from wraparound.messaging.reading import mark_read, messages_of, unread_by_journey
from wraparound.messaging.tasks import write_message_back
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.pathways import words
from wraparound.pathways.vocabulary import Need
from wraparound.people.models import Person
from wraparound.referrals.actions import acknowledge, decline
from wraparound.referrals.models import Journey, Referral
from wraparound.referrals.states import DeclineReason, Outcome

pytestmark = pytest.mark.django_db


def queued() -> list[dict[str, object]]:
    """What the open transaction would have the worker do, oldest first."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    rows = ProcrastinateJob.objects.filter(task_name__endswith="write_message_back").order_by("pk")
    return list(rows.values_list("args", flat=True))


def write_all() -> None:
    for job in queued():
        said = {name: value for name, value in job.items() if name != "actor"}
        write_message_back.now(by=Actor.from_json(job["actor"]), **said)


def messages(world: World, journey: Journey) -> list[MessageBack]:
    with acting_as(world.clinician):
        return messages_of(world.clinician, journey)


def declined(world: World) -> tuple[Journey, Referral]:
    journey = referred(world)
    referral = referral_to(journey, world.adviser)
    with acting_as(world.adviser):
        decline(by=world.adviser, referral=referral, reason=DeclineReason.NO_CAPACITY)
    return journey, referral


def test_accepting_and_closing_are_told_and_claiming_is_not() -> None:
    world = make_world()
    journey = referred(world, advice_ticked=False)
    by = world.link_worker
    with acting_as(by):
        case = accept(by=by, referral=referral_to(journey, by))
        record_contact(by=by, case=case, channel=ContactBy.PHONE, result=ContactResult.SPOKE)
        close(by=by.at(NOW + timedelta(days=9)), case=Case.objects.get(pk=case.pk), outcome=Outcome.HELPED)
    write_all()
    said = [Occasion.ACCEPTED, Occasion.IN_CONTACT, Occasion.CLOSED]
    assert [message.occasion for message in messages(world, journey)] == said
    assert messages(world, journey)[2].content["outcome"] == "Helped with what they came for."


def opened_again(world: World, case: Case) -> Actor:
    """A hundred days on, by the worker who closed it."""
    by = world.link_worker.at(NOW + timedelta(days=100))
    with acting_as(by):
        reopen(by=by, case=Case.objects.get(pk=case.pk))
    return by


def test_what_came_of_work_since_it_was_opened_again_is_told_once_more_without_a_code() -> None:
    world = make_world()
    journey = referred(world, advice_ticked=False)
    case = taken_on(world, world.link_worker, journey)
    contact(case, world.link_worker, ContactResult.SPOKE)
    with acting_as(world.link_worker):
        close(by=world.link_worker, case=case, outcome=Outcome.HELPED)
    by = opened_again(world, case)
    contact(case, by, ContactResult.SPOKE)
    with acting_as(by):
        close(by=by, case=Case.objects.get(pk=case.pk), outcome=Outcome.PARTLY_HELPED)
    write_all()
    write_all()
    told = messages(world, journey)
    once = [Occasion.ACCEPTED, Occasion.IN_CONTACT]
    assert [message.occasion for message in told] == [*once, Occasion.CLOSED, Occasion.CLOSED]
    assert told[-1].content["outcome"] == "Helped with part of it."
    assert told[-1].content["support"][1:] == [
        f"The work was opened again on {words.day(by.now())}.", "They were in contact with the person.",
    ]  # fmt: skip
    assert [len(message.content["codes"]) for message in told] == [0, 1, 0, 0]


def test_somebody_lost_again_after_their_work_was_opened_again_is_told_with_what_was_tried_since() -> None:
    world = make_world()
    journey = referred(world, advice_ticked=False)
    case = taken_on(world, world.link_worker, journey)
    contact(case, world.link_worker, ContactResult.SPOKE)
    with acting_as(world.link_worker):
        close(by=world.link_worker, case=case, outcome=Outcome.HELPED)
    by = opened_again(world, case)
    for number in range(3):
        contact(case, by.at(by.now() + timedelta(days=number + 1, hours=4 * (number % 2))), ContactResult.NO_ANSWER)
    with acting_as(by):
        lose_contact(by=by.at(by.now() + timedelta(days=4)), case=Case.objects.get(pk=case.pk))
    write_all()
    last = messages(world, journey)[-1]
    assert last.occasion == Occasion.LOST_CONTACT
    assert last.content["support"][1:] == [
        f"The work was opened again on {words.day(by.now())}.", "They tried to reach the person 3 times.",
    ]  # fmt: skip


def test_a_message_written_late_says_what_was_decided_then() -> None:
    world = make_world()
    journey, referral = declined(world)
    with acting_as(world.clinician):
        acknowledge(by=world.clinician, referral=referral)
    with acting_as(world.adviser):
        assert not Person.objects.exists(), "the adviser's record of the person has ended"
    write_all()
    (message,) = messages(world, journey)
    assert message.content["whose_turn"] == "you, the referrer"
    assert message.content["next_step"] == "Tell the person, and try another service."


def test_reading_an_answer_is_no_second_answer() -> None:
    world = make_world()
    _, referral = declined(world)
    before = len(queued())
    with acting_as(world.clinician):
        acknowledge(by=world.clinician, referral=referral)
    assert len(queued()) == before == 1


def test_written_twice_there_is_one() -> None:
    world = make_world()
    journey, _ = declined(world)
    write_all()
    write_all()
    assert len(messages(world, journey)) == 1


def test_debt_and_immigration_are_told_as_welfare_advice() -> None:
    world = make_world()
    journey = referred(world, needs=frozenset({Need.DEBT, Need.IMMIGRATION}), reason="Owes rent and fears removal")
    with acting_as(world.adviser):
        accept(by=world.adviser, referral=referral_to(journey, world.adviser))
    write_all()
    (message,) = messages(world, journey)
    told = str(message.content).lower()
    assert message.content["needs"] == ["Welfare advice"]
    assert not any(word in told for word in ("debt", "immigra", "rent", "removal"))


def test_marked_not_for_the_online_view_it_stays_marked() -> None:
    world = make_world()
    journey = referred(world, hide_from_online_view=True)
    with acting_as(world.adviser):
        accept(by=world.adviser, referral=referral_to(journey, world.adviser))
    write_all()
    (message,) = messages(world, journey)
    assert message.hide_from_online_view and message.content["hide_from_online_view"]


def test_the_other_service_and_the_other_practice_see_no_message() -> None:
    world = make_world()
    journey = referred(world)
    with acting_as(world.adviser):
        accept(by=world.adviser, referral=referral_to(journey, world.adviser))
    write_all()
    for stranger in (world.link_worker, world.other_clinician):
        with acting_as(stranger):
            assert not MessageBack.objects.exists()


def test_it_is_unread_until_the_reader_opens_it() -> None:
    world = make_world()
    journey, _ = declined(world)
    write_all()
    (message,) = messages(world, journey)
    for reader, left in ((world.adviser, 1), (world.clinician, 0)):
        with acting_as(reader):
            mark_read(reader, message)
        with acting_as(world.clinician):
            assert unread_by_journey(world.clinician, [journey.pk]).get(journey.pk, 0) == left


def test_a_job_for_a_referral_of_another_scheme_finds_nothing() -> None:
    world, other = make_world(), make_world()
    _, referral = declined(world)
    told = system(other.scheme, other.practice)
    write_message_back.now(by=told, referral_id=referral.pk, occasion=Occasion.CLOSED)
    for reader in (told, world.clinician):
        with acting_as(reader):
            assert not MessageBack.objects.filter(occasion=Occasion.CLOSED).exists()


def test_the_support_given_is_said_without_its_content() -> None:
    world = make_world()
    journey = referred(world, advice_ticked=False)
    by = world.link_worker
    with acting_as(by):
        case = accept(by=by, referral=referral_to(journey, by))
        record_contact(by=by, case=case, channel=ContactBy.PHONE, result=ContactResult.SPOKE, remark="Talked of debts")
        close(by=by, case=Case.objects.get(pk=case.pk), outcome=Outcome.PARTLY_HELPED)
    write_all()
    assert messages(world, journey)[2].content["support"] == [
        "Taken on by a link worker on Monday 23 November.",
        "They were in contact with the person.",
    ]

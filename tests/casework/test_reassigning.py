"""Giving many people to another worker at once: all or none, with their cases and tasks."""

from datetime import date, timedelta

import pytest

from tests.at_once import one_while_the_other_waits
from tests.factories import World, details, make_world, member, referral_to, referred
from tests.house.seeing import Owner
from wraparound.casework.actions import accept
from wraparound.casework.models import Case, Task
from wraparound.casework.reassigning import MOST, Why, holders, people_of, reassign, reassign_shared, shared
from wraparound.events.action import Refused
from wraparound.events.models import Event
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import Membership, User
from wraparound.organisations.roles import Role
from wraparound.organisations.working_time import set_leave, set_working_time
from wraparound.referrals.actions import claim
from wraparound.referrals.models import Referral

WEEK = [450, 450, 450, 450, 450, 0, 0]


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def user(actor: Actor) -> User:
    return User.objects.get(pk=actor.user_id)


def sent(world: World, number: int) -> Referral:
    somebody = details(given_names=f"Person{number}", nhs_number="", date_of_birth=None, postcode="")
    return referral_to(referred(world, person=somebody, advice_ticked=False), world.link_worker)


def held(world: World, number: int, by: Actor) -> Referral:
    referral = sent(world, number)
    with acting_as(by):
        return claim(by=by, referral=referral)


def worked_on(world: World, number: int, by: Actor) -> Case:
    referral = sent(world, number)
    with acting_as(by):
        return accept(by=by, referral=referral)


def works(who: Actor, places: int = 50, **more: object) -> None:
    with acting_as(who):
        mine = Membership.objects.get(pk=who.membership_id)
        set_working_time(by=who, membership=mine, minutes=WEEK, places=places, **more)


def workers(world: World) -> list[str]:
    with acting_as(world.link_supervisor):
        rows = Referral.objects.select_related("worker").order_by("pk")
        return [each.worker.name if each.worker else "" for each in rows]


def test_everybody_a_worker_has_goes_to_another_with_cases_tasks_and_an_event_each(world: World) -> None:
    leila, by = world.link_worker, world.link_supervisor
    case = worked_on(world, 1, leila)
    held(world, 2, leila)
    with acting_as(leila):
        tasks = [
            Task.objects.create(
                scheme=world.scheme,
                organisation_id=leila.organisation_id,
                case=case,
                worker=user(leila),
                title=title,
                due_on=date(2026, 12, 1),
                made_at=leila.now(),
                done_at=done,
            )
            for title, done in (("Ring the council", None), ("Find the letter", leila.now()))
        ]
    with acting_as(by):
        reassign(by=by, referrals=people_of(by, leila.user_id), to_worker=user(world.second_link_worker), why=Why.LEFT)
        assert Case.objects.get(pk=case.pk).worker_id == world.second_link_worker.user_id
        names = [Task.objects.select_related("worker").get(pk=each.pk).worker.name for each in tasks]
        assert names == ["Tom Price", "Leila Haddad"]
        events = Event.objects.filter(name="referral_reassign", data__worker=world.second_link_worker.user_id)
        assert events.count() == 2
        [told] = Event.objects.filter(name="people_given")
        assert told.organisation_ids == [by.organisation_id] and told.data["why"] == "left"
        assert people_of(by, leila.user_id) == []
    assert workers(world) == ["Tom Price", "Tom Price"]


def test_one_that_may_not_be_given_keeps_all_where_they_were(world: World) -> None:
    leila, by = world.link_worker, world.link_supervisor
    mine = [held(world, number, leila) for number in range(3)]
    toms = held(world, 4, world.second_link_worker)
    with acting_as(by), pytest.raises(Refused) as refusal:
        reassign(by=by, referrals=[*mine, toms], to_worker=user(world.second_link_worker), why=Why.LOAD)
    assert refusal.value.code == "has_it" and "Nothing was changed." in refusal.value.sentence
    assert workers(world) == ["Leila Haddad"] * 3 + ["Tom Price"]


@pytest.mark.parametrize(("number", "code"), [(0, "nobody"), (MOST + 1, "too_many")])
def test_nobody_and_more_than_two_hundred_are_refused(world: World, number: int, code: str) -> None:
    referral = held(world, 1, world.link_worker)
    by = world.link_supervisor
    with acting_as(by), pytest.raises(Refused) as refusal:
        reassign(by=by, referrals=[referral] * number, to_worker=user(world.second_link_worker), why=Why.OTHER)
    assert (refusal.value.code, refusal.value.field) == (code, "referrals")


def test_only_who_shares_out_may_and_only_to_who_works_there(world: World) -> None:
    referral = held(world, 1, world.link_worker)
    for by, to, code in (
        (world.link_worker, world.second_link_worker, "not_allowed"),
        (world.link_supervisor, world.adviser, "no_colleague"),
    ):
        with acting_as(by), pytest.raises(Refused) as refusal:
            reassign(by=by, referrals=[referral], to_worker=user(to), why=Why.OTHER)
        assert refusal.value.code == code
    with acting_as(world.advice_supervisor), pytest.raises(Referral.DoesNotExist):
        by = world.advice_supervisor
        reassign(by=by, referrals=[referral], to_worker=user(world.adviser), why=Why.OTHER)


def test_somebody_who_has_left_still_has_people_until_they_are_given_away(world: World) -> None:
    leila, by = world.link_worker, world.link_supervisor
    held(world, 1, leila)
    Membership.objects.filter(pk=leila.membership_id).update(started=leila.now() - timedelta(days=9), ended=leila.now())
    with acting_as(by):
        assert [(each.name, each.people) for each in holders(by)] == [("Leila Haddad", 1)]
        assert len(people_of(by, leila.user_id)) == 1


def test_what_nobody_has_taken_is_given_too_and_is_then_theirs_to_answer(world: World) -> None:
    by = world.link_supervisor
    sent(world, 1)
    with acting_as(by):
        reassign(by=by, referrals=people_of(by, None), to_worker=user(world.link_worker), why=Why.ARRIVED)
        assert Referral.objects.get().status == "claimed"


def test_sharing_among_several_follows_their_hours_and_is_shown_before_it_is_done(world: World) -> None:
    by, leila = world.link_supervisor, world.link_worker
    third = member(world.scheme, world.social.organisation, Role.LINK_WORKER, "Mei Lin", world.social)
    works(world.second_link_worker)
    works(third, weight=50)
    people = [held(world, number, leila) for number in range(6)]
    among = {world.second_link_worker.user_id, third.user_id, leila.user_id}
    with acting_as(by):
        shares = shared(by, people, among)
        counts = {each.to.name: 0 for each in shares if each.to} | {}
        for each in shares:
            assert each.to is not None
            counts[each.to.name] += 1
        assert counts == {"Tom Price": 4, "Mei Lin": 2}
        assert workers(world) == ["Leila Haddad"] * 6
        done = reassign_shared(by=by, shares=[(each.referral, each.to) for each in shares if each.to], why=Why.LEFT)
        assert len(done) == 6
    assert sorted(workers(world)) == ["Mei Lin"] * 2 + ["Tom Price"] * 4


def test_whom_nobody_chosen_has_room_for_is_said_in_the_preview(world: World) -> None:
    by, leila, tom = world.link_supervisor, world.link_worker, world.second_link_worker
    works(tom, places=1)
    people = [held(world, number, leila) for number in range(2)]
    with acting_as(by):
        assert [each.to and each.to.name for each in shared(by, people, {tom.user_id})] == ["Tom Price", None]
        mine = Membership.objects.get(pk=tom.membership_id)
        set_leave(by=by, membership=mine, starts=date(2026, 11, 23), ends=date(2026, 11, 27))
        assert [each.to for each in shared(by, people, {tom.user_id})] == [None, None]


def test_of_two_managers_who_give_the_same_people_at_once_the_second_reads_that_it_changed(owner: Owner) -> None:
    world = make_world()
    referral = held(world, 1, world.link_worker)
    third = member(world.scheme, world.social.organisation, Role.LINK_WORKER, "Mei Lin", world.social)
    manager = member(world.scheme, world.social.organisation, Role.SERVICE_MANAGER, "Ines Duarte")
    to = {world.link_supervisor.user_id: user(world.second_link_worker), manager.user_id: user(third)}
    _, second = one_while_the_other_waits(
        owner, world.link_supervisor, manager,
        lambda by: reassign(by=by, referrals=[referral], to_worker=to[by.user_id], why=Why.LOAD),
    )  # fmt: skip
    assert isinstance(second, Refused) and second.code == "changed"
    assert workers(world) == ["Tom Price"]

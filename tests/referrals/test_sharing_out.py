"""Giving what has arrived to the workers of a team: by hand, and by the lightest load on arrival."""

import json
from datetime import date, timedelta

import pytest
from django.db import connection

from tests.at_once import Other, all_at_once, one_while_the_other_waits
from tests.factories import NOW, World, details, handover_agreed, make_world, member, referral_to, referred
from tests.house.seeing import Owner
from wraparound.casework.actions import accept, close, hand_over
from wraparound.consent.agreed import AgreedHow
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.organisations.models import Membership, Team, User
from wraparound.organisations.roles import Role
from wraparound.organisations.working_time import cancel_leave, set_leave, set_team_capacity, set_working_time
from wraparound.pathways.vocabulary import Need, Service
from wraparound.referrals.actions import claim, release
from wraparound.referrals.models import Referral
from wraparound.referrals.sharing_out import assign, given_since, share_out
from wraparound.referrals.states import Outcome
from wraparound.referrals.tasks import share_out_every_morning, share_out_team

WEEK = [450, 450, 450, 450, 450, 0, 0]


@pytest.fixture
def world(db: None) -> World:
    return shares_out(make_world())


def works(who: Actor, places: int = 10, **more: object) -> None:
    with acting_as(who):
        mine = Membership.objects.get(pk=who.membership_id)
        set_working_time(by=who, membership=mine, **({"minutes": WEEK, "places": places} | more))


def shares_out(world: World) -> World:
    for who in (world.link_worker, world.second_link_worker):
        works(who)
    by = world.link_supervisor
    with acting_as(by):
        set_team_capacity(by=by, team=world.social, places=50, closed_until=None, shares_out=True)
    forget_jobs()
    return world


def forget_jobs() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")


def do_jobs() -> int:
    """Run each waiting job of sharing out, as a worker would; how many."""
    with connection.cursor() as cursor:
        name = share_out_team.task.name
        rows = cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE task_name = %s RETURNING args::text", [name]
        ).fetchall()
    for (arguments,) in rows:
        share_out_team._run(**json.loads(arguments))
    return len(rows)


def arrives(world: World, number: int = 0, **changes: object) -> Referral:
    somebody = details(given_names=f"Person{number}", nhs_number="", date_of_birth=None, postcode="")
    return referral_to(referred(world, person=somebody, advice_ticked=False, **changes), world.link_worker)


def now(world: World, referral: Referral) -> Referral:
    with acting_as(world.link_worker):
        return Referral.objects.get(pk=referral.pk)


def user(actor: Actor) -> User:
    return User.objects.get(pk=actor.user_id)


def test_what_arrives_is_given_to_whoever_has_least_and_is_theirs_to_answer(world: World) -> None:
    first, second, third = (arrives(world, number) for number in range(3))
    assert do_jobs() == 3
    workers = [now(world, each).worker_id for each in (first, second, third)]
    assert set(workers[:2]) == {world.link_worker.user_id, world.second_link_worker.user_id}
    assert now(world, first).status == "claimed"
    mine = world.link_worker if workers[0] == world.link_worker.user_id else world.second_link_worker
    with acting_as(mine):
        accept(by=mine, referral=first)


def test_a_team_that_does_not_share_out_leaves_it_to_be_claimed(world: World) -> None:
    Team.objects.filter(pk=world.social.pk).update(shares_out=False)
    referral = arrives(world)
    assert do_jobs() == 0
    assert now(world, referral).worker_id is None
    Team.objects.filter(pk=world.social.pk).update(shares_out=True)
    share_out_every_morning(timestamp=0)
    Team.objects.filter(pk=world.social.pk).update(shares_out=False)
    assert do_jobs() == 1
    assert now(world, referral).status == "sent"


def test_the_urgent_are_given_first_and_nobody_beyond_their_places(world: World) -> None:
    works(world.link_worker, places=1)
    works(world.second_link_worker, takes_new=False)
    forget_jobs()
    plain, urgent = arrives(world, 1), arrives(world, 2)
    with acting_as(world.link_worker):
        Referral.objects.filter(pk=urgent.pk).update(rank=0)
    do_jobs()
    assert now(world, urgent).worker_id == world.link_worker.user_id
    assert now(world, plain).worker_id is None


def test_nobody_who_is_away_is_given_anybody_and_it_is_said_why_none_can(world: World) -> None:
    works(world.second_link_worker, places=0)
    me = world.link_worker
    with acting_as(me):
        mine = Membership.objects.get(pk=me.membership_id)
        leave = set_leave(by=me, membership=mine, starts=NOW.date(), ends=date(2026, 12, 4))
    forget_jobs()
    referral = arrives(world)
    do_jobs()
    assert now(world, referral).status == "sent"
    by = world.link_supervisor
    with acting_as(by), pytest.raises(Refused) as refusal:
        share_out(by=by, team=world.social)
    assert refusal.value.sentence == "Nobody can take anybody now: 1 is away, 1 is full."
    with acting_as(me):
        cancel_leave(by=me, leave=leave)
    assert do_jobs() == 1
    assert now(world, referral).worker_id == me.user_id


def test_room_that_comes_free_is_filled_from_what_stayed_unclaimed(world: World) -> None:
    works(world.second_link_worker, places=0)
    works(world.link_worker, places=1)
    forget_jobs()
    first, second = arrives(world, 1), arrives(world, 2)
    do_jobs()
    held, waits = (first, second) if now(world, first).worker_id else (second, first)
    with acting_as(world.link_worker):
        case = accept(by=world.link_worker, referral=held)
        close(by=world.link_worker, case=case, outcome=Outcome.HELPED)
    do_jobs()
    assert now(world, waits).worker_id == world.link_worker.user_id


def test_what_is_handed_over_from_the_other_organisation_is_shared_out_too(world: World) -> None:
    journey = referred(world, needs=frozenset({Need.DEBT}))
    [to_social] = [referral_to(journey, world.link_worker)]
    with acting_as(world.second_link_worker):
        case = accept(by=world.second_link_worker, referral=to_social)
    works(world.adviser)
    by = world.advice_supervisor
    with acting_as(by):
        set_team_capacity(by=by, team=world.advice, places=None, closed_until=None, shares_out=True)
    alone = arrives(world)
    with acting_as(world.link_worker):
        case = accept(by=world.link_worker, referral=alone)
        handed = hand_over(
            by=world.link_worker, case=case, service=Service.WELFARE_ADVICE, needs=frozenset({Need.DEBT}),
            told="Owes rent", agreed=handover_agreed(AgreedHow.IN_PERSON),
        )  # fmt: skip
    do_jobs()
    with acting_as(world.adviser):
        assert Referral.objects.get(pk=handed.pk).worker_id == world.adviser.user_id


def test_a_supervisor_gives_one_to_a_worker_who_had_it_not(world: World) -> None:
    by, tom = world.link_supervisor, world.second_link_worker
    referral = arrives(world)
    with acting_as(by):
        given = assign(by=by, referral=referral, worker=user(tom))
    assert (given.worker_id, given.status) == (tom.user_id, "claimed")
    with acting_as(by), pytest.raises(Refused) as refusal:
        assign(by=by, referral=given, worker=user(tom))
    assert refusal.value.code == "has_it"
    with acting_as(by):
        assert assign(by=by, referral=given, worker=user(world.link_worker)).worker_id == world.link_worker.user_id


def test_only_who_may_gives_and_only_to_the_teams_own_workers(world: World) -> None:
    referral = arrives(world)
    with acting_as(world.link_worker), pytest.raises(Refused) as refusal:
        assign(by=world.link_worker, referral=referral, worker=user(world.second_link_worker))
    assert refusal.value.code == "not_allowed"
    north = Team.objects.create(
        scheme=world.scheme, organisation=world.social.organisation, name="North", service="social_prescribing"
    )
    elsewhere = member(world.scheme, world.social.organisation, Role.LINK_WORKER, "Mei Lin", north)
    manager = member(world.scheme, world.social.organisation, Role.SERVICE_MANAGER, "Ines Duarte")
    for nobody in (elsewhere, world.adviser, manager):
        with acting_as(manager), pytest.raises(Refused) as refusal:
            assign(by=manager, referral=referral, worker=user(nobody))
        assert (refusal.value.code, refusal.value.field) == ("no_colleague", "worker")
    floating = member(world.scheme, world.social.organisation, Role.LINK_WORKER, "Ada Cole")
    with acting_as(manager):
        assert assign(by=manager, referral=referral, worker=user(floating)).worker_id == floating.user_id


def test_what_somebody_put_back_waits_for_somebody_to_claim_it(world: World) -> None:
    referral = arrives(world)
    do_jobs()
    mine = world.link_worker if now(world, referral).worker_id == world.link_worker.user_id else (
        world.second_link_worker)  # fmt: skip
    with acting_as(mine):
        release(by=mine, referral=referral)
    assert do_jobs() == 0


def test_a_worker_reads_what_others_gave_them_since_and_not_what_they_took(world: World) -> None:
    me, by = world.link_worker, world.link_supervisor
    given, taken, gone = (arrives(world, number) for number in range(3))
    forget_jobs()
    with acting_as(by):
        for each in (given, gone):
            assign(by=by, referral=each, worker=user(me))
        assign(by=by, referral=gone, worker=user(world.second_link_worker))
    with acting_as(me):
        claim(by=me, referral=taken)
        [told] = given_since(me, NOW - timedelta(days=1))
        assert (told.referral.pk, told.at, told.by and told.by.name) == (given.pk, NOW, "Grace Obi")
        assert given_since(me, NOW + timedelta(hours=1)) == []
    assert given_since(world.adviser, NOW - timedelta(days=1)) == []


def test_of_equals_the_next_is_anothers_though_both_have_nobody(world: World) -> None:
    first = arrives(world, 1)
    do_jobs()
    worker_id = now(world, first).worker_id
    who = next(each for each in (world.link_worker, world.second_link_worker) if each.user_id == worker_id)
    with acting_as(who):
        close(by=who, case=accept(by=who, referral=first), outcome=Outcome.HELPED)
    second = arrives(world, 2)
    do_jobs()
    assert now(world, second).worker_id not in (None, worker_id)


def test_two_arrivals_at_once_do_not_both_see_the_same_empty_hands(owner: Owner) -> None:
    """Each job gives what is there: the second waits, and counts what the first gave."""
    world = shares_out(make_world())
    first, second = arrives(world, 1), arrives(world, 2)
    acting = system(world.scheme, world.social.organisation)

    def act(by: Actor) -> object:
        one = Referral.objects.visible_to(by).filter(worker=None).order_by("pk").first()
        assert one is not None
        return share_out(by=by, team=world.social)

    _, late = one_while_the_other_waits(owner, acting, acting, act)
    assert isinstance(late, Refused) and late.code == "nothing_to_share"
    assert now(world, first).worker_id != now(world, second).worker_id


def test_what_somebody_is_just_claiming_stays_theirs_and_the_others_are_given(owner: Owner) -> None:
    world = shares_out(make_world())
    mine, other = arrives(world, 1), arrives(world, 2)
    by = world.link_supervisor
    with acting_as(world.second_link_worker):
        claim(by=world.second_link_worker, referral=mine)
        given = Other(by, lambda by: share_out(by=by, team=world.social)).ended()
    assert [each.pk for each in given] == [other.pk]
    assert now(world, mine).worker_id == world.second_link_worker.user_id


def test_arrivals_and_gifts_by_hand_at_once_end_without_anybody_waiting_for_ever(owner: Owner) -> None:
    world = shares_out(make_world())
    sent = [arrives(world, number) for number in range(6)]
    acting, by = system(world.scheme, world.social.organisation), world.link_supervisor
    tom = user(world.second_link_worker)
    results = all_at_once(
        (acting, lambda by: share_out(by=by, team=world.social)),
        (by, lambda by: [assign(by=by, referral=each, worker=tom) for each in reversed(sent[3:])]),
        (world.link_worker, lambda by: claim(by=by, referral=sent[0])),
    )
    assert all(result is not None and not isinstance(result, AssertionError) for result in results)
    assert all(isinstance(result, Refused) for result in results if isinstance(result, Exception))
    workers = owner.query("SELECT count(*) FROM referrals_referral WHERE worker_id IS NULL")
    assert workers == [(0,)]

"""Who works when, who is away when, and who looks after their people meanwhile."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.at_once import all_at_once, one_while_the_other_waits
from tests.factories import NOW, World, make_world, member
from tests.house.seeing import Owner
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.away import (
    away_until_of,
    covers_now,
    hours_of,
    leave_between,
    leave_from_now,
    uncovered_leave,
    worker_of,
    workers_of,
)
from wraparound.organisations.models import Leave, Membership
from wraparound.organisations.roles import Role
from wraparound.organisations.working_time import cancel_leave, set_leave, set_team_capacity, set_working_time

WEEK = [450, 450, 450, 450, 450, 0, 0]
TUESDAY, FRIDAY = date(2026, 12, 1), date(2026, 12, 4)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def membership(actor: Actor) -> Membership:
    return Membership.objects.get(pk=actor.membership_id)


def away(by: Actor, who: Actor, starts: date = TUESDAY, ends: date = FRIDAY, **more) -> Leave:
    with acting_as(by):
        return set_leave(by=by, membership=membership(who), starts=starts, ends=ends, **more)


def refused(act, *arguments, **more) -> Refused:
    with pytest.raises(Refused) as refusal:
        act(*arguments, **more)
    return refusal.value


def manager(world: World) -> Actor:
    return member(world.scheme, world.social.organisation, Role.SERVICE_MANAGER, "Ines Duarte")


def test_a_worker_says_when_they_work_and_says_it_again(world: World) -> None:
    me = world.link_worker
    with acting_as(me):
        set_working_time(by=me, membership=membership(me), minutes=WEEK, places=30)
        set_working_time(by=me, membership=membership(me), minutes=WEEK, places=25, weight=50, takes_new=False)
        hours = hours_of(worker_of(me, me.membership_id))
    assert hours and (hours.minutes, hours.places, hours.weight, hours.takes_new) == (WEEK, 25, 50, False)


def test_a_worker_sets_nobody_elses_and_a_supervisor_and_a_manager_do(world: World) -> None:
    me, other = world.link_worker, world.second_link_worker
    said = {"membership": membership(other), "minutes": WEEK, "places": 30}
    assert refused(set_working_time, by=me, **said).code == "not_yours"
    assert refused(away, me, other).code == "not_yours"
    for by in (world.link_supervisor, manager(world)):
        with acting_as(by):
            assert set_working_time(by=by, **said).places == 30


def test_nobody_sets_time_in_another_organisation_or_for_somebody_who_has_left(world: World) -> None:
    theirs = membership(world.adviser)
    for who in (theirs, membership(world.clinician)):
        with pytest.raises(Membership.DoesNotExist):
            set_working_time(by=world.link_supervisor, membership=who, minutes=WEEK, places=1)
    left = membership(world.second_link_worker)
    Membership.objects.filter(pk=left.pk).update(started=NOW - timedelta(days=9), ended=NOW)
    with pytest.raises(Membership.DoesNotExist):
        set_leave(by=world.link_supervisor, membership=left, starts=TUESDAY, ends=FRIDAY)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"minutes": [60] * 6}, "minutes"),
        ({"minutes": [1441, 0, 0, 0, 0, 0, 0]}, "minutes"),
        ({"minutes": [-1, 0, 0, 0, 0, 0, 0]}, "minutes"),
        ({"places": 1000}, "places"),
        ({"places": -1}, "places"),
        ({"weight": 201}, "weight"),
    ],
)
def test_hours_that_cannot_be_are_refused_beside_their_field(world: World, changes, field: str) -> None:
    me = world.link_worker
    said = {"membership": membership(me), "minutes": WEEK, "places": 30} | changes
    assert refused(set_working_time, by=me, **said).field == field


@pytest.mark.parametrize(
    ("starts", "ends", "code"),
    [
        (FRIDAY, TUESDAY, "ends_before_it_starts"),
        (date(2026, 11, 2), date(2026, 11, 22), "over_already"),
        (TUESDAY, date(2062, 12, 4), "too_long"),
    ],
)
def test_days_that_make_no_sense_are_refused_at_the_last_day(world: World, starts: date, ends: date, code: str) -> None:
    refusal = refused(away, world.link_worker, world.link_worker, starts, ends)
    assert (refusal.code, refusal.field) == (code, "ends")


def test_somebody_who_is_off_since_yesterday_and_back_tomorrow_is_away(world: World) -> None:
    today = NOW.date()
    leave = away(world.link_worker, world.link_worker, today - timedelta(days=1), today)
    assert [each.pk for each in leave_from_now(world.link_worker, membership(world.link_worker))] == [leave.pk]


def test_leave_that_overlaps_is_refused_with_the_days_that_stand(world: World) -> None:
    me = world.link_worker
    away(me, me)
    for starts, ends in ((FRIDAY, FRIDAY), (date(2026, 11, 30), TUESDAY), (date(2026, 11, 1), date(2027, 1, 1))):
        refusal = refused(away, me, me, starts, ends)
        assert refusal.sentence == "Leila Haddad is already away from Tuesday 1 December to Friday 4 December."
        assert refusal.field == "starts"
    away(me, me, date(2026, 12, 5), date(2026, 12, 6))
    away(world.second_link_worker, world.second_link_worker)


def test_the_database_itself_holds_one_absence_at_a_time(world: World) -> None:
    mine = membership(world.link_worker)
    Leave.objects.create(membership=mine, starts=TUESDAY, ends=FRIDAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Leave.objects.create(membership=mine, starts=FRIDAY, ends=FRIDAY)
    Leave.objects.create(membership=mine, starts=FRIDAY, ends=FRIDAY, cancelled_at=NOW)


def test_a_cover_is_somebody_else_who_works_here_and_is_here_then(world: World) -> None:
    me, other = world.link_worker, world.second_link_worker
    managed = manager(world)
    for nobody in (world.adviser, me, managed):
        refusal = refused(away, me, me, cover=membership(nobody))
        assert (refusal.code, refusal.field) == ("not_a_cover", "cover")
    away(other, other, FRIDAY, date(2026, 12, 11))
    refusal = refused(away, me, me, cover=membership(other))
    assert refusal.field == "cover"
    assert refusal.sentence == ("Tom Price is away from Friday 4 December to Friday 11 December. Choose somebody else.")
    assert away(me, me, ends=date(2026, 12, 3), cover=membership(other)).cover_id == other.membership_id


def test_one_user_in_two_chairs_does_not_cover_for_themselves(world: World) -> None:
    me = world.link_worker
    again = Membership.objects.create(
        user_id=me.user_id, scheme=world.scheme, organisation=world.social.organisation, role=Role.SUPERVISOR
    )
    assert refused(away, me, me, cover=again).code == "not_a_cover"


def test_who_is_counted_on_as_cover_is_not_away_until_somebody_else_covers(world: World) -> None:
    me, other = world.link_worker, world.second_link_worker
    mine = away(me, me, cover=membership(other))
    refusal = refused(away, other, other, FRIDAY, FRIDAY)
    assert (refusal.code, refusal.field) == ("covers_then", "starts")
    assert "Choose another cover for Leila Haddad first." in refusal.sentence
    with acting_as(world.link_supervisor):
        away(world.link_supervisor, me, instead_of=mine, cover=membership(world.link_supervisor))
    assert away(other, other, FRIDAY, FRIDAY).pk


def test_leave_is_changed_by_another_in_its_place_and_cancelled(world: World) -> None:
    me = world.link_worker
    first = away(me, me)
    second = away(me, me, TUESDAY, date(2026, 12, 11), instead_of=first)
    assert [leave.pk for leave in leave_from_now(me, membership(me))] == [second.pk]
    with pytest.raises(Leave.DoesNotExist):
        away(me, me, instead_of=first)
    with acting_as(me):
        cancel_leave(by=me, leave=second)
    assert not leave_from_now(me, membership(me))
    with pytest.raises(Leave.DoesNotExist):
        cancel_leave(by=me, leave=second)


def test_a_change_that_is_refused_leaves_what_was(world: World) -> None:
    me = world.link_worker
    first, later = away(me, me), away(me, me, date(2026, 12, 7), date(2026, 12, 8))
    with acting_as(me):
        assert refused(away, me, me, TUESDAY, date(2026, 12, 7), instead_of=first).code == "overlaps"
        assert [leave.pk for leave in leave_from_now(me, membership(me))] == [first.pk, later.pk]


def test_leave_that_is_over_stays_as_it_was(world: World) -> None:
    me = world.link_worker
    leave = away(me, me)
    after = me.at(datetime(2026, 12, 7, 9, 0, tzinfo=UTC))
    assert refused(cancel_leave, by=after, leave=leave).code == "over_already"


def test_what_is_read_of_the_fortnight_is_the_organisations_own(world: World) -> None:
    me, other = world.link_worker, world.second_link_worker
    covered = away(me, me, cover=membership(other))
    bare = away(world.link_supervisor, world.link_supervisor, TUESDAY, TUESDAY)
    theirs = away(world.adviser, world.adviser)
    far = away(me, me, date(2027, 3, 1), date(2027, 3, 5))
    by = world.link_supervisor
    assert [each.pk for each in leave_between(by, FRIDAY, FRIDAY)] == [covered.pk]
    assert [each.pk for each in uncovered_leave(by)] == [bare.pk]
    assert [each.pk for each in uncovered_leave(by, ahead=365)] == [bare.pk, far.pk]
    assert [each.pk for each in uncovered_leave(world.advice_supervisor)] == [theirs.pk]
    assert [each.user.name for each in workers_of(by)] == ["Grace Obi", "Leila Haddad", "Tom Price"]
    assert [each.user.name for each in workers_of(by, world.advice.pk)] == []


def test_leave_whose_cover_has_left_is_without_cover(world: World) -> None:
    leave = away(world.link_worker, world.link_worker, cover=membership(world.second_link_worker))
    assert not uncovered_leave(world.link_supervisor)
    Membership.objects.filter(pk=leave.cover_id).update(started=NOW - timedelta(days=9), ended=NOW)
    assert [each.pk for each in uncovered_leave(world.link_supervisor)] == [leave.pk]


def test_away_counts_from_when_they_would_next_work_and_through_what_follows(world: World) -> None:
    me, other = world.link_worker, world.second_link_worker
    for who in (me, other):
        with acting_as(who):
            set_working_time(by=who, membership=membership(who), minutes=WEEK, places=30)
    away(me, me, date(2026, 11, 30), date(2026, 12, 4))
    away(me, me, date(2026, 12, 7), date(2026, 12, 8))
    away(other, other, date(2026, 11, 29), date(2026, 11, 29))
    members = workers_of(world.link_supervisor)
    saturday, friday = date(2026, 11, 28), date(2026, 11, 27)
    assert away_until_of(members, saturday) == {me.membership_id: date(2026, 12, 8)}
    assert away_until_of(members, friday) == {}
    assert away_until_of(members, date(2026, 12, 9)) == {}


def test_whom_somebody_covers_is_asked_once_a_page_and_again_once_it_changes(
    world: World, django_assert_num_queries
) -> None:
    me, other = world.link_worker, world.second_link_worker
    then = other.at(datetime(2026, 12, 1, 0, 30, tzinfo=UTC))
    with acting_as(world.link_supervisor):
        assert covers_now(then) == []
        leave = away(world.link_supervisor, me, cover=membership(other))
        with django_assert_num_queries(1):
            assert [each.pk for each in covers_now(then)] == [leave.pk]
            assert [each.membership.user.name for each in covers_now(then)] == ["Leila Haddad"]
        assert covers_now(other) == covers_now(other.at(datetime(2026, 12, 5, 0, 30, tzinfo=UTC))) == []
        cancel_leave(by=world.link_supervisor, leave=leave)
        assert covers_now(then) == []
    assert covers_now(replace(then, membership_id=None)) == []


def test_a_teams_capacity_is_set_by_who_answers_for_it(world: World) -> None:
    said = {"team": world.social, "places": 40, "closed_until": date(2027, 1, 4), "shares_out": True}
    assert refused(set_team_capacity, by=world.link_worker, **said).code == "not_allowed"
    by = world.link_supervisor
    with acting_as(by):
        team = set_team_capacity(by=by, **said)
    assert (team.places, team.closed_until, team.shares_out) == (40, date(2027, 1, 4), True)
    with pytest.raises(type(team).DoesNotExist):
        set_team_capacity(by=world.advice_supervisor, **said)
    past = refused(set_team_capacity, by=by, **(said | {"closed_until": NOW.date()}))
    assert (past.code, past.field) == ("in_the_past", "closed_until")
    assert refused(set_team_capacity, by=by, **(said | {"places": -1})).field == "places"


def test_two_who_write_down_the_same_leave_at_once_make_one(owner: Owner) -> None:
    world = make_world()
    who = membership(world.link_worker)
    _, second = one_while_the_other_waits(
        owner, world.link_worker, world.link_supervisor,
        lambda by: set_leave(by=by, membership=who, starts=TUESDAY, ends=FRIDAY),
    )  # fmt: skip
    assert isinstance(second, Refused) and second.code == "overlaps"


def test_two_who_count_on_each_other_at_once_are_not_both_away(owner: Owner) -> None:
    world = make_world()
    one, other = membership(world.link_worker), membership(world.second_link_worker)
    results = all_at_once(
        (world.link_worker, lambda by: set_leave(by=by, membership=one, starts=TUESDAY, ends=FRIDAY, cover=other)),
        (world.second_link_worker, lambda by: set_leave(
            by=by, membership=other, starts=TUESDAY, ends=FRIDAY, cover=one)),
    )  # fmt: skip
    codes = [result.code for result in results if isinstance(result, Refused)]
    assert len(codes) == 1 and codes[0] in ("cover_is_away", "covers_then")

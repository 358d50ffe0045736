"""Who looks after the people of somebody who is away, and what they may do meanwhile."""

from datetime import UTC, date, datetime

import pytest

from tests.factories import World, details, make_world, member, referral_to, referred
from wraparound.casework.actions import accept, record_contact
from wraparound.casework.models import ContactBy, ContactResult
from wraparound.events.action import Refused
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.models import Membership, Team
from wraparound.organisations.roles import Role
from wraparound.organisations.working_time import set_leave
from wraparound.referrals.actions import claim, release
from wraparound.referrals.covering import covered_by
from wraparound.referrals.models import Referral
from wraparound.referrals.reading import possible_moves, worklist, worklist_counts

DURING = datetime(2026, 12, 2, 10, 0, tzinfo=UTC)
AFTER = datetime(2026, 12, 5, 10, 0, tzinfo=UTC)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def covers(world: World, cover: Actor, who: Actor | None = None) -> None:
    """`who` (Leila Haddad) is away from 1 to 4 December."""
    who = who or world.link_worker
    with acting_as(who):
        set_leave(
            by=who, membership=Membership.objects.get(pk=who.membership_id),
            starts=date(2026, 12, 1), ends=date(2026, 12, 4), cover=Membership.objects.get(pk=cover.membership_id),
        )  # fmt: skip


def claimed(world: World, by: Actor, **changes: object) -> Referral:
    referral = referral_to(referred(world, **changes), by)
    with acting_as(by):
        return claim(by=by, referral=referral)


def shown(by: Actor, **asked: str) -> list[int]:
    with acting_as(by):
        return [row.pk for row in worklist(by, **asked).rows]


def test_the_cover_sees_and_does_what_waits_for_the_one_away_and_only_then(world: World) -> None:
    covers(world, world.second_link_worker)
    referral = claimed(world, world.link_worker)
    cover = world.second_link_worker
    for moment, yours in ((DURING, True), (AFTER, False)):
        by = cover.at(moment)
        with acting_as(by):
            assert covered_by(by) == ({world.link_worker.user_id} if yours else frozenset())
            assert (worklist_counts(by)["mine"] == 1) is yours
            assert ("release" in {move.verb for move in possible_moves(referral, by)}) is yours
        assert shown(by, whose="mine") == ([referral.pk] if yours else [])
    with acting_as(cover.at(AFTER)), pytest.raises(Refused) as refusal:
        release(by=cover.at(AFTER), referral=referral)
    assert refusal.value.code == "taken"
    with acting_as(cover.at(DURING)):
        accept(by=cover.at(DURING), referral=referral)


def test_work_that_the_cover_does_leaves_the_worker_who_is_away(world: World) -> None:
    covers(world, world.second_link_worker)
    referral = referral_to(referred(world), world.link_worker)
    with acting_as(world.link_worker):
        case = accept(by=world.link_worker, referral=referral)
    by = world.second_link_worker.at(DURING)
    with acting_as(by):
        record_contact(by=by, case=case, channel=ContactBy.PHONE, result=ContactResult.SPOKE)
        referral.refresh_from_db()
    assert (referral.status, referral.worker_id) == ("in_progress", world.link_worker.user_id)


def test_nobody_else_may_and_nobody_in_another_organisation(world: World) -> None:
    covers(world, world.second_link_worker)
    referral = claimed(world, world.link_worker)
    third = member(world.scheme, world.social.organisation, Role.LINK_WORKER, "Mei Lin", world.social).at(DURING)
    for by in (third, world.adviser.at(DURING)):
        assert shown(by, whose="mine") == []
        with acting_as(by), pytest.raises(Refused):
            release(by=by, referral=referral)


def test_somebody_covers_for_another_team_of_their_organisation(world: World) -> None:
    north = Team.objects.create(
        scheme=world.scheme, organisation=world.social.organisation, name="North", service="social_prescribing"
    )
    cover = member(world.scheme, world.social.organisation, Role.LINK_WORKER, "Mei Lin", north)
    theirs = claimed(world, world.link_worker)
    others = claimed(world, world.second_link_worker, person=details(given_names="Wei", date_of_birth=None))
    assert shown(cover.at(DURING), whose="mine") == []
    covers(world, cover)
    assert shown(cover.at(DURING), whose="mine") == [theirs.pk]
    assert others.pk not in shown(cover.at(DURING))


def test_a_page_of_any_length_asks_once_whom_the_reader_covers(world: World, django_assert_max_num_queries) -> None:
    covers(world, world.second_link_worker)
    for number in range(6):
        claimed(world, world.link_worker, person=details(given_names=f"Person{number}", date_of_birth=None))
    by = world.second_link_worker.at(DURING)
    with acting_as(by):
        page = worklist(by)
        with django_assert_max_num_queries(1):
            assert all("release" in {move.verb for move in possible_moves(each, by)} for each in page.rows)

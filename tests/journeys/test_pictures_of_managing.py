"""The guides' pictures of those who manage a team, a service, a practice or a scheme."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories import World, referral_to
from tests.journeys import given, managing, setting_up
from tests.journeys.pictures import WIDTH, Clock, somebody, take
from tests.journeys.screens import Screens
from tests.journeys.stage import do_waiting_jobs
from tests.reporting.test_dropout import managers
from wraparound.casework import actions as casework
from wraparound.casework.models import ContactBy, ContactResult
from wraparound.organisations.actor import Actor, acting_as
from wraparound.organisations.away import worker_of
from wraparound.organisations.models import Team
from wraparound.organisations.working_time import set_leave, set_working_time
from wraparound.pathways.vocabulary import Need
from wraparound.referrals.actions import claim, decline, withdraw
from wraparound.referrals.models import Referral
from wraparound.referrals.states import DeclineReason, Outcome
from wraparound.reporting.counting import recount


@pytest.fixture
def place(clock: Clock, world: World) -> World:
    managers(world)
    world.actors = {name: replace(actor, moment=None) for name, actor in world.actors.items()}
    return world


def sent(world: World, numbers: Sequence[int], days_ago: int = 2) -> list[Referral]:
    """Those of `PEOPLE` with these numbers, sent to the link workers alone, the last first."""
    needs = (Need.LONELINESS, Need.WELLBEING, Need.CARING, Need.ACTIVITY)
    found = []
    for at, number in enumerate(numbers):
        wanted = frozenset({needs[number % len(needs)]})
        who, days = somebody(number), days_ago + at
        journey = given.a_referral(world, days_ago=days, advice_ticked=False, person=who, needs=wanted)
        found.append(referral_to(journey, world.link_worker))
    return found


def claimed(referrals: Sequence[Referral], by: Actor) -> None:
    with acting_as(by):
        for referral in referrals:
            claim(by=by, referral=referral)


def test_a_team(place: World, clock: Clock, screens: Screens) -> None:
    """Room, hours and leave, and a leaver's people given to the others."""
    leila, tom, grace = place.link_worker, place.second_link_worker, place.link_supervisor
    claimed(sent(place, range(5)), leila)
    claimed(sent(place, range(5, 8)), tom)
    sent(place, range(8, 10), days_ago=0)
    managing.works(leila, places=6)
    works_part_of_the_week(tom)
    managing.works(grace, places=3)
    today = clock.now.date()
    with acting_as(tom):
        mine, cover = (worker_of(tom, each.membership_id or 0) for each in (tom, leila))
        set_leave(
            by=tom, membership=mine, starts=today + timedelta(days=3), ends=today + timedelta(days=7), cover=cover
        )
    page = screens(grace, width=WIDTH)
    page.goto("/team/")
    take(page, "team", first=page.get_by_role("heading", level=1), last=page.locator(".wr-team").first)
    page.goto(f"/team/give/?whose={leila.user_id}")
    page.get_by_label("Everybody here").check()
    page.get_by_label("Share out among several").check()
    page.get_by_label("Why?").select_option(label="The worker is leaving or has left")
    page.get_by_role("button", name="See what would happen").click()
    take(
        page,
        "give",
        first=page.get_by_role("heading", level=1),
        last=page.get_by_role("button", name="Change what I chose"),
    )


def works_part_of_the_week(who: Actor) -> None:
    with acting_as(who):
        mine = worker_of(who, who.membership_id or 0)
        set_working_time(by=who, membership=mine, minutes=[450, 450, 0, 225, 0, 0, 0], places=4)


def test_a_waiting_list(place: World, screens: Screens) -> None:
    claimed(sent(place, range(3)), place.link_worker)
    Team.objects.filter(pk=place.social.pk).update(places=3)
    sent(place, (3, 4), days_ago=5)
    sent(place, (5,), days_ago=1)
    page = screens(place.link_supervisor, width=WIDTH)
    page.goto("/waiting-list/")
    take(page, "waiting-list", first=page.get_by_role("heading", level=1), last=page.locator(".wr-worklist"))


def test_figures(place: World, screens: Screens) -> None:
    """Sixteen people sent to the link workers a month ago, and what came of it."""
    lives(place)
    for who in (place.link_worker, place.second_link_worker):
        managing.works(who, places=12)
    page = screens(place.manager, width=WIDTH)
    page.goto("/figures/")
    take(page, "figures", first=page.get_by_role("heading", level=1), last=page.locator(".wr-way").first)
    page.goto("/home/")
    take(
        page,
        "home-service-manager",
        first=page.get_by_role("heading", name="Room"),
        last=page.locator(".wr-now").nth(3),
    )
    practice = screens(place.practice_manager, width=WIDTH)
    practice.goto("/home/")
    take(practice, "home-practice", last=practice.locator(".wr-now").last)


def lives(world: World) -> None:
    ways = sent(world, range(16), days_ago=10)
    by = world.link_worker
    with acting_as(by):
        for referral in ways[:2]:
            decline(by=by.at(given.days_before(8)), referral=referral, reason=DeclineReason.NOT_FOR_US)
        cases = [casework.accept(by=by.at(given.days_before(7)), referral=each) for each in ways[2:13]]
        for at, case in enumerate(cases[:9]):
            result = ContactResult.CAME if at < 6 else ContactResult.SPOKE
            casework.record_contact(
                by=by.at(given.days_before(6)), case=case, channel=ContactBy.IN_PERSON, result=result
            )
        for case in cases[:4]:
            casework.close(by=by.at(given.days_before(2)), case=case, outcome=Outcome.HELPED)
        casework.close(by=by.at(given.days_before(2)), case=cases[8], outcome=Outcome.PERSON_STOPPED)
    with acting_as(world.clinician):
        withdraw(by=world.clinician.at(given.days_before(5)), referral=ways[13])
    do_waiting_jobs()
    recount()


def test_a_draft(place: World, clock: Clock, screens: Screens) -> None:
    for at, number in enumerate(range(12)):
        needs = frozenset({Need.DEBT, Need.LONELINESS} if at % 3 else {Need.BENEFITS})
        given.a_referral(place, days_ago=3 + at, person=somebody(number), needs=needs, advice_ticked=bool(at % 2))
    setting_up.a_draft(place, "both-at-once")
    page = screens(place.administrator, width=WIDTH)
    page.goto("/scheme/pathway/draft/settings/")
    page.get_by_label("First contact within").first.fill("3")
    page.get_by_label("Tries before contact counts as lost").first.fill("4")
    page.get_by_role("button", name="Save the draft").click()
    take(page, "draft", first=page.locator("#differs"), last=page.get_by_role("table").last)

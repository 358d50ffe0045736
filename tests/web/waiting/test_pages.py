"""Waiting lists, unmet needs and signposts, as they are read and answered."""

from datetime import timedelta

import pytest

from tests.factories import NOW, World, details, referral_to, referred
from tests.referrals.test_routing import another_team, change, model
from tests.web.conftest import SignIn
from tests.web.reading import text
from wraparound.organisations.actor import acting_as
from wraparound.organisations.pathways import publish
from wraparound.pathways.library import load
from wraparound.pathways.vocabulary import UrgentFlag
from wraparound.referrals.actions import decline
from wraparound.referrals.models import Journey, Referral, Signpost, UnmetNeed
from wraparound.referrals.states import DeclineReason
from wraparound.web.formats import day

TONIGHT = frozenset({UrgentFlag.HOMELESS_TONIGHT})


def closed(world: World) -> None:
    change(world.advice, closed_until=NOW.date() + timedelta(days=400))


def unmet(world: World, journey: Journey) -> UnmetNeed:
    with acting_as(world.clinician):
        return UnmetNeed.objects.get(journey=journey)


def referrers_page(world: World, journey: Journey, sign_in: SignIn, end: str = "") -> str:
    return text(sign_in(world.clinician).get(f"/referrals/{journey.reference}/{end}"))


def test_the_referrer_reads_that_a_team_is_full_and_since_when_they_wait(world: World, sign_in: SignIn) -> None:
    change(world.advice, places=0)
    journey = referred(world)
    page = referrers_page(world, journey, sign_in)
    assert "On the waiting list" in page
    assert "The team is full: on its waiting list since Monday 23 November." in page
    assert "a place offered by Welfare advisers" in page
    assert "on its waiting list since" in text(sign_in(world.clinician).get("/referrals/"))


@pytest.mark.parametrize(
    ("placed", "said"),
    [
        ("next_nearest", "it is the next nearest team with a place"),
        ("spot_purchase", "paid for from the shared pot"),
        ("over_capacity", "although the team is full"),
    ],
)
def test_the_referrer_reads_why_this_team_has_it(world: World, sign_in: SignIn, placed: str, said: str) -> None:
    change(world.advice, places=0)
    if placed == "next_nearest":
        another_team(world)
    elif placed == "spot_purchase":
        model(world, "co_funded")
    flags = TONIGHT if placed == "over_capacity" else frozenset()
    assert said in referrers_page(world, referred(world, urgent_flags=flags), sign_in)


def test_a_declined_one_that_was_sent_on_says_where_to(world: World, sign_in: SignIn) -> None:
    journey = referred(world)
    another_team(world)
    with acting_as(world.adviser):
        decline(by=world.adviser, referral=referral_to(journey, world.adviser), reason=DeclineReason.NO_CAPACITY)
    page = referrers_page(world, journey, sign_in)
    assert "No room at present. Sent on to Advice Too, which will answer you." in page


def test_what_nobody_takes_is_said_with_what_to_do_and_is_read_once(world: World, sign_in: SignIn) -> None:
    closed(world)
    journey = referred(world)
    page = referrers_page(world, journey, sign_in)
    assert "No service can take this now: the teams for it take nobody new at present. Tell them now" in page
    client = sign_in(world.clinician)
    assert "No service can take this" in text(client.get("/referrals/"))
    pk = unmet(world, journey).pk
    assert "I have seen this" in page
    answer = client.post(f"/unmet-needs/{pk}/seen/", follow=True)
    assert "Noted: you have read" in text(answer) and "I have seen this" not in text(answer)
    assert "already been read" in text(client.post(f"/unmet-needs/{pk}/seen/", follow=True))


def test_with_nobody_for_someone_homeless_tonight_the_numbers_to_ring_come_first(world: World, sign_in: SignIn) -> None:
    closed(world)
    change(world.social, closed_until=NOW.date() + timedelta(days=400))
    journey = referred(world, urgent_flags=TONIGHT)
    page = referrers_page(world, journey, sign_in, "sent/")
    assert "Ring now" in page and "020 7946 0001" in page
    assert "No service can take this now" in page and "Referral sent" not in page
    assert "Benefits" in page


def test_the_referrer_says_how_it_ended_and_the_page_keeps_it(world: World, sign_in: SignIn) -> None:
    closed(world)
    journey = referred(world)
    client, pk = sign_in(world.clinician), unmet(world, journey).pk
    page = client.get(f"/unmet-needs/{pk}/end/")
    assert "Rosa Duarte" in text(page)
    assert "Enter how it ended" in text(client.post(f"/unmet-needs/{pk}/end/", {"ending": " "}))
    answer = client.post(f"/unmet-needs/{pk}/end/", {"ending": "The food bank took her."}, follow=True)
    assert "The food bank took her." in text(answer)
    assert "No service can take this" not in text(client.get("/referrals/"))


def test_the_manager_has_the_list_without_names_and_ends_one(world: World, sign_in: SignIn) -> None:
    closed(world)
    journey = referred(world)
    client = sign_in(world.advice_supervisor)
    page = text(client.get("/unmet-needs/"))
    assert journey.reference in page and "Elm Street Surgery" in page and "Welfare advice" in page
    assert "Rosa" not in page
    pk = unmet(world, journey).pk
    assert "Rosa" not in text(client.get(f"/unmet-needs/{pk}/end/"))
    answer = client.post(f"/unmet-needs/{pk}/end/", {"ending": "We made room."}, follow=True)
    assert "No unmet needs" in text(answer)
    too_late = client.post(f"/unmet-needs/{pk}/end/", {"ending": "Again"})
    assert "Somebody has already said how this ended" in text(too_late)


@pytest.mark.parametrize("who", ["link_supervisor", "other_clinician", "link_worker"])
def test_an_unmet_need_is_nobody_elses(world: World, sign_in: SignIn, who: str) -> None:
    closed(world)
    pk = unmet(world, referred(world)).pk
    client = sign_in(world.actors[who])
    assert client.get(f"/unmet-needs/{pk}/end/").status_code == 404
    assert client.post(f"/unmet-needs/{pk}/seen/").status_code == 404


def test_a_practice_has_no_list_to_manage(world: World, sign_in: SignIn) -> None:
    assert sign_in(world.clinician).get("/unmet-needs/").status_code == 403
    assert sign_in(world.commissioner).get("/waiting-list/").status_code == 403


def test_the_waiting_list_says_how_full_the_team_is_and_who_is_next(world: World, sign_in: SignIn) -> None:
    referred(world, person=details(given_names="Wei", family_name="Zhang", date_of_birth=None))
    change(world.social, places=1)
    referred(world)
    page = text(sign_in(world.link_supervisor).get("/waiting-list/"))
    assert "Link workers has 1 place: 1 person in hand, no place free, 1 waiting." in page
    assert "Rosa Duarte" in page and "Wei Zhang" not in page and "Offer a place" in page
    assert "Offer a place" not in text(sign_in(world.link_worker).get("/waiting-list/"))


def test_a_supervisor_offers_a_place_once(world: World, sign_in: SignIn) -> None:
    change(world.social, places=0)
    referral = referral_to(referred(world), world.link_worker)
    client = sign_in(world.link_supervisor)
    answer = client.post(f"/waiting-list/{referral.pk}/offer/", follow=True)
    assert "Rosa Duarte is offered a place at Link workers." in text(answer) and "Nobody waits" in text(answer)
    again = client.post(f"/waiting-list/{referral.pk}/offer/", follow=True)
    assert "This referral is waiting to be claimed." in text(again)
    assert client.post("/waiting-list/999999/offer/").status_code == 404
    with acting_as(world.link_worker):
        assert Referral.objects.get(pk=referral.pk).status == "sent"


def test_signposts_are_shown_with_their_code_and_whether_they_came(world: World, sign_in: SignIn) -> None:
    publish(scheme=world.scheme, name="signpost-only", pathway=load("signpost-only"), at=NOW)
    journey = referred(world)
    with acting_as(world.clinician):
        given = Signpost.objects.filter(given_on=journey).first()
    assert given
    page = referrers_page(world, journey, sign_in, "sent/")
    assert "Told where to go" in page and given.reference in page and "Referral sent" not in page
    assert given.reference in text(sign_in(world.clinician).get("/referrals/"))
    referred(world, by=world.other_clinician, person=details(given_names="Ines"), signpost=given.reference)
    assert f"They quoted the code on {day(NOW)}." in referrers_page(world, journey, sign_in)


def test_one_team_for_both_services_is_said_once(world: World, sign_in: SignIn) -> None:
    change(world.social, also=["welfare_advice"])
    closed(world)
    assert "Social prescribing and welfare advice" in referrers_page(world, referred(world), sign_in)

"""The waiting list of a team, and what becomes of a referral that was declined for want of room."""

import json
from datetime import timedelta

import pytest
from django.db import connection

from tests.factories import NOW, World, details, make_world, referral_to, referred
from tests.referrals.test_routing import another_team, change, sent, unmet
from wraparound.events.action import Refused
from wraparound.events.models import Event
from wraparound.messaging.models import MessageBack
from wraparound.messaging.tasks import write_message_back
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.organisations.models import Scheme
from wraparound.organisations.working_time import set_team_capacity
from wraparound.pathways.vocabulary import UrgentFlag
from wraparound.people.models import Person
from wraparound.referrals import tasks
from wraparound.referrals.actions import claim, decline, let_time_pass, withdraw
from wraparound.referrals.models import Journey, Referral
from wraparound.referrals.states import DeclineReason
from wraparound.referrals.waiting import offer_place, offer_places, waiting_list

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=3)


def queue_up(world: World, people: int) -> list[Referral]:
    """People on the link workers' waiting list, a minute after each other."""
    change(world.social, places=0)
    found = []
    for number in range(people):
        by = world.clinician.at(NOW + timedelta(minutes=number))
        person = details(family_name=f"Duarte{number}", date_of_birth=None, postcode="")
        found.append(referral_to(referred(world, by=by, person=person, advice_ticked=False), world.link_worker))
    return found


def statuses(world: World, referrals: list[Referral]) -> list[str]:
    with acting_as(world.link_worker):
        rows = dict(Referral.objects.values_list("pk", "status"))
    return [rows[referral.pk] for referral in referrals]


def offer_all(world: World, by: Actor | None = None) -> list[Referral]:
    actor = by or system(world.scheme, world.social.organisation_id).at(LATER)
    with acting_as(actor):
        return offer_places(by=actor, team=world.social)


def test_the_first_in_turn_are_offered_the_free_places() -> None:
    world = make_world()
    people = queue_up(world, 3)
    change(world.social, places=2)
    assert [each.pk for each in offer_all(world)] == [people[0].pk, people[1].pk]
    assert statuses(world, people) == ["sent", "sent", "waiting"]


def test_the_urgent_come_before_those_who_wait_longer() -> None:
    world = make_world()
    people = queue_up(world, 3)
    with acting_as(world.link_worker):
        Referral.objects.filter(pk=people[2].pk).update(rank=0)
    change(world.social, places=1)
    assert [each.pk for each in offer_all(world)] == [people[2].pk]


def test_promises_count_from_the_offer() -> None:
    world = make_world()
    waiting, _ = queue_up(world, 2)
    change(world.social, places=None)
    fresh = referral_to(referred(world, by=world.clinician.at(LATER), advice_ticked=False), world.link_worker)
    offered, _ = offer_all(world)
    assert offered.pk == waiting.pk and offered.counted_from == LATER
    assert (offered.due_at, offered.whose_turn) == (fresh.due_at, "receiving_team")


def test_promises_count_from_the_claim_of_who_is_taken_from_the_list() -> None:
    world = make_world()
    [waiting] = queue_up(world, 1)
    by = world.link_worker.at(LATER)
    with acting_as(by):
        assert claim(by=by, referral=waiting).counted_from == LATER


def test_a_closed_team_offers_nothing_until_its_day() -> None:
    world = make_world()
    people = queue_up(world, 1)
    change(world.social, places=1, closed_until=LATER.date() + timedelta(days=1))
    with pytest.raises(Refused) as refused:
        offer_all(world)
    assert refused.value.code == "no_place" and statuses(world, people) == ["waiting"]
    clock = system(world.scheme, world.social.organisation_id).at(LATER + timedelta(days=1))
    assert len(offer_all(world, clock)) == 1


def test_a_supervisor_offers_a_place_out_of_turn_and_beyond_the_places() -> None:
    world = make_world()
    people = queue_up(world, 2)
    by = world.link_supervisor.at(LATER)
    with acting_as(by):
        offered = offer_place(by=by, referral=people[1])
    assert (offered.status, offered.placed, offered.counted_from) == ("sent", "over_capacity", LATER)
    assert statuses(world, people) == ["waiting", "sent"]


def test_who_does_not_share_out_offers_no_place() -> None:
    world = make_world()
    people = queue_up(world, 1)
    for actor in (world.link_worker, world.clinician):
        with acting_as(actor), pytest.raises(Refused) as refused:
            offer_place(by=actor, referral=people[0])
        assert refused.value.code == "not_allowed"
    with acting_as(world.advice_supervisor), pytest.raises(Referral.DoesNotExist):
        offer_place(by=world.advice_supervisor, referral=people[0])


def run_jobs() -> None:
    """What is queued for waiting lists, as a worker does it."""
    with connection.cursor() as cursor:
        rows = cursor.execute(
            "DELETE FROM procrastinate_jobs WHERE task_name LIKE %s RETURNING args::text", ["%offer_free_places"]
        ).fetchall()
    for (arguments,) in rows:
        tasks.offer_free_places._run(**json.loads(arguments))


def frees(world: World, how: str, taken: Referral) -> None:
    by = {"withdraw": world.clinician, "places": world.link_supervisor}.get(how, world.link_worker).at(LATER)
    with acting_as(by):
        if how == "withdraw":
            withdraw(by=by, referral=taken)
        elif how == "decline":
            decline(by=by, referral=taken, reason=DeclineReason.NOT_FOR_US)
        elif how == "places":
            set_team_capacity(by=by, team=world.social, places=2, closed_until=None, shares_out=False)


@pytest.mark.parametrize("how", ["withdraw", "decline", "places"])
def test_a_place_that_comes_free_is_offered_by_itself(how: str) -> None:
    world = make_world()
    change(world.social, places=1)
    taken = referral_to(referred(world, advice_ticked=False), world.link_worker)
    waiting = referral_to(
        referred(world, advice_ticked=False, person=details(given_names="Wei", date_of_birth=None)), world.link_worker
    )
    assert waiting.status == "waiting"
    run_jobs()
    assert statuses(world, [waiting]) == ["waiting"]
    frees(world, how, taken)
    run_jobs()
    assert statuses(world, [waiting]) == ["sent"]


def test_the_clock_ending_one_frees_its_place_and_a_claimed_one_does_not() -> None:
    world = make_world()
    change(world.social, places=1)
    taken = referral_to(referred(world, advice_ticked=False), world.link_worker)
    with acting_as(world.link_worker):
        claim(by=world.link_worker, referral=taken)
        waits = "SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE %s"
        with connection.cursor() as cursor:
            assert cursor.execute(waits, ["%offer_free_places"]).fetchone() == (0,)
    clock = system(world.scheme, world.social.organisation_id).at(NOW + timedelta(days=90))
    with acting_as(clock):
        let_time_pass(by=clock, referral=taken)
        let_time_pass(by=clock, referral=taken)
        with connection.cursor() as cursor:
            assert cursor.execute(waits, ["%offer_free_places"]).fetchone() == (1,)


def test_where_there_is_no_limit_nothing_is_queued() -> None:
    world = make_world()
    taken = referral_to(referred(world, advice_ticked=False), world.link_worker)
    frees(world, "withdraw", taken)
    with connection.cursor() as cursor:
        waits = "SELECT count(*) FROM procrastinate_jobs WHERE task_name LIKE %s"
        assert cursor.execute(waits, ["%offer_free_places"]).fetchone() == (0,)


def test_every_hour_the_lists_of_every_scheme_are_looked_at() -> None:
    one, other, none = make_world(), make_world(), make_world()
    queue_up(one, 1), queue_up(other, 2)
    change(none.social, places=0)
    assert tasks.look_at_waiting_lists() == 2
    change(other.social, places=1)
    run_jobs()
    with acting_as(other.link_worker):
        assert sorted(Referral.objects.values_list("status", flat=True)) == ["sent", "waiting"]


def test_the_list_is_in_turn_and_paged_by_key() -> None:
    world = make_world()
    people = queue_up(world, 5)
    seen, after = [], ""
    with acting_as(world.link_worker):
        for _ in range(3):
            page = waiting_list(world.link_worker, after=after, size=2)
            seen += [row.pk for row in page.rows]
            after = page.after
    assert seen == [referral.pk for referral in people] and not after


def test_who_waited_too_long_comes_back_to_the_referrer_as_an_unmet_need() -> None:
    world = make_world()
    [waiting] = queue_up(world, 1)
    clock = system(world.scheme, world.social.organisation_id)
    for moment in (waiting.escalate_at, waiting.timeout_at):
        assert moment
        with acting_as(clock.at(moment)):
            ended = let_time_pass(by=clock.at(moment), referral=waiting)
    assert (ended.status, ended.whose_turn) == ("not_answered", "referrer")
    [need] = unmet(world, _journey(world, waiting))
    assert (need.why, need.managed_by_id) == ("waited", world.social.organisation_id)


def _journey(world: World, referral: Referral) -> Journey:
    with acting_as(world.clinician):
        return Journey.objects.get(pk=referral.journey_id)


def declined(world: World, reason: DeclineReason, journey: Journey) -> Referral:
    with acting_as(world.adviser):
        advice = Referral.objects.get(journey=journey, to_team=world.advice)
        return decline(by=world.adviser, referral=advice, reason=reason)


@pytest.mark.parametrize("reason", [DeclineReason.NO_CAPACITY, DeclineReason.OUT_OF_AREA])
def test_what_is_declined_for_want_of_room_goes_to_the_next_nearest_team(reason: DeclineReason) -> None:
    world = make_world()
    journey = referred(world, told="Arrears since May")
    other = another_team(world)
    declined(world, reason, journey)
    found = sent(world, journey)
    assert found["Welfare advisers"].status == "declined" and not unmet(world, journey)
    again = found["Advice Too"]
    assert (again.kind, again.placed, again.status) == ("rerouted", "next_nearest", "sent")
    assert (again.from_organisation_id, again.from_user_id) == (world.practice.pk, world.clinician.user_id)
    assert again.told == "Arrears since May" and again.to_organisation_id == other.organisation_id
    with acting_as(system(world.scheme, other.organisation_id)):
        assert Referral.objects.filter(pk=again.pk).exists() and Person.objects.exists()


def test_when_the_referrer_takes_the_next_one_back_its_record_is_closed_again() -> None:
    world = make_world()
    journey = referred(world)
    other = another_team(world)
    declined(world, DeclineReason.NO_CAPACITY, journey)
    again = sent(world, journey)["Advice Too"]
    with acting_as(world.clinician):
        withdraw(by=world.clinician, referral=again)
    with acting_as(system(world.scheme, other.organisation_id)):
        assert not Person.objects.exists()


def test_declined_once_more_it_does_not_go_round_in_a_circle() -> None:
    world = make_world()
    journey = referred(world)
    other = another_team(world)
    declined(world, DeclineReason.NO_CAPACITY, journey)
    again = sent(world, journey)["Advice Too"]
    by = Actor(
        scheme_id=world.scheme.pk,
        organisation_id=other.organisation_id,
        role=world.adviser.role,
        user_id=world.adviser.user_id,
        moment=NOW,
    )
    with acting_as(by):
        decline(by=by, referral=again, reason=DeclineReason.NO_CAPACITY)
    assert len(sent(world, journey)) == 3
    [need] = unmet(world, journey)
    assert (need.why, need.managed_by_id) == ("declined", other.organisation_id)


@pytest.mark.parametrize(
    ("reason", "why"), [(DeclineReason.NO_CAPACITY, "declined"), (DeclineReason.OUT_OF_AREA, "no_team")]
)
def test_with_no_other_team_it_is_an_unmet_need(reason: DeclineReason, why: str) -> None:
    world = make_world()
    journey = referred(world)
    change(another_team(world), places=0)
    declined(world, reason, journey)
    [need] = unmet(world, journey)
    assert (need.why, need.managed_by_id, need.from_user_id) == (
        why, world.advice.organisation_id, world.clinician.user_id,
    )  # fmt: skip
    assert set(sent(world, journey)) == {"Link workers", "Welfare advisers"}


def test_another_reason_is_only_declined() -> None:
    world = make_world()
    journey = referred(world)
    another_team(world)
    declined(world, DeclineReason.CONFLICT, journey)
    assert set(sent(world, journey)) == {"Link workers", "Welfare advisers"} and not unmet(world, journey)


def test_an_urgent_one_goes_to_another_team_although_it_is_full() -> None:
    world = make_world()
    journey = referred(world, urgent_flags=frozenset({UrgentFlag.BAILIFFS_DUE}))
    change(another_team(world), places=0)
    declined(world, DeclineReason.NO_CAPACITY, journey)
    again = sent(world, journey)["Advice Too"]
    assert (again.status, again.placed, again.rank) == ("sent", "over_capacity", 0)


def test_in_a_co_funded_scheme_a_place_is_bought_at_the_next_team() -> None:
    world = make_world()
    Scheme.objects.filter(pk=world.scheme.pk).update(model="co_funded")
    journey = referred(world)
    change(another_team(world), places=0)
    declined(world, DeclineReason.NO_CAPACITY, journey)
    assert sent(world, journey)["Advice Too"].placed == "spot_purchase"


def test_the_message_back_says_who_has_it_now() -> None:
    world = make_world()
    journey = referred(world)
    another_team(world)
    referral = declined(world, DeclineReason.NO_CAPACITY, journey)
    write_message_back.now(by=system(world.scheme, world.practice), referral_id=referral.pk, occasion="declined")
    with acting_as(world.clinician):
        content = MessageBack.objects.get(referral=referral).content
    assert content["next_step"] == "It was sent on to Advice Too, which will answer you."


def test_the_next_team_is_told_by_an_event_that_says_so() -> None:
    world = make_world()
    journey = referred(world)
    another_team(world)
    declined(world, DeclineReason.NO_CAPACITY, journey)
    again = sent(world, journey)["Advice Too"]
    with acting_as(world.clinician):
        event = Event.objects.get(name="referral_sent_on", referral_id=again.pk)
    assert event.data["placed"] == "next_nearest" and again.to_organisation_id in event.organisation_ids

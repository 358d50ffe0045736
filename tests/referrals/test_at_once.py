"""Two people act at the same moment, on two connections."""

from datetime import timedelta

import pytest

from tests.at_once import Other, all_at_once, one_while_the_other_waits
from tests.factories import NOW, details, intake, make_world, referral_to, referred
from tests.house.seeing import Owner
from wraparound.casework.actions import accept, record_contact
from wraparound.casework.models import ContactBy, ContactResult
from wraparound.events.action import Refused
from wraparound.organisations.actor import acting_as
from wraparound.people.models import Person
from wraparound.referrals.actions import claim, refer, withdraw
from wraparound.referrals.intake import Sender
from wraparound.referrals.models import Journey


def test_of_two_who_claim_at_once_one_has_it_and_the_other_reads_who(owner: Owner) -> None:
    world = make_world()
    referral = referral_to(referred(world), world.link_worker)
    _, second = one_while_the_other_waits(
        owner, world.link_worker, world.second_link_worker, lambda by: claim(by=by, referral=referral)
    )
    assert isinstance(second, Refused) and second.sentence == "Leila Haddad has already claimed this."


def test_of_four_who_race_to_accept_one_has_the_case(owner: Owner) -> None:
    world = make_world()
    referral = referral_to(referred(world), world.link_worker)
    racers = [world.link_worker, world.second_link_worker, world.link_supervisor, world.link_worker]
    results = all_at_once(*((by, lambda by: accept(by=by, referral=referral)) for by in racers))
    refusals = [result for result in results if isinstance(result, Refused)]
    assert len(refusals) == 3 and {refusal.code for refusal in refusals} <= {"too_late", "taken"}
    assert owner.query("SELECT count(*) FROM casework_case") == [(1,)]


def test_taken_back_and_accepted_at_once_is_one_or_the_other(owner: Owner) -> None:
    world = make_world()
    referral = referral_to(referred(world), world.link_worker)
    results = all_at_once(
        (world.clinician, lambda by: withdraw(by=by, referral=referral)),
        (world.link_worker, lambda by: accept(by=by, referral=referral)),
    )
    assert sum(isinstance(result, Refused) for result in results) == 1
    [(status, cases)] = owner.query(
        "SELECT status, (SELECT count(*) FROM casework_case) FROM referrals_referral WHERE id = %s", [referral.pk]
    )
    assert (status, cases) in {("withdrawn", 0), ("accepted", 1)}


def test_two_tries_written_down_at_once_are_two(owner: Owner) -> None:
    world = make_world()
    referral = referral_to(referred(world), world.link_worker)
    with acting_as(world.link_worker):
        case = accept(by=world.link_worker, referral=referral)
    one_while_the_other_waits(
        owner,
        world.link_worker,
        # On another day and at another time of day: both count.
        world.link_supervisor.at(NOW + timedelta(days=1, hours=5)),
        lambda by: record_contact(by=by, case=case, channel=ContactBy.PHONE, result=ContactResult.NO_ANSWER),
    )
    assert owner.query("SELECT attempts FROM referrals_referral WHERE id = %s", [referral.pk]) == [(2,)]


def test_two_practices_with_the_same_nhs_number_at_once_make_one_person(owner: Owner) -> None:
    world = make_world()
    taken_in = intake(person=details(nhs_number="9990000018"))
    first, second = one_while_the_other_waits(
        owner, world.clinician, world.other_clinician, lambda by: refer(by=by, intake=taken_in)
    )
    assert isinstance(second, Journey) and first.person_id == second.person_id
    for by in (world.clinician, world.other_clinician):
        with acting_as(by):
            assert Person.objects.visible_to(by).count() == 1


@pytest.mark.parametrize("names", [("Rosa", "Duarte"), ("Wei", "Zhang")])
def test_one_nhs_number_sent_by_several_at_once_is_on_one_record(owner: Owner, names: tuple[str, str]) -> None:
    """The second pair of names is another person's: the number is not theirs to have, and nobody is turned away."""
    world = make_world()
    mine = intake(person=details(nhs_number="9990000018"))
    given, family = names
    theirs = intake(
        person=details(nhs_number="9990000018", given_names=given, family_name=family, date_of_birth=None, postcode="")
    )
    results = all_at_once(
        (world.clinician, lambda by: refer(by=by, intake=mine)),
        (world.other_clinician, lambda by: refer(by=by, intake=theirs)),
        (world.receptionist, lambda by: refer(by=by, intake=mine)),
    )
    assert all(isinstance(result, Journey) for result in results), results
    assert owner.query("SELECT count(*) FROM people_person WHERE nhs_number = '9990000018'") == [(1,)]


def test_a_referral_submitted_twice_at_once_is_one_journey(owner: Owner) -> None:
    world = make_world()
    sender = Sender(system="urn:gp", identifier="42", body_sha256="a" * 64)
    first, second = one_while_the_other_waits(
        owner, world.clinician, world.clinician, lambda by: refer(by=by, intake=intake(sender=sender))
    )
    assert first.pk == second.pk
    assert owner.query("SELECT count(*) FROM referrals_journey") == [(1,)]
    assert owner.query("SELECT count(*) FROM people_person") == [(1,)]


def test_submitted_twice_at_once_with_other_content_is_refused(owner: Owner) -> None:
    world = make_world()
    bodies = iter(("a", "b"))
    _, second = one_while_the_other_waits(
        owner,
        world.clinician,
        world.clinician,
        lambda by: refer(
            by=by, intake=intake(sender=Sender(system="s", identifier="1", body_sha256=next(bodies) * 64))
        ),
    )
    assert isinstance(second, Refused) and second.code == "already_sent_changed"


def test_different_people_are_taken_in_side_by_side(owner: Owner) -> None:
    """Nobody waits for another's referral: a practice at full speed does not hold the next one up."""
    world = make_world()
    with acting_as(world.clinician):
        refer(by=world.clinician, intake=intake(person=details(nhs_number="9990000018")))
        other = Other(
            world.other_clinician,
            lambda by: refer(by=by, intake=intake(person=details(nhs_number="9990000026", given_names="Wei"))),
        )
        assert isinstance(other.ended(), Journey)

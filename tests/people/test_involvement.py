"""What the database itself holds true of involvements and people."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.at_once import one_while_the_other_waits
from tests.factories import NOW, World, details, make_world, referred
from tests.house.seeing import Owner
from wraparound.organisations.actor import Actor, acting_as
from wraparound.people.models import Involvement, Person, SelfDescription
from wraparound.people.recording import end_involvement, involve

Reason = Involvement.Reason


def listed(owner: Owner, person_id: int) -> list[int]:
    [(organisations,)] = owner.query("SELECT organisation_ids FROM people_person WHERE id = %s", [person_id])
    return list(organisations)


def opened(person_id: int, by: Actor, organisation_id: int, reason: str = Reason.ASKED) -> None:
    with acting_as(by):
        involve(person_id, {organisation_id: reason}, by=by)


def organisations(world: World) -> tuple[int, int, int]:
    return world.practice.pk, world.social.organisation_id, world.advice.organisation_id


def test_the_persons_row_follows_what_is_opened_and_ended(owner: Owner) -> None:
    world = make_world()
    practice, links, advisers = organisations(world)
    person = referred(world, advice_ticked=False).person_id
    assert listed(owner, person) == sorted([practice, links])
    opened(person, world.clinician, advisers)
    assert listed(owner, person) == sorted([practice, links, advisers])
    with acting_as(world.clinician):
        end_involvement(person, advisers, Reason.ASKED, by=world.clinician)
    assert listed(owner, person) == sorted([practice, links])


def test_an_organisation_stays_until_its_last_reason_has_ended(owner: Owner) -> None:
    world = make_world()
    links = world.social.organisation_id
    person = referred(world, advice_ticked=False).person_id
    opened(person, world.link_worker, links, Reason.WORKING)
    with acting_as(world.link_worker):
        end_involvement(person, links, Reason.ASKED, by=world.link_worker)
        assert Person.objects.filter(pk=person).exists()
        end_involvement(person, links, Reason.WORKING, by=world.link_worker)
        assert not Person.objects.filter(pk=person).exists()
    assert links not in listed(owner, person)


def test_what_is_open_already_is_left_as_it_is(owner: Owner) -> None:
    world = make_world()
    person = referred(world).person_id
    before = owner.rows("people_involvement")
    opened(person, world.clinician, world.social.organisation_id)
    assert owner.rows("people_involvement") == before


def test_nobody_ends_what_another_opened_for_a_third(owner: Owner) -> None:
    world = make_world()
    person = referred(world).person_id
    before = owner.rows("people_involvement")
    for by in (world.other_clinician, world.adviser):
        with acting_as(by):
            end_involvement(person, world.social.organisation_id, Reason.ASKED, by=by)
    assert owner.rows("people_involvement") == before


def test_a_record_is_not_opened_from_another_scheme(owner: Owner) -> None:
    """Not even for an organisation that takes part in both."""
    here, there = make_world(), make_world()
    person = referred(here).person_id
    before = listed(owner, person)
    with pytest.raises(IntegrityError, match="its own scheme"):
        opened(person, there.clinician, there.practice.pk)
    assert listed(owner, person) == before


def test_two_organisations_joining_at_once_both_have_the_record(owner: Owner) -> None:
    world = make_world()
    practice, links, advisers = organisations(world)
    person = referred(world, advice_ticked=False).person_id
    new = {world.clinician: advisers, world.link_worker: world.other_practice.pk}
    one_while_the_other_waits(
        owner,
        world.clinician,
        world.link_worker,
        lambda by: involve(person, {new[by]: Reason.ASKED}, by=by),
    )
    assert listed(owner, person) == sorted([practice, links, *new.values()])


def test_a_self_description_goes_with_the_person(owner: Owner) -> None:
    world = make_world()
    person = referred(world, advice_ticked=False).person
    with acting_as(world.clinician):
        SelfDescription.objects.create(
            scheme_id=person.scheme_id, organisation_ids=person.organisation_ids, person=person, ethnicity="Roma"
        )
    opened(person.pk, world.clinician, world.advice.organisation_id)
    [(described,)] = owner.query("SELECT organisation_ids FROM people_selfdescription")
    assert list(described) == listed(owner, person.pk)


WRONG_PEOPLE = {
    "person_nhs_number_or_why_not": {"nhs_number": "", "nhs_number_absent": ""},
    "person_nhs_number_ten_digits": {"nhs_number": "99900000", "nhs_number_absent": ""},
    "person_has_a_name": {"family_name": "", "given_names": ""},
    "person_nhs_number_once_in_scheme": {"nhs_number": "9990000018", "nhs_number_absent": ""},
}


@pytest.mark.django_db
@pytest.mark.parametrize("constraint", WRONG_PEOPLE)
def test_the_database_refuses_a_person_who_cannot_be(constraint: str) -> None:
    world = make_world()
    referred(world, person=details(nhs_number="9990000018"))
    journey = referred(world, person=details(given_names="Ana", date_of_birth=date(1990, 1, 1)))
    with acting_as(world.clinician), pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Person.objects.filter(pk=journey.person_id).update(**WRONG_PEOPLE[constraint])


@pytest.mark.django_db
def test_one_number_may_be_in_two_schemes() -> None:
    known = details(nhs_number="9990000018")
    first, second = referred(make_world(), person=known), referred(make_world(), person=known)
    assert first.person_id != second.person_id and first.opened_at == NOW

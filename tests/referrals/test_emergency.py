"""Opening a record in an emergency: by one user, for hours, told to its owners, and never into notes of others."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.utils import DatabaseError

from tests.factories import NOW, World, details, make_world, member, referral_to, referred
from tests.people.test_kept_from_some import NUMBER, restricted
from wraparound.casework.actions import accept, write_note
from wraparound.casework.models import Note
from wraparound.events.action import Refused
from wraparound.events.models import Event
from wraparound.organisations.actor import Actor, acting_as, system
from wraparound.organisations.roles import Role
from wraparound.people.models import EmergencyOpening, Person, Restriction
from wraparound.referrals.actions import claim
from wraparound.referrals.emergency import (
    LASTS,
    Emergency,
    end_opening,
    look_at_opening,
    open_in_emergency,
    opening_now,
    to_look_at,
)
from wraparound.referrals.models import Journey, Referral
from wraparound.referrals.restricting import change_readers
from wraparound.referrals.tasks import end_opening_in_time, look_at_openings

pytestmark = pytest.mark.django_db

BORN = date(1980, 2, 29)
Why, Verdict = EmergencyOpening.Why, EmergencyOpening.Verdict


def begun(world: World) -> Journey:
    return referred(world, person=details(nhs_number=NUMBER, date_of_birth=BORN))


def emergency(**changes: object) -> Emergency:
    said = {"nhs_number": NUMBER, "born": BORN, "why": Why.LIFE, "reason": "Found confused, who helps them?"} | changes
    return Emergency(**said)  # type: ignore[arg-type]


def opens(by: Actor, **changes: object) -> EmergencyOpening:
    with acting_as(by):
        return open_in_emergency(by=by, emergency=emergency(**changes))


def sees(actor: Actor, journey: Journey) -> tuple[bool, int]:
    """Whether the person is there, and how many referrals, in plain SQL."""
    with acting_as(actor):
        return Person.objects.filter(pk=journey.person_id).exists(), Referral.objects.filter(journey=journey).count()


def test_it_opens_for_whoever_asked_and_for_no_colleague() -> None:
    world = make_world()
    journey = begun(world)
    assert sees(world.other_clinician, journey) == (False, 0)
    opens(world.other_clinician)
    assert sees(world.other_clinician, journey) == (True, 2)
    colleague = member(world.scheme, world.other_practice, Role.CLINICIAN, "Dr Mira Holt")
    assert sees(colleague, journey) == (False, 0)
    with acting_as(world.other_clinician):
        assert opening_now(world.other_clinician, journey.person_id)


def test_it_is_over_after_its_hours_at_once_and_the_clock_clears_it() -> None:
    world = make_world()
    journey = begun(world)
    opening = opens(world.other_clinician)
    later = world.other_clinician.at(NOW + LASTS)
    assert sees(later, journey) == (False, 0)
    with acting_as(world.clinician):
        EmergencyOpening.objects.filter(pk=opening.pk).update(ends_at=NOW - timedelta(minutes=1))
    assert look_at_openings() == 1
    end_opening_in_time.now(by=system(world.scheme, world.other_practice), opening_id=opening.pk)
    assert look_at_openings() == 0
    assert sees(world.other_clinician, journey) == (False, 0)
    with acting_as(world.clinician):
        assert world.other_practice.pk not in Person.objects.get(pk=journey.person_id).organisation_ids
        assert world.other_practice.pk not in Journey.objects.get(pk=journey.pk).organisation_ids


def test_its_owners_are_told_at_once_and_one_of_them_looks_at_it() -> None:
    world = make_world()
    begun(world)
    opening = opens(world.other_clinician)
    for owner in (world.clinician, world.link_supervisor, world.advice_supervisor):
        with acting_as(owner):
            assert Event.objects.filter(name="record_opened_in_emergency").count() == 1
    with acting_as(world.link_supervisor):
        assert to_look_at(world.link_supervisor) == [opening]
        with pytest.raises(Refused) as refused:
            look_at_opening(by=world.link_supervisor, opening=opening, verdict=Verdict.FOLLOW_UP, words=" ")
        assert refused.value.code == "no_words"
        look_at_opening(by=world.link_supervisor, opening=opening, verdict=Verdict.RIGHT, words="")
        assert to_look_at(world.link_supervisor) == []


def test_nobody_looks_at_their_own() -> None:
    world = make_world()
    journey = begun(world)
    restricted(world, world.adviser, journey, kept_from=[])
    opening = opens(world.link_supervisor)
    with acting_as(world.link_supervisor), pytest.raises(Refused) as refused:
        look_at_opening(by=world.link_supervisor, opening=opening, verdict=Verdict.RIGHT, words="")
    assert refused.value.code == "own"


def test_it_opens_a_record_that_is_restricted_from_the_reader() -> None:
    world = make_world()
    journey = begun(world)
    restricted(world, world.link_supervisor, journey)
    assert sees(world.link_worker, journey)[0] is False
    opens(world.link_worker)
    assert sees(world.link_worker, journey) == (True, 2)
    assert sees(world.second_link_worker, journey)[0] is False


def test_whom_a_record_is_kept_from_by_name_does_not_open_it_in_an_emergency_either() -> None:
    world = make_world()
    journey = begun(world)
    opens(world.second_link_worker)
    restricted(world, world.link_supervisor, journey, kept_from=[world.link_worker.user_id])
    with pytest.raises(Refused) as refused:
        opens(world.link_worker)
    assert refused.value.code == "not_found"
    assert sees(world.link_worker, journey)[0] is False


def test_a_record_kept_from_somebody_who_has_it_open_closes_to_them() -> None:
    world = make_world()
    journey = begun(world)
    restricted(world, world.link_supervisor, journey)
    opens(world.link_worker)
    assert sees(world.link_worker, journey)[0] is True
    with acting_as(world.link_supervisor):
        held = Restriction.objects.get(person=journey.person_id)
        kept = [world.link_worker.user()]
        change_readers(by=world.link_supervisor, restriction=held, readers=[], kept_from=kept)
    assert sees(world.link_worker, journey)[0] is False


def test_it_never_opens_notes_of_another_organisation() -> None:
    world = make_world()
    journey = begun(world)
    with acting_as(world.adviser):
        case = accept(by=world.adviser, referral=claim(by=world.adviser, referral=referral_to(journey, world.adviser)))
        write_note(by=world.adviser, case=case, text="Advised to appeal")
    opens(world.other_clinician)
    with acting_as(world.other_clinician):
        assert not Note.objects.exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"born": date(1980, 2, 28)}, "not_found"),
        ({"nhs_number": "9990000026"}, "not_found"),
        ({"nhs_number": "123"}, "nhs_number"),
        ({"reason": "  "}, "no_reason"),
    ],
)
def test_without_proof_whose_it_is_or_a_reason_nothing_is_opened(changes: dict[str, object], code: str) -> None:
    world = make_world()
    begun(world)
    with pytest.raises(Refused) as refused:
        opens(world.other_clinician, **changes)
    assert refused.value.code == code
    with acting_as(world.other_clinician):
        assert not EmergencyOpening.objects.exists()


def test_of_another_scheme_nothing_is_found() -> None:
    begun(make_world())
    with pytest.raises(Refused) as refused:
        opens(make_world().clinician)
    assert refused.value.code == "not_found"


def test_the_database_opens_nothing_for_which_no_reason_is_written_down() -> None:
    world = make_world()
    journey = begun(world)
    with pytest.raises(DatabaseError), acting_as(world.other_clinician), connection.cursor() as cursor:
        cursor.execute("SELECT people_open_in_emergency(%s)", [journey.person_id])


def test_who_opened_it_closes_it_and_nobody_else_before_its_hours_are_over() -> None:
    world = make_world()
    journey = begun(world)
    opening = opens(world.other_clinician)
    with acting_as(world.other_clinician):
        end_opening(by=world.other_clinician, opening=opening)
    assert sees(world.other_clinician, journey) == (False, 0)
    again = opens(world.other_clinician)
    assert again.pk != opening.pk
    with acting_as(world.link_supervisor), pytest.raises(Refused) as refused:
        end_opening(by=world.link_supervisor, opening=again)
    assert refused.value.code == "not_yours"


def test_an_organisation_that_has_to_do_with_the_person_stays_on_the_journey() -> None:
    world = make_world()
    journey = begun(world)
    restricted(world, world.link_supervisor, journey)
    opening = opens(world.link_worker)
    with acting_as(world.link_worker):
        end_opening(by=world.link_worker, opening=opening)
    assert sees(world.link_supervisor, journey) == (True, 2)

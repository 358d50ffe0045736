"""Every version of a row is kept with who made it and by which action; details that come later fill what was blank."""

import json

import pytest
from django.apps import apps
from django.db import Error, connection, transaction

from tests.factories import details, make_world, referral_to, referred
from tests.house.seeing import Owner
from wraparound.casework.actions import accept, close
from wraparound.organisations.actor import Actor, acting_as
from wraparound.people.models import Person
from wraparound.referrals.states import Outcome


def by(actor: Actor, action: str) -> dict[str, object]:
    return {"user": actor.user_id, "organisation": actor.organisation_id, "role": actor.role.value, "action": action}


def versions(owner: Owner, table: str, columns: str) -> list[tuple[object, ...]]:
    rows = owner.query(f"SELECT pgh_label, pgh_context::text, {columns} FROM {table} ORDER BY pgh_id")
    return [(label, json.loads(context), *rest) for label, context, *rest in rows]


def test_each_version_of_a_referral_says_who_made_it_and_why(owner: Owner) -> None:
    world = make_world()
    referral = referral_to(referred(world, advice_ticked=False), world.link_worker)
    with acting_as(world.link_worker):
        case = accept(by=world.link_worker, referral=referral)
    with acting_as(world.link_supervisor):
        close(by=world.link_supervisor, case=case, outcome=Outcome.HELPED)
    assert versions(owner, "referrals_referralhistory", "status") == [
        ("insert", by(world.clinician, "refer"), "sent"),
        ("update", by(world.link_worker, "accept"), "accepted"),
        ("update", by(world.link_supervisor, "close"), "closed"),
    ]
    assert versions(owner, "casework_casehistory", "closed_at IS NULL") == [
        ("insert", by(world.link_worker, "accept"), True),
        ("update", by(world.link_supervisor, "close"), False),
    ]


def test_a_change_of_a_name_keeps_the_old_one(owner: Owner) -> None:
    world = make_world()
    journey = referred(world, advice_ticked=False)
    with acting_as(world.clinician):
        Person.objects.filter(pk=journey.person_id).update(family_name="Silva")
    names = [row[2] for row in versions(owner, "people_personhistory", "family_name")]
    assert names[0] == "Duarte" and names[-1] == "Silva"
    [(plain,)] = owner.query("SELECT names_plain FROM people_person")
    assert plain == "rosa silva"


def test_a_version_that_is_undone_leaves_none(owner: Owner) -> None:
    world = make_world()
    journey = referred(world)
    before = owner.rows("people_personhistory")
    with acting_as(world.clinician), pytest.raises(ZeroDivisionError), transaction.atomic():
        Person.objects.filter(pk=journey.person_id).update(family_name="Silva")
        raise ZeroDivisionError
    assert owner.rows("people_personhistory") == before


HISTORY = [m._meta.db_table for m in apps.get_models() if hasattr(m, "pgh_tracked_model")]


@pytest.mark.parametrize("table", HISTORY)
def test_old_versions_are_neither_read_nor_changed_by_the_webs_role(owner: Owner, table: str) -> None:
    world = make_world()
    referral = referral_to(referred(world), world.link_worker)
    with acting_as(world.link_worker):
        accept(by=world.link_worker, referral=referral)
        with connection.cursor() as cursor:
            assert cursor.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
            for statement in (f"UPDATE {table} SET pgh_label = 'x'", f"DELETE FROM {table}"):
                with pytest.raises(Error, match="permission denied"), transaction.atomic():
                    cursor.execute(statement)


@pytest.mark.parametrize("table", HISTORY)
def test_not_even_the_tables_owner_rewrites_them_by_mistake(owner: Owner, table: str) -> None:
    """The slip of a migration; a table that has no rows in this story is not tried."""
    referred(make_world())
    if owner.rows(table):
        with pytest.raises(Error, match="Cannot update or delete rows"):
            owner.query(f"UPDATE {table} SET pgh_label = 'x' RETURNING 1")


# What comes later


def test_an_nhs_number_that_comes_later_is_kept(owner: Owner) -> None:
    world = make_world()
    first = referred(world, person=details())
    second = referred(world, by=world.other_clinician, person=details(nhs_number="9990000018"))
    assert first.person_id == second.person_id
    assert owner.query("SELECT nhs_number, nhs_number_absent FROM people_person") == [("9990000018", "")]


def test_details_that_come_later_fill_blanks_and_overwrite_nothing(owner: Owner) -> None:
    world = make_world()
    referred(world, person=details(nhs_number="9990000018", email=""))
    later = details(nhs_number="9990000018", mobile="07700 900999", email="rosa@example.org")
    journey = referred(world, by=world.other_clinician, person=later)
    assert owner.query("SELECT mobile, email FROM people_person") == [("07700 900123", "rosa@example.org")]
    with acting_as(world.other_clinician):
        assert {referral.said_differently["mobile"] for referral in journey.referrals.all()} == {"07700 900999"}

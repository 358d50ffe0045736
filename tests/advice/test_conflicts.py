"""A name on the other side of something here is said, without whose case it is."""

import pytest

from tests.advice.advising import Advised
from tests.casework.taking_on import taken_on
from tests.factories import details, referred
from wraparound.advice.conflicts import conflict_of, plain_name
from wraparound.events.action import Refused
from wraparound.organisations.actor import acting_as

pytestmark = pytest.mark.django_db
LANDLORD = {"given_names": "Kofi", "family_name": "Asante-Boateng"}


def landlord_is_helped_too(found: Advised) -> None:
    journey = referred(found.world, person=details(**LANDLORD))
    taken_on(found.world, found.adviser, journey=journey)


def test_an_opponent_whom_the_organisation_helps_is_said_and_may_be_explained(found: Advised) -> None:
    landlord_is_helped_too(found)
    with pytest.raises(Refused) as refused:
        found.matter(opponent="ASANTE BOATENG, Kofi")
    assert refused.value.field == "conflict_looked_at"
    assert "Kofi" not in refused.value.sentence and "Boateng" not in refused.value.sentence
    matter = found.matter(opponent="ASANTE BOATENG, Kofi", conflict_looked_at="Another man: he is 20 years older.")
    assert matter.conflict_looked_at.startswith("Another man")


def test_a_person_who_is_the_other_side_elsewhere_is_said(found: Advised) -> None:
    found.matter(opponent="Kofi Asante-Boateng")
    journey = referred(found.world, person=details(**LANDLORD))
    case = taken_on(found.world, found.adviser, journey=journey)
    with acting_as(found.adviser):
        conflict = conflict_of(case.person_id, "")
    assert conflict.opposed and not conflict.helped


@pytest.mark.parametrize("opponent", ["", "Department for Work and Pensions", "Council", "Boateng", "Rosa Duarte"])
def test_what_is_nobody_else_here_is_no_conflict(found: Advised, opponent: str) -> None:
    landlord_is_helped_too(found)
    with acting_as(found.adviser):
        assert conflict_of(found.case.person_id, opponent).says == ""


def test_another_organisations_people_are_not_asked_about(found: Advised) -> None:
    journey = referred(found.world, person=details(**LANDLORD))
    taken_on(found.world, found.world.link_worker, journey=journey)
    with acting_as(found.adviser):
        assert not conflict_of(found.case.person_id, "Kofi Asante-Boateng").helped


def test_a_name_is_compared_without_signs_case_or_order() -> None:
    assert plain_name("  O'Néill, SEÁN ") == plain_name("sean o neill")
    assert plain_name("") == ""

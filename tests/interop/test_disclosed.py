"""What a connected system is told of somebody is written down: one row for each person and request."""

import pytest

from tests.credentials import a_credential
from tests.factories import World, make_world, referral_to, referred
from tests.interop.samples import bundle
from tests.interop.test_api import ASKED, Api, earlier
from tests.interop.test_http import post
from wraparound.audit.models import Access, What
from wraparound.casework.actions import accept
from wraparound.messaging.tasks import write_message_back
from wraparound.organisations.actor import acting_as, system
from wraparound.organisations.models import Credential
from wraparound.organisations.roles import Capability

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def issued(world: World) -> tuple[Credential, Api]:
    made = a_credential(world.scheme, world.practice)
    return made.credential, Api(made.secret)


def rows(world: World, what: What = What.SYSTEM) -> list[Access]:
    with acting_as(world.clinician):
        return list(Access.objects.filter(what=what).order_by("pk"))


def test_each_person_that_an_answer_tells_of_is_one_row(world: World, issued: tuple[Credential, Api]) -> None:
    credential, api = issued
    journeys = [referred(world), referred(world, person=None, person_id=referred(world).person_id)]
    earlier(world.clinician)
    assert api.get("changes").status_code == 200
    assert {each.person_id for each in rows(world)} == {each.person_id for each in journeys}
    assert len(rows(world)) == len({each.person_id for each in journeys})
    for each in rows(world):
        assert (each.credential_id, each.user_id, each.role) == (credential.pk, None, "connected_system")
        assert (each.page, each.why) == ("list_changes", "referred")


def test_an_answer_without_anybody_leaves_no_row(world: World, issued: tuple[Credential, Api]) -> None:
    _, api = issued
    assert api.get("changes").status_code == api.get("messages").status_code == api.get("services").status_code == 200
    assert api.get("referrals/K7QX-3MPD").status_code == 404
    assert rows(world) == []


def test_making_and_reading_a_referral_and_its_messages_are_written_down(
    world: World, issued: tuple[Credential, Api]
) -> None:
    _, api = issued
    reference = api.post(ASKED).json()["reference"]
    api.get(f"referrals/{reference}")
    api.get(f"referrals/{reference}/messages")
    assert [each.page for each in rows(world)] == ["make_referral", "read_referral"]


def test_a_refused_referral_leaves_no_row(world: World, issued: tuple[Credential, Api]) -> None:
    _, api = issued
    api.post(ASKED, key="case-2026-0001")
    before = len(rows(world))
    assert api.post(ASKED | {"needs": ["housing"]}, key="case-2026-0001").status_code == 409
    assert len(rows(world)) == before


def test_a_bundle_is_answered_and_written_down(world: World) -> None:
    token = a_credential(world.scheme, world.practice, Capability.REFER).secret
    assert post(token, bundle()).status_code == 201
    assert [each.page for each in rows(world)] == ["fhir-bundle"]


def test_a_message_back_says_which_organisation_got_it_and_once(world: World) -> None:
    journey = referred(world, advice_ticked=False)
    by = world.link_worker
    with acting_as(by):
        referral = referral_to(journey, by)
        accept(by=by, referral=referral)
    reader = system(world.scheme, world.practice)
    for _ in range(2):
        write_message_back.now(by=reader, referral_id=referral.pk, occasion="accepted")
    [sent] = rows(world, What.MESSAGE)
    assert (sent.to_organisation_id, sent.user_id, sent.credential_id) == (world.practice.pk, None, None)
    assert (sent.person_id, sent.why) == (journey.person_id, "referred")

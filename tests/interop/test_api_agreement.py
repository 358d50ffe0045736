"""What a connected system says of the person's agreement: who gave it, to what, and what stands against it."""

import pytest

from tests.factories import World
from tests.house.consenting import a_translation
from tests.interop.test_api import ASKED, Api, Json, api, journeys, problem, world
from wraparound.consent.models import Agreement
from wraparound.organisations.actor import acting_as

__all__ = ["api", "world"]
pytestmark = pytest.mark.django_db


def test_who_agreed_and_to_what_is_kept_as_it_was_said(api: Api, world: World) -> None:
    both = ["share_between_services", "tell_referrer_outcome"]
    said = {"how": "in_writing", "permits": both[::-1], "language": "pt", "given_by": "attorney",
            "representative": "Ann Lee, deed seen", "capacity": "cannot_decide",
            "capacity_note": "Forgets"}  # fmt: skip
    assert api.post(ASKED | {"agreement": said}).status_code == 201
    with acting_as(world.clinician):
        act = Agreement.objects.get()
        assert (act.given_by, act.representative, act.language) == ("attorney", "Ann Lee, deed seen", "pt")
        assert (act.capacity, act.capacity_note) == ("cannot_decide", "Forgets")
        assert [each.purpose for each in act.consents.order_by("purpose")] == both


@pytest.mark.parametrize(
    ("said", "code", "pointer"),
    [
        ({"given_by": "attorney"}, "no_representative", "/agreement/representative"),
        ({"capacity": "can_decide"}, "no_capacity_note", "/agreement/capacity_note"),
        ({"given_by": "parent", "representative": "Ana"}, "decides_themselves", "/agreement/given_by"),
        ({"permits": []}, "consent_needed", "/agreement/permits"),
    ],
)
def test_what_stands_against_an_agreement_is_told_at_its_field(
    api: Api, world: World, said: Json, code: str, pointer: str
) -> None:
    told = problem(api.post(ASKED | {"agreement": {"how": "in_person", **said}}), 409, code)
    assert [each["pointer"] for each in told["errors"]] == [pointer]
    assert not journeys(world.clinician)


def test_what_to_ask_is_told_in_the_persons_language_too(api: Api, world: World) -> None:
    a_translation(world, "ask-to-share-1", words="هل يجوز للخدمات أن تتشارك؟")
    a_translation(world, "ask-to-tell-1", words="هل يجوز إخبار من أحالك؟")
    person = {**ASKED["person"], "preferred_language": "Arabic"}
    told = problem(api.post(ASKED | {"person": person, "agreement": {"how": "in_person", "permits": []}}), 409,
                   "consent_needed")  # fmt: skip
    assert "May the services that help you" in told["detail"]
    assert told["detail"].endswith("In Arabic: \u2068هل يجوز للخدمات أن تتشارك؟ هل يجوز إخبار من أحالك؟\u2069")

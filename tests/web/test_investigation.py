"""What an investigator reads of users, connected systems and the product itself; and that it is sealed no more."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.credentials import a_credential
from tests.factories import World, referred
from tests.web.reading import text
from wraparound.audit.models import What, Why
from wraparound.organisations.actor import acting_as, system
from wraparound.organisations.credentials import actor_for
from wraparound.people.disclosing import note_disclosure
from wraparound.privacy.investigating import Asked, looks
from wraparound.web.rights import investigating

pytestmark = pytest.mark.django_db
ADDRESS = "/rights/investigation/"


def test_a_system_and_the_product_itself_are_said_and_can_be_looked_into(world: World, sign_in) -> None:
    person, issued = referred(world).person, a_credential(world.scheme, world.practice)
    reader = actor_for(issued.secret, timezone.now())
    assert reader is not None
    with acting_as(reader):
        note_disclosure(reader, [person.pk], What.SYSTEM, "list_changes")
    by = system(world.scheme, world.practice)
    with acting_as(by):
        note_disclosure(by, [person.pk], What.MESSAGE, "message-back", to_organisation_ids=[world.practice.pk])
        note_disclosure(by, [person.pk], What.SHOWN_ONCE, "once", why=Why.SAFEGUARDING, to_named="Eastmarsh Shelter")
    browser = sign_in(world.practice_lead)
    shown = text(browser.get(ADDRESS))
    assert f"{issued.credential.name}, a connected system" in shown and "Wraparound, by itself" in shown
    assert "message back, to Elm Street Surgery" in shown
    assert "The person is told: “Their computer system read about you." in shown
    assert "once, to Eastmarsh Shelter The person is not told of this." in shown
    with acting_as(world.practice_lead):
        rows = [each for each in looks(world.practice_lead, Asked()).rows if each.user_id is None]
    for each in rows:
        assert each.who in text(browser.get(f"{ADDRESS}looks/{each.pk}/"))


def test_a_trail_that_is_sealed_no_more_is_said_so(world: World, sign_in, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = sign_in(world.practice_lead)
    assert "is not being sealed" not in text(browser.get(ADDRESS))
    monkeypatch.setattr(investigating, "sealing_stopped", lambda now: now - timedelta(days=2))
    assert "The audit trail is not being sealed." in text(browser.get(ADDRESS))

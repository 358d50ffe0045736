"""How much room a team has, in words, and where a worker who hands over reads it."""

from datetime import date

import pytest

from tests.factories import NOW, referral_to, referred
from tests.web.reading import text
from wraparound.casework.actions import accept
from wraparound.organisations.actor import acting_as
from wraparound.organisations.models import Team
from wraparound.referrals.capacity import Room
from wraparound.web.rooms import room_said


@pytest.mark.parametrize(
    ("room", "said"),
    [
        (None, ""),
        (Room(None, 30, 0, None, None), "Has room"),
        (Room(30, 27, 0, 3, None), "3 places free"),
        (Room(30, 29, 0, 1, None), "1 place free"),
        (Room(30, 30, 12, 0, None), "Full: about 12 waiting"),
        (Room(30, 31, 0, 0, None), "Full: nobody waiting yet"),
        (Room(30, 0, 0, 30, date(2099, 1, 5)), "Closed until Monday 5 January 2099"),
    ],
)
def test_room_is_said_in_a_few_words(room: Room | None, said: str) -> None:
    assert room_said(room) == said


@pytest.mark.django_db
def test_who_hands_over_reads_whether_the_other_team_has_room(world, sign_in) -> None:
    referral = referral_to(referred(world, advice_ticked=False), world.link_worker)
    with acting_as(world.link_worker):
        case = accept(by=world.link_worker.at(NOW), referral=referral)
    browser = sign_in(world.link_worker)
    Team.objects.filter(pk=world.advice.pk).update(places=0)
    assert "Welfare advisers: Full: nobody waiting yet" in text(browser.get(f"/case/{case.pk}/handover/"))
    Team.objects.filter(pk=world.advice.pk).update(places=5)
    assert "Welfare advisers: 5 places free" in text(browser.get(f"/case/{case.pk}/handover/"))
